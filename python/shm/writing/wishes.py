"""What the caller of `write` and old metadata want of each column."""

from __future__ import annotations

from ..arguments import described, is_whole_number, near, one_of
from ..date_formats import KINDS, date_kind
from ..errors import InvalidInputError
from ..metadata import label_value, restored

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Wishes:
    """Options of `write` by column; those of the caller go before the metadata's."""

    def __init__(
        self,
        *,
        metadata: Mapping | None = None,
        formats: Mapping | None = None,
        convert_dates: Mapping | None = None,
        value_labels: Mapping | None = None,
        variable_labels: Mapping | None = None,
        types: Mapping | None = None,
        convert_strl: Sequence | None = None,
        str_width: int | Mapping | None = None,
        int64: str = "exact",
        inf: str = "error",
        compress: bool = False,
        in_batches: bool = False,
    ) -> None:
        one_of("int64", int64, ("exact", "double", "str"))
        one_of("inf", inf, ("error", "missing"))
        for option, wanted in (
            ("metadata", metadata),
            ("formats", formats),
            ("convert_dates", convert_dates),
            ("value_labels", value_labels),
            ("variable_labels", variable_labels),
            ("types", types),
        ):
            _check_mapping(option, wanted)
        _check_texts("formats", formats or {})
        _check_texts("types", types or {})
        _check_widths(types or {}, str_width)
        if isinstance(convert_strl, str):
            raise InvalidInputError(
                f"convert_strl must be a list of columns, not {described(convert_strl)}"
            )
        self.take(metadata or {})
        self.formats = dict(formats or {}) | _date_formats(convert_dates)
        self.value_labels = {
            label: checked_labels(label, labels)
            for label, labels in (value_labels or {}).items()
        }
        self.variable_labels = dict(variable_labels or {})
        self.types = dict(types or {})
        self.convert_strl = frozenset(convert_strl or ())
        self.str_width = str_width
        self.int64 = int64
        self.inf = inf
        self.compress = compress
        self.in_batches = in_batches  # categories are texts: the next batch has others
        self.texts: set = set()  # columns of which other batches have texts

    def take(self, metadata: Mapping) -> None:
        """Let these be the metadata that columns came with."""
        self.metadata = restored(metadata)
        self.read_codes = getattr(metadata, "codes", {})
        self.variables = self.metadata.get("variables") or {}
        _check_mapping("metadata['variables']", self.variables)

    def check_columns(self, labels: Iterable[object]) -> None:
        """
        Refuse options for columns that are not there.

        Raises
        ------
        InvalidInputError
        """
        there = dict.fromkeys(labels)
        widths = self.str_width if hasattr(self.str_width, "keys") else {}
        for option, wanted in (
            ("formats or convert_dates", self.formats),
            ("value_labels", self.value_labels),
            ("variable_labels", self.variable_labels),
            ("types", self.types),
            ("convert_strl", self.convert_strl),
            ("str_width", widths),
        ):
            for label in wanted:
                if label not in there:
                    raise InvalidInputError(
                        f"{option} names column {label!r}, which is not there"
                        f"{near(label, there)}"
                    )

    def known(self, label: object) -> Mapping:
        """Return what the metadata say of a column."""
        if not self.variables:
            return {}
        found = self.variables.get(label)
        return found if found is not None else self.variables.get(str(label)) or {}

    def width_of(self, label: object) -> int:
        """Return the bytes wanted for the texts of a column; 0 for as many as needed."""
        if hasattr(self.str_width, "get"):
            return self.str_width.get(label) or 0
        return self.str_width or 0

    def is_text(self, label: object) -> bool:
        """Whether a column is of texts even if it has none."""
        return (
            label in self.texts
            or label in self.convert_strl
            or self.types.get(label, "").startswith("str")
            or (hasattr(self.str_width, "get") and label in self.str_width)
        )

    def date_format(self, label: object) -> tuple[str, bool]:
        """Return the display format wanted of a column of dates, and whether firmly.

        ``("", False)`` where nothing is wanted. What the metadata say gives way where
        the dates don't fit it.
        """
        if label in self.formats:
            return self.formats[label], True
        return self.known(label).get("format", ""), False

    def labels_of(self, label: object) -> list[tuple[int, str]] | None:
        """Return the value labels that a column shall have or had; None for none."""
        if label in self.value_labels:
            return self.value_labels[label]
        sets = self.metadata.get("value_labels") or {}
        name = self.known(label).get("value_label")
        return checked_labels(label, sets[name]) if name and name in sets else None

    def label_codes(
        self, label: object, texts: Sequence[str | None]
    ) -> dict[str, int] | None:
        """Return the value that each category of a column gets; None for any."""
        entries = self.labels_of(label)
        if entries is None:
            return None
        codes: dict[str, int] = {}
        for value, text in entries:
            codes.setdefault(text, value)
        if label not in self.value_labels:
            codes |= self._codes_at_reading(label, texts, dict(entries))
        return codes

    def _codes_at_reading(
        self, label: object, texts: Sequence[str | None], known: Mapping[int, str]
    ) -> dict[str, int]:
        """
        Return the values that categories had, those that were renamed since among them.

        There must be as many as there were, in their places: a text that no value had is
        a new name for the one in its place. Nothing where a text has moved.
        """
        values = self.read_codes.get(label, ())
        if len(values) != len(texts):
            return {}
        before, codes = set(known.values()), {}
        for value, text in zip(values, texts, strict=True):
            if text in before and known.get(value) != text:
                return {}
            if text is not None and value == int(value):
                codes[text] = int(value)
        return codes

    def known_labels(self) -> dict[str, list[tuple[int, str]]]:
        """Return `labels_of` of all columns that have some."""
        labels = (*self.value_labels, *self.variables)
        found = {str(label): self.labels_of(label) for label in labels}
        return {name: entries for name, entries in found.items() if entries}


def checked_labels(label: object, labels: Mapping) -> list[tuple[int, str]]:
    """
    Return the entries of a label set, in the caller's order.

    Raises
    ------
    InvalidInputError
        A value that no label set can hold.
    """
    if not hasattr(labels, "items"):
        raise InvalidInputError(
            f"value labels of {label!r} must be a dict from value to text, "
            f"not {described(labels)}"
        )
    entries = []
    for key, text in labels.items():
        value = label_value(key)
        if value is None:
            raise InvalidInputError(
                f"value labels of {label!r}: {key!r} can't have a label; whole numbers "
                "from -2,147,483,647 to 2,147,483,620 can, and '.a' to '.z'"
            )
        entries.append((value, str(text)))
    return entries


def _check_mapping(option: str, wanted: object) -> None:
    if wanted is not None and not hasattr(wanted, "items"):
        raise InvalidInputError(f"{option} must be a dict, not {described(wanted)}")


def _check_texts(option: str, wanted: Mapping) -> None:
    for label, text in wanted.items():
        if not isinstance(text, str):
            raise InvalidInputError(
                f"{option} of {label!r} must be a text, not {described(text)}"
            )


def _check_widths(types: Mapping, str_width: object) -> None:
    """Refuse widths of no bytes; what is too wide the native module tells."""
    for label, type in types.items():
        digits = type.removeprefix("str")
        if digits != type and digits.isdecimal() and int(digits) == 0:
            raise InvalidInputError(
                f"types of {label!r}: {type!r} is no storage type; str1 to str2045 and "
                "strL hold texts, and without types= the longest text decides"
            )
    by_column = str_width if hasattr(str_width, "items") else {None: str_width}
    for label, width in by_column.items():
        if width is not None and not (is_whole_number(width) and width > 0):
            of = "" if label is None else f" of {label!r}"
            raise InvalidInputError(
                f"str_width{of} must be a number of bytes, 1 to 2045, not "
                f"{described(width)}"
            )


def _date_formats(convert_dates: Mapping | None) -> dict[object, str]:
    formats = {}
    for label, wanted in (convert_dates or {}).items():
        format = KINDS.get(wanted, wanted) if isinstance(wanted, str) else ""
        if date_kind(format) is None:
            kinds = ", ".join(KINDS)
            raise InvalidInputError(
                f"convert_dates of {label!r} must be one of {kinds}, not {wanted!r}"
            )
        formats[label] = format
    return formats
