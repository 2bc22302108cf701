"""pandas data frames as columns, read from the blocks that pandas keeps them in."""

from __future__ import annotations

import numpy
import pandas

from ...errors import InvalidInputError
from .arrow_source import add_arrays
from .gathered import Gathered, chosen
from .numpy_source import add_array
from .pandas_arrays import add_extension, arrow_values

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Sequence


def add_frame(
    gathered: Gathered,
    frame: pandas.DataFrame,
    columns: Sequence | None,
    index: bool | None,
) -> None:
    """
    Add the columns of a data frame, behind the levels of its index that travel.

    Raises
    ------
    UnsupportedTypeError
        A column's dtype has no counterpart in Stata; the message says what serves.
    """
    labels = list(frame.columns)
    entries = index_levels(frame.index, index, labels)
    places = chosen(labels, columns)
    arrays = frame_arrays(frame)
    entries += [(labels[place], arrays[place]) for place in places]
    add_entries(gathered, entries)


def add_entries(gathered: Gathered, entries: list[tuple[object, object]]) -> None:
    """Add labelled NumPy and extension arrays; those that lie in Arrow all at once."""
    plain, arrow = [], []
    for place, (label, array) in enumerate(entries):
        in_arrow = None if isinstance(array, numpy.ndarray) else arrow_values(array)
        if in_arrow is not None:
            arrow.append((place, (label, in_arrow)))
            continue
        plain.append(place)
        if isinstance(array, numpy.ndarray):
            add_array(gathered, label, array)
        else:
            add_extension(gathered, label, array)
    if arrow:
        add_arrays(gathered, [entry for _, entry in arrow])
        places = [*plain, *(place for place, _ in arrow)]
        gathered.reorder(sorted(range(len(places)), key=places.__getitem__))


def frame_arrays(frame: pandas.DataFrame) -> list:
    """Return the array of each column: rows of the blocks, without a copy.

    Asking a frame of thousands of columns for each of them takes longer than writing it,
    so its blocks are taken from where pandas keeps them; where a future pandas keeps
    them elsewhere, each column is asked for.
    """
    arrays: list = [None] * frame.shape[1]
    try:
        for block in frame._mgr.blocks:
            values, places = block.values, block.mgr_locs.as_array
            if values.ndim == 2:
                for row, place in enumerate(places):
                    arrays[place] = values[row]
            else:
                arrays[places[0]] = values
    except AttributeError:
        arrays = [frame.iloc[:, k].array for k in range(frame.shape[1])]
    return [plain_array(array) for array in arrays]


def plain_array(array: object) -> object:
    """Return the NumPy array behind pandas' wrappers of one; others as they are."""
    if isinstance(array, numpy.ndarray):
        return array
    dtype = array.dtype
    if isinstance(dtype, pandas.StringDtype):
        return array  # of pandas 2 it is one of NumPy's, too
    if isinstance(array, pandas.arrays.NumpyExtensionArray):
        return array.to_numpy()
    if isinstance(dtype, numpy.dtype):  # dates and durations without a time zone
        return numpy.asarray(array)
    return array


def index_levels(
    index: pandas.Index, wanted: bool | None, labels: list
) -> list[tuple[object, object]]:
    """
    Return the levels of an index that travel: those with names, unless told otherwise.

    Raises
    ------
    InvalidInputError
        A level has the name of a column.
    """
    if wanted is False or (
        wanted is None and not any(n is not None for n in index.names)
    ):
        return []
    levels = []
    for place, name in enumerate(index.names):
        if name is None and wanted is None:
            continue
        label = name
        if name is None:
            label = f"level_{place}" if index.nlevels > 1 else "index"
        if label in labels:
            raise InvalidInputError(
                f"the index has a level named {label!r}, as a column is; index=False "
                "leaves the index out"
            )
        array = index.get_level_values(place).array
        levels.append((label, plain_array(array)))
    return levels
