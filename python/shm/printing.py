"""Sizes, ages and tables as people read them."""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_UNITS = ("KB", "MB", "GB", "TB")


def size_text(nbytes: int) -> str:
    """
    Return a number of bytes in a unit that suits it.

    >>> size_text(999), size_text(1536), size_text(3 * 2**30)
    ('999 bytes', '1.5 KB', '3.0 GB')
    """
    if nbytes < 1024:
        return f"{nbytes} byte{'' if nbytes == 1 else 's'}"
    power = 1
    while nbytes >= 999.95 * 1024**power and power < len(_UNITS):
        power += 1
    return f"{nbytes / 1024**power:.1f} {_UNITS[power - 1]}"


def age_text(seconds: float) -> str:
    """
    Return a time that has passed in a unit that suits it.

    >>> age_text(0.2), age_text(90), age_text(7200), age_text(200_000)
    ('0 s', '90 s', '2 h', '2 d')
    """
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size:.0f} {unit}"
    return f"{max(0, int(seconds))} s"


def count_text(count: int, what: str) -> str:
    """
    Return a count with its noun.

    >>> count_text(1, "variable"), count_text(1000, "observation")
    ('1 variable', '1,000 observations')
    """
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def table_lines(
    header: Mapping[str, str], rows: Iterable[Mapping[str, object]]
) -> list[str]:
    """
    Return the lines of a table, numbers to the right.

    Parameters
    ----------
    header : mapping
        From the key of each column to its title.
    rows : iterable of mappings
        From keys to values; None is shown as ``-``.
    """
    rows = [[row[key] for key in header] for row in rows]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in header]
    cells = [
        _aligned(title, column)
        for title, column in zip(header.values(), columns, strict=True)
    ]
    return ["  ".join(line).rstrip() for line in zip(*cells, strict=True)]


def _aligned(title: str, values: Sequence[object]) -> list[str]:
    texts = [title, *map(_cell, values)]
    width = max(map(len, texts))
    numbers = [value for value in values if value is not None]
    if numbers and all(isinstance(value, int | float) for value in numbers):
        return [text.rjust(width) for text in texts]
    return [text.ljust(width) for text in texts]


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return str(value) if not isinstance(value, str) else printable(value)


def printable(text: str) -> str:
    """Return a text without the characters that would break a line or a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
