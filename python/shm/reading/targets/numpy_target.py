"""Images as NumPy arrays: a dict of them, or a structured one."""

from __future__ import annotations

import numpy

from ..selection import Selection
from .arrays import Numbers, read_into, texts
from .dates import becomes_date, date_arrays, date_requests
from .extended import extended_columns


def to_dict(selection: Selection) -> dict[str, numpy.ndarray]:
    """Return arrays by variable: NaN and NaT where missing, texts as objects."""
    names = selection.segment.variables
    arrays = {names[place]: array for place, array in _columns(selection).items()}
    return arrays | extended_columns(selection)


def to_numpy(selection: Selection) -> numpy.ndarray:
    """Return a structured array with a field for each variable."""
    arrays = to_dict(selection)
    dtype = [(name, array.dtype) for name, array in arrays.items()]
    table = numpy.empty(selection.count, dtype)
    for name, array in arrays.items():
        table[name] = array
    return table


def _columns(selection: Selection) -> dict[int, numpy.ndarray]:
    texts_ = [place for place in selection.places if selection.is_text(place)]
    numeric = [place for place in selection.places if not selection.is_text(place)]
    dated = [place for place in numeric if becomes_date(selection, place)]
    numbers = Numbers(selection, sorted({*numeric} - {*dated}))
    dates = date_requests(selection, dated)
    read_into(selection, [*numbers.requests, *dates])
    found = numbers.arrays() | date_arrays(selection, dates)
    found |= {place: texts(selection, place) for place in texts_}
    return {place: found[place] for place in selection.places}
