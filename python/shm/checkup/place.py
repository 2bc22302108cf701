"""Where segments live, and what is there besides them."""

from __future__ import annotations

import os

from ..errors import ShmError, message_of
from ..printing import count_text, size_text
from ..storage import directory
from ..storage.leftovers import gc, hidden_files
from . import machine
from .findings import note, ok, problem

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .findings import Finding

_CHOOSE_ANOTHER = "set STATA_PYDATA_DIR to a folder of your own, here and in Stata"


def look() -> Iterator[Finding]:
    """Yield what there is to say of the segment directory."""
    yield _directory()
    yield from _file_system()
    yield from _leftovers()


def _directory() -> Finding:
    path = directory.segment_directory()
    where = f"{path} ({_rule(path)})"
    try:
        exists = directory.existing_directory() is not None
    except ShmError as error:
        return problem("directory", message_of(error))
    if not exists:
        return _absent_directory(path, where)
    if not os.access(path, os.W_OK | os.X_OK):
        remedy = f"chmod u+rwx {path}; or {_CHOOSE_ANOTHER}"
        return problem("directory", f"{where} can't be written to", remedy)
    if os.stat(path).st_mode & 0o077:
        text = f"{where} is open to other users; segments themselves are private"
        return note("directory", text, f"chmod 700 {path}")
    return ok("directory", f"{where}, private")


def _rule(path: str) -> str:
    if os.environ.get("STATA_PYDATA_DIR"):
        return "by STATA_PYDATA_DIR"
    if path.startswith(directory.SHARED_MEMORY):
        return "in shared memory"
    if os.environ.get("XDG_RUNTIME_DIR"):
        return "there is no /dev/shm, by XDG_RUNTIME_DIR"
    return "there is no /dev/shm"


def _absent_directory(path: str, where: str) -> Finding:
    parent = machine.existing_parent(path)
    if os.access(parent, os.W_OK | os.X_OK):
        return ok("directory", f"{where}, made when it is first needed")
    text = f"{where} can't be made: {parent} is read-only"
    return problem("directory", text, _CHOOSE_ANOTHER)


def _file_system() -> Iterator[Finding]:
    mount = machine.mount_of(machine.existing_parent(directory.segment_directory()))
    if mount is None:
        return
    text = f"{mount.kind} at {mount.point}"
    if mount.kind in ("tmpfs", "ramfs"):
        yield ok("file system", f"{text}: memory")
    else:
        remedy = "set STATA_PYDATA_DIR to a folder in a tmpfs, here and in Stata"
        yield note("file system", f"{text}: images go to disk sooner or later", remedy)


def _leftovers() -> Iterator[Finding]:
    try:
        left = gc(dry_run=True)
        folder = directory.existing_directory()
    except (ShmError, OSError):
        return  # of which _directory() has spoken
    if left:
        size = size_text(sum(leftover.nbytes for leftover in left))
        text = f"{count_text(len(left), 'leftover')} of dead writers, {size}"
        yield note("leftovers", text, "shm.gc(), or `shm gc`, removes them")
    else:
        yield ok("leftovers", "none of dead writers")
    abandoned = {leftover.path for leftover in left}
    files = set(hidden_files(folder)) - abandoned if folder is not None else ()
    if files:
        size = size_text(sum(map(_size, files)))
        text = f"{count_text(len(files), 'hidden file')}, {size}"
        yield ok("in the making", f"{text}: being written, or pages that are kept warm")


def _size(path: str) -> int:
    try:
        return os.lstat(path).st_blocks * 512
    except OSError:
        return 0
