"""Stata's display formats for dates: what a number under one of them counts."""

from __future__ import annotations

# What convert_dates takes, and the format that it stands for.
KINDS = {"tc": "%tc", "tC": "%tC", "td": "%td", "tw": "%tw", "tm": "%tm", "tq": "%tq"}
KINDS |= {"th": "%th", "ty": "%ty"}


def date_kind(format: str) -> str | None:
    """
    Return which clock a display format shows: 'c', 'C', 'd', 'w', 'm', 'q', 'h', 'y'.

    None of a format that shows no date. ``%d`` is the old ``%td``; details behind the
    letter, and a sign for the alignment before, don't count ([D] Datetime display
    formats).

    >>> date_kind("%-tdNN/DD/CCYY"), date_kind("%d"), date_kind("%9.0g")
    ('d', 'd', None)
    """
    body = format[1:].lstrip("-") if format[:1] == "%" else ""
    if body[:1] == "d":
        return "d"
    if body[:1] == "t" and body[1:2] in ("c", "C", "d", "w", "m", "q", "h", "y"):
        return body[1]
    return None
