"""What callers give as options: checked early, and told of in messages."""

from __future__ import annotations

from .errors import InvalidInputError, UnsupportedTypeError

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST_THREADS = 1024  # more than the native module ever starts
_LONGEST = 80  # characters of a value in a message


def one_of(option: str, value: object, allowed: Sequence[object]) -> None:
    """
    Refuse a value that an option does not take.

    Raises
    ------
    InvalidInputError
    """
    plain = value is None or isinstance(value, str | int)
    if not plain or value not in allowed:
        shown = ", ".join(repr(choice) for choice in allowed)
        raise InvalidInputError(
            f"{option} must be one of {shown}, not {described(value)}"
        )


def thread_count(threads: object) -> int:
    """
    Return how many threads are wanted, 0 where the native module chooses.

    Raises
    ------
    InvalidInputError
        It is no whole number from 1.
    """
    if threads is None:
        return 0
    if not is_whole_number(threads):
        raise InvalidInputError(
            f"threads must be a whole number, 1 or more, not {described(threads)}; None "
            "leaves it to shm"
        )
    if threads < 1:
        raise InvalidInputError(
            f"threads must be 1 or more, not {threads}; None leaves it to shm"
        )
    return min(int(threads), _MOST_THREADS)


def check_progress(progress: object) -> None:
    """
    Refuse what is neither a switch nor a function.

    Raises
    ------
    InvalidInputError
    """
    if not (progress is None or isinstance(progress, bool) or callable(progress)):
        raise InvalidInputError(
            "progress must be True, False or a function of the rows done and all rows, "
            f"not {described(progress)}"
        )


def check_seconds(option: str, seconds: object) -> None:
    """
    Refuse what is no time to wait. Below 0 there is none left.

    Raises
    ------
    InvalidInputError
    """
    from numbers import Real

    is_number = isinstance(seconds, Real) and not isinstance(seconds, bool)
    if seconds is not None and not (is_number and seconds == seconds):
        raise InvalidInputError(
            f"{option} must be a number of seconds or None, not {described(seconds)}"
        )


def is_whole_number(value: object) -> bool:
    """Whether a value is a whole number, of Python or NumPy, and no boolean."""
    return hasattr(value, "__index__") and not isinstance(value, bool)


def refuse_swapped(function: str, data: object, name: object) -> None:
    """
    Refuse a name where the data belong, and data where the name does.

    Raises
    ------
    UnsupportedTypeError
        The message says which way round they go.
    """
    import os

    if not isinstance(data, str | os.PathLike):
        return
    if name is None:
        raise UnsupportedTypeError(
            f"{described(data)} is a name and no data; shm.{function}(data, "
            f"{described(data)}) writes a table under it"
        )
    if not isinstance(name, str | os.PathLike):
        raise UnsupportedTypeError(
            f"data and name are swapped: shm.{function}(data, {described(data)}) has the "
            f"data, here {described(name)}, before the name"
        )


def described(value: object) -> str:
    """
    Return a value for a message: itself where it is short, else what kind it is.

    >>> described("2"), described([1, 2]), described(b"x" * 1000), described([0] * 99)
    ("'2'", '[1, 2]', 'a bytes', 'a list')
    """
    if hasattr(value, "__len__") and len(value) > _LONGEST:
        return kind_of(value)
    text = repr(value)
    return text if len(text) <= _LONGEST and "\n" not in text else kind_of(value)


def kind_of(value: object) -> str:
    """
    Return what kind of thing a value is.

    >>> kind_of({}), kind_of(1)
    ('a dict', 'an int')
    """
    if value is None:
        return "None"
    kind = type(value)
    library = kind.__module__.partition(".")[0]
    name = (
        kind.__qualname__ if library == "builtins" else f"{library} {kind.__qualname__}"
    )
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def near(wanted: object, labels: Iterable[object]) -> str:
    """
    Return a question whether one of the labels is meant, "" where none is like it.

    >>> near("Wag", ["id", "wage"]), near("year", ["id", "wage"])
    (" (did you mean 'wage'?)", '')
    """
    if not isinstance(wanted, str):
        return ""
    from difflib import get_close_matches

    known = {label.casefold(): label for label in labels if isinstance(label, str)}
    found = get_close_matches(wanted.casefold(), list(known), 3)
    meant = " or ".join(repr(known[text]) for text in found)
    return f" (did you mean {meant}?)" if meant else ""


def few(labels: Sequence[object], most: int = 8) -> str:
    """Return some of the labels for a message."""
    shown = ", ".join(repr(label) for label in labels[:most])
    return f"{shown}, ..." if len(labels) > most else shown or "none"
