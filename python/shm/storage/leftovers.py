"""What writers that died have left behind, and removing it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
import time

from ..printing import age_text, size_text
from .directory import existing_directory, is_memory_link
from .owner import UNKNOWN, owner_of, started
from .records import Record

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterator

_HIDDEN_SUFFIX = ".tmp"
_MEMORY_FILE = "/memfd:stata-pydata"
# A writer makes its file, locks and then marks it. One without a mark, on a file system
# that keeps none, may be about to be locked if it is younger than this many seconds.
_TIME_TO_LOCK = 10


class Leftover(Record):
    """
    Something that a dead writer has left.

    Attributes
    ----------
    path : str
    kind : {'file', 'link'}
        A hidden file that never became an image, or a link to memory that is gone.
    nbytes : int
    age : float
        Seconds since it was written.
    pid : int
        Of the process that made it.
    """

    def __repr__(self) -> str:
        size, age = size_text(self.nbytes), age_text(self.age)
        return f"<Leftover {self.path}: {size}, {age} old, of process {self.pid}>"


def gc(dry_run: bool = False) -> list[Leftover]:
    """
    Remove what writers that died have left in the segment directory.

    That is hidden files which no process holds the lock of any more, and links to the
    memory of processes that have ended. A segment is never removed, whoever wrote it, nor
    what another process is writing.

    Parameters
    ----------
    dry_run : bool, default False
        Only say what would be removed.

    Returns
    -------
    list of Leftover
        What was removed.

    Raises
    ------
    AccessError
        The segment directory is another user's.

    Examples
    --------
    >>> import shm
    >>> shm.gc()
    []
    """
    directory = existing_directory()
    if directory is None:
        return []
    found = []
    for entry in sorted(os.listdir(directory)):
        path = os.path.join(directory, entry)
        leftover = _hidden_file(path, dry_run) or _dangling_link(path, dry_run)
        if leftover is not None:
            found.append(leftover)
    return found


def hidden_files(directory: str) -> Iterator[str]:
    """Yield the paths of the files that are being written, or that nobody will finish."""
    for entry in sorted(os.listdir(directory)):
        if writer_of(entry) is not None:
            yield os.path.join(directory, entry)


def writer_of(entry: str) -> int | None:
    """
    Return the process id in the name of a hidden file, None of other names.

    >>> writer_of(".panel.dta.1234-0.tmp"), writer_of("panel.dta"), writer_of(".x.tmp")
    (1234, None, None)
    """
    if not entry.startswith(".") or not entry.endswith(_HIDDEN_SUFFIX):
        return None
    pid, dash, number = (
        entry.removesuffix(_HIDDEN_SUFFIX).rpartition(".")[2].partition("-")
    )
    return int(pid) if dash and pid.isdecimal() and number.isdecimal() else None


def _hidden_file(path: str, dry_run: bool) -> Leftover | None:
    pid = writer_of(os.path.basename(path))
    if pid is None:
        return None
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        status = os.fstat(fd)
        if not _is_abandoned(fd, status, pid) or not _is_still(path, status):
            return None
        if not dry_run:
            os.unlink(path)
        return _leftover(path, "file", status, pid)
    except FileNotFoundError:
        return None  # somebody else cleans up at the same time
    finally:
        os.close(fd)


def _is_abandoned(fd: int, status: os.stat_result, pid: int) -> bool:
    """Whether nobody has the lock of a file; this process has it then."""
    if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
        return False
    owner = owner_of(fd)
    if owner is UNKNOWN and time.time() - status.st_ctime < _TIME_TO_LOCK:
        return False
    # An image that was just replaced has its successor's hidden name, without a lock, for
    # a moment; then the name is free for the next one. A writer that is there sees to it.
    pid_is_new = owner.pid == pid and owner.state == "dead"
    if started(pid) is not None and not pid_is_new:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_still(path: str, status: os.stat_result) -> bool:
    """Whether a path leads to this file, which may have been published meanwhile."""
    try:
        now = os.lstat(path)
    except OSError:
        return False
    return (now.st_dev, now.st_ino) == (status.st_dev, status.st_ino)


def _dangling_link(path: str, dry_run: bool) -> Leftover | None:
    if not is_memory_link(path):
        return None
    try:
        target, status = os.readlink(path), os.lstat(path)
    except OSError:
        return None
    if _is_memory(target):
        return None
    if not dry_run and not _unlink_only(path, status):
        return None
    return _leftover(path, "link", status, int(target.split("/")[2]))


def _is_memory(target: str) -> bool:
    """Whether a process has an image at this descriptor. If it can't be told, it has."""
    try:
        return os.readlink(target).startswith(_MEMORY_FILE)
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _unlink_only(path: str, status: os.stat_result) -> bool:
    """
    Remove a link, not what was published under its name meanwhile.

    It is looked at under another name, where no writer replaces it.
    """
    folder, name = os.path.split(path)
    aside = os.path.join(folder, f".{name}.{os.getpid()}-{time.monotonic_ns()}.tmp")
    try:
        os.rename(path, aside)
    except FileNotFoundError:
        return False
    removed = _is_still(aside, status)
    if not removed:
        _put_back(aside, path)
    os.unlink(aside)
    return removed


def _put_back(aside: str, path: str) -> None:
    with contextlib.suppress(FileExistsError):  # a still newer image has the name
        os.link(aside, path, follow_symlinks=False)


def _leftover(path: str, kind: str, status: os.stat_result, pid: int) -> Leftover:
    return Leftover(
        path=path,
        kind=kind,
        nbytes=0 if kind == "link" else status.st_blocks * 512,
        age=max(0.0, time.time() - status.st_mtime),
        pid=pid,
    )
