"""An image from one file to another, byte by byte."""

from __future__ import annotations

import errno
import os

from ..errors import NoSpaceError, StorageError
from ..printing import size_text
from .publishing import new_image

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from .directory import Place

_AT_ONCE = 64 * 2**20  # so that Ctrl-C is heard


def copy_image(source: int, place: Place) -> None:
    """
    Publish the bytes of an open file at a place: all of them or none.

    Raises
    ------
    NoSpaceError
        The message says how much is wanted.
    AccessError, StorageError
        The system refused.
    """
    size = os.fstat(source).st_size
    with new_image(place, size, recycle=False) as image:
        try:
            os.posix_fallocate(image.fd, 0, size)
            _copy_bytes(source, image.fd, size)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                text = f"no room for the {size_text(size)} of {place}: {error.strerror}"
                raise NoSpaceError(text) from None
            raise StorageError(error.errno, f"{place}: {error.strerror}") from None


def _copy_bytes(source: int, target: int, size: int) -> None:
    offset = 0
    while offset < size:
        count = os.sendfile(target, source, offset, min(_AT_ONCE, size - offset))
        if count == 0:
            raise StorageError(errno.EIO, "the file became shorter while it was copied")
        offset += count
