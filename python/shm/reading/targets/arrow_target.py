"""Images as Arrow: a stream of record batches, a pyarrow table."""

from __future__ import annotations

import json

from ...errors import UnsupportedTypeError
from ...writing.sources.arrow_source import METADATA_KEY
from ..selection import Selection
from .dates import becomes_arrow_date

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    import pyarrow

    from ..segment import Segment


class ArrowData:
    """Anything with ``__arrow_c_stream__``: a capsule on its way to a library."""

    def __init__(self, capsule: object) -> None:
        self._capsule = capsule

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._capsule


def capsule(segment: Segment, batch_rows: int = 0) -> object:
    """
    Return a capsule with a stream of the data and their metadata.

    Warns
    -----
    DateWarning
        A variable has dates beyond the limits: it is left as numbers.
    """
    selection = Selection(segment, categories=False)
    return stream(selection, selection.places, batch_rows).__arrow_c_stream__()


def stream(
    selection: Selection,
    places: list[int],
    batch_rows: int = 0,
    *,
    tagged: bool = False,
    metadata: bool = True,
    views: bool = False,
) -> ArrowData:
    """
    Return variables of a selection as a stream, by default with their metadata.

    With `views` texts are views of Arrow, which polars takes over as they are.

    Warns
    -----
    DateWarning
        A variable has dates beyond the limits: it is left as numbers.
    """
    segment = selection.segment
    return ArrowData(
        selection.image.arrow(
            places,
            selection.rows,
            [segment.variables[place] for place in places],
            [],
            [(METADATA_KEY, metadata_json(segment))] if metadata else [],
            dates=[becomes_arrow_date(selection, place) for place in places],
            value_labels=selection.categories,
            ordered=selection.ordered,
            tagged_nans=tagged or selection.missing == "nan",
            text_views=views,
            batch_rows=batch_rows,
            threads=selection.threads,
        )
    )


def metadata_json(segment: Segment) -> bytes:
    """Return the metadata of a segment as an Arrow schema carries it."""
    plain = dict(segment.metadata)  # whose values nobody changes, and none is copied
    return json.dumps(plain, ensure_ascii=False).encode("utf-8", "surrogateescape")


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
    table = pyarrow.table(stream(selection, selection.places))
    from .extended import extended_columns, replaced_columns

    def integers() -> set[str]:
        is_integer = pyarrow.types.is_integer
        return {field.name for field in table.schema if is_integer(field.type)}

    for name, values in replaced_columns(selection, integers).items():
        place = table.column_names.index(name)
        table = table.set_column(place, name, pyarrow.array(values, from_pandas=False))
    for name, letters in extended_columns(selection).items():
        table = table.append_column(name, pyarrow.array(letters, pyarrow.large_string()))
    return table
