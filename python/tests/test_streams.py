"""Data that come in batches, of a number that nobody knows, in bounded memory."""

import datetime as dt
import os
import sys

import images
import numpy as np
import pytest
from test_small_memory import in_small_memory  # noqa: F401
from written import cells_of, stored_in

import shm
from shm.errors import InvalidInputError, OutOfRangeError, UnsupportedTypeError

pytestmark = pytest.mark.usefixtures("segment_dir")

BATCHES = [
    {"id": np.arange(3), "s": ["a", None, "ccc"], "x": [0.5, 1.5, None]},
    {"id": np.arange(3, 3), "s": [], "x": np.zeros(0)},
    {"id": np.array([2**40]), "s": ["dd"], "x": [2.5]},
]
CELLS = {
    "id": [0, 1, 2, 2**40],
    "s": ["a", "", "ccc", "dd"],
    "x": [0.5, 1.5, None, 2.5],
}


def checked(segment: shm.Segment, cells: dict | None = None) -> shm.Segment:
    stored = stored_in(segment)
    found = {name: variable.cells for name, variable in stored.items()}
    assert found == (cells or CELLS)
    return segment


def tables() -> list:
    pa = pytest.importorskip("pyarrow")
    kinds = pa.schema([("id", pa.int64()), ("s", pa.string()), ("x", pa.float64())])
    return [pa.table(batch, schema=kinds) for batch in BATCHES]


def test_a_generator_of_dicts():
    segment = checked(shm.write((batch for batch in BATCHES), "g"))
    assert segment.types == {"id": "double", "s": "strL", "x": "double"}


def test_a_list_of_batches():
    checked(shm.write(BATCHES, "l"))


def test_a_record_batch_reader():
    pa = pytest.importorskip("pyarrow")
    whole = pa.concat_tables(tables())
    checked(shm.write(whole.to_reader(max_chunksize=1), "r"))
    checked(shm.write(whole.to_batches(), "r"))
    checked(shm.write(iter(tables()), "r"))
    segment = checked(shm.write(whole.to_reader(), "r", stream=False))
    assert segment.types == {"id": "double", "s": "str3", "x": "double"}


def test_a_lazy_frame():
    pl = pytest.importorskip("polars")
    lazy = pl.concat([pl.DataFrame(table) for table in tables()]).lazy()
    checked(shm.write(lazy, "lazy"))
    checked(shm.write(lazy, "lazy", stream=False))
    nothing = shm.write(lazy.filter(pl.col("id") < 0), "lazy")
    assert (nothing.shape, nothing.check()) == ((0, 3), [])
    many = pl.LazyFrame({"x": range(300_000)}).with_columns(y=pl.col("x") * 2)
    segment = shm.write(many, "lazy")
    assert (segment["y"] == 2 * np.arange(300_000)).all()


def test_frames_of_pandas():
    pd = pytest.importorskip("pandas")
    frames = [pd.DataFrame(batch).astype({"s": object}) for batch in BATCHES]
    checked(shm.write(iter(frames), "p"))
    segment = checked(shm.write(iter(frames), "p", stream=False))
    assert segment.types["s"] == "str3"
    indexed = [
        frame.set_index(pd.Index([f"k{k}"] * len(frame), name="key"))
        for k, frame in enumerate(frames)
    ]
    segment = shm.write(iter(indexed), "p", str_width={"key": 2})
    assert cells_of(segment, "key") == ["k0", "k0", "k0", "k2"]
    checked(shm.write(iter(indexed), "p", index=False))


def test_frames_of_polars():
    pl = pytest.importorskip("polars")
    checked(shm.write((pl.DataFrame(table) for table in tables()), "p"))
    frame = pl.concat([pl.DataFrame(table) for table in tables()])
    checked(shm.write(frame, "p", stream=True))
    checked(shm.write(frame.head(0), "p", stream=True), {n: [] for n in CELLS})


def test_whole_tables_in_one_batch():
    checked(shm.write({k: v for k, v in CELLS.items()}, "w", stream=True))
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(CELLS, index=pd.Index([1, 2, 3, 4], name="key"))
    segment = shm.write(frame, "w", stream=True)
    assert cells_of(segment, "key") == [1, 2, 3, 4]
    checked(shm.write(shm.write(CELLS, "source"), "w", stream=True))


def test_a_relation_of_duckdb():
    duckdb = pytest.importorskip("duckdb")
    query = "select range as id, 'n' || range as s, range / 2 as x from range(5000)"
    cells = {
        "id": list(range(5000)),
        "s": [f"n{k}" for k in range(5000)],
        "x": [k / 2 for k in range(5000)],
    }
    with duckdb.connect() as connection:
        segment = checked(shm.write(connection.sql(query), "d"), cells)
        assert segment.types == {"id": "long", "s": "str5", "x": "double"}
        pytest.importorskip("pyarrow")
        segment = checked(shm.write(connection.sql(query), "d", stream=True), cells)
        assert segment.types == {"id": "double", "s": "strL", "x": "double"}
        zoned = connection.sql("select timestamptz '2020-02-03 04:00:00+00' as t")
        assert shm.write(zoned, "d").formats == {"t": "%tc"}


def test_streams_of_arrow_need_pyarrow(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    class Source:
        def __arrow_c_stream__(self, requested_schema=None):
            raise AssertionError("nobody asks for it")

    with pytest.raises(UnsupportedTypeError, match=r"through pyarrow.*stream=False"):
        shm.write(Source(), stream=True)


def test_types_hold_whatever_may_come():
    day = np.array(["2020-02-03"], "M8[D]")
    data = {
        "i1": np.array([1], "i1"),
        "i2": np.array([1], "i2"),
        "i4": np.array([1], "i4"),
        "b": [True],
        "f4": np.array([1], "f4"),
        "day": day,
        "moment": day.astype("M8[s]"),
        "date": [dt.date(2020, 2, 3)],
        "s": np.array(["a"]),
    }
    last = {
        "i1": np.array([127], "i1"),
        "i2": np.array([-32768], "i2"),
        "i4": np.array([-(2**31)], "i4"),
        "b": [None],
        "f4": np.array([1e38], "f4"),
        "day": np.array(["9999-12-31"], "M8[D]"),
        "moment": np.array(["NaT"], "M8[s]"),
        "date": [dt.date(1, 1, 1)],
        "s": np.array(["b" * 3000]),
    }
    segment = shm.write(iter([data, last]), "t")
    assert segment.check() == []
    assert list(segment.types.values()) == [
        *["int", "long", "double", "byte", "float", "long", "double", "long", "strL"]
    ]
    assert cells_of(segment, "i4") == [1, -(2**31)]
    assert cells_of(segment, "b") == [1, None]
    assert cells_of(segment, "s") == ["a", "b" * 3000]


def test_categories_are_texts():
    pd = pytest.importorskip("pandas")
    frames = [
        pd.DataFrame({"c": pd.Categorical(["u", None]), "n": pd.Categorical([1, 2])}),
        pd.DataFrame({"c": pd.Categorical(["v", "u"]), "n": pd.Categorical([3, 3])}),
    ]
    segment = shm.write(iter(frames), "c", str_width={"c": 1})
    assert cells_of(segment, "c") == ["u", "", "v", "u"]
    assert cells_of(segment, "n") == [1, 2, 3, 3]
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame({"c": ["u", None, "v"]}).cast(pl.Categorical)
    assert cells_of(shm.write(frame.lazy(), "c"), "c") == ["u", "", "v"]


def test_batches_with_nothing_but_missing_texts():
    batches = [{"s": ["a"]}, {"s": [None]}, {"s": []}, {"s": ["b"]}]
    checked(shm.write(iter(batches), "n"), {"s": ["a", "", "b"]})
    for option in ({"types": {"s": "str3"}}, {"convert_strl": ["s"]}):
        later = shm.write(iter(batches[1:]), "n", **option)
        checked(later, {"s": ["", "b"]})
    pa = pytest.importorskip("pyarrow")
    nulls = [pa.table(batch) for batch in batches]
    checked(shm.write(iter(nulls), "n"), {"s": ["a", "", "b"]})
    pl = pytest.importorskip("polars")
    nulls = [pl.DataFrame(batch) for batch in batches]
    checked(shm.write(iter(nulls), "n"), {"s": ["a", "", "b"]})


def test_options():
    segment = shm.write(
        iter(BATCHES),
        "o",
        columns=["s", "id", "x"],
        str_width=5,
        types={"x": "float"},
        variable_labels={"id": "number"},
        value_labels={"id": {1: "one"}},
        formats={"id": "%05.0f"},
        data_label="stream",
        notes="a note",
        timestamp="",
    )
    stored_in(segment)
    assert segment.types == {"s": "str5", "id": "double", "x": "float"}
    assert (segment.labels, segment.data_label) == ({"id": "number"}, "stream")
    assert segment.value_labels == {"id": {1: "one"}}
    assert segment.formats["id"] == "%05.0f"
    assert (segment.notes, segment.timestamp) == ({"_dta": ["a note"]}, "")


def test_the_order_of_columns_is_that_of_the_first_batch():
    batches = [{"a": [1], "b": ["x"]}, {"b": ["y"], "a": [2]}]
    checked(shm.write(iter(batches), "o"), {"a": [1, 2], "b": ["x", "y"]})


def test_names_that_stand_twice():
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame([[1, 2]], columns=["a", "a"])
    with pytest.warns(shm.errors.RenamedColumnWarning):
        segment = shm.write(iter([frame, frame + 5]), "o")
    assert (cells_of(segment, "a"), cells_of(segment, "a_2")) == ([1, 6], [2, 7])


def test_progress():
    calls = []
    shm.write(iter(BATCHES), "p", progress=lambda *rows: calls.append(rows))
    assert calls == [(3, 0), (3, 0), (4, 0)]


ERRORS = [
    ({"x": [1]}, {"y": [1]}, InvalidInputError, "it lacks column 'x'"),
    ({"x": [1]}, {"x": [1], "y": [1]}, InvalidInputError, "it has column 'y'"),
    ({"x": [1]}, {"x": ["a"]}, UnsupportedTypeError, "'x': a column of texts.*types="),
    ({"x": ["a"]}, {"x": [1]}, UnsupportedTypeError, "'x': a column of numbers.*types="),
    ({"x": [1]}, {"x": [0, 2**60]}, OutOfRangeError, "'x', row 1: 1152921504606846976"),
    ({"x": [1.0]}, {"x": [0, np.inf]}, OutOfRangeError, "'x', row 1: infinity"),
    ({"x": [1]}, {"x": [{}]}, UnsupportedTypeError, r"'x', row 0: \{\} \(dict\)"),
    ({"x": ["a"]}, {"x": ["b\0"]}, InvalidInputError, "'x', row 0: .*NUL"),
]


@pytest.mark.parametrize(("first", "second", "kind", "match"), ERRORS)
def test_errors_name_the_batch(first, second, kind, match, segment_dir):
    before = shm.write({"before": [1]}, "e")
    match = f"batch 2, which begins at row 1: .*{match}"
    with pytest.raises(kind, match=match):
        shm.write(iter([first, second]), "e")
    assert os.listdir(segment_dir) == ["e.dta"]
    assert shm.open("e").variables == before.variables


def test_errors_of_the_first_batch():
    with pytest.raises(UnsupportedTypeError, match=r"batch 1, .* row 0: column 'x'"):
        shm.write(iter([{"x": [{}]}]))
    with pytest.raises(OutOfRangeError, match=r"batch 1.*str2 holds at most 2"):
        shm.write(iter([{"x": ["abc"]}]), str_width=2)
    with pytest.raises(InvalidInputError, match="there is no batch"):
        shm.write(iter([]))
    with pytest.raises(UnsupportedTypeError, match=r"batch 1.*no data that is known"):
        shm.write(iter([3]))
    for option in ({"compress": True}, {"int64": "str"}, {"share_strls": True}):
        with pytest.raises(InvalidInputError, match="needs all values before"):
            shm.write(iter(BATCHES), **option)


def test_errors_of_the_source_are_its_own(segment_dir):
    def broken():
        yield {"x": [1]}
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        shm.write(broken(), "e")
    assert os.listdir(segment_dir) == []


PEAK = """
import resource, numpy, shm
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
def batches(count):
    for k in range(count):
        x = numpy.random.random(100_000)
        yield {"x": x, "y": x + k, "s": numpy.full(100_000, "text", "S8").astype("U8")}
shm.write(batches(3), "s", str_width=%s)
before = peak()
seg = shm.write(batches(60), "s", str_width=%s)
print(peak() - before, seg.nbytes, seg.observations)
"""


@pytest.mark.parametrize("width", [8, None])
def test_memory_is_bounded(width, segment_dir):
    with images.python(PEAK % (width, width)) as process:
        extra, size, rows = map(int, process.stdout.read().split())
    assert rows == 6_000_000
    assert size > 140e6
    assert extra < 30e6  # a few batches, however many there are


def test_a_stream_that_has_no_room_from_the_beginning(in_small_memory):  # noqa: F811
    output = in_small_memory("""
import os, numpy, shm
batch = {"x": numpy.zeros(1_500_000), "s": numpy.full(1_500_000, "text", "S4")}
segment = shm.write(iter([batch, batch]), "big", fallback="memfd")
print(os.path.islink(segment.path), segment.shape, segment["s"][-1])
""")
    assert output == "True (3000000, 2) text\n"


def test_a_stream_that_has_no_room_later(in_small_memory):  # noqa: F811
    """Where it lies is chosen with the first batch; nothing is lost when room ends."""
    output = in_small_memory("""
import os, numpy, shm
shm.write({"x": [1]}, "big")
batches = ({"x": numpy.zeros(400_000)} for _ in range(5))
try:
    shm.write(batches, "big", fallback="memfd")
except shm.errors.NoSpaceError as error:
    print(error)
print(os.listdir(os.environ["STATA_PYDATA_DIR"]), shm.open("big").shape)
batches = ({"x": numpy.zeros(400_000)} for _ in range(5))
import pandas
whole = shm.write(map(pandas.DataFrame, batches), "big", fallback="memfd", stream=False)
print(os.path.islink(whole.path), whole.shape)
""")
    error, left, whole = output.splitlines()
    assert "with stream=False is known of all batches" in error
    assert left == "['big.dta'] (1, 1)"
    assert whole == "True (2000000, 1)"
