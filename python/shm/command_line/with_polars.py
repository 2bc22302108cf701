"""Parquet, Feather and CSV by polars."""

from __future__ import annotations

import polars

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from ..reading.targets.arrow_target import ArrowData


ERRORS = (polars.exceptions.PolarsError,)


def read(path: str, kind: str, stream: bool) -> polars.LazyFrame | polars.DataFrame:
    """Return the rows of a file, or a frame that will read them batch by batch."""
    if kind == "csv":
        rows = polars.scan_csv(path, try_parse_dates=True)
    else:
        rows = polars.scan_parquet(path) if kind == "parquet" else polars.scan_ipc(path)
    return rows if stream else rows.collect()


def write(data: ArrowData, path: str, kind: str) -> None:
    """Write rows to a file."""
    frame = polars.DataFrame(data)
    if kind == "csv":
        frame.write_csv(path)
    elif kind == "parquet":
        frame.write_parquet(path)
    else:
        frame.write_ipc(path)
