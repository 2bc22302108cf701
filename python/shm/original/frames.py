"""Data frames into segments and back."""

from __future__ import annotations

import sys

from .. import _core
from ..arguments import thread_count
from .columns import column_parts
from .segments import info_path

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    import os

    import numpy
    import pandas

    from .columns import Part


def write_frame(
    frame: pandas.DataFrame,
    info_file: str | os.PathLike[str] = "segment_info.txt",
    key_seed: int = 1,
    *,
    threads: int | None = None,
) -> dict[str, tuple[int, int]]:
    """
    Put each column of a pandas data frame into a shared-memory segment of its own.

    Whole numbers and booleans travel as C longs, floating-point numbers as C doubles,
    whole numbers and booleans of which some are missing as C doubles with NaN. The values
    are read from the columns' own memory; the index does not travel.

    Parameters
    ----------
    frame : pandas.DataFrame
        Its columns have numeric or boolean dtypes: NumPy's, pandas' nullable ones or
        those of Arrow. Their names are strings, each once.
    info_file : path, default 'segment_info.txt'
        Names the segments for ``shm_use``; a file that exists is replaced.
    key_seed : int, default 1
        The seed of the first column's key; each further column takes the next. At most
        255.
    threads : int, optional
        Threads that copy; by default up to four, no more than there are processors.

    Returns
    -------
    dict of str to (key, segment_id)

    Raises
    ------
    TypeError
        `frame` is no pandas data frame, a column's name is no string or its dtype is not
        numeric; the message names the column and says what serves.
    OverflowError
        A value can't travel exactly: an unsigned integer beyond a C long, or an integer
        beyond 2**53 in a column with missing values. The message names column, row and
        value.
    ValueError
        There are more columns than keys, no columns, or a name stands twice or can't be
        written.
    FileExistsError
        A segment has one of the keys already; the message says how to remove it.

    Notes
    -----
    All or nothing: after any error, and after Ctrl-C, no segment is left and the info
    file is as it was.
    """
    threads = thread_count(threads)
    columns = _frame_columns(frame)
    ids = _core.write_columns(columns, key_seed, info_path(info_file), threads)
    return {name: pair for (name, _), pair in zip(columns, ids, strict=True)}


def read_frame(
    info_file: str | os.PathLike[str] = "segment_info.txt",
) -> pandas.DataFrame:
    """
    Bring the segments that an info file names into a pandas data frame.

    Parameters
    ----------
    info_file : path, default 'segment_info.txt'
        As `write_frame` and `write_list` have written it.

    Returns
    -------
    pandas.DataFrame
        Copies of the segments: int64 for C longs, float64 for C doubles. The segments
        stay.

    Raises
    ------
    FileNotFoundError
        The info file or a segment it names does not exist.
    ValueError
        The info file is malformed, a segment is not the one it names or too small, the
        segments differ in length, or a name stands twice.
    """
    import pandas

    return pandas.DataFrame(read_arrays(info_file), copy=False)


def read_arrays(info_file: str | os.PathLike[str]) -> dict[str, numpy.ndarray]:
    """Return the segments that an info file names as arrays: see `read_frame`."""
    from .info_files import records_of

    records = records_of(info_file)
    _check_records(records)
    return {record.name: _core.read_segment(record) for record in records}


def _frame_columns(frame: pandas.DataFrame) -> list[tuple[str, list[Part]]]:
    # Without pandas loaded nothing can be one of its frames.
    pandas = sys.modules.get("pandas")
    if pandas is None or not isinstance(frame, pandas.DataFrame):
        kind = type(frame)
        hint = "; frame.to_pandas() makes one" if hasattr(frame, "to_pandas") else ""
        raise TypeError(
            f"frame must be a pandas DataFrame, not {kind.__module__}.{kind.__qualname__}"
            + hint
        )
    columns = []
    for position, name in enumerate(frame.columns):
        if not isinstance(name, str):
            raise TypeError(
                f"column {name!r} (position {position}) has a name that is no string; "
                "frame.rename(columns=str) makes strings of all names"
            )
        columns.append((str(name), column_parts(frame.iloc[:, position], name)))
    return columns


def _check_records(records: list[_core.SegmentRecord]) -> None:
    seen = set()
    for record in records:
        if record.name in seen:
            raise ValueError(f"the info file names two variables {record.name!r}")
        seen.add(record.name)
        if record.elements != records[0].elements:
            raise ValueError(
                f"variable {record.name!r} has {record.elements} elements and "
                f"{records[0].name!r} {records[0].elements}: they are no data frame"
            )
