"""The memory of a pandas column: what the native module reads in place.

A part of a column is a NumPy array with an optional mask (true where missing), or an
Arrow array.
"""

from __future__ import annotations

from .remedies import remedy

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from typing import TypeAlias

    import numpy
    import pandas
    import pyarrow

    Part: TypeAlias = "tuple[numpy.ndarray, numpy.ndarray | None] | pyarrow.Array"


def column_parts(series: pandas.Series, name: str) -> list[Part]:
    """
    Return the parts of a numeric column.

    Raises
    ------
    TypeError
        The column's dtype is not numeric; the message says what serves.
    """
    import pandas

    array = series.array
    masked = (
        pandas.arrays.IntegerArray,
        pandas.arrays.FloatingArray,
        pandas.arrays.BooleanArray,
    )
    if isinstance(array, masked):
        return [(array._data, array._mask)]
    if isinstance(series.dtype, pandas.ArrowDtype):
        if _is_arrow_number(series.dtype.pyarrow_dtype):
            return _arrow_chunks(array)
    elif _is_number(series.dtype):
        values = series.to_numpy()
        if not series.dtype.isnative:
            values = values.astype(series.dtype.newbyteorder("="))
        return [(values, None)]
    raise TypeError(
        f"column {name!r} has dtype {series.dtype}, but segments hold numbers only: "
        f"{remedy(series.dtype, f'frame[{name!r}]')}"
    )


def _is_number(dtype: object) -> bool:
    import numpy

    return isinstance(dtype, numpy.dtype) and dtype.kind in "biuf" and dtype.itemsize <= 8


def _is_arrow_number(dtype: pyarrow.DataType) -> bool:
    from pyarrow import types

    return types.is_integer(dtype) or types.is_floating(dtype) or types.is_boolean(dtype)


def _arrow_chunks(array: pandas.api.extensions.ExtensionArray) -> list[Part]:
    import pyarrow

    chunked = array.__arrow_array__()
    return list(chunked.chunks) or [pyarrow.array([], type=chunked.type)]
