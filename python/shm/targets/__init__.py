"""What an image is read into: a module for each kind of table."""

from __future__ import annotations

from ..errors import InvalidInputError, UnsupportedTypeError

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from typing import Any

    from .request import Request

KINDS = ("pandas", "polars", "arrow", "numpy", "dict")

_LIBRARIES = {"pandas": "pandas", "polars": "polars", "arrow": "pyarrow"}


def check_kind(kind: object) -> None:
    """Refuse what `as_` can't be."""
    if kind not in KINDS:
        known = ", ".join(repr(known) for known in KINDS)
        raise InvalidInputError(f"as_ must be one of {known}, not {kind!r}")


def table_of(kind: str, request: Request) -> Any:
    """
    Return what was requested as a table of a kind.

    Raises
    ------
    UnsupportedTypeError
        The library that it takes is not installed.
    """
    require(kind)
    if kind == "pandas":
        from .pandas_frame import frame_of
    elif kind == "polars":
        from .polars_frame import frame_of
    elif kind == "arrow":
        from .arrow_table import table_of as frame_of
    elif kind == "numpy":
        from .numpy_arrays import structured_array as frame_of
    else:
        from .numpy_arrays import arrays_of as frame_of
    return frame_of(request)


def require(kind: str) -> None:
    """Import the library of a kind, or say what to do."""
    library = _LIBRARIES.get(kind)
    if library is None:
        return
    try:
        __import__(library)
    except ImportError as error:
        raise UnsupportedTypeError(
            f"as_={kind!r} takes {library}, which can't be imported ({error}); "
            f"pip install {library}, or as_='dict' for NumPy arrays"
        ) from None
