"""Arrow data as columns: whatever has the PyCapsule methods, pyarrow or not."""

from __future__ import annotations

import json
import sys

from ...date_formats import date_kind
from .arrow_preparing import as_wished
from .gathered import Field, Gathered, chosen, column_name
from .times import duration_format

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Sequence

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
        [as_wished(array, label, gathered.wishes) for label, array in arrays],
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


def metadata_among(pairs: Sequence[tuple[bytes, bytes]]) -> dict:
    """Return the metadata of an image that a table's own metadata carry, or {}."""
    for key, value in pairs:
        if key == METADATA_KEY:
            try:
                found = json.loads(value)
            except ValueError:
                return {}
            return found if isinstance(found, dict) else {}
    return {}


def _field_of(gathered: Gathered, label: object, made: dict) -> Field:
    format = made["stata_format"]
    wanted, _ = gathered.wishes.date_format(label)
    if made["arrow_format"].startswith("tD"):
        format = duration_format(gathered, label)
    elif format and date_kind(wanted) == date_kind(format):
        format = wanted
    widest = _WIDEST.get(made["arrow_format"], "double")
    labels = made["labels"] or None
    field = Field(label, text=made["text"], format=format, labels=labels, widest=widest)
    field.nothing = made["arrow_format"] == "n"
    field.smallest = labels is not None
    return field
