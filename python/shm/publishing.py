"""Images into shared memory under a name: room, pages, permissions, the owner's mark."""

from __future__ import annotations

import contextlib
import os

from . import _core
from .directory import Place, place_of, ready_directory
from .errors import NoSpaceError
from .owner import record_owner
from .waiting import identity_of
from .wishes import one_of

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHERS = 0o666  # what a file outside the segment directory is made with, as open() does

_pool: _core.ImagePool | None = None
_pool_process = 0
_serial = 0
# Descriptors of images in anonymous memory, which lives as long as one is open.
_anonymous: dict[str, int] = {}


def place_for(name: str | os.PathLike[str] | None) -> Place:
    """Return where a new image goes; without a name, under one that nobody has."""
    global _serial
    if name is not None:
        return place_of(name)
    _serial += 1
    return place_of(f"data-{os.getpid()}-{_serial}")


@contextlib.contextmanager
def new_image(
    place: Place, nbytes: int, fallback: str | None = None, *, recycle: bool = True
) -> Iterator[_core.NewImage]:
    """
    Give an image that is filled and then published; nothing is left of it after errors.

    Parameters
    ----------
    place : Place
    nbytes : int
        How much room is made sure of.
    fallback : {None, 'memfd'}
        Where the image goes when the file system is full: nowhere, or into memory of this
        process, to which the name is a link.
    recycle : bool, default True
        Whether it may lie on pages of the image that it replaces, and so not be empty.

    Raises
    ------
    NoSpaceError
        The message says how much is wanted and free, and what to do.
    AccessError, StorageError
    """
    one_of("fallback", fallback, (None, "memfd"))
    if place.name is not None:
        ready_directory()
    recycle = recycle and place.name is not None
    image = _created(place, nbytes, fallback, _page_pool() if recycle else None)
    try:
        yield image
    except NoSpaceError as error:
        _discard(image)
        raise NoSpaceError(f"{error}; {_remedy(place)}") from None
    except BaseException:
        _discard(image)
        raise
    if place.name is None:
        os.fchmod(image.fd, _OTHERS & ~_umask())
    record_owner(image.fd)
    # Now, for a reader may take it and remove it as soon as it has its name.
    place.published = identity_of(os.fstat(image.fd))
    kept = image.publish()
    forget(place.path)
    if kept >= 0:
        _anonymous[place.path] = kept


def forget(path: str) -> None:
    """Let go of the anonymous memory that an image at this path had, if any."""
    kept = _anonymous.pop(path, None)
    if kept is not None:
        os.close(kept)


def let_go(path: str) -> None:
    """Give back all memory that an image had which was at this path and is dropped."""
    forget(path)
    if _pool is not None and _pool_process == os.getpid():
        _pool.forget(os.fsencode(path))


def _created(
    place: Place, nbytes: int, fallback: str | None, pool: _core.ImagePool | None
) -> _core.NewImage:
    path = os.fsencode(place.path)
    try:
        return _core.NewImage.create(path, nbytes, pool)
    except NoSpaceError as error:
        if fallback == "memfd":
            return _core.NewImage.create(path, nbytes, None, True)
        raise NoSpaceError(f"{error}; {_remedy(place)}") from None


def _discard(image: _core.NewImage) -> None:
    """Remove an image that is not published, and give back its memory, now.

    The error that ended it may keep the image itself alive for long: its traceback does.
    """
    with contextlib.suppress(OSError):
        os.unlink(image.hidden_path)
    with contextlib.suppress(OSError):
        os.ftruncate(image.fd, 0)


def _page_pool() -> _core.ImagePool:
    """Return the pool of this process; after a fork the parent's is not the child's."""
    global _pool, _pool_process
    if _pool is None or _pool_process != os.getpid():
        _pool, _pool_process = _core.ImagePool(), os.getpid()
    return _pool


def _remedy(place: Place) -> str:
    if place.name is None:
        return "write to another file system"
    return (
        "shm.drop() frees segments, shm.gc() what dead writers left; fallback='memfd' "
        "uses this process' own memory; in a container --shm-size (Kubernetes: an "
        "emptyDir of medium Memory) makes /dev/shm larger; STATA_PYDATA_DIR chooses "
        "another directory"
    )


def _umask() -> int:
    """Return the umask without changing it, as other threads may be making files."""
    with open("/proc/self/status", encoding="ascii", errors="replace") as status:
        for line in status:
            if line.startswith("Umask:"):
                return int(line.split()[1], 8)
    return 0o077
