"""Extended missing values, ``.a`` to ``.z``, where a library's own missing value is one.

``missing="nan"`` keeps them in the NaNs of float64 columns, ``missing="letters"`` in
columns beside.
"""

from __future__ import annotations

import numpy

from ..selection import Selection
from .arrays import doubles, masked
from .dates import becomes_date

# The layout of the payload is core/include/stata_pydata/missing.h's.
_TAG_SHIFT = 29
_TAG_BITS = 5
_MARK = 0x5D5A
_PAYLOAD = 0x3FFFFF
_LETTERS = numpy.array(
    [None, *(f".{chr(ord('a') + k)}" for k in range(26))], dtype=object
)


def replaced_columns(selection: Selection) -> dict[str, numpy.ndarray]:
    """Return integer variables with missing values as float64, for ``missing="nan"``."""
    if selection.missing != "nan":
        return {}
    whole = [
        place
        for place in selection.places
        if selection.stored(place)[1] in ("byte", "int", "long")
        and not becomes_date(selection, place)
        and not (selection.categories and selection.labels_of(place))
    ]
    lacking = [
        place for place, (_, mask) in masked(selection, whole).items() if mask.any()
    ]
    found = doubles(selection, lacking)
    return {selection.segment.variables[place]: found[place] for place in lacking}


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
