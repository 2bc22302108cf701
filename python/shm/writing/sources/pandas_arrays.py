"""pandas' extension arrays as columns."""

from __future__ import annotations

import numpy
import pandas

from ...errors import UnsupportedTypeError
from .categories import add_categories
from .gathered import Field, Gathered
from .numpy_source import add_array, add_masked, add_objects
from .times import stata_periods

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from pandas.api.extensions import ExtensionArray

_MASKED = (
    pandas.arrays.IntegerArray,
    pandas.arrays.FloatingArray,
    pandas.arrays.BooleanArray,
)
# pandas' frequencies of periods, by their first letter, as Stata's date formats. Stata's
# weeks start anew with each year: a week of pandas' is the day it begins.
_PERIOD_FORMATS = {"Y": "%ty", "A": "%ty", "Q": "%tq", "M": "%tm", "W": "%td", "D": "%td"}
_YEAR_ENDS = {"Y": ("DEC", ""), "A": ("DEC", ""), "Q": ("DEC", "")}


def add_extension(gathered: Gathered, label: object, array: ExtensionArray) -> None:
    """
    Add a column that is no NumPy array.

    Raises
    ------
    UnsupportedTypeError
        Its dtype has no counterpart in Stata; the message says what serves.
    """
    for dtype, add in _ADAPTERS.items():
        if isinstance(array.dtype, dtype):
            return add(gathered, label, array)
    if isinstance(array, _MASKED):
        return add_masked(gathered, label, array._data, array._mask)
    values = numpy.asarray(array, dtype=object)
    is_text = isinstance(array.dtype, pandas.StringDtype)
    add_objects(gathered, label, values, as_texts=is_text)


def arrow_values(array: object) -> object | None:
    """Return the Arrow array that a pandas array lies in; None of others."""
    dtype = array.dtype
    is_text = isinstance(dtype, pandas.StringDtype) and "pyarrow" in dtype.storage
    if not is_text and not isinstance(dtype, pandas.ArrowDtype):
        return None
    chunks = getattr(array, "_pa_array", None)
    return array.__arrow_array__() if chunks is None else chunks


def _add_categorical(gathered: Gathered, label: object, array: object) -> None:
    add_categories(gathered, label, array.codes, array.categories)


def _add_zoned(gathered: Gathered, label: object, array: object) -> None:
    add_array(gathered, label, numpy.asarray(array.tz_localize(None)))


def _add_period(gathered: Gathered, label: object, array: object) -> None:
    name = array.dtype.freq.freqstr
    format = _PERIOD_FORMATS.get(name[:1]) if array.dtype.freq.n == 1 else None
    base, _, anchor = name.partition("-")
    if format is None or anchor not in _YEAR_ENDS.get(base[:1], (anchor,)):
        moments = numpy.asarray(array.to_timestamp())
        return add_array(gathered, label, moments)
    days = numpy.asarray(array.to_timestamp()).astype("M8[D]")
    wanted, firm = gathered.wishes.date_format(label)
    if firm or wanted.startswith(format):
        format = wanted
    if format.startswith(("%td", "%tc")):
        gathered.wishes.formats.setdefault(label, format)
        return add_array(gathered, label, days)
    counts, missing = stata_periods(days, format.lstrip("%-t")[:1])
    field = Field(label, format=format, widest="long")
    gathered.columns.add_numbers(field.name, [(counts, missing)])
    gathered.add(field)


def _add_sparse(gathered: Gathered, label: object, array: object) -> None:
    add_array(gathered, label, array.to_dense())


def _refuse_interval(gathered: Gathered, label: object, array: object) -> None:
    raise UnsupportedTypeError(
        f"column {label!r} has dtype {array.dtype}: Stata has no intervals; "
        f"frame[{label!r}].array.mid, .left and .right are numbers, astype(str) makes "
        "text"
    )


_ADAPTERS = {
    pandas.CategoricalDtype: _add_categorical,
    pandas.DatetimeTZDtype: _add_zoned,
    pandas.PeriodDtype: _add_period,
    pandas.IntervalDtype: _refuse_interval,
    pandas.SparseDtype: _add_sparse,
}
