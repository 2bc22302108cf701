"""NumPy arrays as columns: one-dimensional, structured and two-dimensional ones."""

from __future__ import annotations

import sys

import numpy

from ...date_formats import date_kind
from ...errors import InvalidInputError, UnsupportedTypeError
from .gathered import Field, Gathered, chosen
from .integers import add_integers, integers_as_texts
from .times import add_durations, add_times, dates_among, duration_format

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Sequence

# Storage types that hold every value of a dtype; of the others double does.
_WIDEST = {"b1": "byte", "i1": "int", "u1": "int", "i2": "long", "u2": "long"}
_WIDEST |= {"f2": "float", "f4": "float"}
_WIDEST_OBJECTS = {"text": "strL", "bytes": "strL", "bool": "byte", "date": "long"}
# The formats that kinds of Python objects ask for.
_OBJECT_FORMATS = {"date": "%td", "datetime": "%tc", "time": "%tcHH:MM:SS"}


def add_arrays(
    gathered: Gathered, array: numpy.ndarray, columns: Sequence | None
) -> None:
    """
    Add the fields of a structured array, or the columns of a two-dimensional one.

    Columns without names are v1, v2, ..., as Stata calls them.

    Raises
    ------
    InvalidInputError
        The array is neither.
    """
    if array.dtype.names is not None and array.ndim == 1:
        names = array.dtype.names
        for place in chosen(names, columns):
            add_array(gathered, names[place], array[names[place]])
        return
    if array.ndim != 2 or array.dtype.names is not None:
        raise InvalidInputError(
            f"an array of {array.ndim} dimensions and dtype {array.dtype} is no table; "
            "a structured or a two-dimensional one is, or a dict of columns"
        )
    names = [f"v{k + 1}" for k in range(array.shape[1])]
    for place in chosen(names, columns):
        add_array(gathered, names[place], array[:, place])


def add_array(gathered: Gathered, label: object, array: numpy.ndarray) -> None:
    """
    Add a one-dimensional array, the masked elements of a masked one as missing.

    Raises
    ------
    UnsupportedTypeError
        Its dtype has no counterpart in Stata; the message says what serves.
    """
    if array.ndim != 1:
        raise InvalidInputError(
            f"column {label!r} has {array.ndim} dimensions; a column has one"
        )
    mask = None
    if type(array) is not numpy.ndarray and isinstance(array, numpy.ma.MaskedArray):
        mask = numpy.ma.getmaskarray(array)
        array = array.data
    kind = array.dtype.kind
    if kind in "biuf":
        add_masked(gathered, label, array, mask)
    elif kind == "M":
        add_times(gathered, label, _with_nat(array, mask))
    elif kind == "m":
        add_durations(gathered, label, _with_nat(array, mask))
    elif kind in "SU":
        _add_texts(gathered, label, array, mask)
    elif kind == "O":
        add_objects(gathered, label, _without(array, mask))
    else:
        raise _refusal(label, array.dtype)


def add_masked(
    gathered: Gathered, label: object, values: numpy.ndarray, mask: numpy.ndarray | None
) -> None:
    """Add numbers, those missing where the mask is true."""
    dtype = values.dtype
    if not dtype.isnative:
        values = values.astype(dtype.newbyteorder("="))
    if dtype.itemsize > 8:
        raise _refusal(label, dtype)
    field = Field(label)
    if gathered.wishes.in_batches:
        field.widest = _WIDEST.get(dtype.str[1:], "double")
    if dtype.itemsize == 8 and dtype.kind in "iu":
        add_integers(gathered, field, values, mask)
    else:
        gathered.columns.add_numbers(field.name, [(values, mask)])
        gathered.add(field)


def add_objects(
    gathered: Gathered, label: object, values: numpy.ndarray, *, as_texts: bool = False
) -> None:
    """Add an array of Python objects, which must all be of one kind.

    Nothing but missing values is a column of bytes, unless it is one of texts.
    """
    wanted, _ = gathered.wishes.date_format(label)
    if date_kind(wanted):
        dates = dates_among(values, _missing_objects())
        if dates is not None:
            return add_times(gathered, label, dates)
    if gathered.wishes.int64 == "str":
        values = integers_as_texts(values)
    field = Field(label)
    as_texts = as_texts or gathered.wishes.is_text(label)
    kind = gathered.columns.add_objects(field.name, values, _missing_objects(), as_texts)
    field.nothing = kind == "missing"
    field.text = kind in ("text", "bytes")
    field.widest = _WIDEST_OBJECTS.get(kind, "double")
    field.format = _OBJECT_FORMATS.get(kind, "")
    if kind == "timedelta":
        field.format = duration_format(gathered, label)
    elif kind == "time" and date_kind(wanted) == "c":
        field.format = wanted
    gathered.add(field)


def object_array(values: Sequence) -> numpy.ndarray:
    """Return a sequence as a one-dimensional array of its elements themselves."""
    array = numpy.empty(len(values), dtype=object)
    for place, value in enumerate(values):
        array[place] = value
    return array


def _add_texts(
    gathered: Gathered, label: object, array: numpy.ndarray, mask: numpy.ndarray | None
) -> None:
    masked = mask is not None and mask.any()
    if masked or (array.dtype.kind == "S" and not _is_ascii(array)):
        return add_objects(gathered, label, _without(_text_objects(array), mask))
    if not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    field = Field(label, text=True)
    gathered.columns.add_fields(field.name, array)
    gathered.add(field)


def _is_ascii(array: numpy.ndarray) -> bool:
    """Whether fields of bytes are ASCII texts; NULs at their ends are padding."""
    if array.size == 0 or array.dtype.itemsize == 0:
        return True
    fields = numpy.ascontiguousarray(array).view("u1").reshape(len(array), -1)
    is_nul = fields == 0
    ends = numpy.logical_and.accumulate(is_nul[:, ::-1], axis=1)[:, ::-1]
    return bool((fields < 128).all() and (is_nul == ends).all())


def _text_objects(array: numpy.ndarray) -> numpy.ndarray:
    """Return fields as str, or as bytes where they are none in UTF-8."""
    objects = array.astype(object)
    if array.dtype.kind == "U":
        return objects
    try:
        texts = [value.decode() for value in objects]
    except UnicodeDecodeError:
        return objects
    return objects if any("\0" in text for text in texts) else object_array(texts)


def _missing_objects() -> tuple:
    """Return what stands for a missing value, besides None and NaN."""
    pandas = sys.modules.get("pandas")
    return () if pandas is None else (pandas.NA, pandas.NaT)


def _with_nat(array: numpy.ndarray, mask: numpy.ndarray | None) -> numpy.ndarray:
    if mask is None or not mask.any():
        return array
    array = array.copy()
    array[mask] = "NaT"
    return array


def _without(array: numpy.ndarray, mask: numpy.ndarray | None) -> numpy.ndarray:
    if mask is None or not mask.any():
        return array
    array = array.copy()
    array[mask] = None
    return array


def _refusal(label: object, dtype: numpy.dtype) -> UnsupportedTypeError:
    serves = {
        "c": "its real and imag are two columns of numbers",
        "f": "astype('float64') rounds it to doubles",
        "V": "its fields are columns of their own",
    }.get(dtype.kind, "astype(str) makes text of it")
    return UnsupportedTypeError(
        f"column {label!r} has dtype {dtype}, which has no counterpart in Stata; {serves}"
    )
