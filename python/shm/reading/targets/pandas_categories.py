"""Variables with value labels as pandas' categoricals."""

from __future__ import annotations

import numpy
import pandas

from ...errors import LabelWarning, warn_caller
from ..selection import Selection
from .arrays import numbers

_TABLE = 65_536  # values up to which each has a place in a table


def categorical(
    selection: Selection, place: int, values: numpy.ndarray, missing: numpy.ndarray
) -> pandas.Categorical | numpy.ndarray:
    """
    Return a labelled variable as categories: the values that occur, in order.

    A value without a label is a category of its own, a number, as in
    `pandas.read_stata`.

    Parameters
    ----------
    selection : Selection
    place : int
    values : numpy.ndarray
        Of the variable's own type.
    missing : numpy.ndarray
        Which of them are missing.

    Warns
    -----
    LabelWarning
        Two values that occur have the same label; the variable is left as numbers.
    """
    lacking = bool(missing.any())
    if selection.steady is None:
        present, codes = _coded(values, missing if lacking else None)
    else:
        present = selection.steady.present(place)
        codes = numpy.searchsorted(present, values).astype(_code_dtype(len(present)))
    if lacking:
        codes[missing] = -1
        if present.dtype.kind == "i":
            present = present.astype(numpy.float64)  # as numbers with missing ones are
    dtype = _dtype(selection, place, present)
    if dtype is None:
        return numbers(selection, [place])[place]
    selection.codes[selection.segment.variables[place]] = present.tolist()
    return pandas.Categorical.from_codes(codes, dtype=dtype, validate=False)


def _dtype(
    selection: Selection, place: int, present: numpy.ndarray
) -> pandas.CategoricalDtype | None:
    """Return the categories of values; None where two have the same label."""
    labels = selection.labels_of(place) or {}
    categories = [_category(labels, value) for value in present.tolist()]
    key = (present.dtype, *categories)
    if key in selection.kept:
        return selection.kept[key]
    if len(set(categories)) != len(categories):
        _warn(selection.segment.variables[place], categories)
        return None
    dtype = pandas.CategoricalDtype(_index(categories), selection.ordered)
    selection.kept[key] = dtype
    return dtype


def _warn(name: str, categories: list) -> None:
    twice = next(text for text in categories if categories.count(text) > 1)
    warn_caller(
        LabelWarning(
            f"column {name!r} has two values with the label {twice!r}; it is left as "
            "numbers, with their labels in the metadata"
        )
    )


def _category(labels: dict[int, str], value: float) -> object:
    return labels.get(int(value), value) if value == value // 1 else value


def _index(categories: list) -> pandas.Index:
    kinds = {isinstance(category, str) for category in categories}
    return pandas.Index(categories, dtype=None if len(kinds) == 1 else object)


def _coded(
    values: numpy.ndarray, missing: numpy.ndarray | None
) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Return the values that occur, in order, and the place of each; any if missing."""
    if values.dtype.kind == "i" and len(values):
        first, last = int(values.min()), int(values.max())
        if last - first < _TABLE:
            return _coded_by_table(values, missing, first, last)
    kept = values if missing is None else values[~missing]
    present = numpy.unique(kept)
    codes = numpy.searchsorted(present, values)
    return present, codes.astype(_code_dtype(len(present)))


def _coded_by_table(
    values: numpy.ndarray, missing: numpy.ndarray | None, first: int, last: int
) -> tuple[numpy.ndarray, numpy.ndarray]:
    offsets = values if first == 0 else values.astype(numpy.int32) - first
    counts = numpy.bincount(offsets, minlength=last - first + 1)
    if missing is not None:
        counts[-first] -= numpy.count_nonzero(missing)  # they are zeros
    found = numpy.flatnonzero(counts)
    table = numpy.zeros(len(counts), _code_dtype(len(found)))
    table[found] = numpy.arange(len(found))
    return (found + first).astype(values.dtype), table.take(offsets)


def _code_dtype(count: int) -> numpy.dtype:
    return numpy.min_scalar_type(-max(1, count))
