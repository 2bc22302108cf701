"""The errors and warnings of this package.

Every error is a `ShmError` and the built-in exception that a caller would expect. The
message names the column, the row, the value and what to do, as far as there are such.
"""


class ShmError(Exception):
    """The base of all errors of this package."""


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
    """Memory or shared memory is full; the message says how much is wanted and free."""


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
