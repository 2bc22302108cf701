"""Single segments: a list of numbers in, a segment out of the system."""

from __future__ import annotations

import os

from .. import _core

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from typing import Literal, SupportsFloat, SupportsIndex


def info_path(info_file: str | os.PathLike[str]) -> bytes:
    """Return the bytes of a path, as the system takes them."""
    path = os.fsencode(info_file)
    if b"\0" in path:
        raise ValueError(f"info_file has a NUL in it: {info_file!r}")
    return path


def write_list(
    data: list[SupportsIndex] | list[SupportsFloat],
    dtype: Literal["int", "float", "long"],
    key_seed: int,
    info_file: str | os.PathLike[str] = "segment_info.txt",
    *,
    varname: str | None = None,
) -> tuple[int, int]:
    """
    Put a list of numbers into a shared-memory segment of its own.

    Parameters
    ----------
    data : list
        Python or NumPy numbers. Each must fit the type exactly; booleans are the integers
        0 and 1.
    dtype : {'int', 'float', 'long'}
        How they lie in the segment: C longs ('int' and 'long', which differ only in the
        code that the info file gives) or C doubles. A 'long' list of integers beyond
        4.6e18 that another reader could take for doubles is recorded as 'int'.
    key_seed : int
        From 1 to 255; makes the segment's key, ``ftok('/tmp', key_seed)``.
    info_file : path, default 'segment_info.txt'
        A line is appended to this file, under a lock: key, segment id, type code, number
        of elements and name, tab-separated.
    varname : str, optional
        The name of the variable; by default ``var`` and the seed.

    Returns
    -------
    (key, segment_id) : tuple of int

    Raises
    ------
    TypeError
        `data` is not a list, or an element is no number of this type; the message names
        its index and value.
    OverflowError
        An element does not fit; the message names its index and value.
    ValueError
        `key_seed` or `varname` can't be used.
    FileExistsError
        A segment has this key already; the message says how to remove it.
    OSError
        The info file can't be written. No segment is left then.
    """
    return _core.write_list(data, dtype, key_seed, info_path(info_file), varname)


def deallocate(segment_id: int) -> None:
    """
    Remove a shared-memory segment.

    It vanishes when the last process that has it mapped lets go of it.

    Parameters
    ----------
    segment_id : int
        As `write_list` and `write_frame` return it.

    Raises
    ------
    FileNotFoundError
        There is no such segment.
    PermissionError
        It belongs to another user.
    """
    _core.deallocate(segment_id)
