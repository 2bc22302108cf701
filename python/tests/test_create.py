"""Images that are filled in place, by one process or several."""

import datetime as dt
import multiprocessing
import os
import pickle
import time
from pathlib import Path

import images
import numpy as np
import pytest
from written import cells_of, stored_in

import shm
from shm.errors import (
    InvalidInputError,
    OutOfRangeError,
    SegmentNotFoundError,
    StorageError,
    UnsupportedTypeError,
)

pytestmark = pytest.mark.usefixtures("segment_dir")

SCHEMA = {
    "id": "long",
    "x": "double",
    "s": "str5",
    "day": {"type": "long", "format": "%td"},
}


def test_nothing_but_missing_values_at_first():
    segment = shm.create("c", SCHEMA, 3).publish()
    stored = stored_in(segment)
    assert [variable.type for variable in stored.values()] == [
        "long",
        "double",
        "str5",
        "long",
    ]
    assert [v.cells for v in stored.values()] == [
        [None] * 3,
        [None] * 3,
        [""] * 3,
        [None] * 3,
    ]
    assert segment.formats["day"] == "%td"


def test_filled_by_columns_and_by_rows():
    with shm.create("c", SCHEMA, 4, data_label="filled", timestamp="") as segment:
        assert (len(segment), segment.variables) == (4, list(SCHEMA))
        segment["id"][:] = np.arange(4)
        segment["x"] = [0.5, None, 1.5, 2.5]
        segment["s"][1:3] = ["é", "bbbbb"]
        segment["day"][0:1] = [dt.date(2020, 2, 3)]
        segment["day"][2:] = np.array(["1960-01-01", "NaT"], "M8[D]")
        segment.write_rows(3, {"s": ["last"], "id": [30]})
    written = shm.open("c")
    stored = stored_in(written)
    assert {name: variable.cells for name, variable in stored.items()} == {
        "id": [0, 1, 2, 30],
        "x": [0.5, None, 1.5, 2.5],
        "s": ["", "é", "bbbbb", "last"],
        "day": [21948, None, 0, None],
    }
    assert (written.data_label, written.timestamp) == ("filled", "")


def test_texts_and_categories():
    with shm.create("c", SCHEMA, 3) as segment:
        segment["s"][:] = ["a", "b", "c"]
        segment["s"][1:] = [None, None]
        pd = pytest.importorskip("pandas")
        segment.write_rows(2, pd.DataFrame({"s": pd.Categorical(["cat"])}))
        with pytest.raises(UnsupportedTypeError, match="'id': a column of texts"):
            segment.write_rows(2, pd.DataFrame({"id": pd.Categorical(["cat"])}))
    assert cells_of(shm.open("c"), "s") == ["a", "", "cat"]


def test_one_value_is_that_of_each_row():
    with shm.create("c", SCHEMA, 3) as segment:
        segment["id"][:] = 7
        segment["s"][1:] = "abc"
        segment["x"][0:2] = None
    assert cells_of(shm.open("c"), "id") == [7, 7, 7]
    assert cells_of(shm.open("c"), "s") == ["", "abc", "abc"]


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_rows_of_every_kind_of_frame(library):
    module = pytest.importorskip(library)
    data = {
        "id": [1, None],
        "x": [0.5, None],
        "s": ["a", None],
        "day": [dt.date(2020, 2, 3), None],
    }
    make = module.table if library == "pyarrow" else module.DataFrame
    with shm.create("c", SCHEMA, 3) as segment:
        segment.write_rows(1, make(data))
    written = shm.open("c")
    assert cells_of(written, "id") == [None, 1, None]
    assert cells_of(written, "s") == ["", "a", ""]
    assert cells_of(written, "day") == [None, 21948, None]


def test_the_schema_of_a_segment():
    source = shm.write(
        {"ab": [1], "s": ["x"]},
        "source",
        variable_labels={"s": "text"},
        value_labels={"ab": {1: "one"}},
    )
    copy = shm.create("copy", source, 2).publish()
    assert copy.types == {"ab": "long", "s": "str1"}
    assert copy.labels == {"s": "text"}


def test_value_labels_and_labels():
    schema = {
        "x": {"type": "byte", "label": "answer", "value_label": "yesno"},
        "y": "int",
    }
    labels = {"yesno": {0: "no", 1: "yes", ".a": "refused"}}
    with shm.create("c", schema, 2, value_labels=labels) as segment:
        segment["x"][:] = [1, 0]
    written = shm.open("c")
    assert stored_in(written)["x"].labels == labels["yesno"]
    assert written.labels == {"x": "answer"}


def test_nobody_sees_it_before_it_is_published(segment_dir):
    shm.write({"x": [1]}, "c")
    before = shm.open("c")
    segment = shm.create("c", SCHEMA, 2)
    assert shm.open("c").variables == ["x"]
    assert [entry.name for entry in shm.list()] == ["c"]
    assert repr(segment) == "<WritableSegment segment 'c': being filled>"
    segment.publish()
    assert shm.open("c").variables == list(SCHEMA)
    assert repr(segment) == "<WritableSegment segment 'c': done>"
    assert before["x"].tolist() == [1]  # what was mapped stays


def test_what_is_discarded_leaves_nothing(segment_dir):
    segment = shm.create("c", SCHEMA, 2)
    segment.discard()
    segment.discard()
    assert os.listdir(segment_dir) == []
    segment = shm.create("c", SCHEMA, 2)
    with pytest.raises(InvalidInputError), segment:
        segment["nothing"][:] = 1
    assert os.listdir(segment_dir) == []
    with pytest.raises(SegmentNotFoundError):
        shm.open("c")


def test_one_that_is_forgotten_leaves_nothing(segment_dir):
    shm.create("c", SCHEMA, 2)
    assert os.listdir(segment_dir) == []


def test_after_it_is_published_nothing_is_written():
    segment = shm.create("c", SCHEMA, 2)
    column = segment["id"]
    segment.publish()
    for use in (
        segment.publish,
        lambda: segment["id"].__setitem__(slice(None), 1),
        lambda: column.__setitem__(slice(None), 1),
        lambda: segment.write_rows(0, {"id": [1]}),
        lambda: pickle.dumps(segment),
    ):
        with pytest.raises(InvalidInputError, match="published or discarded already"):
            use()


@pytest.mark.parametrize(
    ("rows", "batch", "kind", "match"),
    [
        (0, {"y": [1]}, InvalidInputError, "no variable 'y'; there are 'id', 'x'"),
        (3, {"id": [1, 2]}, OutOfRangeError, "2 rows from row 3"),
        (-1, {"id": [1]}, OutOfRangeError, "row -1"),
        (0, {"id": [1, 2**40]}, OutOfRangeError, "'id', row 1: 1099511627776"),
        (0, {"id": [0.5]}, OutOfRangeError, "'id', row 0: 0.5 is no whole number"),
        (0, {"s": ["a", "abcdef"]}, OutOfRangeError, "'s', row 1: the text has 6"),
        (0, {"s": [1]}, UnsupportedTypeError, "'s': a column of numbers can't be str5"),
        (0, {"x": [float("inf")]}, OutOfRangeError, "'x', row 0: infinity"),
    ],
)
def test_rows_that_do_not_fit(rows, batch, kind, match):
    with shm.create("c", SCHEMA, 4) as segment:
        segment["id"][:] = [1, 2, 3, 4]
        with pytest.raises(kind, match=match):
            segment.write_rows(
                rows, {"x": [9.0] * len(next(iter(batch.values())))} | batch
            )
        with pytest.raises(InvalidInputError):
            segment["id"][::2] = [1, 2]
        with pytest.raises(InvalidInputError):
            segment["id"][1] = 1
        with pytest.raises(InvalidInputError, match="4 rows can't hold 2 values"):
            segment["id"][:] = [1, 2]
        with pytest.raises(InvalidInputError, match="no variable 'nothing'"):
            segment["nothing"]
    written = shm.open("c")
    assert cells_of(written, "id") == [1, 2, 3, 4]
    assert cells_of(written, "x") == [None] * 4  # nothing of a bad batch is written


@pytest.mark.parametrize(
    ("schema", "rows", "match"),
    [
        ({"x": "strL"}, 1, "'x': strLs can't be filled"),
        ({"x": "foo"}, 1, "'foo' is no storage type"),
        ({"x": {}}, 1, "'x' needs a storage type"),
        ({"x": 3}, 1, "'x' needs a storage type"),
        ({"a b": "byte"}, 1, "'a b' is no name"),
        ({"if": "byte"}, 1, "'if' is no name"),
        ({"x": {"type": "byte", "format": "%9s"}}, 1, "format '%9s' is none"),
        (["x"], 1, "must be a dict from variable to storage type"),
        ({"x": "byte"}, -1, "whole number from 0, not -1"),
        ({"x": "byte"}, 1.5, "whole number from 0, not 1.5"),
    ],
)
def test_schemas_that_do_not_serve(schema, rows, match, segment_dir):
    with pytest.raises(InvalidInputError, match=match):
        shm.create("c", schema, rows)
    assert not segment_dir.exists() or os.listdir(segment_dir) == []


def test_no_rows():
    with shm.create("c", SCHEMA, 0) as segment:
        segment["id"][:] = []
    assert shm.open("c").shape == (0, 4)
    assert shm.create("c", {}, 5).publish().check() == []


# Several processes


def fill(segment: shm.WritableSegment, first: int, end: int) -> int:
    ids = np.arange(first, end)
    segment["id"][first:end] = ids
    segment.write_rows(first, {"x": ids / 2, "s": [f"p{k % 7}" for k in ids]})
    return os.getpid()


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_processes_fill_their_own_rows(method):
    rows, step = 10_000, 1_000
    context = multiprocessing.get_context(method)
    with shm.create("c", SCHEMA, rows) as segment, context.Pool(2) as pool:
        parts = [(segment, k, k + step) for k in range(0, rows, step)]
        pids = set(pool.starmap(fill, parts))
        assert os.getpid() not in pids
    written = shm.open("c")
    assert written.check() == []
    assert (written["id"] == np.arange(rows)).all()
    assert (written["x"] == np.arange(rows) / 2).all()
    assert written["s"].tolist() == [f"p{k % 7}" for k in range(rows)]


def test_a_copy_neither_publishes_nor_removes(segment_dir):
    segment = shm.create("c", SCHEMA, 2)
    copy = pickle.loads(pickle.dumps(segment))
    with pytest.raises(InvalidInputError, match="only the process that created it"):
        copy.publish()
    copy["id"][0:1] = [5]
    copy.discard()
    with pickle.loads(pickle.dumps(segment)) as other:
        other["id"][1:2] = [6]
    assert cells_of(segment.publish(), "id") == [5, 6]


def test_a_copy_whose_creator_is_gone():
    segment = shm.create("c", SCHEMA, 2)
    pickled = pickle.dumps(segment)
    segment.discard()
    with pytest.raises(StorageError, match=r"can't be filled from here.*must be alive"):
        pickle.loads(pickled)


def test_a_killed_creator_leaves_what_gc_removes(segment_dir):
    code = """
import shm, sys, time
segment = shm.create("c", {"x": "double"}, 1000)
segment["x"][:] = 1
print("ready", flush=True)
time.sleep(60)
"""
    with images.python(code) as process:
        assert process.stdout.readline() == "ready\n"
        left = os.listdir(segment_dir)
        assert len(left) == 1
        assert left[0].startswith(".")
        assert shm.gc() == []
        process.kill()
    deadline = time.monotonic() + 10
    while os.listdir(segment_dir) and time.monotonic() < deadline:
        shm.gc()
    assert os.listdir(segment_dir) == []


def test_a_path(tmp_path):
    segment = shm.create(tmp_path / "file.dta", {"x": "byte"}, 1).publish()
    assert (segment.name, Path(segment.path)) == (None, tmp_path / "file.dta")


def test_it_is_as_large_as_it_says_from_the_start(segment_dir):
    segment = shm.create("c", {"x": "double"}, 100_000)
    (hidden,) = segment_dir.iterdir()
    assert hidden.stat().st_size > 800_000
    assert hidden.stat().st_blocks * 512 >= 800_000  # room is made sure of
    segment.discard()
