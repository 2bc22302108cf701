"""Arrow data made ready for the native module: zones, wished-for dates and integers.

Only columns that have to change are made anew, by the library that they come from.
"""

from __future__ import annotations

import sys

import numpy

from ...date_formats import date_kind
from ...errors import UnsupportedTypeError
from .gathered import chosen
from .integers import EXACT
from .times import PERIOD_KINDS, stata_periods

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..wishes import Wishes


def prepared(source: object, labels: Sequence[object] | None, wishes: Wishes) -> object:
    """
    Return Arrow data whose columns the native module takes as the caller wishes.

    Times of a zone become its local times. Columns that aren't wanted are left out before
    anything is looked at.

    Raises
    ------
    UnsupportedTypeError
        A column of a type of polars' that Arrow does not have.
    """
    if type(source).__module__.partition(".")[0] == "polars":
        return _prepared_polars(source, labels, wishes)
    pyarrow = sys.modules.get("pyarrow")
    if pyarrow is None:
        return source
    if isinstance(source, pyarrow.RecordBatch):
        source = pyarrow.Table.from_batches([source])
    if isinstance(source, pyarrow.Table):
        return _prepared_pyarrow(source, labels, wishes)
    if hasattr(source, "__arrow_c_stream__"):
        return _prepared_stream(source, labels, wishes)
    return source


def as_wished(array: object, label: object, wishes: Wishes) -> object:
    """Return a pyarrow array made ready, the same one where nothing has to change."""
    import pyarrow

    types = pyarrow.types
    if types.is_timestamp(array.type) and array.type.tz is not None:
        array = _local(array)
    if types.is_timestamp(array.type) or types.is_date(array.type):
        return _dates_as_wished(array, label, wishes)
    if wishes.int64 == "str" and types.is_integer(array.type):
        return _beyond_exact_as_texts(array)
    if types.is_null(array.type) and wishes.is_text(label):
        return array.cast(pyarrow.string())
    return array


def _prepared_pyarrow(
    table: object, labels: Sequence[object] | None, wishes: Wishes
) -> object:
    if labels is not None:
        chosen(table.column_names, labels)
        table = table.select(list(labels))
    for place, field in enumerate(table.schema):
        if _may_change(field, wishes):
            column = as_wished(table.column(place), field.name, wishes)
            table = table.set_column(place, field.name, column)
    return table


def _prepared_stream(
    source: object, labels: Sequence[object] | None, wishes: Wishes
) -> object:
    """Return any other stream, collected only where a column has to change."""
    import pyarrow

    reader = pyarrow.RecordBatchReader.from_stream(source)
    if any(_may_change(field, wishes) for field in reader.schema):
        return _prepared_pyarrow(reader.read_all(), labels, wishes)
    return reader


def _may_change(field: object, wishes: Wishes) -> bool:
    import pyarrow

    types, type = pyarrow.types, field.type
    if types.is_timestamp(type) and type.tz is not None:
        return True
    if types.is_timestamp(type) or types.is_date(type):
        return _wished_kind(field.name, wishes) is not None
    if types.is_null(type):
        return wishes.is_text(field.name)
    return wishes.int64 == "str" and types.is_integer(type)


def _local(array: object) -> object:
    import pyarrow.compute

    return pyarrow.compute.local_timestamp(array)


def _wished_kind(label: object, wishes: Wishes) -> str | None:
    """Return the kind of date that the caller firmly wants a column counted by."""
    format, firm = wishes.date_format(label)
    return date_kind(format) if firm else None


def _dates_as_wished(array: object, label: object, wishes: Wishes) -> object:
    """Return dates in the type that is written as the wished-for kind, or its counts."""
    import pyarrow

    kind = _wished_kind(label, wishes)
    if kind == "d":
        return array.cast(pyarrow.date32(), safe=False)
    if kind == "c":
        is_date = pyarrow.types.is_date(array.type)
        return array.cast(pyarrow.timestamp("ms")) if is_date else array
    if kind in PERIOD_KINDS:
        counts, missing = stata_periods(_datetimes(array), kind)
        return pyarrow.array(counts, mask=missing)
    return array


def _datetimes(values: object) -> numpy.ndarray:
    """Return dates of Arrow or polars as datetime64, NaT where missing."""
    array = numpy.asarray(values.to_numpy())
    return array.astype("M8[D]") if array.dtype.kind == "O" else array


def _beyond_exact_as_texts(array: object) -> object:
    """Return integers as texts where a double can't hold some of them."""
    import pyarrow.compute

    bounds = pyarrow.compute.min_max(array).as_py().values()
    return array.cast(pyarrow.string()) if _are_beyond(bounds) else array


def _are_beyond(bounds: Iterable[int | None]) -> bool:
    return any(bound is not None and abs(bound) > EXACT for bound in bounds)


def _prepared_polars(
    frame: object, labels: Sequence[object] | None, wishes: Wishes
) -> object:
    import polars

    if isinstance(frame, polars.Series):
        frame = frame.to_frame()
    if labels is not None:
        chosen(frame.columns, labels)
        frame = frame.select(list(labels))
    changed = []
    for name, dtype in frame.schema.items():
        if dtype == polars.Object:
            raise UnsupportedTypeError(
                f"column {name!r} holds Python objects, which polars gives to nobody; "
                "map_elements(str, return_dtype=polars.String) makes text of it"
            )
        if dtype in (polars.Datetime, polars.Date):
            changed += _polars_dates(frame[name], wishes)
        elif wishes.int64 == "str" and dtype.is_integer():
            series = frame[name]
            if _are_beyond((series.min(), series.max())):
                changed.append(series.cast(polars.String))
        elif dtype == polars.Null and wishes.is_text(name):
            changed.append(frame[name].cast(polars.String))
    return frame.with_columns(changed) if changed else frame


def _polars_dates(series: object, wishes: Wishes) -> list:
    """Return a series of dates in a list, if it has to change."""
    import polars

    is_zoned = getattr(series.dtype, "time_zone", None) is not None
    if is_zoned:
        series = series.dt.replace_time_zone(None)
    kind = _wished_kind(series.name, wishes)
    if kind in PERIOD_KINDS:
        counts, missing = stata_periods(_datetimes(series), kind)
        counted = polars.Series(series.name, counts)
        return [counted.set(polars.Series(missing), None)]
    if kind == "d" and series.dtype != polars.Date:
        return [series.cast(polars.Date)]
    if kind == "c" and series.dtype == polars.Date:
        return [series.cast(polars.Datetime("ms"))]
    return [series] if is_zoned else []
