"""What `missing=` makes of ``.`` and of ``.a`` to ``.z``, and their way back."""

from __future__ import annotations

import itertools
import string

import numpy as np
import pytest

import shm

pytestmark = pytest.mark.usefixtures("segment_dir")

LIBRARIES = ("pandas", "polars", "arrow", "dict")
STORED = {f"a_{type}": type for type in ("byte", "int", "long", "float", "double")}
NAMES = tuple(STORED)
WHOLE = NAMES[:3]
LETTERS = [f".{letter}" for letter in string.ascii_lowercase]
CELLS = [1, None, *LETTERS]


def needs(as_: str) -> None:
    pytest.importorskip({"arrow": "pyarrow", "dict": "numpy"}.get(as_, as_))


@pytest.fixture
def segment() -> shm.Segment:
    """Return each numeric type with 1, ., .a to .z, and a variable that lacks nothing."""
    values = np.array([1, shm.missing(), *map(shm.missing, LETTERS)])
    return shm.write(
        {**dict.fromkeys(NAMES, values), "full": np.arange(len(values), dtype="i1")},
        "letters",
        types=STORED,
    )


def nulls(column) -> list[bool]:
    """Return where a library sees a missing value, NaN being one for NumPy and pandas."""
    if hasattr(column, "to_pylist"):
        return [value is None for value in column.to_pylist()]
    if hasattr(column, "is_null"):
        return column.is_null().to_list()
    return np.isnan(np.asarray(column, dtype="f8")).tolist()


def as_list(column) -> list:
    items = column.to_pylist() if hasattr(column, "to_pylist") else list(column)
    return [None if item is None or item != item else item for item in items]


def names(data) -> list[str]:
    return list(data) if isinstance(data, dict) else list(names_of_table(data))


def names_of_table(data):
    return data.column_names if hasattr(data, "column_names") else data.columns


def dtype_text(column) -> str:
    return str(getattr(column, "dtype", getattr(column, "type", None))).lower()


def test_the_image_is_as_meant(segment):
    assert segment.types == {**STORED, "full": "byte"}
    assert segment.check() == []


@pytest.mark.parametrize("as_", LIBRARIES)
def test_null(segment, as_):
    needs(as_)
    data = shm.read(segment, as_=as_)
    assert names(data) == [*NAMES, "full"]
    for name in NAMES:
        assert nulls(data[name]) == [cell != 1 for cell in CELLS]
        assert as_list(data[name])[0] == 1
    if as_ in ("polars", "arrow"):
        assert all("int" in dtype_text(data[name]) for name in WHOLE)
    assert not any(nulls(data["full"]))


@pytest.mark.parametrize("as_", LIBRARIES)
def test_nan(segment, as_):
    needs(as_)
    data = shm.read(segment, as_=as_, missing="nan")
    assert names(data) == [*NAMES, "full"]
    for name in NAMES:
        assert "float" in dtype_text(data[name]) or dtype_text(data[name]) == "double"
        assert as_list(data[name]) == [1, *[None] * 27]
    assert "int8" in dtype_text(data["full"])


@pytest.mark.parametrize("as_", ["polars", "arrow"])
def test_letters_are_no_nulls_where_they_are_nan(segment, as_):
    needs(as_)
    column = shm.read(segment, as_=as_, missing="nan")["a_double"]
    assert not any(nulls(column)[2:])


@pytest.mark.parametrize("as_", LIBRARIES)
def test_letters(segment, as_):
    needs(as_)
    data = shm.read(segment, as_=as_, missing="letters")
    beside = [f"{name}_missing" for name in NAMES]
    assert names(data) == [*NAMES, "full", *beside]
    for name, letters in zip(NAMES, beside, strict=True):
        assert as_list(data[letters]) == [None, None, *LETTERS]
        assert nulls(data[name]) == [cell != 1 for cell in CELLS]


@pytest.mark.parametrize("as_", LIBRARIES)
def test_no_letters_no_columns(as_):
    needs(as_)
    segment = shm.write({"x": [1, None], "i": [1, 2]}, "dots")
    assert names(shm.read(segment, as_=as_, missing="letters")) == ["x", "i"]


@pytest.mark.parametrize("as_", LIBRARIES)
def test_names_beside_that_are_taken(as_):
    needs(as_)
    values = np.array([1.0, shm.missing("a")])
    segment = shm.write({"x": values, "x_missing": [1.0, 2.0]}, "taken")
    data = shm.read(segment, as_=as_, missing="letters")
    assert names(data) == ["x", "x_missing", "x_missing_"]
    assert as_list(data["x_missing"]) == [1, 2]
    assert as_list(data["x_missing_"]) == [None, ".a"]


@pytest.mark.parametrize("as_", LIBRARIES)
def test_letters_of_the_rows_and_columns_that_are_read(segment, as_):
    needs(as_)
    options = {"as_": as_, "missing": "letters", "columns": ["a_int", "a_double"]}
    data = shm.read(segment, rows=[-1, 0, 2], **options)
    assert names(data) == ["a_int", "a_double", "a_int_missing", "a_double_missing"]
    assert as_list(data["a_int_missing"]) == [".z", None, ".a"]
    assert names(shm.read(segment, rows=[0, 1], **options)) == ["a_int", "a_double"]


@pytest.mark.parametrize("as_", LIBRARIES)
def test_missing_values_of_labelled_and_dated_variables(as_):
    needs(as_)
    values = np.array([1.0, shm.missing("c")])
    segment = shm.write(
        {"c": values, "d": values},
        "labelled",
        types={"c": "byte", "d": "long"},
        formats={"d": "%td"},
        value_labels={"c": {1: "one"}},
    )
    data = shm.read(segment, as_=as_, missing="letters")
    assert as_list(data["c_missing"]) == as_list(data["d_missing"]) == [None, ".c"]
    assert as_list(data["c"])[0] == (1 if as_ == "dict" else "one")


@pytest.mark.parametrize("backend", ["numpy_nullable", "pyarrow"])
def test_letters_beside_nullable_dtypes(segment, backend):
    pytest.importorskip("pandas")
    if backend == "pyarrow":
        pytest.importorskip("pyarrow")
    frame = shm.read(segment, missing="letters", dtype_backend=backend)
    assert frame["a_byte"].isna().tolist() == [cell != 1 for cell in CELLS]
    letters = frame["a_byte_missing"].astype(object)
    assert letters.iloc[2:].tolist() == LETTERS
    assert letters.iloc[:2].isna().all()


REAL = NAMES[3:]


def cells_of(segment: shm.Segment, names=None) -> list[bytes]:
    """Return the bits of numbers, whose NaNs have the letters that the image has."""
    return [segment[name].tobytes() for name in names or segment.variables]


WAYS = list(itertools.product(LIBRARIES, ("null", "nan")))


@pytest.mark.parametrize(("as_", "missing"), WAYS)
def test_real_numbers_go_back_bit_for_bit(segment, as_, missing):
    """A NaN of a floating column keeps its letter, but a null of Arrow has none."""
    needs(as_)
    if missing == "null" and as_ in ("polars", "arrow"):
        pytest.skip("a null has no letter: missing='nan' keeps it")
    data = shm.read(segment, as_=as_, missing=missing, columns=REAL)
    again = shm.write(data, "again")
    assert again.types == {"a_float": "float", "a_double": "double"}
    assert cells_of(again) == cells_of(segment, REAL)


@pytest.mark.parametrize("as_", LIBRARIES)
def test_all_numbers_go_back_bit_for_bit(segment, as_):
    needs(as_)
    data = shm.read(segment, as_=as_, missing="nan")
    again = shm.write(data, "again", metadata=segment.metadata)
    assert again.types == segment.types
    assert cells_of(again) == cells_of(segment)
    letters = shm.read(again, as_="dict", missing="letters")
    for name in NAMES:
        assert letters[f"{name}_missing"].tolist() == [None, None, *LETTERS]


@pytest.mark.parametrize("as_", LIBRARIES)
def test_whole_images_go_back_byte_for_byte(segment, as_):
    needs(as_)
    data = shm.read(segment, as_=as_, missing="nan", convert_categoricals=False)
    again = shm.write(
        data, "again", metadata=segment.metadata, timestamp=segment.timestamp
    )
    with open(segment.path, "rb") as one, open(again.path, "rb") as other:
        assert one.read() == other.read()


def test_letters_survive_what_pandas_does():
    pytest.importorskip("pandas")
    values = np.array([3.0, shm.missing("b"), 1.0, shm.missing("a")])
    frame = shm.read(shm.write({"x": values}, "sorted"))
    frame = frame.sort_values("x").reset_index(drop=True)
    letters = shm.read(shm.write(frame, "again"), as_="dict", missing="letters")
    assert letters["x"].tolist()[:2] == [1, 3]
    assert sorted(letters["x_missing"][2:]) == [".a", ".b"]
