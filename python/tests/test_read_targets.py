"""What `read` returns as each library's data, at the ends of what data can be."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import shm
from shm.errors import DateWarning, InvalidInputError

pytestmark = pytest.mark.usefixtures("segment_dir")

LIBRARIES = ("pandas", "polars", "arrow", "numpy", "dict")
FAR = 1e16  # milliseconds: more than a timestamp in microseconds holds
BEYOND = 3e14  # in the year 11466, which a timestamp holds and datetime does not


def library(as_: str):
    """Import the library of a kind of data, or skip the test."""
    return pytest.importorskip({"arrow": "pyarrow", "dict": "numpy"}.get(as_, as_))


def names(data) -> list[str]:
    if isinstance(data, dict):
        return list(data)
    if isinstance(data, np.ndarray):
        return list(data.dtype.names)
    return list(getattr(data, "column_names", data.columns))


def cells(column) -> list:
    """Return a column of any library as a list."""
    return column.to_pylist() if hasattr(column, "to_pylist") else list(column)


@pytest.fixture
def segment() -> shm.Segment:
    return shm.write(
        {"x": [0.5, 1.5], "i": np.array([1, 2], "i2"), "s": ["a", "é"]}, "data"
    )


@pytest.mark.parametrize("as_", LIBRARIES)
def test_each_library(segment, as_):
    kinds = {
        "pandas": "DataFrame",
        "polars": "DataFrame",
        "arrow": "Table",
        "numpy": "ndarray",
        "dict": "dict",
    }
    library(as_)
    data = shm.read(segment, as_=as_)
    assert type(data).__name__ == kinds[as_]
    assert names(data) == ["x", "i", "s"]
    assert cells(data["x"]) == [0.5, 1.5]


@pytest.mark.parametrize("as_", LIBRARIES)
def test_chosen_columns_in_their_order(segment, as_):
    library(as_)
    assert names(shm.read(segment, as_=as_, columns=["s", "x"])) == ["s", "x"]


@pytest.mark.parametrize("as_", LIBRARIES)
def test_no_observations(as_):
    library(as_)
    types = {"x": "double", "i": "int", "s": "str3", "d": "long", "t": "double"}
    empty = {name: [] for name in types}
    formats = {"d": "%td", "t": "%tc"}
    segment = shm.write(empty, "empty", types=types, formats=formats)
    data = shm.read(segment, as_=as_)
    assert names(data) == list(types)
    assert all(len(data[name]) == 0 for name in types)


@pytest.mark.parametrize("as_", LIBRARIES)
def test_no_variables(as_):
    library(as_)
    data = shm.read(shm.write({}, "nothing"), as_=as_)
    found = data.dtype.names or () if as_ == "numpy" else names(data)
    assert list(found) == []


@pytest.mark.parametrize("backend", [None, "numpy_nullable", "pyarrow"])
def test_backends_without_data(backend):
    pytest.importorskip("pandas")
    if backend == "pyarrow":
        pytest.importorskip("pyarrow")
    assert shm.read(shm.write({}, "none"), dtype_backend=backend).shape == (0, 0)
    empty = shm.write({"x": []}, "empty", types={"x": "double"})
    assert shm.read(empty, dtype_backend=backend).shape == (0, 1)


@pytest.mark.parametrize("as_", ["polars", "arrow", "numpy", "dict"])
@pytest.mark.parametrize(
    "option", [{"dtype_backend": "pyarrow"}, {"index_col": "x"}], ids=str
)
def test_options_of_pandas_alone(segment, as_, option):
    with pytest.raises(InvalidInputError, match="pandas frames only"):
        shm.read(segment, as_=as_, **option)


@pytest.mark.parametrize("option", ["as_", "missing", "dtype_backend"])
def test_options_that_are_none(segment, option):
    with pytest.raises(InvalidInputError, match=option):
        shm.read(segment, **{option: "excel"})


def test_an_index_that_is_not_there(segment):
    pytest.importorskip("pandas")
    first, second = segment.variables[:2]
    assert list(shm.read(segment, index_col=first).index.names) == [first]
    assert shm.read(segment, index_col=[first, second]).index.nlevels == 2
    message = "index_col names column 'nope', which is not there; there are "
    for index in ("nope", [first, "nope"]):
        with pytest.raises(InvalidInputError, match=message):
            shm.read(segment, index_col=index)
    with pytest.raises(InvalidInputError, match=f"'{first}', which columns= leaves out"):
        shm.read(segment, columns=[second], index_col=first)


def test_names_that_are_nearly_right():
    segment = shm.write({"id": [1], "Wage": [2.5], "wages_2024": [3.5]}, "names")
    message = r"no column 'wage' \(did you mean 'Wage'.*\?\); there are 'id', 'Wage'"
    with pytest.raises(InvalidInputError, match=message):
        shm.read(segment, as_="dict", columns=["wage"])
    with pytest.raises(InvalidInputError, match=r"no variable 'ID' \(did you mean 'id'"):
        segment["ID"]
    with pytest.raises(InvalidInputError, match=r"no column 'city'; there are 'id'"):
        shm.read(segment, as_="dict", columns=["city"])


def test_dates_that_are_not_there(segment):
    with pytest.raises(InvalidInputError, match="convert_dates names column 'nope'"):
        shm.read(segment, as_="dict", convert_dates=["nope"])
    for wanted in ("x", 3):
        with pytest.raises(InvalidInputError, match=f"a list of names, not {wanted!r}"):
            shm.read(segment, as_="dict", convert_dates=wanted)


def test_a_list_of_dates_with_texts_beside():
    pytest.importorskip("pandas")
    segment = shm.write(
        {"d": [0.0], "e": [0.0], "s": ["a"]}, "dates", formats={"d": "%td", "e": "%td"}
    )
    frame = shm.read(segment, convert_dates=["d"])
    assert [frame[name].dtype.kind for name in ("d", "e")] == ["M", "f"]
    assert frame["s"].tolist() == ["a"]


@pytest.mark.parametrize("as_", ["polars", "arrow"])
def test_a_list_of_dates_for_other_libraries(as_):
    library(as_)
    numbers = {"d": [0.0], "e": [0.0]}
    segment = shm.write(numbers, "dates", formats={"d": "%td", "e": "%td"})
    data = shm.read(segment, as_=as_, convert_dates=["d"])
    assert is_date(data["d"])
    assert not is_date(data["e"])


def dated(moments, days=(0, 1, None), **options) -> shm.Segment:
    """Return an image with moments and days, a near day and a text between them."""
    return shm.write(
        {"t": moments, "near": [0, 1, None], "s": ["a", "b", ""], "d": days},
        "dated",
        types={"t": "double", "near": "long", "d": "double"},
        formats={"t": "%tc", "near": "%td", "d": "%td"},
        **options,
    )


def is_date(column) -> bool:
    name = str(getattr(column, "dtype", getattr(column, "type", ""))).lower()
    return "date" in name or "time" in name


@pytest.mark.parametrize("as_", ["polars", "arrow"])
@pytest.mark.parametrize("far", [FAR, -FAR, BEYOND, -BEYOND, 1e300])
def test_far_moments_stay_numbers(as_, far):
    library(as_)
    segment = dated([0.0, far, None])
    with pytest.warns(DateWarning, match="'t' has dates beyond the years") as warned:
        data = shm.read(segment, as_=as_)
    assert len(warned) == 1
    assert names(data) == ["t", "near", "s", "d"]
    assert cells(data["t"]) == [0.0, far, None]
    assert is_date(data["near"])
    assert is_date(data["d"])


@pytest.mark.parametrize("as_", ["polars", "arrow"])
@pytest.mark.parametrize("far", [5e6, 1e10, -1e10, 1e300])
def test_far_days_stay_numbers(as_, far):
    library(as_)
    with pytest.warns(DateWarning, match="'d' has dates beyond"):
        data = shm.read(dated([0.0, 1.0, None], [0, far, None]), as_=as_)
    assert cells(data["d"]) == [0.0, far, None]
    assert is_date(data["t"])


@pytest.mark.parametrize("as_", ["polars", "arrow"])
def test_dates_that_are_all_far(as_):
    library(as_)
    segment = shm.write({"t": [FAR]}, "far", formats={"t": "%tc"})
    with pytest.warns(DateWarning):
        data = shm.read(segment, as_=as_)
    assert not is_date(data["t"])


@pytest.mark.parametrize("as_", ["polars", "arrow"])
def test_the_rows_that_are_read_decide(as_):
    library(as_)
    segment = dated([0.0, FAR, None])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for rows in (slice(0, None, 2), [0, 2], [2, 0]):
            assert is_date(shm.read(segment, as_=as_, rows=rows)["t"])
        plain = shm.read(segment, as_=as_, convert_dates=False)
    assert not is_date(plain["near"])
    with pytest.warns(DateWarning):
        shm.read(segment, as_=as_, rows=[2, 1])


def test_far_moments_behind_many_rows():
    pytest.importorskip("polars")
    moments = np.zeros(200_000)
    moments[-1] = FAR
    segment = shm.write({"t": moments}, "long", formats={"t": "%tc"})
    with pytest.warns(DateWarning):
        assert shm.read(segment, as_="polars")["t"][-1] == FAR
    assert is_date(shm.read(segment, as_="polars", rows=slice(-1))["t"])


@pytest.mark.parametrize("name", ["polars", "pyarrow"])
def test_far_moments_of_a_stream(name):
    module = pytest.importorskip(name)
    take = module.DataFrame if name == "polars" else module.table
    with pytest.warns(DateWarning, match="'t' has dates beyond"):
        data = take(dated([0.0, FAR, None]))
    assert names(data) == ["t", "near", "s", "d"]
    assert not is_date(data["t"])
    assert is_date(data["near"])


def test_far_moments_go_back_as_they_were():
    pytest.importorskip("pyarrow")
    segment = dated([0.0, FAR, None])
    with pytest.warns(DateWarning):
        table = shm.read(segment, as_="arrow")
    again = shm.write(table, "again")
    assert again.formats == segment.formats
    assert again.types == segment.types
    for name in ("t", "near", "d"):
        np.testing.assert_array_equal(again[name], segment[name])


def test_far_days_keep_their_letters():
    pytest.importorskip("pyarrow")
    days = np.array([4_000_000, shm.missing(".a"), shm.missing(".z")])
    formats = {"d": "%td"}
    segment = shm.write({"d": days}, "letters", types={"d": "long"}, formats=formats)
    for as_ in ("arrow", "polars"):
        library(as_)
        with pytest.warns(DateWarning):
            data = shm.read(segment, as_=as_, missing="nan")
        again = shm.write(data, "again", metadata=segment.metadata)
        letters = shm.read(again, as_="dict", missing="letters", convert_dates=False)
        assert letters["d_missing"].tolist() == [None, ".a", ".z"]


@pytest.mark.parametrize("format", ["%tm", "%8.0g"])
def test_numbers_keep_their_letters(format):
    pytest.importorskip("pyarrow")
    months = np.array([721, shm.missing(".a"), shm.missing(".z")])
    options = {"types": {"m": "int"}, "formats": {"m": format}}
    segment = shm.write({"m": months}, "letters", **options)
    for as_ in ("arrow", "polars", "pandas"):
        library(as_)
        data = shm.read(segment, as_=as_, missing="nan", convert_dates=as_ != "pandas")
        again = shm.write(data, "again", metadata=segment.metadata)
        letters = shm.read(again, as_="dict", missing="letters", convert_dates=False)
        assert letters["m_missing"].tolist() == [None, ".a", ".z"]
