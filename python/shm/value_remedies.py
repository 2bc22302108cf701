"""What to do about a value that Stata's types can't hold: the end of its message."""

from __future__ import annotations

import contextlib

from .errors import InvalidInputError, OutOfRangeError, UnsupportedTypeError

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterator

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
def remedies_named() -> Iterator[None]:
    """Let errors about values say which option of `write` serves."""
    try:
        yield
    except (OutOfRangeError, UnsupportedTypeError, InvalidInputError) as error:
        text = str(error)
        for known, remedy in _REMEDIES:
            if known in text:
                raise type(error)(f"{text}; {remedy}") from None
        raise
