"""Integers beyond 2**53, which a double can't hold: what ``int64=`` makes of them."""

from __future__ import annotations

from numbers import Integral

import numpy

from .gathered import Field, Gathered

EXACT = 2**53


def add_integers(
    gathered: Gathered, field: Field, values: numpy.ndarray, mask: numpy.ndarray | None
) -> None:
    """Add a column of 64-bit integers as ``int64=`` wants it.

    Unless that is "str" it is left to the plan, which knows every value.
    """
    if gathered.wishes.int64 == "str" and beyond_exact(values, mask):
        texts = values.astype(object).astype(str).astype(object)
        if mask is not None:
            texts[mask] = None
        gathered.columns.add_objects(field.name, texts, ())
        field.text = True
    else:
        gathered.columns.add_numbers(field.name, [(values, mask)])
    gathered.add(field)


def beyond_exact(values: numpy.ndarray, mask: numpy.ndarray | None) -> bool:
    """Whether any of the integers is beyond 2**53 either way."""
    if mask is not None:
        values = values[~mask]
    if values.size == 0:
        return False
    return int(values.max()) > EXACT or int(values.min()) < -EXACT


def integers_as_texts(values: numpy.ndarray) -> numpy.ndarray:
    """Return Python objects, as texts where some of them are integers beyond 2**53."""
    whole = [isinstance(value, Integral) for value in values]
    if not any(
        is_whole and abs(value) > EXACT
        for is_whole, value in zip(whole, values, strict=True)
    ):
        return values
    texts = values.copy()
    for row, is_whole in enumerate(whole):
        if is_whole:
            texts[row] = str(values[row])
    return texts
