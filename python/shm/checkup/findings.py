"""One thing that was looked at, and how it is."""

from __future__ import annotations

from ..storage.records import Record

LEVELS = {"ok": "ok", "note": "note", "problem": "PROBLEM"}  # and how they are printed


class Finding(Record):
    """
    One thing that was looked at.

    Attributes
    ----------
    topic : str
    level : {'ok', 'note', 'problem'}
    text : str
        What there is.
    remedy : str or None
        What to do about it.
    """


def ok(topic: str, text: str) -> Finding:
    """Return that all is well."""
    return Finding(topic=topic, level="ok", text=text, remedy=None)


def note(topic: str, text: str, remedy: str | None = None) -> Finding:
    """Return what one may want to change."""
    return Finding(topic=topic, level="note", text=text, remedy=remedy)


def problem(topic: str, text: str, remedy: str | None = None) -> Finding:
    """Return what one has to change."""
    return Finding(topic=topic, level="problem", text=text, remedy=remedy)
