"""Where the corpus' files are read otherwise than by pandas, and why ours is right."""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Collection
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
from corpus import corpus

PANDAS_2 = pd.__version__.startswith("2.")

# Files that one of the two does not read.
ONLY_PANDAS = {"cran+foreign/stata7se.dta": "release 111: 113 is the oldest that is read"}
ONLY_OURS = {
    "sjewo+readstata13/myproject2.dtas!persons~0000.dta": "release 120, of Stata 18",
}
if PANDAS_2:
    ONLY_OURS |= dict.fromkeys(
        (
            f"jrothbaum+polars_readstat/{file}_be_{release}.dta"
            for file, release in (("stata12", 118), ("stata12", 119), ("stata16", 118))
        ),
        "it takes v and o of a strL of a big-endian file for others",
    )
# Variables for which pandas gives up: two of their values have the same label.
EQUAL_LABELS = {"jrothbaum+polars_readstat/stata15.dta": "ethnicsn"}

EMPTY_DATES = "without observations pandas forgets that they are dates"
EMPTY_LABELS = "without observations pandas forgets the labels"
LEAP_SECONDS = "numbers with %tC are numbers, and no objects"
BINARY = "binary contents are bytes, and not the text of their repr()"
FAR_DATES = "dates beyond nanoseconds are datetime64[s], and no objects"
INFINITE = "minus infinity is not missing"
COLUMNS = {
    ("cran+foreign/MLLabelsWithNotesChar.dta", "female"): EMPTY_LABELS,
    ("tpcopeland+Stata-Tools/edge_empty_exp.dta", "rx_start"): EMPTY_DATES,
    ("tpcopeland+Stata-Tools/edge_empty_exp.dta", "rx_stop"): EMPTY_DATES,
    ("cran+foreign/xxx12.dta", "xbigc"): LEAP_SECONDS,
    ("jrothbaum+polars_readstat/stata2_115.dta", "datetime_big_c"): LEAP_SECONDS,
    ("jrothbaum+polars_readstat/stata2_117.dta", "datetime_big_c"): LEAP_SECONDS,
    ("sjewo+readstata13/stata_strl.dta", "notes"): BINARY,
    ("sjewo+readstata13/stata_strl.dta", "image"): BINARY,
    ("sjewo+readstata13/statacar.dta", "max"): INFINITE,
}
if PANDAS_2:
    COLUMNS |= {
        ("Roche+pyreadstat/sample.dta", "dtime"): FAR_DATES,
        ("Roche+pyreadstat/sample.dta", "mydate"): FAR_DATES,
        ("jrothbaum+polars_readstat/stata2_113.dta", "yearly_date"): FAR_DATES,
        ("jrothbaum+polars_readstat/stata2_115.dta", "yearly_date"): FAR_DATES,
        ("jrothbaum+polars_readstat/stata2_117.dta", "yearly_date"): FAR_DATES,
    }


def differing_columns(
    name: str, dates: bool = True, categories: bool = True
) -> dict[str, str]:
    """Return the variables of a file that differ under these options, and why."""
    same = set() if dates else {EMPTY_DATES, LEAP_SECONDS, FAR_DATES}
    same |= set() if categories else {EMPTY_LABELS}
    return {
        column: reason
        for (file, column), reason in COLUMNS.items()
        if file == name and reason not in same
    }


def pandas_reads(name: str, **options: object) -> pd.DataFrame:
    """Return what pandas makes of a file of the corpus."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pd.read_stata(io.BytesIO(corpus()[name]), **options)


def assert_agree(
    ours: pd.DataFrame, theirs: pd.DataFrame, differing: Collection[str] = ()
) -> None:
    """Compare frames to the bit, but for columns that are known to differ; they must."""
    assert list(ours.columns) == list(theirs.columns)
    assert ours.columns.dtype == theirs.columns.dtype
    pd.testing.assert_index_equal(ours.index, theirs.index, exact=True)
    for column in ours.columns:
        if column in differing:
            with pytest.raises(AssertionError):
                assert_same(ours[column], theirs[column])
        else:
            assert_same(ours[column], theirs[column])


def assert_same(ours: pd.Series, theirs: pd.Series) -> None:
    """Compare columns to the bit."""
    pd.testing.assert_series_equal(ours, theirs, check_exact=True)
