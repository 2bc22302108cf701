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
from corpus import corpus, every_image, needs_corpus
from disagreements import (
    EQUAL_LABELS,
    ONLY_OURS,
    ONLY_PANDAS,
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
