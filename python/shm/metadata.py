"""What an image says of its data, as a plain dict that travels with a data frame.

`Segment.metadata` is one, `df.attrs["stata"]` of a pandas frame that was read, and
``write(..., metadata=)`` takes one. Its keys, each of which may be absent:

``data_label`` : str
``timestamp`` : str
    As Stata writes it, ``"01 Jan 2026 09:30"``.
``release`` : int
    Of the image that was read; informative.
``sorted_by`` : list of str
    Names of columns.
``variables`` : dict
    From the name of each column to a dict with ``name`` (in Stata), ``type`` (as
    ``byte``, ``str20``, ``strL``), ``format``, ``label`` (of the variable) and
    ``value_label`` (the name of a set).
``value_labels`` : dict
    From the name of each set to a dict from value to text. Values are int, or ``".a"`` to
    ``".z"``.
``notes`` : dict
    From a column's name, or ``"_dta"``, to a list of texts.
``characteristics`` : list of (owner, name, text)
    The owner is a column's name or ``"_dta"``. All that are stored, in their order, the
    notes among them: what ``notes`` says goes before.
"""

from __future__ import annotations

import copy

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DATASET = "_dta"
ORIGINAL_NAME = "shm_name"  # the characteristic that keeps a column's original name

# .a is 2147483622 among the values of a label set, .z 2147483647; there is no `.`.
_FIRST_EXTENDED = 2147483622


class Metadata(dict):
    """
    The metadata dict, cheap to copy.

    pandas deep-copies ``attrs`` whenever a column is taken out of a frame. A copy of
    this dict shares each of its values until the value is asked for: then it gets one of
    its own, which can be changed.
    """

    __slots__ = ("_own", "codes")

    def __init__(self, *values: object) -> None:
        super().__init__(*values)
        self._own: set[str] = set()
        # Of columns that were read as categories, the value of each category.
        self.codes: dict[str, list] = {}

    def __getitem__(self, key: str) -> object:
        if key not in self._own:
            self[key] = copy.deepcopy(super().__getitem__(key))
        return super().__getitem__(key)

    def __setitem__(self, key: str, value: object) -> None:
        self._own.add(key)
        super().__setitem__(key, value)

    def get(self, key: str, default: object = None) -> object:
        """Return a value, or the default where there is none."""
        if key in self:
            return self[key]
        return default

    def items(self) -> list[tuple[str, object]]:
        """Return keys and values."""
        return [(key, self[key]) for key in self]

    def values(self) -> list[object]:
        """Return the values."""
        return [self[key] for key in self]

    def pop(self, key: str, *default: object) -> object:
        """Take a value out."""
        if key in self:
            self[key]  # its own value: what is taken out may be changed
            self._own.discard(key)
        return super().pop(key, *default)

    def copy(self) -> Metadata:
        """Return a copy, none of whose changes is seen here."""
        copied = Metadata(self)
        copied.codes = self.codes
        return copied

    def __copy__(self) -> Metadata:
        return self.copy()

    def __deepcopy__(self, memo: dict) -> Metadata:
        return self.copy()

    def __reduce__(self) -> tuple:
        return Metadata, (dict(self),), (None, {"codes": self.codes})


def label_key(value: int) -> int | str:
    """Return a value of a label set as a user writes it: an int, or ``".a"``."""
    if value < _FIRST_EXTENDED:
        return value
    return "." + chr(ord("a") + value - _FIRST_EXTENDED)


def label_value(key: object) -> int | None:
    """Return the value that a user's key of a label set stands for; None for no key."""
    if isinstance(key, str):
        if len(key) == 2 and key[0] == "." and "a" <= key[1] <= "z":
            return _FIRST_EXTENDED + ord(key[1]) - ord("a")
        return None
    try:
        value = int(key)
    except (TypeError, ValueError, OverflowError):
        return None
    return value if value == key and -(2**31) < value < _FIRST_EXTENDED - 1 else None


def restored(metadata: Mapping) -> dict:
    """
    Return metadata that may have been JSON: of an Arrow schema, or in a Parquet file.

    JSON has texts for keys and lists for tuples: the values of label sets become numbers
    again.
    """
    found = dict(metadata)
    sets = found.get("value_labels")
    if hasattr(sets, "items"):
        found["value_labels"] = {
            name: {_restored_key(key): text for key, text in labels.items()}
            if hasattr(labels, "items")
            else labels
            for name, labels in sets.items()
        }
    if isinstance(found.get("characteristics"), list):
        found["characteristics"] = [tuple(entry) for entry in found["characteristics"]]
    return found


def _restored_key(key: object) -> object:
    is_number = isinstance(key, str) and key.removeprefix("-").isdecimal()
    return int(key) if is_number else key


def original_names(schema: Mapping) -> list[str]:
    """Return the names of columns: those in Stata, or what they were made of."""
    kept = {
        owner: contents
        for owner, name, contents in schema["characteristics"]
        if name == ORIGINAL_NAME
    }
    stata = [variable[0] for variable in schema["variables"]]
    names = [kept.get(name, name) for name in stata]
    if len(set(names)) == len(names):
        return names
    # A user has made variables of the same name since: those in Stata are unique.
    taken: dict[str, int] = {}
    for name in names:
        taken[name] = taken.get(name, 0) + 1
    return [
        name if taken[name] == 1 else plain
        for name, plain in zip(names, stata, strict=True)
    ]


def metadata_of(schema: Mapping, columns: Sequence[str]) -> dict:
    """
    Return the metadata of an image.

    Parameters
    ----------
    schema : dict
        As the native module gives it.
    columns : sequence of str
        The names that its variables have outside, all of them in order.
    """
    outer = {
        variable[0]: column
        for variable, column in zip(schema["variables"], columns, strict=True)
    }
    characteristics = [
        (outer.get(owner, owner), name, contents)
        for owner, name, contents in schema["characteristics"]
    ]
    fields = ("name", "type", "format", "label", "value_label")
    return {
        "data_label": schema["data_label"],
        "timestamp": schema["timestamp"],
        "release": schema["release"],
        "sorted_by": [columns[place] for place in schema["sorted_by"]],
        "variables": {
            column: dict(zip(fields, variable, strict=True))
            for column, variable in zip(columns, schema["variables"], strict=True)
        },
        "value_labels": {
            name: {label_key(value): text for value, text in entries}
            for name, entries in schema["value_labels"]
        },
        "notes": notes_among(characteristics),
        "characteristics": characteristics,
    }


def notes_among(
    characteristics: Sequence[tuple[str, str, str]],
) -> dict[str, list[str]]:
    """Return the notes of each owner in order: characteristics note1, note2, ..."""
    numbered: dict[str, dict[int, str]] = {}
    for owner, name, contents in characteristics:
        number = note_number(name)
        if number:
            numbered.setdefault(owner, {})[number] = contents
    return {
        owner: [texts[number] for number in sorted(texts)]
        for owner, texts in numbered.items()
    }


def note_number(name: str) -> int | None:
    """Return the number in the name of a note (0: their count), None of others."""
    digits = name[4:]
    if not name.startswith("note") or not (digits.isascii() and digits.isdecimal()):
        return None
    return int(digits) if str(int(digits)) == digits else None
