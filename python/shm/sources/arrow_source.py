"""Arrow data as columns: whatever has the PyCapsule methods, pyarrow or not."""

from __future__ import annotations

import json
import sys

from ..date_formats import date_kind
from ..errors import UnsupportedTypeError
from .gathered import Field, Gathered, chosen, column_name
from .integers import EXACT

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..wishes import Wishes

METADATA_KEY = b"stata"  # of a table's metadata: JSON of shm.metadata's dict
# Storage types that hold every value of an Arrow type; of the others double does.
_WIDEST = {"n": "byte", "b": "byte", "c": "int", "C": "int", "s": "long", "S": "long"}
_WIDEST |= {"e": "float", "f": "float", "tdD": "long", "tdm": "long"}


def add_stream(
    gathered: Gathered, source: object, columns: Sequence | None = None
) -> None:
    """
    Add the columns of anything with ``__arrow_c_stream__`` or ``__arrow_c_array__``.

    A stream is taken to its end; nothing of it is copied.

    Raises
    ------
    UnsupportedTypeError
        A column's type has no counterpart in Stata.
    """
    before = len(gathered.fields)
    # Labels that columns had decide over codes: they are known before the columns are.
    schema_metadata = getattr(getattr(source, "schema", None), "metadata", None)
    if isinstance(schema_metadata, dict):
        gathered.take_metadata(metadata_among(list(schema_metadata.items())))
    value_labels = not gathered.wishes.in_batches
    table = gathered.columns.add_arrow(
        stream_of(source), value_labels, gathered.wishes.known_labels()
    )
    gathered.take_metadata(metadata_among(table["metadata"]))
    for field in table["fields"]:
        gathered.add(_field_of(gathered, field["name"], field))
    if columns is not None:
        names = [field.label for field in gathered.fields[before:]]
        places = [before + place for place in chosen(names, columns)]
        gathered.reorder([*range(before), *places])


def add_arrays(gathered: Gathered, arrays: Sequence[tuple[object, object]]) -> None:
    """Add pyarrow arrays, each with the label of its column."""
    import pyarrow

    names = [column_name(label) for label, _ in arrays]
    table = pyarrow.table(
        [_as_wished(wall_clock(array), gathered.wishes) for _, array in arrays],
        names=names,
    )
    made = gathered.columns.add_arrow(
        table.__arrow_c_stream__(),
        not gathered.wishes.in_batches,
        gathered.wishes.known_labels(),
    )
    for (label, _), field in zip(arrays, made["fields"], strict=True):
        gathered.add(_field_of(gathered, label, field))


def stream_of(source: object) -> object:
    """Return the capsule of a stream of a source's batches."""
    if hasattr(source, "__arrow_c_stream__"):
        return source.__arrow_c_stream__()
    pyarrow = sys.modules.get("pyarrow")
    if pyarrow is None:
        import pyarrow
    return pyarrow.table(pyarrow.record_batch(source)).__arrow_c_stream__()


def wall_clock(array: object) -> object:
    """Return a pyarrow array, timestamps of a time zone as the zone's local times."""
    import pyarrow

    if not pyarrow.types.is_timestamp(array.type) or array.type.tz is None:
        return array
    import pyarrow.compute

    return pyarrow.compute.local_timestamp(array)


def prepared(source: object, labels: Sequence[object] | None, wishes: Wishes) -> object:
    """Return a source whose times are of no zone and whose integers are as wished for.

    Columns that aren't wanted are left out before anything is looked at.

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


def metadata_among(pairs: Sequence[tuple[bytes, bytes]]) -> dict:
    """Return the metadata of an image that a table's own metadata carry, or {}."""
    for key, value in pairs:
        if key == METADATA_KEY:
            try:
                found = json.loads(value)
            except ValueError:
                return {}
            return _restored(found) if isinstance(found, dict) else {}
    return {}


def _restored(metadata: dict) -> dict:
    """JSON has texts for keys only: the values of label sets are numbers again."""
    sets = metadata.get("value_labels")
    if isinstance(sets, dict):
        metadata["value_labels"] = {
            name: {
                key if key.startswith(".") else int(key): text
                for key, text in labels.items()
            }
            for name, labels in sets.items()
        }
    characteristics = metadata.get("characteristics")
    if isinstance(characteristics, list):
        metadata["characteristics"] = [tuple(entry) for entry in characteristics]
    return metadata


def _field_of(gathered: Gathered, label: object, made: dict) -> Field:
    format = made["stata_format"]
    wanted, firm = gathered.wishes.date_format(label)
    if format and wanted:
        if date_kind(wanted) == date_kind(format):
            format = wanted
        elif firm and date_kind(wanted):
            raise UnsupportedTypeError(
                f"column {label!r} is of an Arrow type that travels as {format}; a NumPy "
                f"array of its dates can become {wanted}"
            )
    widest = _WIDEST.get(made["arrow_format"], "double")
    labels = made["labels"] or None
    field = Field(label, text=made["text"], format=format, labels=labels, widest=widest)
    field.smallest = labels is not None
    return field


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
        if isinstance(dtype, polars.Datetime) and dtype.time_zone is not None:
            changed.append(polars.col(name).dt.replace_time_zone(None))
        elif wishes.int64 == "str" and dtype.is_integer() and _is_beyond(frame[name]):
            changed.append(polars.col(name).cast(polars.String))
    return frame.with_columns(changed) if changed else frame


def _is_beyond(series: object) -> bool:
    """Whether a polars series has integers that a double can't hold."""
    bounds = (series.min(), series.max())
    return any(bound is not None and abs(bound) > EXACT for bound in bounds)


def _prepared_pyarrow(
    table: object, labels: Sequence[object] | None, wishes: Wishes
) -> object:
    if labels is not None:
        chosen(table.column_names, labels)
        table = table.select(list(labels))
    for place, field in enumerate(table.schema):
        column = table.column(place)
        changed = _as_wished(wall_clock(column), wishes)
        if changed is not column:
            table = table.set_column(place, field.name, changed)
    return table


def _prepared_stream(
    source: object, labels: Sequence[object] | None, wishes: Wishes
) -> object:
    """Return any other stream, collected only where a column has to be changed."""
    import pyarrow

    reader = pyarrow.RecordBatchReader.from_stream(source)
    zoned = any(
        pyarrow.types.is_timestamp(field.type) and field.type.tz is not None
        for field in reader.schema
    )
    if zoned or wishes.int64 == "str":
        return _prepared_pyarrow(reader.read_all(), labels, wishes)
    return reader


def _as_wished(array: object, wishes: Wishes) -> object:
    """Return a pyarrow array, as texts where ``int64="str"`` wants its integers so."""
    import pyarrow

    if wishes.int64 != "str" or not pyarrow.types.is_integer(array.type):
        return array
    import pyarrow.compute

    bounds = pyarrow.compute.min_max(array).as_py().values()
    if not any(bound is not None and abs(bound) > EXACT for bound in bounds):
        return array
    return array.cast(pyarrow.string())
