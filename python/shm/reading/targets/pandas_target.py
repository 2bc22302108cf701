"""Images as pandas data frames, with the dtypes that `pandas.read_stata` gives."""

from __future__ import annotations

import numpy

from ...errors import InvalidInputError, UnsupportedTypeError
from ..selection import Selection
from .arrays import Numbers, Stack, masked_requests, read_into
from .dates import becomes_date, date_arrays, date_requests
from .extended import extended_columns, replaced_columns

try:
    import pandas
except ImportError:
    raise UnsupportedTypeError(
        "as_='pandas' needs pandas, which is not installed (pip install pandas); "
        "as_='dict' and as_='numpy' need nothing"
    ) from None

from .pandas_blocks import frame_of_columns
from .pandas_categories import categorical
from .pandas_texts import default_text_dtype, text_arrays

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Sequence

# The unit of dates in pandas 2.
_NANOSECONDS = pandas.__version__.startswith("2.")


def to_pandas(selection: Selection, dtype_backend: str | None = None) -> pandas.DataFrame:
    """Return a pandas data frame, with the metadata in ``attrs["stata"]``."""
    if dtype_backend == "pyarrow":
        frame = _from_arrow(selection)
    elif dtype_backend == "numpy_nullable":
        frame = _frame_of(selection, _nullable_arrays(selection))
    else:
        stacks: list[Stack] = []
        frame = _frame_of(selection, _plain_arrays(selection, stacks), stacks)
    frame.attrs["stata"] = selection.metadata
    return frame


def _plain_arrays(selection: Selection, stacks: list[Stack]) -> dict[int, object]:
    labelled, dated, texts_, others = _grouped(selection)
    numbers = Numbers(selection, others)
    codes = masked_requests(selection, labelled)
    dates = date_requests(selection, dated)
    read_into(selection, [*numbers.requests, *codes, *dates])
    found: dict[int, object] = dict(numbers.arrays(stacks))
    found |= {request[0]: categorical(selection, *request) for request in codes}
    found |= date_arrays(selection, dates, nanoseconds=_NANOSECONDS)
    if texts_:
        found |= text_arrays(selection, texts_, default_text_dtype())
    return found


def _nullable_arrays(selection: Selection) -> dict[int, object]:
    labelled, dated, texts_, others = _grouped(selection)
    numbers = masked_requests(selection, others)
    codes = masked_requests(selection, labelled)
    dates = date_requests(selection, dated)
    read_into(selection, [*numbers, *codes, *dates])
    found: dict[int, object] = {
        place: _nullable(values, mask) for place, values, mask in numbers
    }
    found |= {request[0]: categorical(selection, *request) for request in codes}
    found |= date_arrays(selection, dates, nanoseconds=_NANOSECONDS)
    if texts_:
        found |= text_arrays(selection, texts_, pandas.StringDtype())
    return found


def _nullable(values: numpy.ndarray, mask: numpy.ndarray) -> object:
    if values.dtype.kind == "f":
        return pandas.arrays.FloatingArray(values, mask)
    return pandas.arrays.IntegerArray(values, mask)


def _grouped(
    selection: Selection,
) -> tuple[list[int], list[int], list[int], list[int]]:
    """Return the variables that become categories, dates, texts, and numbers."""
    labelled, dated, texts_, others = [], [], [], []
    for place in selection.places:
        if selection.is_text(place):
            texts_.append(place)
        elif selection.categories and selection.labels_of(place) is not None:
            labelled.append(place)
        elif becomes_date(selection, place):
            dated.append(place)
        else:
            others.append(place)
    return labelled, dated, texts_, others


def _frame_of(
    selection: Selection, arrays: dict[int, object], stacks: Sequence[Stack] = ()
) -> pandas.DataFrame:
    names = selection.names

    def integers() -> set[str]:
        return {
            selection.segment.variables[place]
            for place, array in arrays.items()
            if isinstance(array, pandas.arrays.IntegerArray)
        }

    replaced = replaced_columns(selection, integers)
    columns = [
        replaced.get(name, arrays[place])
        for name, place in zip(names, selection.places, strict=True)
    ]
    extended = extended_columns(selection)
    names = [*names, *extended]
    columns += list(extended.values())
    return frame_of_columns(names, columns, selection.count, stacks)


def _from_arrow(selection: Selection) -> pandas.DataFrame:
    try:
        from .arrow_target import to_arrow

        table = to_arrow(selection)
    except ImportError:
        raise InvalidInputError("dtype_backend='pyarrow' needs pyarrow") from None
    return table.to_pandas(types_mapper=pandas.ArrowDtype, ignore_metadata=True)
