"""Texts as pandas' arrays of them, without an object for each where pandas can."""

from __future__ import annotations

import numpy
import pandas

from ..selection import Selection
from .arrays import texts
from .arrow_target import stream

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Sequence


def text_arrays(
    selection: Selection, places: Sequence[int], dtype: pandas.StringDtype | None
) -> dict[int, object]:
    """Return texts as arrays of a dtype, binary ones and those without as objects."""
    if dtype is None or dtype.storage != "pyarrow":
        found = {place: texts(selection, place) for place in places}
        if dtype is None:
            return found
        return {
            place: values
            if _is_binary(selection, place, values)
            else pandas.array(values, dtype=dtype)
            for place, values in found.items()
        }
    import pyarrow

    table = pyarrow.table(stream(selection, list(places), metadata=False))
    arrays = {}
    for place, column in zip(places, table.columns, strict=True):
        if pyarrow.types.is_large_string(column.type):
            arrays[place] = pandas.array(column, dtype=dtype)
        else:  # binary, of which pandas' texts know nothing
            arrays[place] = texts(selection, place)
    return arrays


def _is_binary(selection: Selection, place: int, values: numpy.ndarray) -> bool:
    if selection.stored(place)[1] != "strL":
        return False
    if selection.steady is not None:
        return selection.steady.is_binary(place)
    return any(isinstance(value, bytes) for value in values)


def default_text_dtype() -> pandas.StringDtype | None:
    """Return the dtype that pandas infers for texts; None for objects."""
    inferred = pandas.Series(["text"]).dtype
    return inferred if isinstance(inferred, pandas.StringDtype) else None
