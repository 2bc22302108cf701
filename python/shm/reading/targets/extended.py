"""Extended missing values, ``.a`` to ``.z``, where a library's own missing value is one.

``missing="nan"`` keeps them in the NaNs of float64 columns, ``missing="letters"`` in
columns beside.
"""

from __future__ import annotations

import numpy

from ..selection import Selection
from .arrays import doubles, masked

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Callable, Collection

# The layout of the payload is core/include/stata_pydata/missing.h's.
_TAG_SHIFT = 29
_TAG_BITS = 5
_MARK = 0x5D5A
_PAYLOAD = 0x3FFFFF
_LETTERS = numpy.array(
    [None, *(f".{chr(ord('a') + k)}" for k in range(26))], dtype=object
)


def replaced_columns(
    selection: Selection, integers: Callable[[], Collection[str]]
) -> dict[str, numpy.ndarray]:
    """
    Return integers with missing values as float64, for ``missing="nan"``.

    Parameters
    ----------
    selection : Selection
    integers : callable
        Returns the columns that are of an integer type with a missing value of its own.
    """
    if selection.missing != "nan":
        return {}
    among = integers()
    named = zip(selection.names, selection.places, strict=True)
    whole = {place: name for name, place in named if name in among}
    lacking = [
        place for place, (_, mask) in masked(selection, list(whole)).items() if mask.any()
    ]
    return {whole[place]: values for place, values in doubles(selection, lacking).items()}


def extended_columns(selection: Selection) -> dict[str, numpy.ndarray]:
    """Return for ``missing="letters"`` the letters of each variable that has some."""
    if selection.missing != "letters":
        return {}
    numeric = [place for place in selection.places if not selection.is_text(place)]
    taken, columns = set(selection.segment.variables), {}
    for place in numeric:
        letters = letters_of(doubles(selection, [place])[place])
        if letters is None:
            continue
        name = f"{selection.segment.variables[place]}_missing"
        while name in taken:
            name += "_"
        taken.add(name)
        columns[name] = letters
    return columns


def letters_of(values: numpy.ndarray) -> numpy.ndarray | None:
    """Return ``".a"`` ... ``".z"`` for the NaNs that carry them, None elsewhere.

    None altogether where no value is extended.
    """
    numbers = letter_numbers(values)
    return _LETTERS[numbers] if numbers.any() else None


def letter_numbers(values: numpy.ndarray) -> numpy.ndarray:
    """Return 1 ... 26 for the NaNs that carry ``.a`` ... ``.z``, 0 elsewhere."""
    payload = (values.view(numpy.uint64) >> _TAG_SHIFT) & _PAYLOAD
    return numpy.where(
        numpy.isnan(values) & (payload >> _TAG_BITS == _MARK),
        payload & ((1 << _TAG_BITS) - 1),
        0,
    )
