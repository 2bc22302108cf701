"""Dicts of columns: arrays, series, lists."""

from __future__ import annotations

import sys

import numpy

from ...arguments import described
from ...errors import UnsupportedTypeError
from .arrow_preparing import prepared
from .arrow_source import add_stream
from .gathered import Gathered, chosen
from .numpy_source import add_array, add_objects, object_array

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def add_mapping(gathered: Gathered, data: Mapping, columns: Sequence | None) -> None:
    """
    Add each value of a dict as a column named by its key.

    Raises
    ------
    UnsupportedTypeError
        A value is no column.
    """
    labels = list(data)
    for place in chosen(labels, columns):
        _add_column(gathered, labels[place], data[labels[place]])


def _add_column(gathered: Gathered, label: object, values: object) -> None:
    if isinstance(values, numpy.ndarray):
        return add_array(gathered, label, values)
    if isinstance(values, list | tuple | range):
        return _add_sequence(gathered, label, values)
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(values, _pandas_arrays(pandas)):
        from .pandas_source import add_entries, plain_array

        array = getattr(values, "array", values)
        return add_entries(gathered, [(label, plain_array(array))])
    if hasattr(values, "__arrow_c_stream__") or hasattr(values, "__arrow_c_array__"):
        return _add_arrow(gathered, label, values)
    if hasattr(values, "__array__"):
        return add_array(gathered, label, numpy.asarray(values))
    raise UnsupportedTypeError(
        f"column {label!r} is {described(values)}; a NumPy array, a series, an Arrow "
        "array or a list serves; pandas.DataFrame(rows) makes columns of rows"
    )


def _add_sequence(gathered: Gathered, label: object, values: Sequence) -> None:
    add_objects(gathered, label, object_array(values))


def _add_arrow(gathered: Gathered, label: object, values: object) -> None:
    """Add a single array of Arrow's, as a table of one column."""
    if type(values).__module__.startswith("polars"):
        frame = values.alias(str(label)).to_frame()
        add_stream(gathered, prepared(frame, None, gathered.wishes))
    else:
        import pyarrow

        array = values
        if not isinstance(array, pyarrow.Array | pyarrow.ChunkedArray):
            array = pyarrow.chunked_array(values)
        table = pyarrow.table({str(label): array})
        add_stream(gathered, prepared(table, None, gathered.wishes))
    gathered.fields[-1].label = label


def _pandas_arrays(pandas: object) -> tuple[type, ...]:
    return (pandas.Series, pandas.Index, pandas.api.extensions.ExtensionArray)
