"""Names of columns: which Stata takes, how others are changed, restored on reading."""

import warnings
from pathlib import Path

import numpy as np
import pytest
from written import cells_of, stored_in

import shm
from shm.errors import InvalidInputError, RenamedColumnWarning

pytestmark = pytest.mark.usefixtures("segment_dir")


def stata_names(segment: shm.Segment) -> list[str]:
    return [entry[0] for entry in segment.schema["variables"]]


def renamed(name, to: str) -> None:
    """Check that a name is changed, that a warning says so, and that it comes back."""
    with pytest.warns(RenamedColumnWarning) as caught:
        segment = shm.write({name: [1, 2]}, "names")
    assert str(caught[0].message) == (
        f"1 column got another name in Stata: {str(name)!r} is {to}; shm.read restores "
        "the original"
    )
    assert caught[0].filename.endswith("test_write_names.py")
    assert stata_names(segment) == [to]
    assert list(stored_in(segment)) == [to]
    assert segment.variables == [str(name)]
    assert segment[str(name)].tolist() == [1, 2]
    assert list(shm.read("names", as_="dict")) == [str(name)]


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "_a",
        "A1",
        "a" * 32,
        "ø",
        "größe",
        "中文",
        "é" * 32,
        "str",
        "strl",
        "_N1",
        "e",
    ],
)
def test_names_that_stay(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        segment = shm.write({name: [1]}, "names")
    assert stata_names(segment) == [name]
    assert segment.characteristics == {}
    stored_in(segment)


RESERVED = ["_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int"]
RESERVED += ["long", "_n", "_N", "_pi", "_pred", "_rc", "_skip", "strL", "using", "with"]


@pytest.mark.parametrize("name", [*RESERVED, "str1", "str5", "str2045"])
def test_reserved_words(name):
    renamed(name, f"_{name}")


@pytest.mark.parametrize(
    ("name", "to"),
    [
        ("1x", "_1x"),
        ("a b", "a_b"),
        ("a.b-c", "a_b_c"),
        ("", "v1"),
        ("a" * 33, "a" * 32),
        ("é" * 40, "é" * 32),
        ("€", "_"),
        ("x²", "x_"),
        (5, "_5"),
        (1.5, "_1_5"),
        (None, "None"),
        (("a", "b c"), "a_b_c"),
    ],
)
def test_names_that_are_changed(name, to):
    if name is None or isinstance(name, tuple):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert stata_names(shm.write({name: [1]}, "names")) == [to]
    else:
        renamed(name, to)


def test_names_that_meet():
    names = ["a b", "a_b", "a.b", "a-b", "a_b_2"]
    with pytest.warns(RenamedColumnWarning, match="3 columns got another name"):
        segment = shm.write({name: [k] for k, name in enumerate(names)}, "names")
    assert stata_names(segment) == ["a_b_3", "a_b", "a_b_4", "a_b_5", "a_b_2"]
    assert segment.variables == names
    assert [segment[name][0] for name in names] == [0, 1, 2, 3, 4]


def test_long_names_that_meet():
    names = ["x" * 40 + str(k) for k in range(12)]
    with pytest.warns(RenamedColumnWarning, match="and 7 more"):
        segment = shm.write({name: [1] for name in names}, "names")
    found = stata_names(segment)
    assert len(set(found)) == 12
    assert all(len(name) <= 32 for name in found)
    assert segment.variables == names


def test_names_that_stand_twice():
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame([[1, "a", 2.5, 3]], columns=["a", "b", "a", "a_2"])
    with pytest.warns(RenamedColumnWarning, match="'a' is a_3$"):
        segment = shm.write(frame, "names")
    stored = stored_in(segment)
    assert {name: v.cells for name, v in stored.items()} == {
        "a": [1],
        "b": ["a"],
        "a_3": [2.5],
        "a_2": [3],
    }
    assert segment.variables == ["a", "b", "a_3", "a_2"]
    pa = pytest.importorskip("pyarrow")
    table = pa.table([[1], [2]], names=["x", "x"])
    with pytest.warns(RenamedColumnWarning):
        assert stata_names(shm.write(table, "names")) == ["x", "x_2"]
    with pytest.raises(InvalidInputError, match="'a' is the name of several columns"):
        shm.write(frame, columns=["a"])


def test_names_of_pandas():
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(np.zeros((1, 2)))
    with pytest.warns(RenamedColumnWarning):
        segment = shm.write(frame, "names")
    assert (stata_names(segment), segment.variables) == (["_0", "_1"], ["0", "1"])
    levels = pd.MultiIndex.from_tuples([("a", "x"), ("a", 2), ("b", "")])
    frame = pd.DataFrame([[1, 2, 3]], columns=levels)
    segment = shm.write(frame, "names", variable_labels={("a", "x"): "both"})
    assert stata_names(segment) == segment.variables == ["a_x", "a_2", "b"]
    assert segment.labels == {"a_x": "both"}
    moment = pd.Timestamp("2020-02-03")
    with pytest.warns(RenamedColumnWarning):
        segment = shm.write(pd.DataFrame({moment: [1]}), "names")
    assert segment.variables == [str(moment)]


def test_a_series_and_its_name():
    pd = pytest.importorskip("pandas")
    assert shm.write(pd.Series([1], name="x"), "names").variables == ["x"]
    with pytest.warns(RenamedColumnWarning):
        assert shm.write(pd.Series([1]), "names").variables == ["0"]


def test_options_go_by_the_names_of_the_frame():
    with pytest.warns(RenamedColumnWarning):
        segment = shm.write(
            {"a b": [1], 5: [2], "if": ["x"]},
            "names",
            variable_labels={"a b": "one", 5: "two"},
            value_labels={5: {2: "two"}},
            formats={"a b": "%05.0f"},
            types={5: "int"},
            convert_strl=["if"],
            notes={"a b": ["note"]},
            characteristics={"if": {"c": "d"}},
        )
    assert stata_names(segment) == ["a_b", "_5", "_if"]
    assert segment.labels == {"a b": "one", "5": "two"}
    assert segment.value_labels == {"_5": {2: "two"}}
    assert segment.formats["a b"] == "%05.0f"
    assert segment.types == {"a b": "byte", "5": "int", "if": "strL"} | {"a b": "long"}
    assert segment.notes == {"a b": ["note"]}
    assert segment.characteristics["if"] == {"shm_name": "if", "c": "d"}


def test_names_there_and_back():
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"a b": [1], "if": [2], "ok": [3]})
    with pytest.warns(RenamedColumnWarning):
        first = shm.write(frame, "names", timestamp="")
    image = Path(first.path).read_bytes()
    back = shm.read("names")
    assert list(back.columns) == ["a b", "if", "ok"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # what was renamed before is known
        second = shm.write(back, "again", timestamp="")
    assert Path(second.path).read_bytes() == image
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        back["a b"] = 5
        third = shm.write(back.drop(columns="if"), "third")
    assert (stata_names(third), third.variables) == (["a_b", "ok"], ["a b", "ok"])
    legal = back.rename(columns={"a b": "ab"})
    assert shm.write(legal, "legal").characteristics == {"if": {"shm_name": "if"}}


def test_many_names():
    names = [f"{k} variable" for k in range(3000)]
    with pytest.warns(RenamedColumnWarning, match="3000 columns .* and 2995 more"):
        segment = shm.write({name: [1] for name in names}, "names")
    assert segment.variables == names
    assert cells_of(segment, names[-1]) == [1]
