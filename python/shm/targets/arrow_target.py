"""Images as Arrow: a stream of record batches, a pyarrow table."""

from __future__ import annotations

import copy
import json

from ..errors import InvalidInputError, UnsupportedTypeError
from ..selection import Selection
from ..sources.arrow_source import METADATA_KEY
from .dates import far_dates

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from types import ModuleType

    import pyarrow

    from ..segment import Segment


class ArrowData:
    """Anything with ``__arrow_c_stream__``: a capsule on its way to a library."""

    def __init__(self, capsule: object) -> None:
        self._capsule = capsule

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._capsule


def capsule(
    segment: Segment, selection: Selection | None = None, batch_rows: int = 0
) -> object:
    """
    Return a capsule with a stream of the data and their metadata.

    Warns
    -----
    DateWarning
        A variable has dates beyond the limits: it is left as numbers.
    """
    if selection is None:
        selection = Selection(segment, categories=False)
    names = selection.names
    _, streams = split_streams(selection, batch_rows)
    if len(streams) == 1:
        return streams[0].__arrow_c_stream__()
    try:
        import pyarrow
    except ImportError:  # one stream has dates for all variables or for none
        plain = stream(selection, selection.places, batch_rows, dates=False)
        return plain.__arrow_c_stream__()
    return _joined(pyarrow, names, streams).__arrow_c_stream__()


def stream(
    selection: Selection,
    places: list[int],
    batch_rows: int = 0,
    *,
    tagged: bool = False,
    dates: bool = True,
) -> ArrowData:
    """Return variables of a selection as a stream, all as numbers without `dates`."""
    segment = selection.segment
    return ArrowData(
        selection.image.arrow(
            places,
            selection.rows,
            [segment.variables[place] for place in places],
            [],
            [(METADATA_KEY, metadata_json(segment))],
            dates=selection.dates is True and dates,
            value_labels=selection.categories,
            ordered=selection.ordered,
            tagged_nans=tagged or selection.missing == "nan",
            batch_rows=batch_rows,
            threads=selection.threads,
        )
    )


def _check_dates(selection: Selection) -> None:
    if not isinstance(selection.dates, bool):
        raise InvalidInputError(
            "convert_dates must be True or False for Arrow and polars; a list of columns "
            "is for pandas and NumPy"
        )


def split_streams(
    selection: Selection, batch_rows: int = 0
) -> tuple[Selection, list[ArrowData]]:
    """
    Return streams of all variables: those with dates too far to be dates in a second one.

    The selection that comes with them wants no dates of the latter.
    """
    _check_dates(selection)
    far = far_dates(selection) if selection.dates else []
    if not far:
        return selection, [stream(selection, selection.places, batch_rows)]
    near = [place for place in selection.places if place not in far]
    streams = [stream(selection, near, batch_rows)] if near else []
    streams.append(stream(selection, far, batch_rows, dates=False))
    names = selection.segment.variables
    changed = copy.copy(selection)
    changed.dates = frozenset(names[place] for place in near)
    return changed, streams


def _joined(
    pyarrow: ModuleType, names: list[str], streams: list[ArrowData]
) -> pyarrow.Table:
    """Return a table of the columns of streams, in the order of the names."""
    tables = [pyarrow.table(each) for each in streams]
    if len(tables) == 1:
        return tables[0]
    found = {name: table for table in tables for name in table.column_names}
    schema = pyarrow.schema(
        [found[name].schema.field(name) for name in names], tables[0].schema.metadata
    )
    columns = [found[name].column(name) for name in names]
    return pyarrow.Table.from_arrays(columns, schema=schema)


def metadata_json(segment: Segment) -> bytes:
    """Return the metadata of a segment as an Arrow schema carries it."""
    return json.dumps(segment.metadata, ensure_ascii=False).encode(
        "utf-8", "surrogateescape"
    )


def to_arrow(selection: Selection) -> pyarrow.Table:
    """
    Return a pyarrow table.

    Raises
    ------
    UnsupportedTypeError
        pyarrow is not installed.

    Warns
    -----
    DateWarning
        A variable has dates beyond the limits: it is left as numbers.
    """
    try:
        import pyarrow
    except ImportError:
        raise UnsupportedTypeError(
            "as_='arrow' needs pyarrow, which is not installed (pip install pyarrow)"
        ) from None
    names = selection.names
    selection, streams = split_streams(selection)
    table = _joined(pyarrow, names, streams)
    from .extended import extended_columns, replaced_columns

    for name, values in replaced_columns(selection).items():
        place = table.column_names.index(name)
        table = table.set_column(place, name, pyarrow.array(values, from_pandas=False))
    for name, letters in extended_columns(selection).items():
        table = table.append_column(name, pyarrow.array(letters, pyarrow.large_string()))
    return table
