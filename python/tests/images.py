"""Small images for tests of segments, made by the native module alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import shm
from shm import _core

SCHEMA = {
    "variables": [
        ("x", "double", "%9.0g", "what x is", ""),
        ("name", "str5", "%9s", "", ""),
    ],
    "data_label": "two variables",
}
PACKAGE_FOLDER = str(Path(shm.__file__).parent.parent)


def image_bytes(rows: int = 3) -> bytes:
    """Return an image of two variables whose cells are missing."""
    fd = os.memfd_create("image")
    try:
        _core.write_empty(SCHEMA, rows, fd)
        return os.pread(fd, os.fstat(fd).st_size, 0)
    finally:
        os.close(fd)


def publish(path: Path | str, rows: int = 3, *, anonymous: bool = False) -> int:
    """Put such an image at a path as a writer does; return what publish() returns."""
    image = _core.NewImage.create(
        os.fsencode(path), _core.empty_bytes(SCHEMA, rows), None, anonymous
    )
    _core.write_empty(SCHEMA, rows, image.fd)
    return image.publish()


def python(code: str, before: Sequence[str] = ()) -> subprocess.Popen:
    """Start another process with this package and these helpers, behind a command."""
    tests = str(Path(__file__).parent)
    return subprocess.Popen(
        [*before, sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([PACKAGE_FOLDER, tests])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def marks_are_kept(folder: Path) -> bool:
    """Whether a file system keeps extended attributes of users."""
    try:
        os.setxattr(folder, "user.test", b"")
    except OSError:
        return False
    return True
