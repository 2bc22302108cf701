"""Images into data frames: `read`."""

from __future__ import annotations

import os

from ..arguments import described, one_of, thread_count
from ..errors import InvalidInputError
from .describing import is_info_file
from .segment import Segment
from .segment import open as open_segment
from .selection import Selection, check_index

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO

LIBRARIES = ("pandas", "polars", "arrow", "numpy", "dict")
MISSING = ("null", "nan", "letters")
BACKENDS = (None, "numpy", "numpy_nullable", "pyarrow")


def read(
    source: str | os.PathLike[str] | Segment | bytes | IO[bytes],
    *,
    as_: str = "pandas",
    columns: Sequence | None = None,
    rows: object = None,
    convert_dates: bool | Sequence = True,
    convert_categoricals: bool = True,
    order_categoricals: bool = True,
    missing: str = "null",
    dtype_backend: str | None = None,
    index_col: str | None = None,
    return_metadata: bool = False,
    wait: float | None = None,
    threads: int | None = None,
) -> object:
    """
    Read a segment, or any ``.dta`` file, into a data frame.

    Parameters
    ----------
    source : str, path, Segment, bytes or binary file
        A segment name, a path, an open segment, or an image itself. An info file of the
        original kind is read by `read_frame`.
    as_ : {'pandas', 'polars', 'arrow', 'numpy', 'dict'}, default 'pandas'
        What to return: a pandas or polars data frame, a pyarrow table, a structured
        array, or a dict of arrays.
    columns : list of str, optional
        The variables to read, in this order; the others are not touched. By default all.
    rows : slice, range, boolean mask or list of int, optional
        The observations to read, counted from 0; by default all.
    convert_dates : bool or list of str, default True
        Whether numbers with date formats become dates, or which variables do: those of
        pandas and NumPy are datetime64[ms] for ``%tc``, datetime64[s] (pandas 2: [ns])
        for the others. Polars and Arrow have dates for ``%td``, datetimes for ``%tc``,
        and numbers for the others.
    convert_categoricals : bool, default True
        Whether variables with value labels become categories.
    order_categoricals : bool, default True
        Whether those are ordered.
    missing : {'null', 'nan', 'letters'}, default 'null'
        What ``.a`` to ``.z`` become. 'null': missing as ``.``, though NaNs of floating
        columns keep them for the way back. 'nan': so do all numbers with missing values,
        as float64. 'letters': as 'null', with a column ``<name>_missing`` of ``".a"`` to
        ``".z"`` beside each variable that has some.
    dtype_backend : {None, 'numpy_nullable', 'pyarrow'}
        The dtypes of a pandas frame: those of `pandas.read_stata`, or nullable ones.
    index_col : str or list of str, optional
        The variable that becomes the index of a pandas frame, by default none: rows are
        counted from 0.
    return_metadata : bool, default False
        Return ``(data, metadata)``. A pandas frame has the metadata in
        ``attrs["stata"]``, an Arrow table in its schema.
    wait : float, optional
        Seconds to wait until the segment is there and whole; by default there is no wait.
    threads : int, optional
        How many threads work; by default as many as there are processors, and as pay.

    Returns
    -------
    data frame, or (data frame, dict)

    Raises
    ------
    SegmentNotFoundError, WaitTimeoutError, AccessError, DamagedImageError
        As `open`.
    InvalidInputError
        An option that can't be used, a column or a row that is not there.
    UnsupportedTypeError
        The library is not installed.

    Warns
    -----
    LabelWarning
        Labels of a variable are not unique: it is left as numbers.
    DateWarning
        Dates that datetime64 or the library can't hold: the variable is left as numbers.

    Examples
    --------
    >>> import shm
    >>> seg = shm.write({"id": [3, 1, None], "s": ["x", "y", "z"]}, "example")
    >>> shm.read("example", as_="dict", columns=["id"], rows=slice(0, 2))
    {'id': array([3, 1], dtype=int32)}
    >>> shm.drop("example")
    """
    threads = thread_count(threads)
    one_of("as_", as_, LIBRARIES)
    one_of("missing", missing, MISSING)
    one_of("dtype_backend", dtype_backend, BACKENDS)
    if (dtype_backend or index_col) and as_ != "pandas":
        raise InvalidInputError("dtype_backend and index_col are of pandas frames only")
    if isinstance(source, str | os.PathLike) and is_info_file(source):
        return _read_info_file(source, as_)
    segment = opened(source, wait)
    selection = Selection(
        segment,
        columns,
        rows,
        dates=convert_dates,
        categories=convert_categoricals,
        ordered=order_categoricals,
        missing=missing,
        threads=threads,
    )
    check_index(index_col, selection)
    data = _read_as(as_, selection, dtype_backend)
    if index_col is not None:
        data = data.set_index(index_col)
    return (data, selection.metadata) if return_metadata else data


def opened(source: object, wait: float | None = None) -> Segment:
    """Return the segment that a source stands for."""
    if isinstance(source, Segment):
        return source
    if isinstance(source, str | os.PathLike):
        return open_segment(source, wait=wait)
    if hasattr(source, "read"):
        source = source.read()
    if isinstance(source, bytes | bytearray | memoryview):
        return Segment.of(source)
    raise InvalidInputError(
        "expected a segment name, a path, an image or a binary file, not "
        f"{described(source)}"
    )


def _read_as(as_: str, selection: Selection, dtype_backend: str | None) -> object:
    if as_ == "pandas":
        from .targets.pandas_target import to_pandas

        return to_pandas(selection, dtype_backend)
    if as_ == "polars":
        from .targets.polars_target import to_polars

        return to_polars(selection)
    if as_ == "arrow":
        from .targets.arrow_target import to_arrow

        return to_arrow(selection)
    from .targets.numpy_target import to_dict, to_numpy

    return to_dict(selection) if as_ == "dict" else to_numpy(selection)


def _read_info_file(path: str | os.PathLike[str], as_: str) -> object:
    from ..original.frames import read_arrays, read_frame

    if as_ == "pandas":
        return read_frame(path)
    arrays = read_arrays(path)
    if as_ == "dict":
        return arrays
    if as_ == "polars":
        import polars

        return polars.DataFrame(arrays)
    if as_ == "arrow":
        import pyarrow

        return pyarrow.table(arrays)
    import numpy

    length = len(next(iter(arrays.values()))) if arrays else 0
    table = numpy.empty(length, [(name, array.dtype) for name, array in arrays.items()])
    for name, array in arrays.items():
        table[name] = array
    return table
