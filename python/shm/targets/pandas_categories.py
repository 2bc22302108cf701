"""Variables with value labels as pandas' categoricals."""

from __future__ import annotations

import numpy
import pandas

from ..errors import LabelWarning, warn_caller
from ..selection import Selection

_SMALL = 2  # bytes of numbers whose every value has a place in a table


def categorical(
    selection: Selection, place: int, values: numpy.ndarray
) -> pandas.Categorical | numpy.ndarray:
    """
    Return a labelled variable as categories: the values that occur, in order.

    A value without a label is a category of its own, a number, as in
    `pandas.read_stata`.

    Warns
    -----
    LabelWarning
        Two values that occur have the same label; the variable is left as numbers.
    """
    labels = selection.labels_of(place) or {}
    if selection.steady is None:
        present, codes = _coded(values)
    else:
        present = selection.steady.present(place)
        codes = _codes_among(values, present)
    categories = [_category(labels, value) for value in present.tolist()]
    if len(set(categories)) != len(categories):
        name = selection.segment.variables[place]
        twice = next(text for text in categories if categories.count(text) > 1)
        warn_caller(
            LabelWarning(
                f"column {name!r} has two values with the label {twice!r}; it is left as "
                "numbers, with their labels in the metadata"
            )
        )
        return values
    index = _index(categories, present)
    dtype = pandas.CategoricalDtype(index, selection.ordered)
    return pandas.Categorical.from_codes(codes, dtype=dtype, validate=False)


def _category(labels: dict[int, str], value: float) -> object:
    return labels.get(int(value), value) if value == value // 1 else value


def _index(categories: list, present: numpy.ndarray) -> pandas.Index:
    if all(isinstance(category, str) for category in categories):
        return pandas.Index(categories, dtype=None if categories else object)
    if not any(isinstance(category, str) for category in categories):
        return pandas.Index(present)
    return pandas.Index(categories, dtype=object)


def _coded(values: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Return the values that occur, in order, and the place of each; -1 for NaN."""
    if values.dtype.kind == "i" and values.dtype.itemsize <= _SMALL:
        return _coded_by_table(values)
    present, codes = numpy.unique(values, return_inverse=True)
    if present.size and numpy.isnan(present[-1]):
        present = present[:-1]
        codes[codes == len(present)] = -1
    return present, codes.astype(_code_dtype(len(present)))


def _codes_among(values: numpy.ndarray, present: numpy.ndarray) -> numpy.ndarray:
    """Return the place of each value among those that occur anywhere."""
    codes = numpy.searchsorted(present, values).astype(_code_dtype(len(present)))
    codes[numpy.isnan(values)] = -1
    return codes


def _coded_by_table(values: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    width = 8 * values.dtype.itemsize
    bits = values.view(f"u{values.dtype.itemsize}")
    found = numpy.flatnonzero(numpy.bincount(bits, minlength=1 << width))
    present = numpy.sort(found.astype(bits.dtype).view(values.dtype))
    table = numpy.zeros(1 << width, _code_dtype(len(present)))
    table[present.view(bits.dtype)] = numpy.arange(len(present))
    return present, table[bits]


def _code_dtype(count: int) -> numpy.dtype:
    return numpy.min_scalar_type(-max(1, count))
