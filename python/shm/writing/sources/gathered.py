"""Columns on their way into an image, and what is known of each."""

from __future__ import annotations

from ... import _core
from ...arguments import described, few, near
from ...errors import InvalidInputError

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..wishes import Wishes


class Field:
    """One column: its label outside, and what its source says of it.

    Attributes
    ----------
    label : object
        As the source has it; `name` is its text.
    name : str
    text : bool
        Whether it holds texts or bytes.
    format : str
        The display format that its type asks for, ``""`` for none.
    labels : list of (int, str), or None
        Value labels of its numbers: it was categorical.
    type : str
        The storage type that its source gives it, ``""`` for none.
    nothing : bool
        Whether it is of no type, as nothing but missing values is in it.
    smallest : bool
        Whether its values alone decide its type, the source's type being arbitrary.
    widest : str
        A storage type that holds whatever its source's type does, but for integers beyond
        2**53 and floating-point numbers beyond Stata's; of texts ``"strL"``.
    """

    __slots__ = (
        "format",
        "label",
        "labels",
        "name",
        "nothing",
        "smallest",
        "text",
        "type",
        "widest",
    )

    def __init__(
        self,
        label: object,
        *,
        text: bool = False,
        format: str = "",
        labels: Sequence[tuple[int, str]] | None = None,
        type: str = "",
        widest: str = "double",
    ) -> None:
        self.label = label
        self.name = label if label.__class__ is str else column_name(label)
        self.text = text
        self.format = format
        self.labels = labels
        self.type = type
        self.nothing = False
        self.smallest = False
        self.widest = "strL" if text else widest


class Gathered:
    """
    Columns, one field for each, and metadata that came with their source.

    Attributes
    ----------
    sharing : str
        Which strLs are stored once, as the native module takes it. Those of objects are
        never shared for being the same object: equal data give equal images.
    """

    def __init__(self, wishes: Wishes) -> None:
        self.columns = _core.Columns()
        self.fields: list[Field] = []
        self.wishes = wishes
        self.sharing = "none"

    def add(self, field: Field) -> None:
        """Note the field of the column that was just added."""
        self.fields.append(field)

    def reorder(self, order: Sequence[int]) -> None:
        """Keep the columns at these places, in this order."""
        self.columns.reorder(order)
        self.fields = [self.fields[place] for place in order]

    def take_metadata(self, metadata: dict) -> None:
        """Note metadata that came with the data; those of the caller go before."""
        if metadata and not self.wishes.metadata:
            self.wishes.take(metadata)


def column_name(label: object) -> str:
    """Return the text of a column's label; the levels of a tuple are joined by ``_``."""
    if isinstance(label, str):
        return str(label)
    if isinstance(label, tuple):
        return "_".join(column_name(level) for level in label if level != "")
    return str(label)


def chosen(labels: Sequence[object], columns: Sequence[object] | None) -> list[int]:
    """
    Return the places of the columns that a caller wants, in the caller's order.

    Raises
    ------
    InvalidInputError
        A column that is not there, or wanted twice.
    """
    if columns is None:
        return list(range(len(labels)))
    if isinstance(columns, str):
        raise InvalidInputError(
            f"columns must be a list of names, not {described(columns)}"
        )
    places = {label: place for place, label in enumerate(labels)}
    for wanted in columns:
        if wanted not in places:
            raise InvalidInputError(
                f"there is no column {wanted!r}{near(wanted, labels)}; there are "
                f"{few(labels)}"
            )
        if len(places) < len(labels) and list(labels).count(wanted) > 1:
            raise InvalidInputError(
                f"{wanted!r} is the name of several columns; columns= takes single ones"
            )
    order = [places[wanted] for wanted in columns]
    if len(set(order)) != len(order):
        raise InvalidInputError(f"a column is wanted twice: {list(columns)!r}")
    return order
