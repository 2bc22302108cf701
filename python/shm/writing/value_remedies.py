"""What to do about a value that Stata's types can't hold: the end of its message."""

from __future__ import annotations

import contextlib
import re

from ..errors import InvalidInputError, OutOfRangeError, UnsupportedTypeError

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_VARIABLE = re.compile(r"variable (\S+?)(?=[,:]| has )")
_INFINITE = "inf='missing' makes it missing"
_NESTED = "take its parts apart into columns of their own, or make text of it"
_TYPES = "types= names a wider storage type, or leave it to the values"
# What the native module says, and which option serves.
_REMEDIES = (
    ("is beyond 2^53", "int64='double' does the one, int64='str' the other"),
    ("is no number that Stata has", _INFINITE),
    ("the largest of Stata's", _INFINITE),
    ("is outside the range of", _TYPES),
    ("which a float holds exactly", _TYPES),
    ("is no whole number, so it can't be", _TYPES),
    ("the text has", "a greater str_width= or type, or convert_strl=, holds it"),
    ("contains a NUL byte", "str.replace takes it out"),
    ("of the Arrow type '+", _NESTED),
    ("of the Arrow type '_pl", "cast it to a type of 64 bits"),
)


@contextlib.contextmanager
def explained_errors() -> Iterator[dict[str, object]]:
    """
    Let errors about values name the column and the option of `write` that serves.

    The dict that it gives is filled by the caller: from names in Stata to the labels
    that columns have outside.
    """
    labels: dict[str, object] = {}
    try:
        yield labels
    except (OutOfRangeError, UnsupportedTypeError, InvalidInputError) as error:
        raise type(error)(explained(str(error), labels)) from None


def by_column(text: str, labels: Mapping[str, object]) -> str:
    """Return a message with the label of the column that it is about."""
    found = _VARIABLE.match(text)
    if found and found[1] in labels:
        return f"column {labels[found[1]]!r}{text[found.end() :]}"
    return text


def explained(text: str, labels: Mapping[str, object]) -> str:
    """Return a message with the label of the column that it is about, and a remedy."""
    text = by_column(text, labels)
    for known, remedy in _REMEDIES:
        if known in text:
            return f"{text}; {remedy}"
    return text
