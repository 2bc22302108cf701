"""Parquet, Feather and CSV by polars."""

from __future__ import annotations

import polars

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from ..segment import Segment


def read(path: str, kind: str) -> polars.DataFrame:
    """Return the rows of a file."""
    if kind == "csv":
        return polars.read_csv(path, try_parse_dates=True)
    return polars.read_parquet(path) if kind == "parquet" else polars.read_ipc(path)


def write(segment: Segment, path: str, kind: str) -> None:
    """Write a segment's rows to a file."""
    frame = polars.DataFrame(segment)
    if kind == "csv":
        frame.write_csv(path)
    elif kind == "parquet":
        frame.write_parquet(path)
    else:
        frame.write_ipc(path)
