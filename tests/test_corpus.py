"""Every genuine file of the corpus reads, and other readers find the same in it."""

import datetime as dt
import json
import math
import re
import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import polars_readstat
import pyreadstat
import pytest
from corpus import CORPUS, corpus, every_image, needs_corpus

DUMP = Path(__file__).resolve().parent.parent / "build" / "tests" / "image_dump"

pytestmark = needs_corpus

# What another reader finds differently, and why ours is right: (image, reader, item).
# Where the item is None the reader gives up.
DISAGREEMENTS = (
    {
        ("sjewo+readstata13/myproject2.dtas!persons~0000.dta", "pandas", None): (
            "release 120 is unknown to it"
        ),
        ("sjewo+readstata13/myproject2.dtas!persons~0000.dta", "pyreadstat", None): (
            "release 120 is unknown to it"
        ),
        ("sjewo+readstata13/statacar.dta", "pandas", None): (
            "a cell holds minus infinity, which it takes for missing and can't show"
        ),
        ("sjewo+readstata13/stata_strl.dta", "pyreadstat", None): (
            "it decodes a binary strL as UTF-8"
        ),
        ("cran+foreign/auto8.dta", "pyreadstat", "variable labels"): (
            "it drops the blank that a label ends with"
        ),
        ("sjewo+readstata13/myproject2.dtas!persons~0000.dta", "polars", None): (
            "release 120 is unknown to it"
        ),
        ("jrothbaum+polars_readstat/stata13_dates.dta", "polars", "ms_fmt"): (
            "it takes %tcCCYY-NN-DD_HH:MM:SS for a time of day and finds none"
        ),
        ("sjewo+readstata13/datetime.dta", "polars", "tc_hh_mm"): (
            "a format that shows the time of day alone makes it drop the day"
        ),
    }
    | {
        ("junyuan-chen+ReadStatTables.jl/alltypes.dta", "pyreadstat", name): (
            "with user_missing it shows arbitrary numbers for . in an integer column; "
            "without, it finds a missing value as we do"
        )
        for name in ("vbyte", "vint", "vlong")
    }
    | {
        ("sjewo+readstata13/stata_strl.dta", "pandas", name): (
            "it shows a binary strL as the repr of its bytes"
        )
        for name in ("notes", "image")
    }
    | {
        (f"jrothbaum+polars_readstat/{name}", "polars", variable): (
            "it takes v and o of a strL of release 119 for those of 118"
        )
        for name, variable in (("stata12_119.dta", "z"), ("stata1_119.dta.gz", "var7"))
    }
    | {
        ("sjewo+readstata13/stata_strl.dta", "polars", name): (
            "it shows a binary strL as an empty text"
        )
        for name in ("notes", "image")
    }
)


def text(digits: str, utf8: bool) -> str:
    """Bytes of 118 on that are no UTF-8 are text of before, which Stata carried over."""
    stored = bytes.fromhex(digits)
    try:
        return stored.decode("utf-8" if utf8 else "latin-1")
    except UnicodeDecodeError:
        return stored.decode("latin-1")


@pytest.fixture
def image(name: str, tmp_path: Path) -> Path:
    path = tmp_path / "image.dta"
    path.write_bytes(corpus()[name])
    if corpus()[name][:1] == b"\x6f":
        pytest.skip("release 111 is not read")
    return path


def dump(path: Path) -> dict[str, Any]:
    done = subprocess.run([DUMP, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    utf8 = found["release"] >= 118
    for variable in found["variables"]:
        for key in ("name", "format", "label", "value_label"):
            variable[key] = text(variable[key], utf8)
        if variable["type"].startswith("str"):
            variable["cells"] = [text(cell, utf8) for cell in variable["cells"]]
    for key in ("data_label", "timestamp"):
        found[key] = text(found[key], utf8)
    found["value_labels"] = {
        text(name, utf8): {value: text(label, utf8) for value, label in entries}
        for name, entries in found["value_labels"]
    }
    return found


def number(cell: str) -> float | str:
    return cell if cell.startswith(".") else float(cell)


def pandas_cell(cell: Any, is_text: bool) -> float | str:
    if is_text or isinstance(cell, pd.io.stata.StataMissingValue):
        return str(cell)
    return float(cell)


def assert_same(
    name: str, reader: str, ours: list[Any], theirs: list[Any], item: str
) -> None:
    wrong = [
        (row, a, b) for row, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b
    ]
    if (name, reader, item) in DISAGREEMENTS:
        assert wrong, f"{name}: {item}: {reader} agrees by now"
    else:
        assert not wrong, f"{name}: {item}: (place, ours, {reader}): {wrong[:5]}"


def gives_up(name: str, reader: str, read: Callable[[], Any]) -> bool:
    if (name, reader, None) not in DISAGREEMENTS:
        return False
    with pytest.raises(Exception):  # noqa: B017 - each in its own way
        read()
    return True


def read_pandas(path: Path) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pd.io.stata.StataReader(path, convert_categoricals=False) as reader:
            return {
                "frame": reader.read(convert_dates=False, convert_missing=True),
                "value labels": reader.value_labels(),
                "data label": reader.data_label,
                "variable labels": list(reader.variable_labels().values()),
            }


def read_pyreadstat(path: Path) -> tuple[pd.DataFrame, Any]:
    return pyreadstat.read_dta(path, disable_datetime_conversion=True, user_missing=True)


@every_image
def test_pandas_reads_the_same(name: str, image: Path) -> None:
    found = dump(image)
    if gives_up(name, "pandas", lambda: read_pandas(image)):
        return
    theirs = read_pandas(image)
    frame = theirs["frame"]
    variables = found["variables"]
    assert [v["name"] for v in variables] == list(frame.columns)
    assert found["observations"] == len(frame)
    assert found["data_label"] == theirs["data label"]
    assert [v["label"] for v in variables] == theirs["variable labels"]
    assert found["value_labels"] == theirs["value labels"]
    for index, variable in enumerate(variables):
        is_text = variable["type"].startswith("str")
        ours = variable["cells"] if is_text else [number(c) for c in variable["cells"]]
        cells = [pandas_cell(cell, is_text) for cell in frame.iloc[:, index]]
        assert_same(name, "pandas", ours, cells, variable["name"])


def pyreadstat_cell(cell: Any, is_text: bool) -> float | str:
    if is_text:
        return cell
    if isinstance(cell, str):
        return f".{cell}"
    return "." if pd.isna(cell) else cell


@every_image
def test_pyreadstat_reads_the_same(name: str, image: Path) -> None:
    if "stata1_119" in name:
        pytest.skip("it takes seconds for 32,999 variables, which two others read here")
    found = dump(image)
    if gives_up(name, "pyreadstat", lambda: read_pyreadstat(image)):
        return
    frame, meta = read_pyreadstat(image)
    variables = found["variables"]
    assert [v["name"] for v in variables] == list(frame.columns)
    labels = [label or "" for label in meta.column_labels]
    assert_same(
        name, "pyreadstat", [v["label"] for v in variables], labels, "variable labels"
    )
    for index, variable in enumerate(variables):
        is_text = variable["type"].startswith("str")
        ours = variable["cells"] if is_text else [number(c) for c in variable["cells"]]
        cells = [pyreadstat_cell(cell, is_text) for cell in frame.iloc[:, index]]
        assert_same(name, "pyreadstat", ours, cells, variable["name"])


def read_polars(path: Path) -> pl.DataFrame:
    scan = polars_readstat.scan_readstat(
        str(path),
        missing_string_as_null=False,
        value_labels_as_strings=False,
        preserve_order=True,
    )
    return scan.collect()


def polars_cell(cell: Any) -> float | str:
    """A cell of polars-readstat, which shows every missing value as null."""
    if cell is None:
        return "."
    if isinstance(cell, str):
        return cell.rstrip(" ")  # it drops blanks at the end, where Stata keeps them
    if isinstance(cell, dt.datetime):
        return (cell - dt.datetime(1960, 1, 1)) / dt.timedelta(milliseconds=1)
    if isinstance(cell, dt.date):
        return float((cell - dt.date(1960, 1, 1)).days)
    if isinstance(cell, dt.time):
        since = dt.datetime.combine(dt.date(1960, 1, 1), cell) - dt.datetime(1960, 1, 1)
        return since / dt.timedelta(milliseconds=1)
    return float(cell)


@every_image
def test_polars_readstat_reads_the_same(name: str, image: Path) -> None:
    found = dump(image)
    if gives_up(name, "polars", lambda: read_polars(image)):
        return
    frame = read_polars(image)
    kinds = frame.schema
    variables = [v for v in found["variables"] if v["type"] != "alias"]
    assert [v["name"] for v in variables] == frame.columns
    for variable in variables:
        is_text = variable["type"].startswith("str")
        # It cuts times off at their milliseconds.
        whole = isinstance(kinds[variable["name"]], pl.Datetime)
        ours = [
            cell.rstrip(" ")
            if is_text
            else "."
            if cell.startswith(".")
            else math.floor(float(cell))
            if whole
            else float(cell)
            for cell in variable["cells"]
        ]
        cells = [polars_cell(cell) for cell in frame[variable["name"]].to_list()]
        assert_same(name, "polars", ours, cells, variable["name"])


@every_image
def test_the_check_finds_no_error(name: str, image: Path) -> None:
    assert [text(error, True) for error in dump(image)["errors"]] == []


def same_data_groups() -> dict[str, list[str]]:
    """Images that hold one data set in several releases and byte orders."""
    groups: dict[str, list[str]] = {}
    for name in sorted(corpus()) if CORPUS.is_dir() else []:
        if match := re.fullmatch(
            r"(.*/stata(?:12|16|_int_validranges))(?:_be)?_\d+\.dta", name
        ):
            groups.setdefault(match[1], []).append(name)
    return groups


@pytest.mark.parametrize("group", sorted(same_data_groups()))
def test_one_data_set_in_several_releases(group: str, tmp_path: Path) -> None:
    names = same_data_groups()[group]
    assert len(names) > 1
    path = tmp_path / "image.dta"
    columns = []
    for name in names:
        path.write_bytes(corpus()[name])
        columns.append([(v["name"], v["cells"]) for v in dump(path)["variables"]])
    assert all(column == columns[0] for column in columns), names
