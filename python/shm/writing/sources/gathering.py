"""Which adapter takes which data."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from ...arguments import kind_of
from ...errors import UnsupportedTypeError
from ..wishes import Wishes
from .gathered import Gathered

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Sequence

_ROWS = (Mapping, list, tuple)  # as one row of a list comes


def gather(
    data: object, wishes: Wishes, columns: Sequence | None, index: bool | None
) -> Gathered:
    """
    Return the columns of data of any kind.

    Raises
    ------
    UnsupportedTypeError
        The data are of no kind that is known, or a column has no counterpart in Stata.
    InvalidInputError
        A column that is not there.
    """
    gathered = Gathered(wishes)
    _add(gathered, data, columns, index)
    wishes.check_columns(field.label for field in gathered.fields)
    return gathered


def _add(
    gathered: Gathered, data: object, columns: Sequence | None, index: bool | None
) -> None:
    pandas, numpy = sys.modules.get("pandas"), sys.modules.get("numpy")
    if pandas is not None and isinstance(data, pandas.Series):
        data = data.to_frame(0 if data.name is None else data.name)
    if pandas is not None and isinstance(data, pandas.DataFrame):
        from .pandas_source import add_frame

        carried = data.attrs.get("stata")
        gathered.take_metadata(carried if isinstance(carried, Mapping) else {})
        return add_frame(gathered, data, columns, index)
    if isinstance(data, Mapping):
        from .mapping_source import add_mapping

        return add_mapping(gathered, data, columns)
    if numpy is not None and isinstance(data, numpy.ndarray):
        from .numpy_source import add_arrays

        return add_arrays(gathered, data, columns)
    if type(data).__module__ == "shm.reading.segment":
        from .image_source import add_segment

        return add_segment(gathered, data, columns)
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        from .arrow_preparing import prepared
        from .arrow_source import add_stream

        source = prepared(data, columns, gathered.wishes)
        return add_stream(gathered, source, columns)
    raise UnsupportedTypeError(
        f"{_of_rows(data) or kind_of(data)} is no data that is known; a pandas, polars "
        "or Arrow table serves, a structured or two-dimensional NumPy array, a dict of "
        f"columns, or anything with __arrow_c_stream__{_remedy(data)}"
    )


def _of_rows(data: object) -> str:
    """Return what a list of rows is; "" of anything else."""
    if isinstance(data, list | tuple) and data and isinstance(data[0], _ROWS):
        return f"{kind_of(data)} of rows"
    return ""


def _remedy(data: object) -> str:
    if _of_rows(data):
        return ". pandas.DataFrame(rows) makes a table of rows"
    if isinstance(data, list | tuple):
        return ". {'x': values} is a column of values, with its name"
    return ""
