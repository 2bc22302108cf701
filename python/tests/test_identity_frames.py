"""Image to frame to image is the identity, but for what docs/types.md lists."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import pytest

import shm

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
from corpus import CORPUS, corpus, needs_corpus
from dta_slack import without_slack

pytestmark = [needs_corpus, pytest.mark.usefixtures("segment_dir")]

# Images that are no such from Stata, or not whole: what is written of them is compared
# with what is written of the segment itself.
OF_OTHER_PROGRAMS = {
    "jrothbaum+polars_readstat/stata12_119.dta",  # release 119 of few variables
    "jrothbaum+polars_readstat/stata12_be_119.dta",
    "jrothbaum+polars_readstat/stata_int_validranges_117.dta",  # a variable named byte
    "jrothbaum+polars_readstat/stata_int_validranges_118.dta",
    "jrothbaum+polars_readstat/stata_int_validranges_119.dta",
    "sjewo+readstata13/stata_strl.dta",  # a label set named svn.rev
}
# What frames can't carry, by the options they were read with: docs/types.md says why.
SHARED_STRLS = {
    "kshedden+datareader/test1_117.dta",
    "kshedden+datareader/test1_118.dta",
}
OTHER_ENCODINGS = {
    "jrothbaum+polars_readstat/stata1_encoding.dta",
    "sjewo+readstata13/encodecp.dta",
}
INFINITE = {"sjewo+readstata13/statacar.dta"}
FRACTIONS_OF_MILLISECONDS = {"jrothbaum+polars_readstat/stata1_119.dta.gz"}
LETTERS_OF_CATEGORIES = {
    "Roche+pyreadstat/missing_test.dta",
    "jrothbaum+polars_readstat/stata10_117.dta",
    "junyuan-chen+ReadStatTables.jl/alltypes.dta",
    "tidyverse+haven/tagged-na-int.dta",
}
# Where a value has no label, a variable is numbers in Arrow and polars, with letters.
NUMBERS_OF_ARROW = {"tidyverse+haven/tagged-na-int.dta"}
ALWAYS = SHARED_STRLS | OTHER_ENCODINGS | INFINITE

PLAIN = {"missing": "nan", "convert_categoricals": False, "convert_dates": False}
DATED = {"missing": "nan", "convert_categoricals": False}
RICH = {"missing": "nan"}
LOST = {
    "plain": ALWAYS,
    "dated": ALWAYS | FRACTIONS_OF_MILLISECONDS,
    "rich": ALWAYS | FRACTIONS_OF_MILLISECONDS | LETTERS_OF_CATEGORIES,
}
OPTIONS = {"plain": PLAIN, "dated": DATED, "rich": RICH}


def names() -> list[str]:
    return sorted(corpus()) if CORPUS.is_dir() else []


def is_ours_to_write(name: str) -> bool:
    image = corpus()[name]
    is_tagged = image[28:31] in (b"117", b"118", b"119") and image[52:55] == b"LSF"
    return is_tagged and name not in OF_OTHER_PROGRAMS


def opened(name: str) -> shm.Segment:
    try:
        return shm.Segment.of(corpus()[name])
    except (shm.errors.DamagedImageError, shm.errors.InvalidInputError) as error:
        pytest.skip(f"not read: {error}")  # damaged on purpose, or of Stata 7


def image_of(data: object, name: str, segment: shm.Segment, **options) -> bytes:
    """Return what is written of data, with the original's timestamp and release."""
    release = segment.release if is_ours_to_write(name) else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", shm.errors.RenamedColumnWarning)
        written = shm.write(
            data, "identity", timestamp=segment.timestamp, release=release, **options
        )
    assert name in INFINITE or written.check() == []
    return Path(written.path).read_bytes()


def wanted(name: str, segment: shm.Segment) -> bytes:
    if is_ours_to_write(name):
        return without_slack(corpus()[name])
    return image_of(segment, name, segment)


@pytest.mark.parametrize("name", names())
def test_of_the_segment(name):
    segment = opened(name)
    assert image_of(segment, name, segment) == wanted(name, segment)


@pytest.mark.filterwarnings("ignore::shm.errors.DateWarning")
@pytest.mark.filterwarnings("ignore::shm.errors.LabelWarning")
@pytest.mark.parametrize("way", OPTIONS)
@pytest.mark.parametrize("library", ["pandas", "polars", "arrow"])
@pytest.mark.parametrize("name", names())
def test_of_a_frame(name, library, way):
    pytest.importorskip({"arrow": "pyarrow"}.get(library, library))
    segment = opened(name)
    frame = shm.read(segment, as_=library, **OPTIONS[way])
    # polars carries no metadata; the others have them with them.
    carried = {"metadata": segment.metadata} if library == "polars" else {}
    if name in INFINITE:
        with pytest.raises(shm.errors.OutOfRangeError, match="-infinity"):
            image_of(frame, name, segment, **carried)
        return
    same = image_of(frame, name, segment, **carried) == wanted(name, segment)
    lost = LOST[way] - (set() if library == "pandas" else NUMBERS_OF_ARROW)
    assert same == (name not in lost)


@pytest.mark.parametrize("name", sorted(SHARED_STRLS & set(names())))
def test_equal_strls_can_be_shared(name):
    pytest.importorskip("pandas")
    segment = opened(name)
    frame = shm.read(segment, **PLAIN)
    separate = image_of(frame, name, segment)
    shared = image_of(frame, name, segment, share_strls=True)
    assert len(shared) <= len(wanted(name, segment)) < len(separate)


@pytest.mark.parametrize("name", names())
def test_twice_there_and_back_changes_nothing_more(name):
    """Whatever the first time lost: the second time is the identity, without options."""
    pytest.importorskip("pandas")
    if name in INFINITE:
        pytest.skip("it has infinities")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        segment = opened(name)
        first = image_of(shm.read(segment), name, segment)
        again = shm.read(shm.Segment.of(first))
        assert image_of(again, name, segment) == first
