"""Images of arbitrary data sets, as our reader, the verifier and other readers see them.

haven and the readstat command come with the system, not with pip (.ci/run installs them);
where they are not there, their tests say so.
"""

import csv
import json
import math
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path
from typing import Any

import image_specs
import numpy as np
import pandas as pd
import polars_readstat
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from image_specs import LETTERS, DataSet, Variable, data_sets

from shm import _core

DUMP = Path(__file__).with_name("haven_dump.R")
HAVEN = shutil.which("Rscript") is not None and (
    subprocess.run(
        ["Rscript", "-e", "library(haven); library(jsonlite)"], capture_output=True
    ).returncode
    == 0
)
READSTAT = shutil.which("readstat")


def plain(cell: Any) -> Any:
    """A cell without the letter of a missing value."""
    return "." if isinstance(cell, str) and is_missing(cell) else cell


def is_missing(cell: str) -> bool:
    return cell == "." or (len(cell) == 2 and cell[0] == "." and cell[1] in LETTERS)


def expected(variable: Variable) -> list[Any]:
    if variable.type.startswith("str"):
        return variable.cells
    if variable.type == "float":
        return [c if isinstance(c, str) else float(np.float32(c)) for c in variable.cells]
    return [c if isinstance(c, str) else float(c) for c in variable.cells]


@pytest.fixture(scope="module")
def path() -> Path:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "image.dta"


def read_ours(path: Path) -> tuple[dict, list[list[Any]]]:
    with path.open("rb") as file:
        image = _core.Image.map(file.fileno())
    rows, cells = (0, image.observations, 1), []
    for index, (_, kind, *_) in enumerate(image.schema["variables"]):
        if kind.startswith("str"):
            cells.append(image.read_texts(index, rows))
            continue
        values = np.empty(image.observations)
        missing = np.empty(image.observations, np.uint8)
        image.read_numbers([(index, values, missing)], rows)
        shown = [".", *(f".{letter}" for letter in LETTERS)]
        cells.append(
            [
                shown[m - 1] if m else v
                for v, m in zip(values.tolist(), missing.tolist(), strict=True)
            ]
        )
    assert image.check() == []
    return image.schema, cells


def texts_in_release(data: DataSet) -> bool:
    """Whether texts are UTF-8; 117's are ASCII in these data sets."""
    return data.release >= 118


@settings(max_examples=150, deadline=None)
@given(data=data_sets(), share=st.sampled_from(["none", "equal", "same_memory"]))
def test_our_reader_gives_everything_back(path: Path, data: DataSet, share: str) -> None:
    image_specs.write(data, path, share)
    schema, cells = read_ours(path)
    assert cells == [expected(v) for v in data.variables]
    assert schema["release"] == data.release
    assert schema["data_label"] == data.data_label
    assert schema["timestamp"] == data.timestamp
    for (name, _, form, label, set_), v in zip(
        schema["variables"], data.variables, strict=True
    ):
        assert (name, label, set_) == (v.name, v.label, v.value_label)
        assert not v.format or form == v.format
    assert {n: dict(e) for n, e in schema["value_labels"]} == data.value_labels
    assert schema["characteristics"] == data.characteristics


@settings(max_examples=100, deadline=None)
@given(data=data_sets())
def test_the_same_image_twice(path: Path, data: DataSet) -> None:
    image_specs.write(data, path)
    once = path.read_bytes()
    image_specs.write(data, path)
    assert path.read_bytes() == once


@settings(max_examples=100, deadline=None)
@given(data=data_sets(empty=False))
def test_pandas_reads_the_same(path: Path, data: DataSet) -> None:
    image_specs.write(data, path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pd.io.stata.StataReader(path, convert_categoricals=False) as reader:
            frame = reader.read(convert_dates=False, convert_missing=True)
            assert reader.data_label == data.data_label
            assert reader.time_stamp == data.timestamp
            assert list(reader.variable_labels().values()) == [
                v.label for v in data.variables
            ]
            assert reader.value_labels() == data.value_labels
    for index, variable in enumerate(data.variables):
        column = [
            str(c) if isinstance(c, pd.io.stata.StataMissingValue) else c
            for c in frame.iloc[:, index]
        ]
        assert column == expected(variable)


@settings(max_examples=100, deadline=None)
@given(data=data_sets(empty=False))
def test_pyreadstat_reads_the_same(path: Path, data: DataSet) -> None:
    image_specs.write(data, path)
    frame, meta = pyreadstat.read_dta(path, disable_datetime_conversion=True)
    # It drops blanks at the end of labels.
    assert same_texts([meta.file_label or ""], [data.data_label])
    assert same_texts(
        [t or "" for t in meta.column_labels], [v.label for v in data.variables]
    )
    for name in {v.value_label for v in data.variables if v.value_label}:
        assert_same_labels(meta.value_labels[name], data.value_labels[name])
    for variable in data.variables:
        column = frame[variable.name].tolist()
        shown = ["." if isinstance(c, float) and math.isnan(c) else c for c in column]
        numeric = not variable.type.startswith("str")
        wanted = expected(variable)
        assert shown == ([plain(c) for c in wanted] if numeric else wanted)


@settings(max_examples=100, deadline=None)
@given(data=data_sets(empty=False))
def test_polars_readstat_reads_the_same(path: Path, data: DataSet) -> None:
    image_specs.write(data, path)
    scan = polars_readstat.scan_readstat(
        str(path), missing_string_as_null=False, value_labels_as_strings=False
    )
    frame = scan.collect()
    for variable in data.variables:
        column = frame[variable.name].to_list()
        if variable.type.startswith("str"):  # it drops blanks at the end
            assert same_texts(column, variable.cells)
        else:
            shown = ["." if c is None else c for c in column]
            assert shown == [plain(c) for c in expected(variable)]


@pytest.mark.skipif(not HAVEN, reason="R with haven and jsonlite is not installed")
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.data_too_large]
)
@given(all_data=st.lists(data_sets(empty=False), min_size=1, max_size=6))
def test_haven_reads_the_same(all_data: list[DataSet]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.dta" for number in range(len(all_data))]
        for data, path in zip(all_data, paths, strict=True):
            image_specs.write(data, path)
        done = subprocess.run(["Rscript", DUMP, *paths], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    for data, line in zip(all_data, done.stdout.splitlines(), strict=True):
        check_haven(data, json.loads(line))


def check_haven(data: DataSet, found: dict[str, Any]) -> None:
    """Compare; like ReadStat, which it is made of, haven drops blanks at a text's end."""
    assert found["names"] == [v.name for v in data.variables]
    assert same_texts(found["label"] or [""], [data.data_label])
    for variable, seen in zip(data.variables, found["variables"], strict=True):
        assert same_texts(seen["label"] or [""], [variable.label])
        assert not variable.format or seen["format"] == [variable.format]
        if variable.type.startswith("str"):
            assert same_texts(seen["cells"], variable.cells)
        else:
            cells = [c if is_missing(c) else float(c) for c in seen["cells"]]
            assert cells == expected(variable)
        labels = data.value_labels.get(variable.value_label, {})
        found_labels = dict(zip(map(int, seen["values"]), seen["texts"], strict=True))
        assert_same_labels(found_labels, labels)


def assert_same_labels(found: dict[int, str], wanted: dict[int, str]) -> None:
    assert found.keys() == wanted.keys()
    assert all(same_texts([found[value]], [wanted[value]]) for value in wanted)


def same_texts(found: list[str], wanted: list[str]) -> bool:
    return [t.rstrip(" ") for t in found] == [t.rstrip(" ") for t in wanted]


@pytest.mark.skipif(not READSTAT, reason="the readstat command is not installed")
@settings(max_examples=60, deadline=None)
@given(data=data_sets(empty=False))
def test_the_readstat_command_reads_the_same(path: Path, data: DataSet) -> None:
    image_specs.write(data, path)
    done = subprocess.run([READSTAT, path, "-"], capture_output=True, check=True)
    text = done.stdout.decode("utf-8", "surrogateescape")
    names, *rows = csv.reader(text.splitlines(keepends=True))
    assert names == [v.name for v in data.variables]
    rows = [row or [""] for row in rows]  # a line of one missing value is empty
    assert len(rows) == data.observations
    for index, variable in enumerate(data.variables):
        column = [row[index] for row in rows]
        if variable.type.startswith("str"):
            assert same_texts(column, variable.cells)  # it drops blanks at the end
        elif not variable.value_label:
            for cell, wanted in zip(column, expected(variable), strict=True):
                if isinstance(wanted, str):
                    assert cell == ""
                else:  # it prints six decimals
                    assert float(cell) == pytest.approx(wanted, rel=1e-6, abs=1e-6)
