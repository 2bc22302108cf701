"""The commands head, to-dta and from-dta on data: rows, other formats, old releases."""

import datetime
import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest

import shm
from shm.command_line import main

DATA = {
    "id": np.array([3, 1, 2], dtype="int32"),
    "weight": np.array([0.5, np.nan, 2.0]),
    "city": ["Rome", "", "São Paulo"],
    "born": [datetime.date(1970, 1, 2), None, datetime.date(2020, 2, 29)],
}


@pytest.fixture
def segment(tmp_path, monkeypatch):
    monkeypatch.setenv("STATA_PYDATA_DIR", str(tmp_path / "segments"))
    monkeypatch.chdir(tmp_path)
    return shm.write(DATA, "people", variable_labels={"id": "who"})


@pytest.fixture(params=["pyarrow", "polars"])
def library(request, monkeypatch):
    """Leave one library to be found."""
    pytest.importorskip(request.param)
    find_spec = importlib.util.find_spec

    def find(name, *package):
        others = {"pyarrow", "polars"} - {request.param}
        return None if name in others else find_spec(name, *package)

    monkeypatch.setattr(importlib.util, "find_spec", find)
    return request.param


def run(capsys, *arguments) -> tuple[int, str, str]:
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def rows_of(name: str) -> dict[str, list]:
    """Return the data of a segment or file as lists, None where missing."""
    data = shm.read(name, as_="dict")
    return {
        name: [None if item != item else item for item in column.tolist()]
        for name, column in data.items()
    }


def test_head(segment, capsys):
    status, output, messages = run(capsys, "head", "people", "-n", 2)
    assert (status, messages) == (0, "")
    assert [line.rstrip() for line in output.splitlines()] == [
        "id  weight  city  born",
        " 3     0.5  Rome  1970-01-02 00:00:00",
        " 1       -        -",
    ]


def test_head_of_columns(segment, capsys):
    arguments = ("head", "people", "--columns", "city,id", "--json")
    assert json.loads(run(capsys, *arguments)[1]) == [
        {"city": "Rome", "id": 3},
        {"city": "", "id": 1},
        {"city": "São Paulo", "id": 2},
    ]
    status, _, messages = run(capsys, "head", "people", "--columns", "town")
    assert status == 1
    assert "'town'" in messages


def test_head_shows_labels_and_whole_numbers(segment, capsys):
    shm.write(
        {"sex": [1, 2, None, 9]}, "labelled", value_labels={"sex": {1: "m", 2: "f"}}
    )
    shown = json.loads(run(capsys, "head", "labelled", "--json")[1])
    assert [row["sex"] for row in shown] == ["m", "f", None, 9]


def test_head_of_no_rows(segment, capsys):
    assert run(capsys, "head", "people", "-n", 0)[1].split() == list(DATA)


@pytest.mark.parametrize("ending", ["parquet", "feather", "arrow"])
def test_there_and_back(segment, capsys, library, ending):
    file = f"people.{ending}"
    status, output, messages = run(capsys, "to-dta", "people", file)
    assert (status, output) == (0, "")
    assert messages.startswith(f"shm: {file}: ")
    assert run(capsys, "to-dta", "people", file)[0] == 1
    assert run(capsys, "to-dta", "people", file, "--force")[0] == 0
    status, output, _ = run(capsys, "from-dta", file, "back")
    assert status == 0
    assert output.startswith("back: 3 observations, 4 variables, ")
    assert rows_of("back") == rows_of("people")
    assert sorted(path.name for path in Path().iterdir()) == [file, "segments"]


def test_csv(segment, capsys, library):
    assert run(capsys, "to-dta", "people", "people.csv")[0] == 0
    header, first, *_ = Path("people.csv").read_text().splitlines()
    assert header.replace('"', "") == "id,weight,city,born"
    assert first.replace('"', "") == "3,0.5,Rome,1970-01-02"
    assert run(capsys, "from-dta", "people.csv", "back")[0] == 0
    back = rows_of("back")
    assert [back[name] for name in ("id", "weight", "born")] == [
        rows_of("people")[name] for name in ("id", "weight", "born")
    ]
    assert [text or "" for text in back["city"]] == DATA["city"]


@pytest.mark.parametrize("ending", ["parquet", "feather", "csv"])
def test_batch_by_batch(segment, capsys, library, ending):
    file = f"people.{ending}"
    assert run(capsys, "to-dta", "people", file)[0] == 0
    assert run(capsys, "from-dta", file, "back", "--stream")[0] == 0
    assert rows_of("back")["id"] == [3, 1, 2]
    assert shm.open("back").types["city"] == "strL"


@pytest.mark.parametrize("ending", ["parquet", "feather"])
def test_files_that_are_something_else(segment, capsys, library, ending):
    file = f"other.{ending}"
    Path(file).write_bytes(b"nothing of the kind" * 10)
    status, output, messages = run(capsys, "from-dta", file)
    assert (status, output) == (1, "")
    assert messages.startswith("shm: ")
    status, _, messages = run(capsys, "from-dta", f"absent.{ending}")
    assert status == 1
    assert "absent" in messages


def test_csv_of_categories_has_their_texts(segment, capsys, library):
    labels = {"sex": {1: "m", 2: "f"}}
    shm.write({"sex": [1, 2, 1]}, "labelled", value_labels=labels)
    assert run(capsys, "to-dta", "labelled", "labelled.csv")[0] == 0
    lines = Path("labelled.csv").read_text().replace('"', "").split()
    assert lines == ["sex", "m", "f", "m"]


@pytest.mark.parametrize(
    ("version", "byteorder"), [(114, "<"), (118, ">"), (117, "<"), (118, "<")]
)
def test_from_dta_of_other_releases(segment, capsys, version, byteorder):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"x": [1.5, 2.5], "s": ["a", "b"]})
    frame.to_stata("other.dta", byteorder=byteorder, write_index=False, version=version)
    assert run(capsys, "from-dta", "other.dta")[0] == 0
    assert rows_of("other") == {"x": [1.5, 2.5], "s": ["a", "b"]}
    assert run(capsys, "check", "other")[0] == 0
    described = shm.info("other")
    assert described.byte_order == "little"
    assert described.release == (117 if version == 117 else 118)
    copied = Path("other.dta").read_bytes() == Path(described.path).read_bytes()
    assert copied == (version >= 117 and byteorder == "<")


def test_info_names_columns(segment, capsys):
    described = json.loads(run(capsys, "info", "people", "--json")[1])
    assert described["variables"][0]["label"] == "who"
    assert [variable["name"] for variable in described["variables"]] == list(DATA)
