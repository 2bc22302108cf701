"""dask data frames: filled in place by workers of this machine, streamed from others."""

import os

import numpy as np
import pytest
from written import cells_of, stored_in

import shm
from shm.errors import InvalidInputError, OutOfRangeError

pd = pytest.importorskip("pandas")
dd = pytest.importorskip("dask.dataframe")
dask = pytest.importorskip("dask")

from shm.writing import dask_frames  # noqa: E402

pytestmark = pytest.mark.usefixtures("segment_dir")

ROWS = 1000


def frame(rows: int = ROWS) -> "pd.DataFrame":
    numbers = np.arange(rows)
    return pd.DataFrame(
        {
            "id": numbers,
            "wide": numbers * 10_000_000,
            "x": np.where(numbers % 7, numbers / 2, np.nan),
            "s": [None if k % 5 == 0 else f"n{k}" for k in range(rows)],
            "day": pd.date_range("2020-02-03", periods=rows),
            "c": pd.Categorical.from_codes(numbers % 3, ["low", "mid", "high"]),
            "i": pd.array([None if k % 2 else k for k in range(rows)], dtype="Int16"),
        }
    )


@pytest.fixture(autouse=True)
def _synchronous():
    """Without a cluster dask computes here, one after the other."""
    with dask.config.set(scheduler="synchronous"):
        yield


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    distributed = pytest.importorskip("distributed")
    options = {
        "n_workers": 2,
        "threads_per_worker": 1,
        "processes": True,
        "dashboard_address": None,
        "local_directory": str(tmp_path_factory.mktemp("dask")),
    }
    with distributed.LocalCluster(**options) as here, distributed.Client(here) as client:
        yield client


@pytest.fixture
def fills(monkeypatch) -> list:
    """Note each image that was filled in place."""
    noted = []
    opened = dask_frames.opened

    def noting(place, *arguments):
        noted.append(place.name)
        return opened(place, *arguments)

    monkeypatch.setattr(dask_frames, "opened", noting)
    return noted


def same_as_pandas(segment: shm.Segment, plain: "pd.DataFrame") -> None:
    """Compare with what is written of the whole frame at once."""
    stored_in(segment)
    whole = shm.write(plain, "whole")
    assert segment.types == whole.types
    assert segment.formats == whole.formats
    assert segment.value_labels == whole.value_labels
    for name in whole.variables:
        assert cells_of(segment, name) == cells_of(whole, name), name


@pytest.mark.parametrize("partitions", [1, 4, 13])
def test_without_a_cluster(partitions, fills):
    plain = frame()
    segment = shm.write(dd.from_pandas(plain, npartitions=partitions), "d")
    same_as_pandas(segment, plain)
    assert fills == ["d"]


def test_with_threads(fills):
    plain = frame()
    with dask.config.set(scheduler="threads"):
        segment = shm.write(dd.from_pandas(plain, npartitions=5), "d")
    same_as_pandas(segment, plain)
    assert fills == ["d"]


def test_workers_fill_it_in_place(cluster, fills):
    plain = frame()
    segment = shm.write(dd.from_pandas(plain, npartitions=7), "d")
    same_as_pandas(segment, plain)
    assert fills == ["d"]


def test_from_elsewhere_partitions_stream_in(cluster, fills, monkeypatch):
    monkeypatch.setattr(dask_frames, "_workers_share_memory", lambda: False)
    plain = frame()
    segment = shm.write(
        dd.from_pandas(plain, npartitions=7), "d", str_width={"s": 4, "c": 4}
    )
    assert segment.check() == []
    assert fills == []
    assert cells_of(segment, "id") == plain["id"].tolist()
    assert cells_of(segment, "s") == plain["s"].fillna("").tolist()
    assert cells_of(segment, "c") == plain["c"].tolist()


def test_streaming_without_a_cluster(monkeypatch, fills):
    monkeypatch.setattr(dask_frames, "_workers_share_memory", lambda: False)
    segment = shm.write(dd.from_pandas(frame(), npartitions=3), "d")
    assert (segment.observations, segment.check(), fills) == (ROWS, [], [])


def test_few_partitions_wait_when_they_stream(cluster, monkeypatch):
    monkeypatch.setattr(dask_frames, "_workers_share_memory", lambda: False)
    partitions = dd.from_pandas(frame(), npartitions=20).to_delayed()
    started, computing = [], dask_frames._client().compute

    class Client:
        def compute(self, part):
            started.append(part)
            return computing(part)

    monkeypatch.setattr(dask_frames, "_client", Client)
    taken = 0
    for _ in dask_frames._in_order(partitions):
        taken += 1
        assert len(started) <= taken + 4
    assert taken == 20


@pytest.mark.parametrize("on_cluster", [False, True])
def test_partitions_of_different_kinds(on_cluster, request, fills):
    if on_cluster:
        request.getfixturevalue("cluster")
    parts = [
        pd.DataFrame({"n": [1, 2], "s": ["a", "b"], "o": [None, None]}),
        pd.DataFrame({"n": [300, 70_000], "s": [None, None], "o": ["x", None]}),
        pd.DataFrame({"n": [2**40, 5], "s": ["longer", ""], "o": [None, None]}),
    ]
    parts = [part.astype({"s": object, "o": object}) for part in parts]
    with dask.config.set({"dataframe.convert-string": False}):
        lazy = dd.from_map(lambda k: parts[k], range(3), meta=parts[0].iloc[:0])
        segment = shm.write(lazy, "d")
    stored = stored_in(segment)
    assert [v.type for v in stored.values()] == ["double", "str6", "str1"]
    assert stored["s"].cells == ["a", "b", "", "", "longer", ""]
    assert stored["o"].cells == ["", "", "x", "", "", ""]
    assert fills == ["d"]


def test_texts_that_need_strls(fills):
    plain = pd.DataFrame(
        {
            "id": [1, 2, 3],
            "s": ["a", "b" * 3000, None],
            "c": pd.Categorical(["u", "v", "u"]),
        }
    )
    segment = shm.write(dd.from_pandas(plain, npartitions=2), "d")
    same_as_pandas(segment, plain)
    assert segment.types == {"id": "long", "s": "strL", "c": "byte"}
    assert fills == []
    segment = shm.write(dd.from_pandas(plain[:1], npartitions=1), "d", convert_strl=["s"])
    assert segment.types["s"] == "strL"


def test_categories_that_differ_between_partitions():
    parts = [
        pd.DataFrame({"c": pd.Categorical(["u", "v"])}),
        pd.DataFrame({"c": pd.Categorical(["v", "w", None])}),
    ]
    meta = dd.utils.clear_known_categories(parts[0].iloc[:0])
    lazy = dd.from_map(lambda k: parts[k], range(2), meta=meta)
    stored = stored_in(shm.write(lazy, "d"))["c"]
    assert [stored.labels.get(cell) for cell in stored.cells] == [
        "u",
        "v",
        "v",
        "w",
        None,
    ]
    wanted = {5: "v", 6: "u", 7: "w"}
    stored = stored_in(shm.write(lazy, "d", value_labels={"c": wanted}))["c"]
    assert (stored.cells, stored.labels) == ([6, 5, 5, 7, None], wanted)


def test_known_categories_keep_their_order():
    categories = ["low", "mid", "high"]
    plain = pd.DataFrame({"c": pd.Categorical(["high"] * 3 + ["low"] * 3, categories)})
    segment = shm.write(dd.from_pandas(plain, npartitions=2), "d")
    assert segment.value_labels == {"c": dict(enumerate(categories))}


def test_options(fills):
    calls = []
    segment = shm.write(
        dd.from_pandas(frame(), npartitions=3),
        "d",
        columns=["day", "id", "s"],
        variable_labels={"id": "number"},
        convert_dates={"day": "td"},
        types={"id": "double"},
        str_width={"s": 20},
        data_label="from dask",
        timestamp="",
        progress=lambda *rows: calls.append(rows),
    )
    assert fills == ["d"]
    assert calls[-1] == (ROWS, ROWS)
    assert segment.variables == ["day", "id", "s"]
    assert segment.types == {"day": "long", "id": "double", "s": "str20"}
    assert (segment.formats["day"], segment.labels) == ("%td", {"id": "number"})
    assert (segment.data_label, segment.timestamp) == ("from dask", "")
    assert segment["day"][:2].tolist() == [21948, 21949]


def test_an_index_that_has_a_name():
    plain = frame().set_index("id")
    segment = shm.write(dd.from_pandas(plain, npartitions=3), "d")
    assert segment.variables[0] == "id"
    assert cells_of(segment, "id") == list(range(ROWS))
    without = shm.write(dd.from_pandas(plain, npartitions=3), "d", index=False)
    assert "id" not in without.variables


def test_compress():
    plain = pd.DataFrame({"x": [1.0, 2.0, 300.0]})
    segment = shm.write(dd.from_pandas(plain, npartitions=3), "d", compress=True)
    assert segment.types == {"x": "int"}


def test_no_rows():
    plain = frame(20)
    lazy = dd.from_pandas(plain, npartitions=2)
    segment = shm.write(lazy[lazy["id"] < 0], "d")
    assert (segment.observations, segment.check()) == (0, [])


@pytest.mark.parametrize("on_cluster", [False, True])
def test_errors_name_the_partition(on_cluster, request, segment_dir):
    if on_cluster:
        request.getfixturevalue("cluster")
    before = shm.write({"before": [1]}, "d")
    plain = pd.DataFrame({"x": [1, 2, 3, 2**60]})
    message = "partition 2: column 'x', row 1: 1152921504606846976"
    with pytest.raises(OutOfRangeError, match=message):
        shm.write(dd.from_pandas(plain, npartitions=2), "d")
    mixed = [pd.DataFrame({"x": ["a"]}), pd.DataFrame({"x": [1]})]
    lazy = dd.from_map(lambda k: mixed[k], range(2), meta=mixed[0].iloc[:0])
    with pytest.raises(InvalidInputError, match=r"partitions of texts and .* of numbers"):
        shm.write(lazy, "d")
    with pytest.raises(InvalidInputError, match="names column 'nothing'"):
        shm.write(dd.from_pandas(plain, npartitions=2), "d", types={"nothing": "byte"})
    assert os.listdir(segment_dir) == ["d.dta"]
    assert shm.open("d").variables == before.variables


def test_partitions_that_change_are_refused(segment_dir):
    calls = []

    def part(k: int) -> "pd.DataFrame":
        calls.append(k)
        return pd.DataFrame({"x": range(len(calls))})

    lazy = dd.from_map(part, range(2), meta=pd.DataFrame({"x": [0]}).iloc[:0])
    with pytest.raises(InvalidInputError, match="must give the same twice"):
        shm.write(lazy, "d")
    assert not list(segment_dir.parent.rglob("*.dta*"))


def test_options_that_need_all_values():
    lazy = dd.from_pandas(frame(), npartitions=2)
    for option in ({"int64": "str"}, {"share_strls": True}):
        with pytest.raises(InvalidInputError, match="needs all values before"):
            shm.write(lazy, **option)


def test_errors_of_a_partition_are_its_own(cluster, segment_dir):
    def part(k: int) -> "pd.DataFrame":
        if k == 3:
            raise KeyError("mine")
        return pd.DataFrame({"x": [k]})

    lazy = dd.from_map(part, range(5), meta=pd.DataFrame({"x": [0]}).iloc[:0])
    with pytest.raises(KeyError, match="mine"):
        shm.write(lazy, "d")
    assert not list(segment_dir.parent.rglob("*.dta*"))
