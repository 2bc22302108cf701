"""What variables hold in all observations: chunks of an image get the same dtypes."""

from __future__ import annotations

import itertools

import numpy

from ..selection import Selection
from . import arrays

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..segment import Segment

_ROWS = 262_144  # that are looked at at once


class Steady:
    """
    Answers about whole variables, each looked up once.

    A `Selection` whose `steady` is one becomes columns of the dtypes that all
    observations would get.
    """

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._known: dict[tuple[str, int], object] = {}

    def lacks(self, place: int) -> bool:
        """Whether some value of a numeric variable is missing."""
        return self._once("lacks", place, lambda: self._segment.image.any_missing(place))

    def present(self, place: int) -> numpy.ndarray:
        """Return the values that occur, in order, of the dtype that they get."""
        return self._once("present", place, lambda: self._present(place))

    def limits(self, place: int) -> tuple[float, float]:
        """Return the least and the greatest value; NaN where there is none."""
        return self._once("limits", place, lambda: self._limits(place))

    def is_binary(self, place: int) -> bool:
        """Whether some text is binary."""
        return self._once("binary", place, lambda: self._is_binary(place))

    def is_all_binary(self, place: int) -> bool:
        """Whether some texts are binary, and the others empty."""
        return self._once("all binary", place, lambda: self._is_all_binary(place))

    def _once(self, question: str, place: int, find: Callable[[], object]) -> object:
        if (question, place) not in self._known:
            self._known[question, place] = find()
        return self._known[question, place]

    def _parts(self, place: int) -> Iterator[Selection]:
        segment = self._segment
        for begin in range(0, segment.observations, _ROWS):
            rows = slice(begin, begin + _ROWS)
            part = Selection(segment, [segment.variables[place]], rows)
            part.steady = self
            yield part

    def _present(self, place: int) -> numpy.ndarray:
        found = numpy.empty(0)
        for part in self._parts(place):
            values = numpy.unique(arrays.numbers(part, [place])[place])
            found = numpy.union1d(found.astype(values.dtype), values)
        return found[~numpy.isnan(found)]

    def _limits(self, place: int) -> tuple[float, float]:
        whole = Selection(self._segment)
        limits = self._segment.image.limits(place, whole.rows, whole.threads)
        return limits or (numpy.nan, numpy.nan)

    def _is_binary(self, place: int) -> bool:
        return any(
            isinstance(text, bytes)
            for part in self._parts(place)
            for text in arrays.raw_texts(part, place)
        )

    def _is_all_binary(self, place: int) -> bool:
        parts = (arrays.raw_texts(part, place) for part in self._parts(place))
        return arrays.is_all_binary(itertools.chain.from_iterable(parts))
