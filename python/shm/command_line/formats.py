"""Formats of files by their endings, and the library that reads and writes them."""

from __future__ import annotations

import contextlib
import importlib.util
import os

from ..errors import ShmError

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_FORMATS = {
    ".dta": "dta",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".feather": "arrow",
    ".arrow": "arrow",
    ".ipc": "arrow",
    ".csv": "csv",
}


def format_of(file: str) -> str:
    """
    Return the format that a file's name stands for.

    >>> format_of("a.Parquet"), format_of("b.csv"), format_of("c.feather")
    ('parquet', 'csv', 'arrow')
    """
    ending = _ending(file)
    if ending is None:
        raise ShmError(f"{file}: expected a name that ends in {', '.join(_FORMATS)}")
    return _FORMATS[ending]


def stem_of(file: str) -> str:
    """Return a file's name without its folder and the ending."""
    name = os.path.basename(file)
    return name[: len(name) - len(_ending(file) or "")]


@contextlib.contextmanager
def library() -> Iterator[ModuleType]:
    """Give a module with `read` and `write`, on whichever library is installed."""
    module = _module()
    try:
        yield module
    except module.ERRORS as error:
        raise ShmError(str(error)) from None


def _module() -> ModuleType:
    for name in ("pyarrow", "polars"):
        if importlib.util.find_spec(name) is not None:
            return importlib.import_module(f".with_{name}", __package__)
    raise ShmError("this takes pyarrow or polars: pip install pyarrow")


def _ending(file: str) -> str | None:
    matching = [ending for ending in _FORMATS if file.lower().endswith(ending)]
    return max(matching, key=len, default=None)
