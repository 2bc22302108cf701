"""Categorical columns: codes and categories as numbers with value labels."""

from __future__ import annotations

import numbers

import numpy

from .gathered import Gathered
from .numpy_source import add_array, add_masked, object_array

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_LABELS = 65_536
MAX_LABEL_BYTES = 32_000
_MAX_VALUE = 2_147_483_620


def add_categories(
    gathered: Gathered, label: object, codes: numpy.ndarray, categories: Sequence
) -> None:
    """
    Add a column of codes, -1 where missing, into categories.

    Texts become value labels: their code is what the caller or the metadata want for
    the text, else its place. Whole numbers among the categories stand for themselves.
    Other categories, and more texts than a label set holds, become a plain column.
    """
    values = _values_of(gathered, label, categories)
    if values is None:
        _add_decoded(gathered, label, codes, categories)
        return
    numbers_, labels = values
    missing = codes < 0
    if numbers_ is not None:
        # The last element is what code -1 takes; it is masked.
        table = numpy.append(numpy.asarray(numbers_, dtype=numpy.int64), 0)
        codes = table.astype(_narrowest(table))[codes]
    add_masked(gathered, label, codes, missing)
    field = gathered.fields[-1]
    field.labels = labels
    if labels is None:
        return
    known = gathered.wishes.known(label)
    field.type = known.get("type", "")


def _values_of(
    gathered: Gathered, label: object, categories: Sequence
) -> tuple[list[int] | None, list[tuple[int, str]] | None] | None:
    """Return the number of each category (None: its place) and the labels."""
    if not len(categories) and gathered.wishes.labels_of(label) is None:
        return None  # a label set of nothing serves nobody
    if len(categories) > MAX_LABELS or gathered.wishes.in_batches:
        return None
    texts, whole = _texts_of(categories), _whole_numbers(categories)
    if all(number is not None for number in whole) and len(whole):
        return list(whole), None
    if any(
        text is None and number is None for text, number in zip(texts, whole, strict=True)
    ):
        return None
    if any(t is not None and len(t.encode()) > MAX_LABEL_BYTES for t in texts):
        return None
    return _coded(gathered.wishes.label_codes(label, texts), texts, whole)


def _coded(
    wanted: dict[str, int] | None,
    texts: Sequence[str | None],
    whole: Sequence[int | None],
) -> tuple[list[int] | None, list[tuple[int, str]]]:
    """Give each text its value: the wanted one, else the next that is free."""
    if wanted is None and all(number is None for number in whole):
        return None, [(k, text) for k, text in enumerate(texts) if text is not None]
    wanted = wanted or {}
    used = set(wanted.values()) | {number for number in whole if number is not None}
    codes, labels, following = [], [], -1
    for text, number in zip(texts, whole, strict=True):
        if text is None:
            codes.append(number)
            continue
        if text not in wanted:
            following += 1
            while following in used:
                following += 1
            used.add(following)
        value = wanted.get(text, following)
        codes.append(value)
        labels.append((value, text))
    return codes, labels


def _texts_of(categories: Sequence) -> list[str | None]:
    """Return the text of each category that becomes a label: texts and intervals."""
    return [
        str(category)
        if isinstance(category, str) or type(category).__name__ == "Interval"
        else None
        for category in categories
    ]


def _whole_numbers(categories: Sequence) -> list[int | None]:
    return [_whole_number(category) for category in categories]


def _whole_number(category: object) -> int | None:
    if isinstance(category, bool | numpy.bool_) or not isinstance(category, numbers.Real):
        return None
    if isinstance(category, float | numpy.floating) and not float(category).is_integer():
        return None
    number = int(category)
    return number if abs(number) <= _MAX_VALUE else None


def _narrowest(table: numpy.ndarray) -> numpy.dtype:
    return numpy.result_type(
        numpy.min_scalar_type(int(table.min())), numpy.min_scalar_type(int(table.max()))
    )


def _add_decoded(
    gathered: Gathered, label: object, codes: numpy.ndarray, categories: Sequence
) -> None:
    """Add the values that the codes stand for."""
    if not len(categories):
        return add_array(gathered, label, numpy.full(len(codes), None))
    values = getattr(categories, "array", categories)
    dtype = getattr(values, "dtype", None)
    if isinstance(dtype, numpy.dtype) and dtype.kind in "biuf":
        return add_masked(gathered, label, numpy.asarray(values)[codes], codes < 0)
    texts = _texts_of(categories)
    if None not in texts:
        return add_array(gathered, label, object_array([*texts, None])[codes])
    if hasattr(values, "take") and hasattr(values, "isna"):
        from .pandas_source import add_entries, plain_array

        taken = values.take(codes, allow_fill=True)
        return add_entries(gathered, [(label, plain_array(taken))])
    add_array(gathered, label, object_array([*categories, None])[codes])
