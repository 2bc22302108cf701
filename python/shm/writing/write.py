"""Data frames into images: `write`."""

from __future__ import annotations

from .. import _core
from ..arguments import check_progress, refuse_swapped, thread_count
from ..collector import paused
from ..errors import InvalidInputError, OutOfRangeError, PrecisionLossWarning, warn_caller
from ..storage.publishing import new_image, place_for
from .progress import reported
from .schema_building import DatasetOptions, build_schema, labels_by_name
from .value_remedies import by_column, explained_errors
from .wishes import Wishes

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping, Sequence

    from ..reading.segment import Segment
    from .sources.gathered import Gathered


def write(
    data: object,
    name: str | os.PathLike[str] | None = None,
    *,
    columns: Sequence | None = None,
    variable_labels: Mapping | None = None,
    value_labels: Mapping | None = None,
    formats: Mapping | None = None,
    data_label: str | None = None,
    notes: str | Sequence[str] | Mapping | None = None,
    characteristics: Mapping | None = None,
    convert_dates: Mapping | None = None,
    convert_strl: Sequence | None = None,
    types: Mapping | None = None,
    str_width: int | Mapping | None = None,
    compress: bool = False,
    index: bool | None = None,
    int64: str = "exact",
    inf: str = "error",
    share_strls: bool = False,
    metadata: Mapping | None = None,
    timestamp: object = None,
    release: int | None = None,
    stream: bool | None = None,
    fallback: str | None = None,
    threads: int | None = None,
    progress: bool | Callable[[int, int], object] | None = None,
) -> Segment:
    """
    Write data into shared memory as an image that Stata's `use` reads.

    Parameters
    ----------
    data : data frame
        pandas or polars; a pyarrow table; anything with ``__arrow_c_stream__``; a
        structured or two-dimensional NumPy array; a dict of columns; a `Segment`. A
        polars LazyFrame, a RecordBatchReader, an iterable of any of these and a dask data
        frame are written batch by batch. Nothing of it is changed or copied as a whole.
    name : str or path, optional
        A segment name (up to 64 letters, digits, ``_ - .``), or a path: what has a
        separator or ends in ``.dta``. Whatever has the name is replaced at once, a
        reader finds the one or the other. Without it the segment gets a name of its own.
    columns : list, optional
        The columns to write, in this order; by default all.
    variable_labels : dict of column to str, optional
        Labels of variables, which Stata shows beside their names.
    value_labels : dict of column to dict of int to str, optional
        Labels of a column's values, ``".a"`` to ``".z"`` among them. Of a categorical
        column it says which value each category gets.
    formats : dict of column to str, optional
        Display formats, as ``"%9.2f"`` or ``"%tm"``; dates are counted accordingly.
    data_label : str, optional
        The label of the data set; by default that of the metadata, or none.
    notes : str, list of str, or dict of column to list, optional
        Notes of the data set, or in a dict of columns, and of the data set under
        ``"_dta"``. They take the place of those that the metadata have of the same.
    characteristics : dict of column, or '_dta', to dict of name to text, optional
        Characteristics of columns and of the data set, beside those of the metadata.
    convert_dates : dict of column to str, optional
        ``'tc' 'td' 'tw' 'tm' 'tq' 'th' 'ty'``, as in pandas; by default dates become
        ``%td``, datetimes ``%tc`` and periods what they are.
    convert_strl : list, optional
        Columns of texts to store as strL.
    types : dict of column to str, optional
        Storage types, as ``"long"`` or ``"str20"``; a value that one can't hold is an
        error. By default the values decide (docs/types.md).
    str_width : int or dict of column to int, optional
        Bytes for the texts of columns; longer texts are an error. For streams, which
        otherwise store texts as strL.
    compress : bool, default False
        Use the smallest storage type that holds every value, as Stata's ``compress``.
    index : bool, optional
        Whether the levels of a pandas index travel; by default those that have names.
    int64 : {'exact', 'double', 'str'}, default 'exact'
        Integers beyond 2**53 in a column are an error, become the nearest doubles, or
        the column becomes text.
    inf : {'error', 'missing'}, default 'error'
        What infinities and numbers beyond Stata's range are.
    share_strls : bool, default False
        Store equal strLs once.
    metadata : dict, optional
        As `Segment.metadata`; by default ``data.attrs["stata"]`` or what an Arrow
        schema carries. The options above go before it.
    timestamp : datetime or str, optional
        By default now; fixed, the same data give the same bytes.
    release : {117, 118, 119}, optional
        By default 118, above 32,767 variables 119.
    stream : bool, optional
        Whether batches are written as they come, or collected first so that their values
        decide the types. By default streams are what has no length: see `data`.
    fallback : {None, 'memfd'}
        Where the image goes when shared memory is full: nowhere, or into anonymous memory
        of this process (docs/images.md). Of a stream the first batch decides.
    threads : int, optional
        How many threads work; by default as many as there are processors, and as pay.
    progress : bool or callable, optional
        True shows a bar, tqdm's where it is installed; a function is called with rows
        done and all rows, 0 where nobody knows how many. By default nothing is shown.

    Returns
    -------
    Segment
        ``with shm.write(df) as seg:`` removes it at the end.

    Raises
    ------
    UnsupportedTypeError
        A column has no counterpart in Stata, or these are no data.
    OutOfRangeError
        A value that no storage type holds; the message names column, row and value.
    InvalidInputError
        A name, label or option that can't be used.
    NoSpaceError
        Shared memory is full. The previous image stays.
    SegmentNotFoundError
        The folder of a path is not there.
    AccessError, StorageError
        The segment directory is another user's, or the system refused.

    Warns
    -----
    RenamedColumnWarning
        Columns get other names in Stata.
    PrecisionLossWarning
        Integers were rounded, as `int64` asks.
    FileNameWarning
        The name of the segment looks like that of a file, as ``"out.csv"``.

    Examples
    --------
    >>> import numpy, shm
    >>> data = {"id": [1, 2, 3], "city": ["Rome", "Oslo", None]}
    >>> with shm.write(data, "cities", data_label="Three cities") as seg:
    ...     print(seg.observations, seg.types)
    3 {'id': 'long', 'city': 'str4'}
    """
    refuse_swapped("write", data, name)
    threads = thread_count(threads)
    check_progress(progress)
    wishes = Wishes(
        metadata=metadata,
        formats=formats,
        convert_dates=convert_dates,
        value_labels=value_labels,
        variable_labels=variable_labels,
        types=types,
        convert_strl=convert_strl,
        str_width=str_width,
        int64=int64,
        inf=inf,
        compress=compress,
    )
    dataset = DatasetOptions(data_label, notes, characteristics, timestamp, release)
    place = place_for(name)
    from ..reading.segment import Segment
    from .batches import batches_of, collected, comes_in_batches, is_dask
    from .sources.gathering import gather

    in_batches = comes_in_batches(data, stream)
    if share_strls and (is_dask(data) or in_batches):
        raise InvalidInputError(
            "share_strls needs all values before the first is written; with stream=False "
            "batches are collected first"
        )
    if is_dask(data):
        from .dask_frames import DaskWriter

        DaskWriter(data, wishes, dataset, columns, index).write(
            place, fallback=fallback, threads=threads, progress=progress
        )
        return Segment.written(place)
    if in_batches:
        from .streaming import Stream

        wishes.in_batches = True
        Stream(batches_of(data), wishes, dataset, columns, index).write(
            place, fallback=fallback, threads=threads, progress=progress
        )
        return Segment.written(place)
    if comes_in_batches(data, None):
        data = collected(data)
    with explained_errors() as labels, paused():
        gathered = gather(data, wishes, columns, index)
        plan = _planned(gathered, dataset, share_strls, threads, labels)
    with (
        new_image(place, plan.nbytes, fallback) as image,
        reported(progress, plan.rows, "write") as rows_done,
    ):
        image.write(plan, threads, rows_done)
    return Segment.written(place)


def _planned(
    gathered: Gathered,
    dataset: DatasetOptions,
    share_strls: bool,
    threads: int,
    labels: dict[str, object],
) -> _core.Plan:
    wishes = gathered.wishes
    schema, rules = build_schema(gathered.fields, wishes, dataset)
    labels |= labels_by_name(schema, gathered.fields)
    sharing = "equal" if share_strls else gathered.sharing

    def plan() -> _core.Plan:
        return _core.Plan(gathered.columns, schema, rules, sharing, threads)

    if wishes.int64 != "double":
        return plan()
    try:
        return plan()
    except OutOfRangeError as error:
        rules[:] = [(type, out_of_range, True) for type, out_of_range, _ in rules]
        rounded = plan()
        first = by_column(str(error), labels)
        warn_caller(PrecisionLossWarning(f"integers were rounded to doubles: {first}"))
        return rounded
