"""Images as NumPy arrays: a dict of them, or a structured one."""

from __future__ import annotations

import numpy

from ..selection import Selection
from .arrays import columns
from .extended import extended_columns


def to_dict(selection: Selection) -> dict[str, numpy.ndarray]:
    """Return arrays by variable: NaN and NaT where missing, texts as objects."""
    names = selection.segment.variables
    arrays = {names[place]: array for place, array in columns(selection).items()}
    return arrays | extended_columns(selection)


def to_numpy(selection: Selection) -> numpy.ndarray:
    """Return a structured array with a field for each variable."""
    arrays = to_dict(selection)
    dtype = [(name, array.dtype) for name, array in arrays.items()]
    table = numpy.empty(selection.count, dtype)
    for name, array in arrays.items():
        table[name] = array
    return table
