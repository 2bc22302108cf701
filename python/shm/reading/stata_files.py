"""`read_stata`: pandas' own signature on this package's reader."""

from __future__ import annotations

import os

from ..errors import InvalidInputError, UnsupportedTypeError
from ..storage.directory import Place
from .segment import Segment
from .selection import Selection, check_index

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import IO

    import pandas

_COMPRESSED = (".gz", ".bz2", ".zip", ".xz", ".zst", ".tar")


def read_stata(
    filepath_or_buffer: str | os.PathLike[str] | IO[bytes],
    *,
    convert_dates: bool = True,
    convert_categoricals: bool = True,
    index_col: str | None = None,
    convert_missing: bool = False,
    preserve_dtypes: bool = True,
    columns: Sequence[str] | None = None,
    order_categoricals: bool = True,
    chunksize: int | None = None,
    iterator: bool = False,
    compression: str | Mapping | None = "infer",
    storage_options: Mapping | None = None,
) -> pandas.DataFrame | StataReader:
    """
    Read a ``.dta`` file, as `pandas.read_stata` does.

    Parameters
    ----------
    filepath_or_buffer : str, path or binary file
        A name without separators is a path, too. URLs and compressed files are opened
        by pandas.
    convert_dates : bool, default True
        Whether numbers with date formats become dates.
    convert_categoricals : bool, default True
        Whether variables with value labels become categories.
    index_col : str or list of str, optional
        The variable that becomes the index; by default rows are counted from 0.
    convert_missing : bool, default False
        Whether numbers with missing values become objects, the missing ones
        `pandas.io.stata.StataMissingValue`. In dates and categories they stay NaT and
        NaN, where pandas gives up.
    preserve_dtypes : bool, default True
        Otherwise integers become int64, and float32 float64.
    columns : list of str, optional
        The variables to read, in this order; by default all.
    order_categoricals : bool, default True
        Whether categories are ordered.
    chunksize : int, optional
        Return a reader that gives so many observations at a time.
    iterator : bool, default False
        Return a reader, which gives one observation at a time unless `chunksize` or its
        `get_chunk` says otherwise.
    compression : str or dict, default 'infer'
        How the file is compressed, as in pandas: ``'gzip'``, ``'zip'`` and so on, or
        None; by default the ending of the path tells.
    storage_options : dict, optional
        What pandas needs to open a URL.

    Returns
    -------
    pandas.DataFrame or StataReader

    Raises
    ------
    DamagedImageError
        It is no whole image. (A ValueError, as in pandas.)
    SegmentNotFoundError
        There is no file. (A FileNotFoundError.)
    InvalidInputError
        A column that is not there, or an option that can't be used. (A ValueError.)

    Examples
    --------
    >>> import io, shm
    >>> file = io.BytesIO()
    >>> shm.to_stata({"x": [1, 2, 3]}, file, write_index=False)
    >>> shm.read_stata(io.BytesIO(file.getvalue()))["x"].tolist()
    [1, 2, 3]
    >>> with shm.read_stata(io.BytesIO(file.getvalue()), chunksize=2) as reader:
    ...     [len(chunk) for chunk in reader]
    [2, 1]
    """
    reader = StataReader(
        filepath_or_buffer,
        convert_dates=convert_dates,
        convert_categoricals=convert_categoricals,
        index_col=index_col,
        convert_missing=convert_missing,
        preserve_dtypes=preserve_dtypes,
        columns=columns,
        order_categoricals=order_categoricals,
        chunksize=chunksize,
        compression=compression,
        storage_options=storage_options,
    )
    if iterator or chunksize:
        return reader
    with reader:
        return reader.read()


class StataReader:
    """
    A ``.dta`` file that is read in chunks, as `pandas.api.typing.StataReader`.

    Parameters are those of `read_stata`. Unlike in pandas all chunks have the dtypes of
    the whole file, categories included: put together they are what `read_stata` gives.
    """

    def __init__(
        self,
        path_or_buf: str | os.PathLike[str] | IO[bytes],
        convert_dates: bool = True,
        convert_categoricals: bool = True,
        index_col: str | None = None,
        convert_missing: bool = False,
        preserve_dtypes: bool = True,
        columns: Sequence[str] | None = None,
        order_categoricals: bool = True,
        chunksize: int | None = None,
        compression: str | Mapping | None = "infer",
        storage_options: Mapping | None = None,
    ) -> None:
        if chunksize is not None and (not isinstance(chunksize, int) or chunksize <= 0):
            raise InvalidInputError("chunksize must be a positive integer when set.")
        self._options = {
            "convert_dates": convert_dates,
            "convert_categoricals": convert_categoricals,
            "index_col": index_col,
            "convert_missing": convert_missing,
            "preserve_dtypes": preserve_dtypes,
            "columns": columns,
            "order_categoricals": order_categoricals,
        }
        self._chunksize = chunksize or 1
        self._source = (path_or_buf, compression, storage_options)
        self._opened: Segment | None = None
        self._closed = False
        self._steady: object = None
        self._lines_read = 0

    @property
    def data_label(self) -> str:
        """The label of the data set."""
        return self._segment.data_label

    @property
    def time_stamp(self) -> str:
        """When it was saved, as Stata writes it."""
        return self._segment.timestamp

    def variable_labels(self) -> dict[str, str]:
        """Return the label of each variable, empty without one."""
        return {entry[0]: entry[3] for entry in self._segment.schema["variables"]}

    def value_labels(self) -> dict[str, dict[int, str]]:
        """Return the value labels by the name of their set; ``.a`` is 2147483622."""
        return {
            name: dict(entries) for name, entries in self._segment.schema["value_labels"]
        }

    def read(
        self,
        nrows: int | None = None,
        convert_dates: bool | None = None,
        convert_categoricals: bool | None = None,
        index_col: str | None = None,
        convert_missing: bool | None = None,
        preserve_dtypes: bool | None = None,
        columns: Sequence[str] | None = None,
        order_categoricals: bool | None = None,
    ) -> pandas.DataFrame:
        """
        Return the next observations.

        Parameters
        ----------
        nrows : int, optional
            How many; by default all that are left.
        convert_dates, convert_categoricals, index_col : optional
            As of `read_stata`, and so the others; by default those of the reader.
        convert_missing, preserve_dtypes, columns, order_categoricals : optional
            The same.

        Raises
        ------
        StopIteration
            None are left.
        InvalidInputError
            A column that is not there, or an option that can't be used.
        """
        given = {
            "convert_dates": convert_dates,
            "convert_categoricals": convert_categoricals,
            "index_col": index_col,
            "convert_missing": convert_missing,
            "preserve_dtypes": preserve_dtypes,
            "columns": columns,
            "order_categoricals": order_categoricals,
        }
        chosen = {name: value for name, value in given.items() if value is not None}
        begin, end = self._next_rows(nrows)
        frame = self._frame(begin, end, **(self._options | chosen))
        self._lines_read = end
        return frame

    def get_chunk(self, size: int | None = None) -> pandas.DataFrame:
        """
        Return the next observations.

        Parameters
        ----------
        size : int, optional
            How many; by default as many as `chunksize` says.

        Raises
        ------
        StopIteration
            None are left.
        """
        return self.read(self._chunksize if size is None else size)

    def close(self) -> None:
        """Let go of the file."""
        self._closed = True
        self._opened = None

    def __iter__(self) -> StataReader:
        return self

    def __next__(self) -> pandas.DataFrame:
        return self.read(self._chunksize)

    def __enter__(self) -> StataReader:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def _segment(self) -> Segment:
        if self._closed:
            raise InvalidInputError("the file is closed")
        if self._opened is None:
            self._opened = _opened(*self._source)
        return self._opened

    def _next_rows(self, nrows: int | None) -> tuple[int, int]:
        observations = self._segment.observations
        begin = self._lines_read
        if observations == 0 and not nrows:
            return 0, 0
        end = observations if nrows is None else min(begin + nrows, observations)
        if end <= begin:
            raise StopIteration
        return begin, end

    def _frame(
        self,
        begin: int,
        end: int,
        *,
        convert_dates: bool,
        convert_categoricals: bool,
        index_col: str | None,
        convert_missing: bool,
        preserve_dtypes: bool,
        columns: Sequence[str] | None,
        order_categoricals: bool,
    ) -> pandas.DataFrame:
        from .targets import pandas_target, pandas_variants

        segment = self._segment
        selection = Selection(
            segment,
            columns,
            range(begin, end),
            dates=bool(convert_dates),
            categories=bool(convert_categoricals),
            ordered=bool(order_categoricals),
        )
        check_index(index_col, selection)
        if end - begin < segment.observations:
            selection.steady = self._whole()
        frame = pandas_target.to_pandas(selection)
        if convert_missing:
            frame = pandas_variants.with_missing_values(frame, selection)
        if not preserve_dtypes:
            frame = pandas_variants.widened(frame)
        if index_col is not None:
            return frame.set_index(index_col)
        frame.index = frame.index + begin
        return frame

    def _whole(self) -> object:
        from .targets.steady import Steady

        if self._steady is None:
            self._steady = Steady(self._segment)
        return self._steady


def _opened(
    source: object, compression: object, storage_options: Mapping | None
) -> Segment:
    """Return the image in a file, under the names that variables have in it."""
    segment = _image_of(source, compression, storage_options)
    segment.restores_names = False
    return segment


def _image_of(
    source: object, compression: object, storage_options: Mapping | None
) -> Segment:
    if _is_plain_path(source, compression, storage_options):
        return Segment(Place(os.path.expanduser(os.fspath(source)), None))
    if hasattr(source, "read") and compression in (None, "infer"):
        return Segment.of(source.read())
    try:
        from pandas.io.common import get_handle
    except ImportError:
        raise UnsupportedTypeError(
            "read_stata needs pandas, which is not installed (pip install pandas)"
        ) from None
    with get_handle(
        source,
        "rb",
        compression=compression,
        is_text=False,
        storage_options=storage_options,
    ) as handles:
        return Segment.of(handles.handle.read())


def _is_plain_path(
    source: object, compression: object, storage_options: Mapping | None
) -> bool:
    if not isinstance(source, str | os.PathLike) or storage_options:
        return False
    path = os.fspath(source)
    if not isinstance(path, str) or "://" in path:
        return False
    if compression == "infer":
        return not path.lower().endswith(_COMPRESSED)
    return compression is None
