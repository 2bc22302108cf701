"""Columns of NumPy dates and durations: the numbers that Stata counts them by."""

from __future__ import annotations

import datetime

import numpy

from ...date_formats import date_kind
from ...errors import UnsupportedTypeError
from .gathered import Field, Gathered

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Sequence

# Ticks of a NumPy unit in milliseconds: (per tick, per unit), one of the two is 1.
_MILLISECONDS = {
    "W": (604_800_000, 1),
    "D": (86_400_000, 1),
    "h": (3_600_000, 1),
    "m": (60_000, 1),
    "s": (1000, 1),
    "ms": (1, 1),
    "us": (1, 1000),
    "ns": (1, 1_000_000),
}
_DAY = 86_400_000
EPOCH_DAYS = 3653  # from 1960-01-01 to 1970-01-01
EPOCH_MILLISECONDS = EPOCH_DAYS * _DAY
# How many of each are in a year, and what a period is called in NumPy.
_PER_YEAR = {"m": 12, "q": 4, "h": 2, "y": 1}
PERIOD_KINDS = ("w", *_PER_YEAR)
_OWN_FORMAT = {"D": "%td", "M": "%tm", "Y": "%ty"}  # what a NumPy unit asks for


def add_times(gathered: Gathered, label: object, values: numpy.ndarray) -> None:
    """Add a column of datetime64; its format is the one wished for, if it fits."""
    values = _countable(values)
    unit = numpy.datetime_data(values.dtype)[0]
    own = _OWN_FORMAT.get(unit, "%tc")
    wanted, firm = gathered.wishes.date_format(label)
    kind = date_kind(wanted)
    if kind == "C" and firm:
        raise UnsupportedTypeError(
            f"column {label!r}: {wanted} counts leap seconds, which its dates don't "
            "know; '%tc' serves"
        )
    if kind in (None, "C") or not (firm or _fits(values, unit, kind)):
        wanted, kind = own, date_kind(own)
    field = Field(label, format=wanted, widest="double" if kind == "c" else "long")
    if kind in PERIOD_KINDS:
        periods, missing = stata_periods(values, kind)
        gathered.columns.add_numbers(field.name, [(periods, missing)])
    else:
        _add_ticks(gathered, field.name, values, unit, kind)
    gathered.add(field)


def add_durations(gathered: Gathered, label: object, values: numpy.ndarray) -> None:
    """Add a column of timedelta64 as milliseconds."""
    unit, count = numpy.datetime_data(values.dtype)
    if unit in ("Y", "M", "generic"):
        raise UnsupportedTypeError(
            f"column {label!r}: durations in {unit!r} have no length in milliseconds; "
            "astype('timedelta64[ms]') gives one"
        )
    if count != 1 or unit not in _MILLISECONDS or not values.dtype.isnative:
        values = values.astype(f"m8[{unit if unit in _MILLISECONDS else 'ns'}]")
    per_tick, per_unit = _MILLISECONDS[numpy.datetime_data(values.dtype)[0]]
    field = Field(label, format=duration_format(gathered, label))
    counts = values.view(numpy.int64)
    gathered.columns.add_times(field.name, [(counts, None)], per_tick, per_unit, 0, False)
    gathered.add(field)


def dates_among(values: Sequence, missing: tuple) -> numpy.ndarray | None:
    """
    Return Python's dates as datetime64; None where there are other objects.

    Times of a zone are those of the clock on the wall; what is below a microsecond is
    lost.
    """
    days, moments = [], False
    for value in values:
        is_nan = isinstance(value, float) and value != value
        if value is None or is_nan or any(value is each for each in missing):
            days.append(None)
            continue
        if not isinstance(value, datetime.date):
            return None
        if isinstance(value, datetime.datetime):
            moments = True
            value = datetime.datetime.combine(value.date(), value.time())
        days.append(value)
    if all(day is None for day in days):
        return None
    return numpy.array(days, dtype="M8[us]" if moments else "M8[D]")


def stata_periods(
    values: numpy.ndarray, kind: str
) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Return the weeks, months, quarters, half-years or years that dates lie in.

    Weeks start anew with each year, and the last has eight days or nine ([D] Datetime).
    """
    missing = numpy.isnat(values)
    months = values.astype("M8[M]")
    years = months.astype("M8[Y]").astype(numpy.int64)  # from 1970
    if kind == "w":
        first = months.astype("M8[Y]").astype("M8[D]")
        days = (values.astype("M8[D]") - first).astype(numpy.int64)
        counts = (years + 10) * 52 + numpy.minimum(days // 7, 51)
    elif kind == "y":
        counts = years + 1970
    else:
        counts = (months.astype(numpy.int64) + 120) // (12 // _PER_YEAR[kind])
    return counts, missing


def period_starts(counts: numpy.ndarray, kind: str) -> numpy.ndarray:
    """Return the first days of periods: the reverse of `stata_periods`."""
    counts = counts.astype(numpy.int64)
    if kind == "w":
        years, weeks = numpy.divmod(counts, 52)
        return (years - 10).view("M8[Y]").astype("M8[D]") + 7 * weeks
    if kind == "y":
        return (counts - 1970).view("M8[Y]").astype("M8[D]")
    return (counts * (12 // _PER_YEAR[kind]) - 120).view("M8[M]").astype("M8[D]")


def _countable(values: numpy.ndarray) -> numpy.ndarray:
    """Dates in a unit of one tick that is known here."""
    unit, count = numpy.datetime_data(values.dtype)
    known = unit in _MILLISECONDS or unit in _OWN_FORMAT
    if count == 1 and known and unit != "W" and values.dtype.isnative:
        return values
    if unit in ("W", "D", "generic"):
        return values.astype("M8[D]")
    return values.astype(f"M8[{unit if known else 'ns'}]")


def _fits(values: numpy.ndarray, unit: str, kind: str) -> bool:
    """Whether nothing is lost when dates are counted by the kind of a format."""
    if kind == "c":
        return unit not in _OWN_FORMAT
    if kind == "d":
        days = values.astype("M8[D]")
    else:
        counts, missing = stata_periods(values, kind)
        days = period_starts(counts, kind)
        days[missing] = numpy.datetime64("NaT")
    same = days.astype(values.dtype) == values
    return bool((same | numpy.isnat(values)).all())


def _add_ticks(
    gathered: Gathered, name: str, values: numpy.ndarray, unit: str, kind: str
) -> None:
    if unit in ("M", "Y"):
        values, unit = values.astype("M8[D]"), "D"
    per_tick, per_unit = _MILLISECONDS[unit]
    if kind == "d":
        # A day has more ticks than one, unless the unit is the day.
        per_unit, per_tick = _DAY * per_unit // per_tick, 1
    add = EPOCH_DAYS if kind == "d" else EPOCH_MILLISECONDS
    parts = [(values.view(numpy.int64), None)]
    gathered.columns.add_times(name, parts, per_tick, per_unit, add, kind == "d")


def duration_format(gathered: Gathered, label: object) -> str:
    """
    Return a wished format of times of day; durations have none of their own.

    Raises
    ------
    UnsupportedTypeError
        The caller wants one of dates.
    """
    wanted, firm = gathered.wishes.date_format(label)
    if firm and date_kind(wanted) not in (None, "c"):
        raise UnsupportedTypeError(
            f"column {label!r} holds durations, which are counted in milliseconds, not "
            f"as {wanted}"
        )
    return wanted if date_kind(wanted) == "c" else ""
