"""Where segments lie: the segment directory, and the path that a name stands for.

The rule is that of the Stata commands (docs/images.md): `$STATA_PYDATA_DIR`, else
`/dev/shm/stata-pydata-<user>`, else, where there is no /dev/shm,
`$XDG_RUNTIME_DIR/stata-pydata`, else `$TMPDIR/stata-pydata`.
"""

from __future__ import annotations

import errno
import os
import stat

from ..arguments import described
from ..errors import AccessError, InvalidInputError, SegmentNotFoundError, StorageError
from .file_kinds import kind_by_ending, kind_of_file

MAX_NAME = 64
SHARED_MEMORY = "/dev/shm"

_NAME_CHARACTERS = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."
)


class Place:
    """
    What a name or path stands for; `name` is None of what was given as a path.

    `published` tells which file was put there for this very object; None where none was.
    """

    __slots__ = ("name", "path", "published")

    def __init__(self, path: str, name: str | None) -> None:
        self.path = path
        self.name = name
        self.published: tuple[int, int, int, int] | None = None

    def __str__(self) -> str:
        return f"segment {self.name!r}" if self.name is not None else repr(self.path)


def segment_directory() -> str:
    """Return the segment directory, whether it exists or not."""
    chosen = os.environ.get("STATA_PYDATA_DIR")
    if chosen:
        return os.path.abspath(os.path.expanduser(chosen))
    if os.path.isdir(SHARED_MEMORY):
        return f"{SHARED_MEMORY}/stata-pydata-{user_name()}"
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime:
        return f"{runtime}/stata-pydata"
    return os.path.join(os.environ.get("TMPDIR") or "/tmp", "stata-pydata")


def user_name() -> str:
    """Return the name of the effective user; the number of one without a name."""
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def is_path(name: str | os.PathLike[str]) -> bool:
    """Whether this is a path: it has a separator or ends in ``.dta``."""
    if not isinstance(name, str):
        return True
    return os.sep in name or name.endswith(".dta")


def place_of(name: str | os.PathLike[str]) -> Place:
    """
    Return what a segment name or a path stands for, whether it exists or not.

    Raises
    ------
    InvalidInputError
        It is neither.
    """
    if not isinstance(name, str | os.PathLike):
        raise InvalidInputError(
            f"expected a segment name or a path, not {described(name)}"
        )
    if is_path(name):
        path = os.fspath(name)
        if not isinstance(path, str):
            path = os.fsdecode(path)
        if not path or "\0" in path:
            raise InvalidInputError(f"no path: {name!r}")
        return Place(os.path.expanduser(path), None)
    check_name(name)
    return Place(os.path.join(segment_directory(), name + ".dta"), name)


def check_name(name: str) -> None:
    """
    Refuse what is no segment name.

    Raises
    ------
    InvalidInputError
        The message says what a name is made of.
    """
    legal = name and len(name) <= MAX_NAME and name[0] != "." and name != "_all"
    if not legal or not _NAME_CHARACTERS.issuperset(name):
        raise InvalidInputError(
            f"{name!r} is no segment name: up to {MAX_NAME} letters, digits, '_', '-' "
            "and '.', the first no '.', and not _all; a path has a separator or ends in "
            ".dta"
        )


def existing_directory() -> str | None:
    """
    Return the segment directory, None if there is none yet.

    Raises
    ------
    AccessError
        It belongs to another user or others may write to it.
    StorageError
        Something else has its name.
    """
    directory = segment_directory()
    try:
        status = os.lstat(directory)
    except FileNotFoundError:
        return None
    _check_directory(directory, status)
    return directory


def ready_directory() -> str:
    """
    Return the segment directory, made if need be, 0700.

    Raises
    ------
    AccessError
        It can't be made, belongs to another user or others may write to it.
    StorageError
        Something else has its name.
    """
    directory = segment_directory()
    try:
        os.makedirs(os.path.dirname(directory), exist_ok=True)
        os.mkdir(directory, 0o700)
    except FileExistsError:
        pass
    except OSError as error:
        raise _not_made(directory, error) from None
    _check_directory(directory, os.lstat(directory))
    return directory


def open_image(place: Place) -> int:
    """
    Open an image for reading and return its descriptor, closed on exec.

    A segment is a file of this user, or a link to anonymous memory of one of this user's
    processes; no other link is followed. A path is opened as any file.

    Raises
    ------
    SegmentNotFoundError
        Nothing has this name, or its memory went with its process.
    AccessError
        It belongs to another user or may not be read.
    StorageError
        It is no regular file, or the system refused.
    """
    if place.name is not None and existing_directory() is None:
        raise not_found(place)
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK
    try:
        if place.name is None or is_memory_link(place.path):
            fd = os.open(place.path, flags)
        else:
            fd = os.open(place.path, flags | os.O_NOFOLLOW)
    except OSError as error:
        raise open_error(place, error) from None
    try:
        _check_file(place, os.fstat(fd))
    except BaseException:
        os.close(fd)
        raise
    return fd


def is_memory_link(path: str) -> bool:
    """Whether a path is a link to a descriptor of a process (``fallback="memfd"``)."""
    try:
        parts = os.readlink(path).split("/")
    except OSError:
        return False
    numbers = (2, 4)
    return (
        len(parts) == 5
        and (parts[0], parts[1], parts[3]) == ("", "proc", "fd")
        and all(parts[k].isdecimal() for k in numbers)
    )


def not_found(place: Place) -> SegmentNotFoundError:
    """Return the error for a place where nothing is."""
    if place.name is None:
        text = f"no file {place.path!r}{_segment_instead(place.path)}"
    elif is_memory_link(place.path):
        text = (
            f"segment {place.name!r} lay in the memory of a process that has ended; "
            "shm.gc() removes what is left of it"
        )
    else:
        text = (
            f"no segment {place.name!r} in {os.path.dirname(place.path)}"
            f"{_file_instead(place.name)}; "
            "shm.list() shows what is there. A segment that has vanished may have been "
            "dropped, or the system removed it when its user logged out (docs/images.md)"
        )
    return SegmentNotFoundError(errno.ENOENT, text, place.path)


def _segment_instead(path: str) -> str:
    """Return, for a message, the segment that is meant by a path that leads nowhere."""
    name = path.removesuffix(".dta")
    if os.sep in path or not os.path.lexists(os.path.join(segment_directory(), path)):
        return ""
    return (
        f"; there is a segment {name!r}, which shm.read({name!r}) reads: what ends in "
        ".dta is a path"
    )


def _file_instead(name: str) -> str:
    """Return, for a message, the file that is meant by a name that no segment has."""
    if os.path.isfile(name + ".dta"):
        return f"; there is a file here, which shm.read({name + '.dta'!r}) reads"
    if os.path.isfile(name):
        kind = kind_of_file(name)
        return (
            "" if kind is None else f"; {name!r} here is {kind.text}{kind.remedy(name)}"
        )
    return "" if kind_by_ending(name) is None else f", nor a file {name!r} here"


def open_error(place: Place, error: OSError) -> Exception:
    """Return this package's error for one of the system's about a place."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return not_found(place)
    if error.errno == errno.ELOOP:
        text = f"{place} is a symbolic link; segments are files of their own"
        return AccessError(error.errno, text, place.path)
    kind = AccessError if isinstance(error, PermissionError) else StorageError
    text = f"{place} can't be opened: {error.strerror}"
    return kind(error.errno, text, place.path)


def _check_file(place: Place, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise StorageError(errno.EINVAL, f"{place} is no regular file")
    if place.name is not None and status.st_uid != os.geteuid():
        raise AccessError(
            errno.EACCES,
            f"{place} belongs to user {status.st_uid}; segments are for their own user",
        )


def _check_directory(directory: str, status: os.stat_result) -> None:
    remedy = "set STATA_PYDATA_DIR to a directory of your own, here and in Stata"
    if stat.S_ISLNK(status.st_mode) or not stat.S_ISDIR(status.st_mode):
        raise StorageError(
            errno.ENOTDIR, f"{directory} should be a directory and is none; {remedy}"
        )
    if status.st_uid != os.geteuid():
        raise AccessError(
            errno.EACCES, f"{directory} belongs to user {status.st_uid}; {remedy}"
        )
    if not os.environ.get("STATA_PYDATA_DIR") and status.st_mode & 0o077:
        # Stata makes directories by the umask; what it made is closed to others here.
        os.chmod(directory, 0o700)


def _not_made(directory: str, error: OSError) -> Exception:
    text = (
        f"the segment directory {directory} can't be made: {error.strerror}; set "
        "STATA_PYDATA_DIR to one that can, here and in Stata, or write to a path"
    )
    kind = AccessError if error.errno in (errno.EACCES, errno.EPERM) else StorageError
    if error.errno == errno.EROFS:
        kind = AccessError
    return kind(error.errno, text)
