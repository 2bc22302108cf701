"""The errors and warnings of this package.

Every error is a `ShmError` and the built-in exception that a caller would expect. The
message names the column, the row, the value and what to do, as far as there are such.
"""

from __future__ import annotations


class ShmError(Exception):
    """The base of all errors of this package."""

    def __str__(self) -> str:
        """Return the sentence; of an OSError `errno` and `filename` have the rest."""
        return getattr(self, "strerror", None) or super().__str__()


class UnsupportedTypeError(ShmError, TypeError):
    """Data of a type that has no meaning in Stata, or an argument of the wrong type."""


class InvalidInputError(ShmError, ValueError):
    """An argument, a name or a label that can't be used."""


class OutOfRangeError(ShmError, OverflowError):
    """A value that Stata's types can't hold without loss, or a limit of the format."""


class DamagedImageError(ShmError, ValueError):
    """A file that is no whole ``.dta`` image; the message names section and offset."""


class SegmentExistsError(ShmError, FileExistsError):
    """A segment has this name or key already."""


class SegmentNotFoundError(ShmError, FileNotFoundError):
    """There is no such segment, or it has vanished."""


class WaitTimeoutError(ShmError, TimeoutError):
    """What was waited for was not there in time; the message says what was."""


class AccessError(ShmError, PermissionError):
    """A segment or directory of another user, or one that can't be written."""


class NoSpaceError(ShmError, MemoryError):
    """
    Memory or shared memory is full; the message says how much is wanted and free.

    Attributes
    ----------
    wanted_bytes, free_bytes : int or None
        The same as numbers; None where nobody knows.
    """

    wanted_bytes: int | None = None
    free_bytes: int | None = None

    def __init__(self, text: str = "") -> None:
        # The native module counts bytes; people read megabytes.
        import re

        from .printing import size_text

        sizes: dict[str, int] = {}

        def readable(size: re.Match) -> str:
            sizes[size[1]] = int(size[2])
            return f"{size[1]} {size_text(int(size[2]))}"

        super().__init__(re.sub(r"\b(of|for|has) (\d+) bytes\b", readable, text))
        self.wanted_bytes = sizes.get("of", sizes.get("for"))
        self.free_bytes = sizes.get("has")

    def with_remedy(self, remedy: str) -> NoSpaceError:
        """Return the same error with what to do at its end."""
        error = NoSpaceError(f"{self}; {remedy}")
        error.wanted_bytes, error.free_bytes = self.wanted_bytes, self.free_bytes
        return error


class StorageError(ShmError, OSError):
    """The system refused an operation on a file or a segment."""


def message_of(error: BaseException) -> str:
    """Return the sentence of an error, without the number that an OSError may have."""
    return getattr(error, "strerror", None) or str(error)


class ShmWarning(UserWarning):
    """The base of all warnings of this package."""


class PrecisionLossWarning(ShmWarning):
    """Values were rounded, as an option asked."""


class RenamedColumnWarning(ShmWarning):
    """Columns got other names in Stata; the original ones are restored on reading."""


class LabelWarning(ShmWarning):
    """Value labels could not become categories, or categories value labels."""


class FileNameWarning(ShmWarning):
    """A segment got a name that looks like a file's; no file is written."""


class DateWarning(ShmWarning):
    """Dates that the data frame's type can't hold were left as numbers."""


def warn_caller(warning: ShmWarning) -> None:
    """Issue a warning for the line, outside this package, that called into it."""
    import os
    import sys
    import warnings

    here = os.path.dirname(__file__) + os.sep
    level, frame = 2, sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(here):
        level, frame = level + 1, frame.f_back
    warnings.warn(warning, stacklevel=level)
