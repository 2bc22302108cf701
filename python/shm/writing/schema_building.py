"""The schema of an image from its columns, the caller's options and old metadata.

What the caller says goes before what the metadata say, and that before what the columns
are of their own; metadata that no longer fit a column are left out.
"""

from __future__ import annotations

from collections import Counter

from .. import _core
from ..arguments import described, is_whole_number, near
from ..date_formats import date_kind
from ..errors import InvalidInputError, RenamedColumnWarning, warn_caller
from ..metadata import DATASET, ORIGINAL_NAME, note_number, notes_among
from .wishes import checked_labels

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .sources.gathered import Field
    from .wishes import Wishes

    Rule = tuple[str, str, bool]


class DatasetOptions:
    """Options of `write` about the data set as a whole."""

    __slots__ = ("characteristics", "data_label", "notes", "release", "timestamp")

    def __init__(
        self,
        data_label: str | None = None,
        notes: str | Sequence[str] | Mapping | None = None,
        characteristics: Mapping | None = None,
        timestamp: object = None,
        release: int | None = None,
    ) -> None:
        if not isinstance(data_label, str | None):
            raise InvalidInputError(
                f"data_label must be a text, not {described(data_label)}"
            )
        if release is not None and not is_whole_number(release):
            raise InvalidInputError(
                f"release must be 117, 118 or 119, not {described(release)}"
            )
        self.data_label = data_label
        self.notes = _notes_by_owner(notes)
        self.characteristics = characteristics
        self.timestamp = timestamp
        self.release = release


def build_schema(
    fields: Sequence[Field], wishes: Wishes, dataset: DatasetOptions
) -> tuple[dict, list[Rule]]:
    """
    Return the schema, as the native module takes it, and the rule of each column.

    Raises
    ------
    InvalidInputError
        An option names a column that is not there or does not fit it.

    Warns
    -----
    RenamedColumnWarning
        Columns get other names in Stata.
    """
    names = _legal_names(fields, wishes)
    sets = _LabelSets(wishes)
    variables, rules = [], []
    for field, name in zip(fields, names, strict=True):
        type, rule = _type_of(field, wishes)
        variables.append(
            (
                name,
                type,
                _format_of(field, wishes),
                _variable_label(field, wishes),
                sets.name_for(field, name),
            )
        )
        rules.append((rule, wishes.inf, False))
    metadata = wishes.metadata
    owners = {DATASET: DATASET}
    for field, name in zip(fields, names, strict=True):
        owners.setdefault(field.label, name)
        owners.setdefault(field.name, name)
    schema = {
        "release": dataset.release or 0,
        "data_label": _first(dataset.data_label, metadata.get("data_label"), ""),
        "timestamp": stata_timestamp(dataset.timestamp),
        "variables": variables,
        "sorted_by": _sort_keys(metadata.get("sorted_by"), fields),
        "value_labels": sets.entries(),
        "characteristics": _characteristics(metadata, owners, fields, names, dataset),
    }
    return schema, rules


def labels_by_name(schema: Mapping, fields: Sequence[Field]) -> dict[str, object]:
    """Return the labels that columns have outside by the names of their variables."""
    return {
        entry[0]: field.label
        for entry, field in zip(schema["variables"], fields, strict=True)
    }


def stata_timestamp(wanted: object) -> str:
    """Return a time as Stata writes it into a file; now by default, ``""`` for none."""
    import datetime

    if isinstance(wanted, str):
        return wanted
    time = datetime.datetime.now() if wanted is None else wanted
    if not isinstance(time, datetime.datetime):
        raise InvalidInputError(
            f"timestamp must be a datetime or a text, not {described(wanted)}"
        )
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct")
    month = (*months, "Nov", "Dec")[time.month - 1]
    return f"{time.day:02} {month} {time.year:04} {time.hour:02}:{time.minute:02}"


def _legal_names(fields: Sequence[Field], wishes: Wishes) -> list[str]:
    wanted = []
    for field in fields:
        known = wishes.known(field.label).get("name") if wishes.variables else None
        wanted.append(known or field.name)
    names = _core.legal_names(_told_apart(wanted))
    renamed = [
        (field.name, name)
        for field, name, asked in zip(fields, names, wanted, strict=True)
        if name != asked
    ]
    if renamed:
        shown = ", ".join(f"{old!r} is {new}" for old, new in renamed[:5])
        more = f" and {len(renamed) - 5} more" if len(renamed) > 5 else ""
        unique = len({field.name for field in fields}) == len(fields)
        restored = "; shm.read restores the original" if unique else ""
        warn_caller(
            RenamedColumnWarning(
                f"{len(renamed)} column{'s' * (len(renamed) > 1)} got another name in "
                f"Stata: {shown}{more}{restored}"
            )
        )
    return names


def _told_apart(names: Sequence[str]) -> list[str]:
    """Return names without repetition: the second of one gets ``_2``, and so on."""
    taken = set(names)
    if len(taken) == len(names):
        return list(names)
    seen: dict[str, int] = {}
    apart = []
    for name in names:
        number = seen[name] = seen.get(name, 0) + 1
        different = name
        while number > 1 and different in taken:
            different = f"{name[:28]}_{number}"
            number += 1
        taken.add(different)
        apart.append(different)
    return apart


def _type_of(field: Field, wishes: Wishes) -> tuple[str, str]:
    label = field.label
    if label in wishes.types:
        return wishes.types[label], "declared"
    if label in wishes.convert_strl:
        return "strL", "declared"
    if field.text and (width := wishes.width_of(label)):
        return f"str{width}", "declared"
    if wishes.compress:
        return "", "smallest"
    known = wishes.known(label).get("type", "") or field.type
    if known and known.startswith("str") == field.text:
        return known, "preferred"
    return "", "smallest" if field.smallest else "by_value"


def _format_of(field: Field, wishes: Wishes) -> str:
    if field.label in wishes.formats:
        wanted = wishes.formats[field.label]
        kinds = date_kind(field.format), date_kind(wanted)
        if None not in kinds and kinds[0] != kinds[1]:
            raise InvalidInputError(
                f"column {field.label!r} holds times that are counted as {field.format}, "
                f"not as {wanted}"
            )
        return wanted
    if date_kind(field.format):
        return field.format
    known = wishes.known(field.label).get("format", "")
    if known and known.endswith("s") == field.text:
        return known
    return field.format if field.format.endswith("s") == field.text else ""


def _variable_label(field: Field, wishes: Wishes) -> str:
    if field.label in wishes.variable_labels:
        return str(wishes.variable_labels[field.label])
    return wishes.known(field.label).get("label", "")


class _LabelSets:
    """Value-label sets: those of the metadata in their order, then new ones."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        known = wishes.metadata.get("value_labels") or {}
        # Other programs than Stata give sets names that Stata does not take.
        self._names = dict(zip(known, _core.legal_names(list(known)), strict=True))
        used = [wishes.known(label).get("value_label", "") for label in wishes.variables]
        self._uses = Counter(self._names.get(name, name) for name in used)
        self._sets = {
            self._names[name]: checked_labels(name, labels)
            for name, labels in known.items()
        }

    def name_for(self, field: Field, variable: str) -> str:
        """Return the set of a column, which is made or added to if need be."""
        wanted = self._wishes.value_labels.get(field.label)
        known = self._wishes.known(field.label).get("value_label", "")
        known = self._names.get(known, known)
        if field.text:
            if wanted is not None:
                raise InvalidInputError(
                    f"column {field.label!r} holds texts, which have no value labels"
                )
            return ""
        if wanted is not None:
            return self._new(variable, _merged(wanted, field.labels or []))
        if field.labels is None:
            return known
        if known not in self._sets:
            return self._new(known or variable, field.labels)
        entries = _merged(self._sets[known], field.labels)
        renamed = _renamed(entries, dict(field.labels))
        if renamed != entries and self._uses[known] > 1:
            return self._beside(known, renamed)
        self._sets[known] = renamed
        return known

    def entries(self) -> list[tuple[str, list[tuple[int, str]]]]:
        return list(self._sets.items())

    def _beside(self, known: str, entries: list[tuple[int, str]]) -> str:
        """Return a set of the same values with new names: others have the old ones."""
        for name, there in self._sets.items():
            if there == entries:
                return name
        return self._new(known, entries)

    def _new(self, name: str, entries: list[tuple[int, str]]) -> str:
        if name in self._sets and self._sets[name] != entries:
            name = _told_apart([*self._sets, name])[-1]
        self._sets[name] = list(entries)
        return name


def _renamed(
    entries: list[tuple[int, str]], names: Mapping[int, str]
) -> list[tuple[int, str]]:
    return [(value, names.get(value, text)) for value, text in entries]


def _merged(
    entries: list[tuple[int, str]], more: Sequence[tuple[int, str]]
) -> list[tuple[int, str]]:
    values = {value for value, _ in entries}
    return [*entries, *(entry for entry in more if entry[0] not in values)]


def _sort_keys(sorted_by: Sequence | None, fields: Sequence[Field]) -> list[int]:
    """Return the leading keys that are there; the plan checks that they are keys."""
    if not sorted_by:
        return []
    places = {field.name: place for place, field in enumerate(fields)}
    keys = []
    for label in sorted_by:
        if str(label) not in places:
            break
        keys.append(places[str(label)])
    return keys


def _characteristics(
    metadata: Mapping,
    owners: Mapping,
    fields: Sequence[Field],
    names: Sequence[str],
    dataset: DatasetOptions,
) -> list[tuple[str, str, str]]:
    stored = [tuple(entry) for entry in metadata.get("characteristics") or ()]
    originals = {
        name: field.name
        for field, name in zip(fields, names, strict=True)
        if field.name != name
    }
    kept: list[tuple[str, str, str]] = []
    for owner, name, contents in stored:
        stata = owners.get(owner)
        if stata is None:
            continue  # of a column that is not there any more
        if name == ORIGINAL_NAME:
            contents = originals.pop(stata, None)
        if contents is not None:
            kept.append((stata, name, contents))
    kept += [(stata, ORIGINAL_NAME, text) for stata, text in originals.items()]
    notes = metadata.get("notes")
    if notes is not None and dict(notes) != notes_among(stored):
        kept = _with_notes(kept, notes, owners, all_owners=True)
    if dataset.notes is not None:
        kept = _with_notes(kept, dataset.notes, owners)
    return _with_characteristics(kept, dataset.characteristics or {}, owners)


def _notes_by_owner(notes: str | Sequence[str] | Mapping | None) -> Mapping | None:
    if notes is None:
        return None
    by_owner = notes if hasattr(notes, "items") else {DATASET: notes}
    found = {}
    for owner, texts in by_owner.items():
        texts = [texts] if isinstance(texts, str) else texts
        is_list = hasattr(texts, "__iter__")
        if not is_list or not all(isinstance(text, str) for text in texts):
            raise InvalidInputError(
                "notes must be a text, a list of texts or a dict of lists, not "
                f"{described(texts)}"
            )
        found[owner] = list(texts)
    return found


def _with_notes(
    kept: list[tuple[str, str, str]],
    notes: Mapping,
    owners: Mapping,
    *,
    all_owners: bool = False,
) -> list[tuple[str, str, str]]:
    """Replace the notes of the owners named; with `all_owners` of every one."""
    named = {}
    for owner, texts in notes.items():
        if owner not in owners:
            if all_owners:
                continue
            raise InvalidInputError(
                f"notes names column {owner!r}, which is not there{near(owner, owners)}"
            )
        named[owners[owner]] = [texts] if isinstance(texts, str) else list(texts)
    rest = [
        entry
        for entry in kept
        if note_number(entry[1]) is None or not (all_owners or entry[0] in named)
    ]
    return rest + [
        (owner, f"note{number}", text)
        for owner, texts in named.items()
        for number, text in enumerate(texts, 1)
    ]


def _with_characteristics(
    kept: list[tuple[str, str, str]], wanted: Mapping, owners: Mapping
) -> list[tuple[str, str, str]]:
    if not wanted:
        return kept
    merged = {(owner, name): contents for owner, name, contents in kept}
    for owner, entries in wanted.items():
        if owner not in owners:
            raise InvalidInputError(
                f"characteristics names column {owner!r}, which is not there"
                f"{near(owner, owners)}; it is a dict from column, or '_dta', to a dict "
                "from name to text"
            )
        if not hasattr(entries, "items"):
            raise InvalidInputError(
                f"characteristics of {owner!r} must be a dict, not {described(entries)}"
            )
        for name, contents in entries.items():
            merged[owners[owner], str(name)] = str(contents)
    return [(owner, name, contents) for (owner, name), contents in merged.items()]


def _first(*values: object) -> object:
    return next(value for value in values if value is not None)
