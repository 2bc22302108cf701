"""Data that come in batches: what they are taken from, one batch after the other."""

from __future__ import annotations

import sys

from ..errors import UnsupportedTypeError

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars

_BATCH_ROWS = 131_072  # of sources that let us choose


def comes_in_batches(data: object, stream: bool | None) -> bool:
    """
    Whether data are written batch by batch.

    Parameters
    ----------
    data : object
    stream : bool or None
        What the caller wants: None leaves it to the kind of data. Those without a length
        come in batches: readers, lazy frames, iterables.
    """
    if stream is not None:
        return stream
    return _is_lazy(data) or _is_reader(data) or _is_iterable(data)


def is_dask(data: object) -> bool:
    """Whether this is a dask data frame."""
    module = sys.modules.get("dask.dataframe")
    return module is not None and isinstance(data, module.DataFrame)


def batches_of(data: object) -> Iterator[object]:
    """
    Return the batches of data, each of a kind that `gather` takes.

    An object with ``__arrow_c_stream__`` is read through pyarrow.
    """
    polars, pandas = sys.modules.get("polars"), sys.modules.get("pandas")
    if _is_lazy(data):
        return _batches_of_lazy(data)
    if polars is not None and isinstance(data, polars.DataFrame):
        return data.iter_slices(_BATCH_ROWS) if len(data) else iter((data,))
    is_pandas = pandas is not None and isinstance(data, pandas.DataFrame | pandas.Series)
    if hasattr(data, "__arrow_c_stream__") and not is_pandas:
        return _batches_of_stream(data)
    if _is_iterable(data):
        return iter(data)
    return iter((data,))


def _batches_of_lazy(frame: polars.LazyFrame) -> Iterator[object]:
    """Return the batches of a lazy frame: at least one, which may have no rows."""
    if not hasattr(frame, "collect_batches"):  # an old polars
        yield frame.collect(engine="streaming")
        return
    batch = None
    for batch in frame.collect_batches(chunk_size=_BATCH_ROWS, maintain_order=True):
        yield batch
    if batch is None:
        yield frame.head(0).collect()


def _batches_of_stream(data: object) -> Iterator[object]:
    """Return the batches of an Arrow stream: at least one, which may have no rows."""
    try:
        import pyarrow
    except ImportError:
        raise UnsupportedTypeError(
            "batches of an Arrow stream are read through pyarrow, which is not here; "
            "stream=False takes all of them at once without it"
        ) from None
    reader = pyarrow.RecordBatchReader.from_stream(data)
    batch = None
    for batch in reader:
        yield batch
    if batch is None:
        yield reader.schema.empty_table()


def collected(data: object) -> object:
    """Return data that come in batches as one table."""
    if _is_lazy(data):
        return data.collect()
    if hasattr(data, "__arrow_c_stream__"):
        return data
    batches = list(data)
    for library in ("pandas", "polars"):
        module = sys.modules.get(library)
        if module and all(isinstance(batch, module.DataFrame) for batch in batches):
            return module.concat(batches)
    import pyarrow

    return pyarrow.concat_tables([pyarrow.table(batch) for batch in batches])


def _is_lazy(data: object) -> bool:
    polars = sys.modules.get("polars")
    return polars is not None and isinstance(data, polars.LazyFrame)


def _is_reader(data: object) -> bool:
    pyarrow = sys.modules.get("pyarrow")
    return pyarrow is not None and isinstance(data, pyarrow.RecordBatchReader)


def _is_iterable(data: object) -> bool:
    """Whether it is an iterator, or a list of tables."""
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        return False
    if hasattr(data, "__next__"):
        return True
    if not isinstance(data, list | tuple) or not data:
        return False
    return not (
        _is_cell(data[0]) or isinstance(data[0], list | tuple) or _is_row(data[0])
    )


def _is_row(value: object) -> bool:
    """Whether it is a dict of single values: of columns it would be a table."""
    return isinstance(value, dict) and any(map(_is_cell, value.values()))


def _is_cell(value: object) -> bool:
    from numbers import Number

    return value is None or isinstance(value, str | bytes | Number)
