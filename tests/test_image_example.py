"""The image that the C++ example writes, as readers that share no code with us see it."""

import math
import subprocess
from pathlib import Path

import pandas as pd
import polars_readstat
import pyreadstat
import pytest

PROGRAM = Path(__file__).resolve().parent.parent / "build" / "bin" / "write_image"
COUNT = {0: "none", 1: "one", 2: "two or more"}


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("image") / "households.dta"
    subprocess.run([PROGRAM, path], check=True)
    return path


def test_pandas_reads_cells_and_metadata(image: Path) -> None:
    with pd.read_stata(image, iterator=True, convert_categoricals=False) as reader:
        frame = reader.read()
        assert reader.data_label == "Three households"
        assert reader.variable_labels() == {
            "income": "Monthly income",
            "children": "",
            "city": "",
        }
        assert reader.value_labels() == {"count": COUNT}
    assert list(frame.columns) == ["income", "children", "city"]
    assert frame["income"].tolist()[::2] == [1250.5, 3100]
    assert math.isnan(frame["income"][1])
    assert frame["children"].tolist() == [0, 2, 1]
    assert frame["city"].tolist() == ["Oslo", "München", ""]
    assert [str(dtype) for dtype in frame.dtypes[:2]] == ["float64", "int32"]


def test_pandas_reads_categories(image: Path) -> None:
    assert pd.read_stata(image)["children"].tolist() == ["none", "two or more", "one"]


def test_readstat_reads_cells_and_metadata(image: Path) -> None:
    frame, meta = pyreadstat.read_dta(str(image))
    assert frame["children"].tolist() == [0, 2, 1]
    assert frame["city"].tolist() == ["Oslo", "München", ""]
    assert meta.file_label == "Three households"
    assert meta.value_labels == {"count": COUNT}
    assert meta.variable_to_label == {"children": "count"}
    assert meta.original_variable_types == {
        "income": "%9.2f",
        "children": "%12.0g",
        "city": "%9s",
    }


def test_polars_reads_cells(image: Path) -> None:
    frame = polars_readstat.scan_readstat(str(image)).collect()
    assert frame["income"].to_list() == [1250.5, None, 3100]
    assert frame["city"].to_list() == ["Oslo", "München", ""]


def test_a_file_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    done = subprocess.run([PROGRAM, tmp_path / "no" / "x.dta"], capture_output=True)
    assert done.returncode == 1
    assert b"No such file" in done.stderr
