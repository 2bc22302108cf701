"""What `pandas.read_stata` makes of a frame under options that `shm.read` has not."""

from __future__ import annotations

import numpy
import pandas
from pandas.io.stata import StataMissingValue

from ..selection import Selection
from .arrays import DTYPES, doubles, masked
from .extended import letter_numbers

# The code of `.` in each type of whole numbers; .a and so on follow.
_FIRST_CODES = {"byte": 101, "int": 32741, "long": 2147483621}
# The bits of `.`, and the distance to those of .a, in each type of real numbers.
_FIRST_BITS = {
    "float": (numpy.uint32, 0x7F000000, 0x800),
    "double": (numpy.uint64, 0x7FE0000000000000, 0x10000000000),
}


def with_missing_values(
    frame: pandas.DataFrame, selection: Selection
) -> pandas.DataFrame:
    """
    Return a frame whose numbers with missing values are objects.

    A missing value is a `StataMissingValue`. Dates and categories stay what they are.
    """
    for place, name in zip(selection.places, selection.names, strict=True):
        if selection.is_text(place) or not _is_number(frame[name].dtype):
            continue
        values, missing = masked(selection, [place])[place]
        if missing.any() or selection.lacks(place):
            frame[name] = _objects(selection, place, values, missing)
    return frame


def widened(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Return a frame with int64 for all integers, and float64 for all real numbers."""
    wide = {"i": "int64", "f": "float64"}
    kinds = {
        name: dtype.kind for name, dtype in frame.dtypes.items() if _is_number(dtype)
    }
    return frame.astype({name: wide[kind] for name, kind in kinds.items()})


def _is_number(dtype: object) -> bool:
    return isinstance(dtype, numpy.dtype) and dtype.kind in "if"


def _objects(
    selection: Selection, place: int, values: numpy.ndarray, missing: numpy.ndarray
) -> numpy.ndarray:
    objects = values.astype(object)
    numbers = letter_numbers(doubles(selection, [place])[place][missing])
    kinds = {
        number: StataMissingValue(_code(selection.stored(place)[1], number))
        for number in numpy.unique(numbers).tolist()
    }
    objects[missing] = [kinds[number] for number in numbers.tolist()]
    return objects


def _code(type: str, number: int) -> float:
    """Return how a missing value is stored, ``.`` being number 0 and ``.a`` 1."""
    if type in _FIRST_CODES:
        return DTYPES[type].type(_FIRST_CODES[type] + number)
    bits, first, distance = _FIRST_BITS[type]
    return bits(first + number * distance).view(DTYPES[type])
