"""Each row of docs/types.md's tables from Stata to Python: what a variable becomes."""

import datetime as dt
import importlib
import warnings

import numpy as np
import pytest

import shm
from shm.errors import DateWarning, LabelWarning

pytestmark = pytest.mark.usefixtures("segment_dir")


def image(values, type=None, format=None, labels=None, name="x") -> shm.Segment:
    """Write one variable as it is wanted."""
    return shm.write(
        {name: values},
        "image",
        types={name: type} if type else None,
        formats={name: format} if format else None,
        value_labels={name: labels} if labels else None,
    )


def column(segment: shm.Segment, library: str, **options):
    """Return variable x as a library's column; pandas' backends are libraries, too."""
    backends = ("numpy_nullable", "pyarrow")
    if library in backends:
        pytest.importorskip("pandas")
        options["dtype_backend"] = library
    if library in ("pandas", "polars", "pyarrow"):
        pytest.importorskip(library)
    if library == "arrow":
        pytest.importorskip("pyarrow")
    as_ = "pandas" if library in backends else library
    return shm.read(segment, as_=as_, **options)["x"]


def type_name(found) -> str:
    dtype = getattr(found, "dtype", None)
    return str(found.type if dtype is None else dtype)


def values(found) -> list:
    """Return a column as a list with None where a value is missing."""
    for method in ("to_pylist", "to_list", "tolist"):
        if hasattr(found, method):
            items = getattr(found, method)()
            break
    is_missing = [
        item is None or type(item).__name__ in ("NAType", "NaTType") or item != item
        for item in items
    ]
    return [None if lost else v for v, lost in zip(items, is_missing, strict=True)]


NUMBERS = {
    "byte": ("int8", "Int8"),
    "int": ("int16", "Int16"),
    "long": ("int32", "Int32"),
}


@pytest.mark.parametrize("type", NUMBERS)
def test_whole_numbers(type):
    plain, nullable = NUMBERS[type]
    full, lacking = image([1, -5], type), [1, None]
    for library in ("pandas", "numpy", "dict", "arrow"):
        assert type_name(column(full, library)) == plain
    for library in ("numpy_nullable", "polars"):
        assert type_name(column(full, library)) == nullable
    assert type_name(column(full, "pyarrow")) == f"{plain}[pyarrow]"
    segment = image(lacking, type)
    for library in ("pandas", "numpy", "dict"):
        assert type_name(column(segment, library)) == "float64"
        assert values(column(segment, library)) == lacking
    for library in ("numpy_nullable", "polars", "pyarrow", "arrow"):
        assert type_name(column(segment, library)).lower().startswith(plain)
        assert values(column(segment, library)) == lacking


@pytest.mark.parametrize(("type", "bits"), [("float", 32), ("double", 64)])
def test_real_numbers(type, bits):
    segment = image([0.5, None], type)
    names = {
        **dict.fromkeys(("pandas", "numpy", "dict"), f"float{bits}"),
        **dict.fromkeys(("numpy_nullable", "polars"), f"Float{bits}"),
        "arrow": "float" if bits == 32 else "double",
        "pyarrow": "float[pyarrow]" if bits == 32 else "double[pyarrow]",
    }
    for library, name in names.items():
        assert type_name(column(segment, library)) == name
        assert values(column(segment, library)) == [0.5, None]


@pytest.mark.parametrize("type", ["str5", "strL"])
def test_texts(type):
    segment = image(["é", ""], type)
    for library in ("pandas", "numpy", "dict", "arrow", "polars"):
        assert values(column(segment, library)) == ["é", ""]
    assert type_name(column(segment, "dict")) == "object"
    assert type_name(column(segment, "arrow")) == "large_string"
    assert type_name(column(segment, "polars")) == "String"
    assert type_name(column(segment, "numpy_nullable")).startswith("string")
    old = importlib.import_module("pandas").__version__.startswith("2.")
    assert type_name(column(segment, "pandas")) == ("object" if old else "str")


def test_binary_texts():
    segment = image([b"a\0", b""])
    for library in ("dict", "pandas"):
        assert values(column(segment, library)) == [b"a\0", b""]
        assert type_name(column(segment, library)) == "object"
    for library in ("arrow", "polars"):
        assert values(column(segment, library)) == [b"a\0", b""]


def test_days():
    segment = image([21948, None], "long", "%tdNN/DD/CCYY")
    day = dt.datetime(2020, 2, 3)
    for library in ("pandas", "numpy", "dict"):
        assert values(column(segment, library)) == [day, None]
    assert type_name(column(segment, "dict")) == "datetime64[s]"
    for library in ("polars", "arrow"):
        assert values(column(segment, library)) == [day.date(), None]


def test_moments():
    segment = image([1_896_321_906_007, None], "double", "%tc")
    moment = dt.datetime(2020, 2, 3, 4, 5, 6, 7000)
    for library in ("pandas", "numpy", "dict", "polars", "arrow"):
        assert values(column(segment, library)) == [moment, None]
    assert type_name(column(segment, "dict")) == "datetime64[ms]"
    assert type_name(column(segment, "arrow")) == "timestamp[us]"
    old = importlib.import_module("pandas").__version__.startswith("2.")
    unit = "ns" if old else "ms"
    assert type_name(column(segment, "pandas")) == f"datetime64[{unit}]"


@pytest.mark.parametrize(
    ("kind", "number", "first_day"),
    [
        ("tw", 3124, (2020, 1, 29)),
        ("tm", 721, (2020, 2, 1)),
        ("tq", 240, (2020, 1, 1)),
        ("th", 121, (2020, 7, 1)),
        ("ty", 2020, (2020, 1, 1)),
        ("d", 21948, (2020, 2, 3)),
    ],
)
def test_periods(kind, number, first_day):
    segment = image([number, None], "int" if kind != "d" else "long", f"%{kind}")
    for library in ("pandas", "numpy", "dict"):
        assert values(column(segment, library)) == [dt.datetime(*first_day), None]
    if kind != "d":
        for library in ("polars", "arrow"):
            assert values(column(segment, library)) == [number, None]
    for library in ("pandas", "polars", "arrow", "dict"):
        assert values(column(segment, library, convert_dates=False)) == [number, None]


def test_leap_seconds_stay_numbers():
    segment = image([1.5, None], "double", "%tC")
    for library in ("pandas", "numpy", "dict", "polars", "arrow"):
        assert values(column(segment, library)) == [1.5, None]


def test_labels():
    segment = image([2, 1, None], "byte", labels={1: "low", 2: "high", 3: "top"})
    found = column(segment, "pandas")
    assert list(found.cat.categories) == ["low", "high"]
    assert found.cat.ordered
    for library in ("pandas", "numpy_nullable", "polars", "arrow"):
        assert values(column(segment, library)) == ["high", "low", None]
    for library in ("numpy", "dict"):
        assert values(column(segment, library)) == [2, 1, None]
    for library in ("pandas", "polars", "arrow"):
        plain = column(segment, library, convert_categoricals=False)
        assert values(plain) == [2, 1, None]


def test_some_labels():
    segment = image([2, 1], "byte", labels={1: "low"})
    assert list(column(segment, "pandas").cat.categories) == ["low", 2]
    for library in ("polars", "arrow"):
        assert values(column(segment, library)) == [2, 1]


def test_equal_labels():
    segment = image([1, 2], "byte", labels={1: "same", 2: "same"})
    with pytest.warns(LabelWarning, match="'x' has two values with the label 'same'"):
        assert values(column(segment, "pandas")) == [1, 2]
    for library in ("polars", "arrow"):
        assert values(column(segment, library)) == [1, 2]


def extended() -> shm.Segment:
    """Return an image of 1, ., .a and .z in each numeric type."""
    letters = np.array([1, 26], np.uint64) + np.uint64(0x5D5A << 5)
    payloads = (letters << np.uint64(29)) | np.uint64(0x7FF8 << 48)
    cells = np.concatenate([[1, np.nan], payloads.view("f8")])
    with shm.create("extended", {"i": "int", "x": "double"}, 4) as table:
        table["i"][:] = cells
        table["x"][:] = cells
    return shm.open("extended")


def test_extended_missing_values():
    pytest.importorskip("pandas")
    segment = extended()
    for library in ("pandas", "dict", "polars", "arrow"):
        data = shm.read(segment, as_=library)
        assert values(data["i"]) == values(data["x"]) == [1, None, None, None]
    with_letters = shm.read(segment, as_="dict", missing="letters")
    for name in ("i", "x"):
        assert with_letters[f"{name}_missing"].tolist() == [None, None, ".a", ".z"]
    for library in ("pandas", "polars", "arrow"):
        frame = shm.read(segment, as_=library, missing="nan")
        metadata = {"variables": {"i": {"type": "int"}}}
        again = shm.write(frame, "again", metadata=metadata)
        back = shm.read(again, as_="dict", missing="letters")
        assert again.types == segment.types
        for name in ("i", "x"):
            assert back[f"{name}_missing"].tolist() == [None, None, ".a", ".z"]


def test_dates_beyond_what_libraries_show():
    segment = image([4_000_000, 1], "long", "%td")
    with pytest.warns(DateWarning, match="'x' has dates beyond the years 1 to 9999"):
        assert values(column(segment, "dict")) == [4_000_000, 1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert values(column(segment, "pandas")) == [4_000_000, 1]
