"""An image from one file to another, byte by byte."""

from __future__ import annotations

import errno
import os

from . import _core
from .errors import NoSpaceError, StorageError
from .printing import size_text

_AT_ONCE = 64 * 2**20  # so that Ctrl-C is heard


def copy_image(source: int, path: str, mode: int = 0o600) -> None:
    """
    Publish the bytes of an open file at a path: all of them or none.

    Raises
    ------
    NoSpaceError
        The message says how much is wanted.
    AccessError, StorageError
        The system refused.
    """
    size = os.fstat(source).st_size
    image = _core.NewImage.create(os.fsencode(path), size, None)
    os.fchmod(image.fd, mode)
    try:
        os.posix_fallocate(image.fd, 0, size)
        _copy_bytes(source, image.fd, size)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            text = f"no room for the {size_text(size)} of {path}: {error.strerror}"
            raise NoSpaceError(text) from None
        raise StorageError(error.errno, f"{path}: {error.strerror}") from None
    image.publish()


def _copy_bytes(source: int, target: int, size: int) -> None:
    offset = 0
    while offset < size:
        count = os.sendfile(target, source, offset, min(_AT_ONCE, size - offset))
        if count == 0:
            raise StorageError(errno.EIO, "the file became shorter while it was copied")
        offset += count
