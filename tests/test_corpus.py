"""Every genuine file of the corpus reads, and other readers find the same in it.

The corpus is not part of the project: STATA_PYDATA_CORPUS names its folder.
"""

import gzip
import json
import os
import re
import subprocess
import warnings
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest

ROOT = Path(__file__).resolve().parent.parent
DUMP = ROOT / "build" / "tests" / "image_dump"
CORPUS = Path(os.environ.get("STATA_PYDATA_CORPUS", ROOT.parent / "shared/dta-corpus"))

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
)


def packed_images(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.suffix == ".gz":
        yield path.name, gzip.decompress(path.read_bytes())
    elif path.suffix == ".dtas":
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                if member.endswith(".dta"):
                    yield f"{path.name}!{member}", archive.read(member)
    elif path.suffix == ".dta":
        yield path.name, path.read_bytes()


@cache
def corpus() -> dict[str, bytes]:
    files = sorted(path for path in CORPUS.rglob("*") if path.is_file())
    return {
        f"{path.parent.name}/{name}": image
        for path in files
        for name, image in packed_images(path)
    }


pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"no corpus: STATA_PYDATA_CORPUS, {CORPUS}"
)
every_image = pytest.mark.parametrize("name", sorted(corpus()) if CORPUS.is_dir() else [])


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
