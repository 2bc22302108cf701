"""Stata's dates as NumPy's."""

from __future__ import annotations

import numpy

from ...date_formats import date_kind
from ...errors import DateWarning, warn_caller
from ...writing.sources.times import EPOCH_DAYS, EPOCH_MILLISECONDS, period_starts
from ..selection import Selection
from .arrays import DTYPES, doubles, masked_requests

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .arrays import Request

_NAT = numpy.datetime64("NaT")
_INT64 = numpy.dtype(numpy.int64)
# datetime64[s] of the least and greatest years that every library shows: beyond them
# dates are left as numbers.
_FIRST, _LAST = numpy.datetime64("0001-01-01"), numpy.datetime64("9999-12-31")
_DAYS = (int(_FIRST.astype(int)) + EPOCH_DAYS, int(_LAST.astype(int)) + EPOCH_DAYS)
# The whole days that nanoseconds since 1970 hold in 64 bits.
_FIRST_NANOSECONDS = numpy.datetime64("1677-09-22", "s")
_LAST_NANOSECONDS = numpy.datetime64("2262-04-11", "s")
_PERIODS = 65_536  # up to which a table of them is small
_NARROW = ("byte", "int")  # no day or millisecond of theirs is beyond the limits


def becomes_date(selection: Selection, place: int) -> bool:
    """Whether a numeric variable is one of dates, and they are wanted."""
    kind = date_kind(selection.stored(place)[2])
    return kind not in (None, "C") and selection.wants_date(place)


def date_requests(selection: Selection, places: Sequence[int]) -> list[Request]:
    """Return requests for the numbers of dates."""
    return masked_requests(selection, places, wide=True)


def date_arrays(
    selection: Selection, requests: Sequence[Request], *, nanoseconds: bool = False
) -> dict[int, numpy.ndarray]:
    """
    Return dates: datetime64[ms] of ``%tc``, datetime64[s] of the others.

    Parameters
    ----------
    selection : Selection
    requests : sequence
        `date_requests` that have been read; their arrays are overwritten.
    nanoseconds : bool
        Whether to return datetime64[ns] of those that it holds.

    Warns
    -----
    DateWarning
        Some are beyond the years 1 to 9999; all of the variable are left as numbers.
    """
    found = {}
    for place, counts, missing in requests:
        dates = _as_dates(selection, place, counts, missing, nanoseconds)
        found[place] = doubles(selection, [place])[place] if dates is None else dates
    return found


def becomes_arrow_date(selection: Selection, place: int) -> bool:
    """
    Whether a variable becomes one of Arrow's dates or times: it is %td or %tc.

    Warns
    -----
    DateWarning
        It does not for some are beyond the years 1 to 9999.
    """
    _, type, format, *_ = selection.stored(place)
    kind = date_kind(format)
    if kind not in ("c", "d") or type not in DTYPES or not selection.wants_date(place):
        return False
    if type in _NARROW or _is_within(_stored_ends(selection, place), kind):
        return True
    _warn(selection.segment.variables[place])
    return False


def _stored_ends(selection: Selection, place: int) -> tuple[float, float]:
    found = selection.image.limits(place, selection.rows, selection.threads) or (0, 0)
    return numpy.floor(found[0]), numpy.floor(found[1])


def _as_dates(
    selection: Selection,
    place: int,
    counts: numpy.ndarray,
    missing: numpy.ndarray,
    nanoseconds: bool,
) -> numpy.ndarray | None:
    """Return dates of numbers, which are overwritten; None beyond the limits."""
    kind = date_kind(selection.stored(place)[2])
    filling = 1960 if kind == "y" else 0  # within all limits
    lacks = bool(missing.any())
    if counts.dtype.kind == "f":
        # A fraction belongs to the period that it lies in, as Stata shows it.
        numpy.floor(counts, out=counts)
    if lacks and (filling or counts.dtype.kind == "f"):
        counts[missing] = filling
    ends = _ends(selection, place, counts, filling)
    if not _is_within(ends, kind):
        _warn(selection.segment.variables[place])
        return None
    dates = _dates_of(counts.astype(_INT64, copy=False), kind, ends)
    if nanoseconds and _fit_nanoseconds(ends, kind):
        dates = dates.astype("M8[ns]")
    if lacks:
        dates[missing] = _NAT
    return dates


def _ends(
    selection: Selection, place: int, counts: numpy.ndarray, filling: int
) -> tuple[float, float]:
    """Return the least and the greatest number, of the whole variable for chunks."""
    if selection.steady is not None:
        ends = numpy.floor(selection.steady.limits(place))
        ends = numpy.where(numpy.isnan(ends), filling, ends)
        return min(ends[0], filling), max(ends[1], filling)
    if counts.size == 0:
        return filling, filling
    return counts.min(), counts.max()


def _dates_of(
    counts: numpy.ndarray, kind: str, ends: tuple[float, float]
) -> numpy.ndarray:
    """Return dates of whole numbers, which are overwritten."""
    if kind == "c":
        counts -= EPOCH_MILLISECONDS
        return counts.view("M8[ms]")
    if kind == "d":
        counts -= EPOCH_DAYS
        counts *= 86_400
        return counts.view("M8[s]")
    first, last = map(int, ends)
    if last - first > _PERIODS:
        return period_starts(counts, kind).astype("M8[s]")
    table = period_starts(numpy.arange(first, last + 1), kind).astype("M8[s]")
    counts -= first
    return table[counts]


def _is_within(ends: tuple[float, float], kind: str) -> bool:
    first, last = _limits(kind)
    return first <= ends[0] and ends[1] <= last


def _fit_nanoseconds(ends: tuple[float, float], kind: str) -> bool:
    first, last = _dates_of(numpy.array(ends, dtype=_INT64), kind, ends)
    return first >= _FIRST_NANOSECONDS and last < _LAST_NANOSECONDS


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


def _warn(name: str) -> None:
    warn_caller(
        DateWarning(
            f"column {name!r} has dates beyond the years 1 to 9999; it is left as numbers"
        )
    )
