"""What was written, by this package and by a reader that shares nothing with it."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass

import numpy as np

import shm
from shm.reading.targets.extended import letters_of


@dataclass
class Stored:
    """One variable of an image: missing values are None, or '.a' to '.z'."""

    type: str
    format: str
    cells: list
    labels: dict


def write_column(column: object, **options: object) -> Stored:
    """Write a column, named x if it has no name of its own, and return what is stored."""
    is_table = hasattr(column, "columns") or hasattr(column, "to_batches")
    segment = shm.write(column if is_table else {"x": column}, "written", **options)
    (stored,) = stored_in(segment).values()
    return stored


def stored_in(segment: shm.Segment) -> dict[str, Stored]:
    """Return the variables of a sound image, on which other readers agree."""
    assert segment.check() == []
    names = [entry[0] for entry in segment.schema["variables"]]
    stored = {}
    for name, outer in zip(names, segment.variables, strict=True):
        entry = segment.metadata["variables"][outer]
        labels = segment.value_labels.get(entry["value_label"], {})
        stored[name] = Stored(
            entry["type"], entry["format"], cells_of(segment, outer), labels
        )
    check_with_pandas(segment, stored)
    check_with_polars(segment, stored)
    return stored


def cells_of(segment: shm.Segment, variable: str) -> list:
    """Return the cells of a variable as this package reads them."""
    values = segment[variable]
    if values.dtype.kind != "f":
        return values.tolist()
    letters = letters_of(values.astype(np.float64)) if len(values) else None
    cells = [None if math.isnan(value) else value for value in values.tolist()]
    return (
        cells
        if letters is None
        else [
            cell if letter is None else letter
            for cell, letter in zip(cells, letters, strict=True)
        ]
    )


def check_with_pandas(segment: shm.Segment, stored: dict[str, Stored]) -> None:
    """Compare with what pandas reads, where it is there; it knows no binary strLs."""
    try:
        import pandas
    except ImportError:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pandas.io.stata.StataReader(segment.path) as reader:
            frame = reader.read(
                convert_dates=False, convert_categoricals=False, convert_missing=True
            )
            labels = reader.value_labels()
    assert list(frame.columns) == list(stored)
    for name, variable in stored.items():
        cells = [pandas_cell(value) for value in frame[name].tolist()]
        if not any(isinstance(cell, bytes) for cell in variable.cells):
            assert cells == variable.cells, name
    found = {key: set(entries.values()) for key, entries in labels.items()}
    for key, entries in segment.value_labels.items():
        assert set(entries.values()) == found.get(key, set()), key


def pandas_cell(value: object) -> object:
    """Return a value that pandas read, as a cell of `Stored`."""
    if hasattr(value, "string"):  # a StataMissingValue
        return None if value.string == "." else value.string
    return value


def check_with_polars(segment: shm.Segment, stored: dict[str, Stored]) -> None:
    """Compare numbers with what polars-readstat reads, where it is there."""
    try:
        from polars_readstat import scan_readstat
    except ImportError:
        return
    if not stored or not segment.observations:
        return
    frame = scan_readstat(segment.path).collect()
    for name, variable in stored.items():
        if variable.type.startswith("str") or variable.format.startswith("%t"):
            continue
        cells = [None if isinstance(cell, str) else cell for cell in variable.cells]
        assert frame[name].to_list() == cells, name
