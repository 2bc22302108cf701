"""What is installed: libraries, and the files for Stata."""

from __future__ import annotations

import os

from ..stata import stata_path
from .findings import note, ok, problem

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .findings import Finding

_REQUIRED = ("numpy",)
_OPTIONAL = ("pandas", "polars", "pyarrow", "duckdb", "dask", "tqdm")
_AGAIN = "pip install --force-reinstall stata-pydata"


def look() -> Iterator[Finding]:
    """Yield the libraries that are used where there are such, and the Stata files."""
    versions = {name: _version(name) for name in (*_REQUIRED, *_OPTIONAL)}
    there = [f"{name} {version}" for name, version in versions.items() if version]
    yield ok("libraries", ", ".join(there) or "none")
    for name in _REQUIRED:
        if versions[name] is None:
            yield problem("libraries", f"no {name}", f"pip install {name}")
    yield _stata_files()


def _version(library: str) -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _stata_files() -> Finding:
    try:
        folder = stata_path()
    except FileNotFoundError as error:
        return problem("stata", str(error), _AGAIN)
    if not os.path.exists(os.path.join(folder, "stata_pydata.plugin")):
        text = f"no plugin in {folder}: images can be used, info files can't"
        return note("stata", text, _AGAIN)
    return ok("stata", f'type in Stata: adopath + "{folder}"')
