"""Which variables and observations of an image are read, and how."""

from __future__ import annotations

from ..arguments import described, few, near
from ..errors import InvalidInputError
from ..writing.sources.gathered import chosen

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy

    from ..metadata import Metadata
    from .segment import Segment
    from .targets.steady import Steady

ALIAS = "alias"  # the type of a variable that lives in another frame: it has no cells


class Selection:
    """Variables and observations of a segment, and options of `read` that all share.

    Attributes
    ----------
    segment : Segment
    places : list of int
        Positions of the variables.
    names : list of str
    rows : tuple of (begin, count, step) or int64 array
        As the native module takes it.
    count : int
        How many observations.
    dates : frozenset or bool
        Which variables with date formats become dates.
    categories : bool
        Whether variables with value labels become categories.
    ordered : bool
        Whether categories are ordered.
    missing : str
    threads : int
    steady : Steady or None
        What decides on dtypes where the observations are a part of many.
    kept : dict
        What was made for one variable and serves for others that are alike.
    codes : dict
        From each variable that became categories to their values.
    """

    def __init__(
        self,
        segment: Segment,
        columns: Sequence | None = None,
        rows: object = None,
        *,
        dates: bool | Sequence = True,
        categories: bool = True,
        ordered: bool = True,
        missing: str = "null",
        threads: int = 0,
    ) -> None:
        self.segment = segment
        self.image = segment.image
        self._stored = segment.schema["variables"]
        self.places = _places(segment, columns)
        self.names = [segment.variables[place] for place in self.places]
        self.rows, self.count = selected_rows(rows, segment.observations)
        self.dates = _dates(dates, segment)
        self.categories = categories
        self.ordered = ordered
        self.missing = missing
        self.threads = threads
        self.steady: Steady | None = None
        self.kept: dict[tuple, object] = {}
        self.codes: dict[str, list] = {}
        self._sets: dict[str, dict[int, str]] | None = None

    @property
    def metadata(self) -> Metadata:
        """The metadata of the segment, and what categories were read."""
        metadata = self.segment.metadata
        metadata.codes = self.codes
        return metadata

    def stored(self, place: int) -> tuple[str, str, str, str, str]:
        """Return name, type, format, label and value label of a variable."""
        return self._stored[place]

    def is_text(self, place: int) -> bool:
        """Whether a variable holds texts."""
        return self._stored[place][1].startswith("str")

    def wants_date(self, place: int) -> bool:
        """Whether a variable shall become dates, if its format is of dates."""
        if isinstance(self.dates, bool):
            return self.dates
        return self.segment.variables[place] in self.dates

    def lacks(self, place: int) -> bool:
        """Whether a variable has missing values somewhere, if that decides."""
        return self.steady is not None and self.steady.lacks(place)

    def labels_of(self, place: int) -> dict[int, str] | None:
        """Return the value labels of a variable, None without."""
        name = self.stored(place)[4]
        if not name:
            return None
        if self._sets is None:
            self._sets = {
                name: dict(entries)
                for name, entries in self.segment.schema["value_labels"]
            }
        return self._sets.get(name)


def check_index(index_col: object, selection: Selection) -> None:
    """
    Refuse an index of variables that are not read.

    Raises
    ------
    InvalidInputError
    """
    if index_col is None:
        return
    names = selection.names
    if selection.missing == "letters":
        names = [*names, *(f"{name}_missing" for name in names)]
    for name in index_col if isinstance(index_col, list) else [index_col]:
        if name in names:
            continue
        if name in selection.segment.variables:
            raise InvalidInputError(
                f"index_col names column {name!r}, which columns= leaves out"
            )
        raise InvalidInputError(
            f"index_col names column {name!r}, which is not there{near(name, names)}; "
            f"there are {few(names)}"
        )


def _dates(wanted: bool | Sequence, segment: Segment) -> bool | frozenset:
    """Return which variables become dates if their format is of dates."""
    if isinstance(wanted, bool):
        return wanted
    if isinstance(wanted, str) or not hasattr(wanted, "__iter__"):
        raise InvalidInputError(
            "convert_dates must be True, False or a list of names, not "
            f"{described(wanted)}"
        )
    dates = frozenset(wanted)
    for name in dates.difference(segment.variables):
        raise InvalidInputError(
            f"convert_dates names column {name!r}, which is not there"
            f"{near(name, segment.variables)}"
        )
    return dates


def selected_rows(
    rows: object, observations: int
) -> tuple[tuple[int, int, int] | numpy.ndarray, int]:
    """
    Return rows as the native module takes them, and how many there are.

    Parameters
    ----------
    rows : None, slice, range, boolean mask, or integers
        Integers below 0 count from the end.
    observations : int

    Raises
    ------
    InvalidInputError
        A mask of another length, or a row that is not there.
    """
    if rows is None:
        return (0, observations, 1), observations
    if isinstance(rows, slice):
        rows = range(*rows.indices(observations))
    if isinstance(rows, range) and rows.step > 0 and len(rows):
        if not 0 <= rows[0] <= rows[-1] < observations:
            raise _no_row(rows, observations)
        return (rows.start, len(rows), rows.step), len(rows)
    indexes = _indexes(rows, observations)
    return indexes, len(indexes)


def _indexes(rows: object, observations: int) -> numpy.ndarray:
    import numpy

    array = numpy.asarray(rows)
    if array.ndim != 1:
        raise InvalidInputError("rows must be a slice, a mask or a list of row numbers")
    if array.dtype == bool or (array.dtype == object and _all_bool(array)):
        if len(array) != observations:
            raise InvalidInputError(
                f"the mask of rows has {len(array)} elements, the data {observations} "
                "observations"
            )
        return numpy.flatnonzero(array.astype(bool)).astype(numpy.int64)
    if array.size and array.dtype.kind not in "iu":
        raise InvalidInputError(
            f"rows must be a slice, a mask or a list of row numbers, not {array.dtype}"
        )
    array = array.astype(numpy.int64)
    array = numpy.where(array < 0, array + observations, array)
    if array.size and not (array.min() >= 0 and array.max() < observations):
        raise _no_row(rows, observations)
    return numpy.ascontiguousarray(array)


def _all_bool(array: numpy.ndarray) -> bool:
    return bool(array.size) and all(isinstance(value, bool) for value in array)


def _no_row(rows: object, observations: int) -> InvalidInputError:
    return InvalidInputError(
        f"rows {described(rows)} go beyond the {observations} observations, counted "
        "from 0"
    )


def _places(segment: Segment, columns: Sequence | None) -> list[int]:
    stored = segment.schema["variables"]
    if columns is None:
        return [place for place, entry in enumerate(stored) if entry[1] != ALIAS]
    places = chosen(segment.variables, columns)
    for place in places:
        if stored[place][1] == ALIAS:
            raise InvalidInputError(
                f"variable {stored[place][0]!r} is an alias of one in another frame; it "
                "has no values in this file"
            )
    return places
