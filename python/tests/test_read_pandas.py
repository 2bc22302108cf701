"""`read` gives the data frames of the installed pandas' own `read_stata`."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import pytest

import shm
from shm.errors import DamagedImageError, LabelWarning

pytest.importorskip("pandas")
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
import pandas
from corpus import corpus, every_image, needs_corpus
from disagreements import (
    EQUAL_LABELS,
    ONLY_OURS,
    ONLY_PANDAS,
    PANDAS_2,
    assert_agree,
    assert_same,
    differing_columns,
    pandas_reads,
)

pytestmark = needs_corpus

OPTIONS = {
    "default": {},
    "numbers": {"convert_dates": False, "convert_categoricals": False},
    "unordered": {"order_categoricals": False},
}


@every_image
@pytest.mark.parametrize("options", OPTIONS)
def test_the_frame_is_that_of_pandas(name, options):
    chosen = OPTIONS[options]
    if "stata1_119" in name and chosen:
        pytest.skip("pandas takes half a minute for 32,999 variables; once is enough")
    if name in ONLY_PANDAS:
        with pytest.raises(DamagedImageError, match="release '111'"):
            shm.read(corpus()[name])
        return
    if name in ONLY_OURS:
        with pytest.raises((ValueError, KeyError)):
            pandas_reads(name, **chosen)
        assert len(shm.read(corpus()[name], **chosen).columns)
        return
    categories = chosen.get("convert_categoricals", True)
    if name in EQUAL_LABELS and categories:
        pytest.skip("pandas gives up: see below")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ours = shm.read(corpus()[name], **chosen)
    theirs = pandas_reads(name, **chosen)
    differing = differing_columns(name, chosen.get("convert_dates", True), categories)
    assert_agree(ours, theirs, differing)


@pytest.mark.parametrize(("name", "column"), EQUAL_LABELS.items())
def test_equal_labels(name, column):
    with pytest.raises(ValueError, match=f"labels for column {column} are not unique"):
        pandas_reads(name)
    with pytest.warns(LabelWarning, match=f"'{column}' has two values with the label"):
        ours = shm.read(corpus()[name])
    numbers = pandas_reads(name, convert_categoricals=False)[column]
    assert_same(ours.pop(column), numbers)
    if len(ours.columns):
        assert_agree(ours, pandas_reads(name, columns=list(ours.columns)))


LABELS = {-3: "low", 0: "none", 2: "some", 90: "most", 30_000: "all"}
CODES = {
    "one": [2],
    "negative": [-3, 2, -3],
    "missing": [None, 2, -3, None],
    "nothing but missing": [None, None],
    "zero and missing": [0, None, 90],
    "some without a label": [2, 5, None, -100],
    "none with a label": [7, 9],
    "far apart": [30_000, -3, None],
    "fractions": [0.5, 2, None],
}


@pytest.mark.parametrize("type", ["byte", "int", "long", "float", "double"])
@pytest.mark.parametrize("codes", CODES)
def test_codes_of_categories(codes, type, tmp_path):
    cells = CODES[codes]
    present = [cell for cell in cells if cell is not None]
    if type == "byte" and 30_000 in present:
        cells = [90 if cell == 30_000 else cell for cell in cells]
    if type in ("byte", "int", "long") and 0.5 in present:
        pytest.skip("whole numbers")
    path = tmp_path / "codes.dta"
    shm.write({"x": cells}, path, types={"x": type}, value_labels={"x": LABELS})
    assert_agree(shm.read(path), pandas.read_stata(path))


def test_codes_farther_apart_than_a_table(tmp_path):
    path = tmp_path / "codes.dta"
    labels = {-2_000_000_000: "least", 0: "none", 2_000_000_000: "most"}
    cells = [2_000_000_000, None, -2_000_000_000]
    shm.write({"x": cells}, path, types={"x": "long"}, value_labels={"x": labels})
    assert_agree(shm.read(path), pandas.read_stata(path))


DATES = {
    "%td": [0, 1, None, -10_000, 21_915],
    "%tc": [0.0, 1.5, None, -1e12, 1.9e12],
    "%tw": [0, 51, 52, None, -1, 3000],
    "%tm": [0, 11, 12, None, -1, 700],
    "%tq": [0, 3, 4, None, -1, 240],
    "%th": [0, 1, 2, None, -1, 120],
    # pandas 2 takes a missing year for the year 1, and makes objects of all.
    "%ty": [1960, 2020, 1800] if PANDAS_2 else [1960, 2020, None, 1800],
}


@pytest.mark.parametrize("type", ["int", "long", "float", "double"])
@pytest.mark.parametrize("format", DATES)
def test_dates(format, type, tmp_path):
    if format == "%tc" and type != "double":
        pytest.skip("milliseconds take a double")
    path = tmp_path / "dates.dta"
    shm.write({"x": DATES[format]}, path, types={"x": type}, formats={"x": format})
    assert_agree(shm.read(path), pandas.read_stata(path))


def test_binary_contents_are_bytes():
    frame = shm.read(corpus()["sjewo+readstata13/stata_strl.dta"])
    assert frame["notes"].map(type).isin([bytes, str]).all()
    assert frame["notes"].map(type).eq(bytes).any()


def test_infinities_are_kept():
    frame = shm.read(corpus()["sjewo+readstata13/statacar.dta"])
    assert frame["max"].iloc[-1] == float("-inf")


def test_variables_without_observations():
    frame = shm.read(corpus()["tpcopeland+Stata-Tools/edge_empty_exp.dta"])
    assert frame.shape[0] == 0
    assert frame["rx_start"].dtype.kind == "M"
