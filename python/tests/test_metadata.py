"""The metadata dict: a plain dict to its user, cheap to copy for pandas."""

import copy
import json
import pickle

import pytest

import shm
from shm.metadata import Metadata, label_key, label_value, note_number, notes_among


@pytest.fixture
def metadata() -> Metadata:
    return Metadata({"data_label": "d", "notes": {"_dta": ["one"]}, "sorted_by": ["x"]})


def test_it_is_a_dict(metadata):
    plain = {"data_label": "d", "notes": {"_dta": ["one"]}, "sorted_by": ["x"]}
    assert metadata == plain
    assert dict(metadata) == dict(metadata.items()) == plain
    assert list(metadata.values()) == list(plain.values())
    assert json.loads(json.dumps(metadata)) == plain
    assert pickle.loads(pickle.dumps(metadata)) == plain
    assert metadata.get("notes") == plain["notes"]
    assert metadata.get("none", 3) == 3
    assert metadata.pop("sorted_by") == ["x"]
    assert metadata.pop("sorted_by", None) is None
    assert "sorted_by" not in metadata


@pytest.mark.parametrize("copied", [copy.deepcopy, copy.copy, Metadata, Metadata.copy])
def test_a_copy_is_independent(metadata, copied):
    other = copied(metadata)
    other["notes"]["_dta"].append("two")
    assert metadata["notes"] == {"_dta": ["one"]}
    metadata["notes"]["_dta"].append("three")
    assert other["notes"] == {"_dta": ["one", "two"]}


def test_a_copy_costs_nothing_before_a_value_is_asked_for(metadata):
    class Refusing(list):
        def __deepcopy__(self, memo):
            raise AssertionError("copied")

    dict.__setitem__(metadata, "notes", Refusing())
    other = copy.deepcopy(copy.deepcopy(metadata))
    assert other["data_label"] == "d"
    with pytest.raises(AssertionError, match="copied"):
        other["notes"]


def test_columns_of_a_frame_share_it(tmp_path):
    pytest.importorskip("pandas")
    path = tmp_path / "a.dta"
    shm.write({"x": [1, 2], "y": [3, 4]}, path, notes="hello")
    frame = shm.read(path)
    part = frame["x"]
    assert part.attrs["stata"]["notes"] == {"_dta": ["hello"]}
    part.attrs["stata"]["notes"]["_dta"].append("more")
    assert frame.attrs["stata"]["notes"] == {"_dta": ["hello"]}


@pytest.mark.parametrize(
    ("value", "key"), [(0, 0), (-5, -5), (2147483622, ".a"), (2147483647, ".z")]
)
def test_values_of_label_sets(value, key):
    assert label_key(value) == key
    assert label_value(key) == value


@pytest.mark.parametrize("key", [".", ".A", "a", 1.5, None, 2**31, 2147483621, "1"])
def test_what_is_no_value_of_a_label_set(key):
    assert label_value(key) is None


def test_a_frame_that_was_a_parquet_file(tmp_path):
    """It keeps attrs as JSON, whose keys are texts."""
    pytest.importorskip("pyarrow")
    pd = pytest.importorskip("pandas")
    labels = {-1: "no", 2: "yes", ".a": "refused"}
    path, again = tmp_path / "a.dta", tmp_path / "b.dta"
    chars = {"x": {"unit": "kg"}}
    shm.write(
        {"x": [2, -1]}, path, value_labels={"x": labels}, notes="n", characteristics=chars
    )
    shm.read(path).to_parquet(tmp_path / "a.parquet")
    shm.write(pd.read_parquet(tmp_path / "a.parquet"), again)
    assert shm.open(again).value_labels == {"x": labels}
    assert shm.open(again).notes == {"_dta": ["n"]}
    assert ("x", "unit", "kg") in shm.open(again).metadata["characteristics"]


def test_notes_are_found_among_characteristics():
    stored = [
        ("_dta", "note0", "2"),
        ("x", "note2", "second"),
        ("_dta", "note10", "tenth"),
        ("x", "note1", "first"),
        ("_dta", "note02", "no note"),
        ("_dta", "unit", "EUR"),
    ]
    assert notes_among(stored) == {"x": ["first", "second"], "_dta": ["tenth"]}
    assert note_number("note0") == 0
    assert note_number("note") is None
