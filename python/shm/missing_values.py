"""Stata's missing values as numbers of Python: NaNs that remember which one they are."""

from __future__ import annotations

import struct

from .errors import InvalidInputError

# As core/include/stata_pydata/missing.h has them: a mark and the letter's number in the
# high bits of a quiet NaN's payload, where they survive a cast to float and back.
_QUIET_NAN = 0x7FF8000000000000
_MARK = 0x5D5A
_TAG_BITS, _TAG_SHIFT = 5, 29


def missing(letter: str = ".") -> float:
    """
    Return a missing value as a NaN that is ``.a`` to ``.z`` again in Stata.

    Parameters
    ----------
    letter : str, default '.'
        ``"."``, or ``"a"`` to ``"z"``, with the dot or without.

    Raises
    ------
    InvalidInputError
        It is none of these.

    Examples
    --------
    >>> import numpy, shm
    >>> data = {"x": numpy.array([1.0, shm.missing(".a"), shm.missing()])}
    >>> segment = shm.write(data, "refusals", value_labels={"x": {".a": "refused"}})
    >>> shm.read("refusals", as_="dict", missing="letters")["x_missing"].tolist()
    [None, '.a', None]
    >>> shm.drop("refusals")
    """
    name = letter[1:] if isinstance(letter, str) and letter[:1] == "." else letter
    if name == "":
        return float("nan")
    if not (isinstance(name, str) and len(name) == 1 and "a" <= name <= "z"):
        raise InvalidInputError(f"a missing value is '.' or '.a' to '.z', not {letter!r}")
    tag = ord(name) - ord("a") + 1
    bits = _QUIET_NAN | (_MARK << _TAG_BITS | tag) << _TAG_SHIFT
    return struct.unpack("<d", struct.pack("<Q", bits))[0]
