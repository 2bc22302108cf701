"""Variables of another image as columns: their cells are copied as they are."""

from __future__ import annotations

from ...reading.selection import ALIAS
from .gathered import Field, Gathered, chosen

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...reading.segment import Segment


def add_segment(gathered: Gathered, segment: Segment, columns: Sequence | None) -> None:
    """Add variables of a segment, with all that it says of them."""
    labels = list(segment.variables)
    stored = segment.schema["variables"]
    places = chosen(labels, columns)
    if columns is None:  # aliases have no cells here
        places = [place for place in places if stored[place][1] != ALIAS]
    gathered.take_metadata(segment.metadata)
    segment.image.add_to(gathered.columns, places)
    gathered.sharing = "same_memory"  # what is shared stays so
    for place in places:
        _, type, format, _, _ = stored[place]
        text = type.startswith("str")
        gathered.add(Field(labels[place], text=text, format=format, type=type))
