"""Variables of an image as NumPy arrays."""

from __future__ import annotations

import sys

import numpy

from ... import _core
from ..selection import Selection

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..segment import Segment

    # A variable, an array for its numbers, and one for which of them are missing.
    Request = tuple[int, numpy.ndarray, numpy.ndarray | None]

DTYPES = {
    "byte": numpy.dtype("i1"),
    "int": numpy.dtype("i2"),
    "long": numpy.dtype("i4"),
    "float": numpy.dtype("f4"),
    "double": numpy.dtype("f8"),
}
_DOUBLE = DTYPES["double"]
_INT64 = numpy.dtype(numpy.int64)
_BOOL = numpy.dtype(bool)
_LARGE = 4 << 20  # bytes from which the native module's memory pays


def serves_as_view(segment: Segment, place: int) -> bool:
    """Whether a variable's stored bytes are the array of its values."""
    type = segment.schema["variables"][place][1]
    if type not in DTYPES or segment.byte_order != sys.byteorder:
        return False
    return not segment._once(("missing", place), lambda: segment.image.any_missing(place))


def view(segment: Segment, place: int) -> numpy.ndarray:
    """Return a read-only view of a variable. REQUIRES: `serves_as_view`."""
    image = segment.image
    return numpy.ndarray(
        image.observations,
        DTYPES[segment.schema["variables"][place][1]],
        image,
        image.cell_offset(place),
        (image.row_bytes,),
    )


def plain_array(segment: Segment, place: int) -> numpy.ndarray:
    """Return a copy of a variable: numbers with NaN where missing, or objects."""
    selection = Selection(segment, [segment.variables[place]])
    if selection.is_text(place):
        return texts(selection, place)
    return numbers(selection, [place])[place]


def texts(selection: Selection, place: int) -> numpy.ndarray:
    """
    Return texts as an array of str, of bytes where they are binary.

    An image does not tell an empty text from no bytes: it is bytes where all others are.
    """
    array = raw_texts(selection, place)
    if selection.stored(place)[1] != "strL":
        return array
    steady = selection.steady
    if is_all_binary(array) if steady is None else steady.is_all_binary(place):
        array[[not text for text in array]] = b""
    return array


def raw_texts(selection: Selection, place: int) -> numpy.ndarray:
    """Return texts as the image has them: str, bytes where they are marked as binary."""
    found = selection.image.read_texts(place, selection.rows, selection.threads)
    array = numpy.empty(len(found), dtype=object)
    array[:] = found
    return array


def is_all_binary(texts: Iterable[str | bytes]) -> bool:
    """Whether some texts are bytes, and the others empty."""
    found = False
    for text in texts:
        if isinstance(text, bytes):
            found = True
        elif text:
            return False
    return found


def masked(
    selection: Selection, places: Sequence[int]
) -> dict[int, tuple[numpy.ndarray, numpy.ndarray]]:
    """Return numbers of each variable's own type, and which are missing."""
    requests = masked_requests(selection, places)
    read_into(selection, requests)
    return {place: (values, missing) for place, values, missing in requests}


def masked_requests(
    selection: Selection, places: Sequence[int], *, wide: bool = False
) -> list[Request]:
    """
    Return requests for numbers, and for which of them are missing.

    Those of a variable's own type, or with `wide` int64 and float64.
    """
    requests = []
    for place in places:
        dtype = DTYPES[selection.stored(place)[1]]
        if wide:
            dtype = _INT64 if dtype.kind == "i" else _DOUBLE
        values = uninitialized(selection.count, dtype)
        requests.append((place, values, uninitialized(selection.count, _BOOL)))
    return requests


class Stack:
    """Variables of one dtype as the rows of a matrix: what pandas keeps as one block.

    Attributes
    ----------
    values : numpy.ndarray
        A row for each variable.
    places : list of int
        Positions of the variables in the image.
    rows : list of numpy.ndarray
        The rows of `values`.
    """

    __slots__ = ("places", "rows", "values")

    def __init__(self, count: int, places: list[int], dtype: numpy.dtype) -> None:
        flat = uninitialized(count * len(places), dtype)
        self.values = flat.reshape(len(places), count)
        self.places = places
        self.rows = list(self.values)


class Numbers:
    """
    Numbers that are to be read: integers of which some are missing become float64.

    NaNs keep the extended missing values.

    Attributes
    ----------
    requests : list
        For `read_into`, all in one pass over the observations, whoever else has some.
    """

    def __init__(self, selection: Selection, places: Sequence[int]) -> None:
        self._selection = selection
        self._stacks = [
            Stack(selection.count, group, dtype)
            for dtype, group in _by_dtype(selection, places).items()
        ]
        self._masks: list[tuple[Stack, Stack]] = []
        self.requests: list[Request] = []
        for stack in self._stacks:
            absent: Sequence = [None] * len(stack.rows)
            if stack.values.dtype.kind == "i":
                mask = Stack(selection.count, stack.places, _BOOL)
                self._masks.append((stack, mask))
                absent = mask.rows
            self.requests += zip(stack.places, stack.rows, absent, strict=True)

    def arrays(self, stacks: list[Stack] | None = None) -> dict[int, numpy.ndarray]:
        """
        Return the numbers, once they are read; their stacks are appended to `stacks`.

        Integers with missing values are read again.
        """
        again = [
            place
            for stack, mask in self._masks
            for place, absent in zip(stack.places, mask.values.any(axis=1), strict=True)
            if absent or self._selection.lacks(place)
        ]
        if stacks is not None:
            stacks += self._stacks
        arrays = {place: row for place, row, _ in self.requests}
        return arrays | doubles(self._selection, again, stacks)


def numbers(selection: Selection, places: Sequence[int]) -> dict[int, numpy.ndarray]:
    """Return `Numbers`, read for themselves."""
    found = Numbers(selection, places)
    read_into(selection, found.requests)
    return found.arrays()


def doubles(
    selection: Selection, places: Sequence[int], stacks: list[Stack] | None = None
) -> dict[int, numpy.ndarray]:
    """Return numbers as float64, whose NaNs keep the extended missing values."""
    if not places:
        return {}
    stack = Stack(selection.count, list(places), _DOUBLE)
    read_into(selection, [(place, row, None) for place, row in _rows_of(stack)])
    if stacks is not None:
        stacks.append(stack)
    return dict(_rows_of(stack))


def _rows_of(stack: Stack) -> list[tuple[int, numpy.ndarray]]:
    return list(zip(stack.places, stack.rows, strict=True))


def _by_dtype(
    selection: Selection, places: Sequence[int]
) -> dict[numpy.dtype, list[int]]:
    groups: dict[numpy.dtype, list[int]] = {}
    for place in places:
        groups.setdefault(DTYPES[selection.stored(place)[1]], []).append(place)
    return groups


def uninitialized(count: int, dtype: numpy.dtype | str) -> numpy.ndarray:
    """Return an array of any values, in memory that is used again when it is large."""
    nbytes = count * numpy.dtype(dtype).itemsize
    if nbytes < _LARGE:
        return numpy.empty(count, dtype)
    return _core.uninitialized(nbytes).view(dtype)


def read_into(selection: Selection, requests: list[Request]) -> None:
    """Read numbers into arrays, in one pass over the observations."""
    if requests and selection.count:
        selection.image.read_numbers(requests, selection.rows, selection.threads)
