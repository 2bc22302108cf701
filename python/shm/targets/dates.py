"""Stata's dates as NumPy's."""

from __future__ import annotations

import warnings

import numpy

from ..date_formats import date_kind
from ..errors import DateWarning
from ..selection import Selection
from ..sources.times import EPOCH_DAYS, EPOCH_MILLISECONDS, period_starts

_NAT = numpy.datetime64("NaT")
# datetime64[s] of the least and greatest years that every library shows: beyond them
# dates are left as numbers.
_FIRST, _LAST = numpy.datetime64("0001-01-01"), numpy.datetime64("9999-12-31")
_DAYS = (int(_FIRST.astype(int)) + EPOCH_DAYS, int(_LAST.astype(int)) + EPOCH_DAYS)


def as_dates(selection: Selection, place: int, values: numpy.ndarray) -> numpy.ndarray:
    """
    Return dates: datetime64[ms] of ``%tc``, datetime64[s] of the others.

    Parameters
    ----------
    selection : Selection
    place : int
        A variable whose format is of dates.
    values : numpy.ndarray
        Its numbers as float64.

    Warns
    -----
    DateWarning
        Some are beyond the years 1 to 9999; all of the variable are left as numbers.
    """
    kind = date_kind(selection.stored(place)[2])
    missing = numpy.isnan(values)
    # A fraction belongs to the period that it lies in, as Stata shows it.
    counts = numpy.where(missing, 0.0, numpy.floor(values))
    if not _is_within(counts[~missing], kind):
        name = selection.segment.variables[place]
        warnings.warn(
            DateWarning(
                f"column {name!r} has dates beyond the years 1 to 9999; it is left as "
                "numbers"
            ),
            stacklevel=2,
        )
        return values
    whole = counts.astype(numpy.int64)
    if kind == "c":
        dates = (whole - EPOCH_MILLISECONDS).view("M8[ms]")
    elif kind == "d":
        dates = ((whole - EPOCH_DAYS) * 86_400).view("M8[s]")
    else:
        dates = period_starts(whole, kind).astype("M8[s]")
    dates[missing] = _NAT
    return dates


def _is_within(counts: numpy.ndarray, kind: str) -> bool:
    if counts.size == 0:
        return True
    first, last = _limits(kind)
    return first <= counts.min() and counts.max() <= last


def _limits(kind: str) -> tuple[int, int]:
    """Return the first and the last number of a kind of date that is shown."""
    if kind == "d":
        return _DAYS
    if kind == "c":
        return _DAYS[0] * 86_400_000, (_DAYS[1] + 1) * 86_400_000 - 1
    if kind == "y":
        return 1, 9999
    per_year = {"w": 52, "m": 12, "q": 4, "h": 2}[kind]
    return (1 - 1960) * per_year, (10_000 - 1960) * per_year - 1
