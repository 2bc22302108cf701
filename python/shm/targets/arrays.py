"""Variables of an image as NumPy arrays."""

from __future__ import annotations

import sys

import numpy

from .. import _core
from ..selection import Selection

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..segment import Segment

DTYPES = {
    "byte": numpy.dtype("i1"),
    "int": numpy.dtype("i2"),
    "long": numpy.dtype("i4"),
    "float": numpy.dtype("f4"),
    "double": numpy.dtype("f8"),
}
_DOUBLE = DTYPES["double"]
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
    """Return texts as an array of str, of bytes where they are binary."""
    found = selection.image.read_texts(place, selection.rows, selection.threads)
    array = numpy.empty(len(found), dtype=object)
    array[:] = found
    return array


def masked(
    selection: Selection, places: Sequence[int]
) -> dict[int, tuple[numpy.ndarray, numpy.ndarray]]:
    """Return numbers of each variable's own type, and which are missing."""
    arrays = {}
    for place in places:
        dtype = DTYPES[selection.stored(place)[1]]
        arrays[place] = (
            uninitialized(selection.count, dtype),
            uninitialized(selection.count, _BOOL),
        )
    read_into(selection, [(place, *pair) for place, pair in arrays.items()])
    return arrays


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


def numbers(
    selection: Selection, places: Sequence[int], stacks: list[Stack] | None = None
) -> dict[int, numpy.ndarray]:
    """Return numbers: integers of which some are missing as float64 with NaN.

    NaNs keep the extended missing values. All variables are read in one pass over the
    observations, those of integers with missing values in a second one. Their stacks are
    appended to `stacks`.
    """
    made = [
        Stack(selection.count, group, dtype)
        for dtype, group in _by_dtype(selection, places).items()
    ]
    requests, masks = [], []
    for stack in made:
        absent: Sequence = [None] * len(stack.rows)
        if stack.values.dtype.kind == "i":
            masks.append((stack, Stack(selection.count, stack.places, _BOOL)))
            absent = masks[-1][1].rows
        requests += zip(stack.places, stack.rows, absent, strict=True)
    read_into(selection, requests)
    arrays = {place: row for place, row, _ in requests}
    again = [
        place
        for stack, mask in masks
        for place, absent in zip(stack.places, mask.values.any(axis=1), strict=True)
        if absent or selection.lacks(place)
    ]
    if stacks is not None:
        stacks += made
    return arrays | doubles(selection, again, stacks)


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


def read_into(selection: Selection, requests: list) -> None:
    """Read numbers into arrays: requests are (place, array, array of missing or None)."""
    if requests and selection.count:
        selection.image.read_numbers(requests, selection.rows, selection.threads)
