"""Which observations `read` returns, as each library's data."""

from __future__ import annotations

import numpy as np
import pytest

import shm
from shm.errors import InvalidInputError

pytestmark = pytest.mark.usefixtures("segment_dir")

LIBRARIES = ("pandas", "polars", "arrow", "numpy", "dict")
COUNT = 10
TEXTS = [f"row {k}" for k in range(COUNT)]


@pytest.fixture
def segment() -> shm.Segment:
    """Return ten rows of variables that take each way through the reader."""
    return shm.write(
        {
            "i": np.arange(COUNT, dtype="i2"),
            "x": np.arange(COUNT) + 0.5,
            "some": [None if k == 4 else k for k in range(COUNT)],
            "s": TEXTS,
            "l": [f"long {k}" for k in range(COUNT)],
            "d": np.arange(COUNT, dtype="i4"),
            "c": np.arange(COUNT, dtype="i1") % 3,
        },
        "rows",
        formats={"d": "%td"},
        value_labels={"c": {0: "zero", 1: "one", 2: "two"}},
        convert_strl=["l"],
    )


def lists(data, as_: str) -> dict[str, list]:
    """Return data as lists by variable, with None where a number is missing."""
    if as_ == "polars":
        return data.to_dict(as_series=False)
    if as_ == "arrow":
        return data.to_pydict()
    names = data.dtype.names if as_ == "numpy" else list(data)
    found = {name: np.asarray(data[name]).tolist() for name in names}
    found["some"] = [None if value != value else value for value in found["some"]]
    return found


SELECTIONS = {
    "all": None,
    "slice": slice(2, 5),
    "beginning": slice(3),
    "end": slice(-2, None),
    "step": slice(1, 9, 3),
    "backwards": slice(None, None, -1),
    "backwards by steps": slice(8, 1, -3),
    "beyond the end": slice(8, 100),
    "nothing": slice(5, 5),
    "backwards nothing": slice(2, 5, -1),
    "range": range(1, 8, 2),
    "range backwards": range(7, 0, -2),
    "range of nothing": range(0),
    "list": [7, 2, 5],
    "twice": [3, 3, 0, 3],
    "negative": [-1, 0, -10],
    "empty list": [],
    "array": np.array([9, 4]),
    "unsigned": np.array([9, 4], "u1"),
    "strided": np.arange(10)[::-4],
    "mask": np.arange(COUNT) % 3 == 1,
    "mask of a list": [k in (2, 7) for k in range(COUNT)],
    "mask of objects": np.array([k > 7 for k in range(COUNT)], dtype=object),
    "mask of none": np.zeros(COUNT, bool),
    "mask of all": np.ones(COUNT, bool),
}


def expected_rows(rows) -> list[int]:
    """Return what NumPy makes of rows."""
    if rows is None:
        rows = slice(None)
    if isinstance(rows, range):
        rows = list(rows)
    if isinstance(rows, np.ndarray) and rows.dtype == object:
        rows = rows.astype(bool)
    if isinstance(rows, list) and not rows:
        return []
    return np.arange(COUNT)[rows].tolist()


@pytest.mark.parametrize("as_", LIBRARIES)
@pytest.mark.parametrize("kind", SELECTIONS)
def test_rows(segment, as_, kind):
    pytest.importorskip({"arrow": "pyarrow", "dict": "numpy"}.get(as_, as_))
    rows = SELECTIONS[kind]
    found = lists(shm.read(segment, as_=as_, rows=rows), as_)
    wanted = expected_rows(rows)
    assert found["i"] == wanted
    assert found["x"] == [row + 0.5 for row in wanted]
    assert found["some"] == [None if row == 4 else row for row in wanted]
    assert found["s"] == [TEXTS[row] for row in wanted]
    assert found["l"] == [f"long {row}" for row in wanted]
    days = [str(np.datetime64("1960-01-01") + row) for row in wanted]
    assert [str(np.datetime64(day, "D")) for day in dates(found["d"])] == days
    names = ["zero", "one", "two"]
    plain = as_ in ("numpy", "dict")
    assert found["c"] == [row % 3 if plain else names[row % 3] for row in wanted]


def dates(found: list) -> list[np.datetime64]:
    """Return days of whatever NumPy makes of them in a list: nanoseconds are numbers."""
    return [
        np.datetime64(day, "ns") if isinstance(day, int) else np.datetime64(day)
        for day in found
    ]


@pytest.mark.parametrize("backend", ["numpy_nullable", "pyarrow"])
@pytest.mark.parametrize("kind", SELECTIONS)
def test_rows_of_the_backends(segment, backend, kind):
    pytest.importorskip("pandas")
    if backend == "pyarrow":
        pytest.importorskip("pyarrow")
    frame = shm.read(segment, rows=SELECTIONS[kind], dtype_backend=backend)
    wanted = expected_rows(SELECTIONS[kind])
    assert frame["i"].tolist() == wanted
    assert frame["s"].tolist() == [TEXTS[row] for row in wanted]
    assert frame["some"].isna().tolist() == [row == 4 for row in wanted]
    assert frame.index.tolist() == list(range(len(wanted)))


@pytest.mark.parametrize("as_", LIBRARIES)
@pytest.mark.parametrize(
    "rows", [[10], [-11], [0, 10], range(8, 12), range(-3, 2), range(12, 5, -1)], ids=str
)
def test_rows_that_are_not_there(segment, as_, rows):
    with pytest.raises(InvalidInputError, match="beyond the 10 observations"):
        shm.read(segment, as_=as_, rows=rows)


@pytest.mark.parametrize("length", [0, 1, 9, 11])
def test_masks_of_another_length(segment, length):
    with pytest.raises(InvalidInputError, match=f"{length} elements, the data 10"):
        shm.read(segment, as_="dict", rows=np.ones(length, bool))


@pytest.mark.parametrize("rows", [[0.5], ["a"], [[1, 2]], 3, "ab", [None]], ids=str)
def test_what_are_no_rows(segment, rows):
    with pytest.raises(InvalidInputError, match="slice, a mask or a list"):
        shm.read(segment, as_="dict", rows=rows)


def test_rows_of_no_observations():
    segment = shm.write({"x": []}, "empty", types={"x": "double"})
    for rows in (None, slice(None), slice(3), slice(None, None, -1), [], range(0)):
        assert len(shm.read(segment, as_="dict", rows=rows)["x"]) == 0
    with pytest.raises(InvalidInputError, match="beyond the 0 observations"):
        shm.read(segment, as_="dict", rows=[0])


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_many_rows_by_several_threads(threads):
    count = 300_000
    segment = shm.write({"i": np.arange(count, dtype="i4")}, "many")
    expected = np.arange(count)
    backwards = np.random.default_rng(1).permutation(count)
    for rows in (slice(7, None, 11), slice(None, None, -7), backwards):
        found = shm.read(segment, as_="dict", rows=rows, threads=threads)["i"]
        np.testing.assert_array_equal(found, expected[rows])


def test_the_rows_and_columns_together(segment):
    data = shm.read(segment, as_="dict", rows=[-1, 0], columns=["s", "i"])
    assert list(data) == ["s", "i"]
    assert data["s"].tolist() == ["row 9", "row 0"]


def test_types_are_those_of_the_rows_that_are_read(segment):
    assert shm.read(segment, as_="dict", rows=slice(4))["some"].dtype.kind == "i"
    assert shm.read(segment, as_="dict", rows=[4])["some"].dtype.kind == "f"
