"""Images into shared memory under a name: room, pages, permissions, the owner's mark."""

from __future__ import annotations

import contextlib
import errno
import os

from .. import _core
from ..arguments import one_of
from ..errors import FileNameWarning, NoSpaceError, SegmentNotFoundError, warn_caller
from .directory import Place, place_of, ready_directory
from .file_kinds import kind_by_ending
from .owner import record_owner
from .waiting import identity_of

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
    """
    Return where a new image goes; without a name, under one that nobody has.

    Warns
    -----
    FileNameWarning
        The name of a segment looks like a file's.
    """
    global _serial
    if name is not None:
        place = place_of(name)
        _warn_of_file_name(place.name)
        return place
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
        raise error.with_remedy(_remedy(place, fallback)) from None
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


def _warn_of_file_name(name: str | None) -> None:
    if name is None:
        return
    kind = kind_by_ending(name)
    if kind is not None:
        warn_caller(
            FileNameWarning(
                f"{name!r} names a segment in shared memory, and not {kind.text}; pandas "
                "and polars write those, and shm.to_stata(data, 'out.dta') .dta files"
            )
        )
    elif name.lower().endswith(".dta"):
        warn_caller(
            FileNameWarning(
                f"{name!r} names a segment in shared memory: a path ends in .dta, or has "
                f"a separator, as './{name}'"
            )
        )


def _created(
    place: Place, nbytes: int, fallback: str | None, pool: _core.ImagePool | None
) -> _core.NewImage:
    path = os.fsencode(place.path)
    try:
        return _core.NewImage.create(path, nbytes, pool)
    except SegmentNotFoundError:
        folder = os.path.dirname(place.path)
        text = f"there is no folder {folder!r} for {os.path.basename(place.path)!r}"
        raise SegmentNotFoundError(errno.ENOENT, text, place.path) from None
    except NoSpaceError as error:
        if fallback == "memfd":
            return _core.NewImage.create(path, nbytes, None, True)
        raise error.with_remedy(_remedy(place)) from None


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


def _remedy(place: Place, fallback: str | None = None) -> str:
    if place.name is None:
        return "write to another file system"
    own_memory = "fallback='memfd' uses this process' own memory"
    if fallback == "memfd":
        own_memory = (
            "fallback='memfd' serves where there is no room from the beginning, which "
            "with stream=False is known of all batches"
        )
    return (
        f"shm.drop() frees segments, shm.gc() what dead writers left; {own_memory}; "
        "in a container --shm-size (Kubernetes: an emptyDir of medium Memory) makes "
        "/dev/shm larger; STATA_PYDATA_DIR chooses another directory"
    )


def _umask() -> int:
    """Return the umask without changing it, as other threads may be making files."""
    with open("/proc/self/status", encoding="ascii", errors="replace") as status:
        for line in status:
            if line.startswith("Umask:"):
                return int(line.split()[1], 8)
    return 0o077
