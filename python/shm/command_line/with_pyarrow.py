"""Parquet, Feather and CSV by pyarrow, batch by batch."""

from __future__ import annotations

import pyarrow
from pyarrow import csv, feather, ipc, parquet

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from ..reading.targets.arrow_target import ArrowData


ERRORS = (pyarrow.ArrowException,)


def read(path: str, kind: str, stream: bool) -> pyarrow.RecordBatchReader | pyarrow.Table:
    """Return the rows of a file; to be read batch by batch, or at once."""
    if kind == "csv":
        return csv.open_csv(path) if stream else csv.read_csv(path)
    return _read_parquet(path) if kind == "parquet" else _read_feather(path)


def write(data: ArrowData, path: str, kind: str) -> None:
    """Write rows to a file."""
    rows = pyarrow.RecordBatchReader.from_stream(data)
    if kind == "csv":
        return _write_csv(rows, path)
    make = parquet.ParquetWriter if kind == "parquet" else ipc.new_file
    with make(path, rows.schema) as file:
        for batch in rows:
            file.write_batch(batch)
    return None


def _read_parquet(path: str) -> pyarrow.RecordBatchReader:
    file = parquet.ParquetFile(path)
    return pyarrow.RecordBatchReader.from_batches(file.schema_arrow, file.iter_batches())


def _read_feather(path: str) -> pyarrow.RecordBatchReader | pyarrow.Table:
    try:
        file = ipc.open_file(pyarrow.memory_map(path))
    except pyarrow.ArrowInvalid:
        return feather.read_table(path)  # the first version of Feather is none of Arrow's
    batches = (file.get_batch(number) for number in range(file.num_record_batches))
    return pyarrow.RecordBatchReader.from_batches(file.schema, batches)


def _write_csv(rows: pyarrow.RecordBatchReader, path: str) -> None:
    """Write CSV, which takes the texts of categories."""
    schema = pyarrow.schema(
        [field.with_type(_plain(field.type)) for field in rows.schema]
    )
    with csv.CSVWriter(path, schema) as file:
        for batch in rows:
            file.write_table(pyarrow.Table.from_batches([batch]).cast(schema))


def _plain(kind: pyarrow.DataType) -> pyarrow.DataType:
    return kind.value_type if pyarrow.types.is_dictionary(kind) else kind
