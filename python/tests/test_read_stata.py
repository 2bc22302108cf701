"""`read_stata` has the signature and the results of the installed pandas' own."""

from __future__ import annotations

import gzip
import inspect
import io
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

import shm
from shm.errors import DamagedImageError, InvalidInputError, SegmentNotFoundError

pytest.importorskip("pandas")
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
import pandas as pd
from corpus import corpus, every_image, needs_corpus
from disagreements import (
    EQUAL_LABELS,
    ONLY_OURS,
    ONLY_PANDAS,
    assert_agree,
    differing_columns,
    pandas_reads,
)

OPTIONS = {
    "default": {},
    "numbers": {"convert_dates": False, "convert_categoricals": False},
    "missing": {
        "convert_dates": False,
        "convert_categoricals": False,
        "convert_missing": True,
    },
    "wide": {"preserve_dtypes": False},
    "wide missing": {
        "convert_dates": False,
        "convert_categoricals": False,
        "convert_missing": True,
        "preserve_dtypes": False,
    },
}
INFINITIES = ("sjewo+readstata13/statacar.dta",)
WITHOUT_OBSERVATIONS = (
    "cran+foreign/MLLabelsWithNotesChar.dta",
    "tpcopeland+Stata-Tools/edge_empty_exp.dta",
)


def signature(function) -> list[tuple]:
    parameters = inspect.signature(function).parameters.values()
    return [(each.name, each.kind, each.default) for each in parameters]


def test_the_signatures_are_those_of_pandas():
    from pandas.io.stata import StataReader

    from shm.reading.stata_files import StataReader as ours

    assert signature(shm.read_stata) == signature(pd.read_stata)
    assert signature(ours) == signature(StataReader)
    for method in ("read", "get_chunk", "variable_labels", "value_labels"):
        assert signature(getattr(ours, method)) == signature(getattr(StataReader, method))


def skip_what_one_does_not_read(name: str, options: dict) -> None:
    if name in ONLY_PANDAS or name in ONLY_OURS:
        pytest.skip((ONLY_PANDAS | ONLY_OURS)[name])
    if name in INFINITIES and options.get("convert_missing"):
        pytest.skip("pandas gives up at infinities")
    if name in WITHOUT_OBSERVATIONS and not options.get("preserve_dtypes", True):
        pytest.skip("without observations pandas forgets preserve_dtypes")
    if name in EQUAL_LABELS and options.get("convert_categoricals", True):
        pytest.skip("pandas gives up at equal labels")


def known(name: str, options: dict) -> dict[str, str]:
    return differing_columns(
        name,
        options.get("convert_dates", True),
        options.get("convert_categoricals", True),
    )


@needs_corpus
@every_image
@pytest.mark.parametrize("options", OPTIONS)
def test_the_frame_is_that_of_pandas(name, options, tmp_path):
    chosen = OPTIONS[options]
    skip_what_one_does_not_read(name, chosen)
    if "stata1_119" in name:
        pytest.skip("32,999 variables take pandas seconds: see test_read_pandas")
    path = tmp_path / "file.dta"
    path.write_bytes(corpus()[name])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ours = shm.read_stata(path, **chosen)
    assert_agree(ours, pandas_reads(name, **chosen), known(name, chosen))


@needs_corpus
@every_image
def test_the_metadata_are_those_of_pandas(name):
    skip_what_one_does_not_read(name, {})
    with (
        shm.read_stata(io.BytesIO(corpus()[name]), iterator=True) as ours,
        pd.read_stata(io.BytesIO(corpus()[name]), iterator=True) as theirs,
    ):
        assert ours.data_label == theirs.data_label
        assert ours.time_stamp == theirs.time_stamp
        assert ours.variable_labels() == theirs.variable_labels()
        assert ours.value_labels() == theirs.value_labels()


@needs_corpus
@every_image
@pytest.mark.parametrize("options", [{}, {"convert_categoricals": False}])
def test_chunks_together_are_the_whole(name, options):
    skip_what_one_does_not_read(name, options)
    if "stata1_119" in name:
        pytest.skip("32,999 variables in one row make one chunk")
    image = corpus()[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        whole = shm.read_stata(io.BytesIO(image), **options)
        rows = max(1, len(whole) // 3)
        with shm.read_stata(io.BytesIO(image), chunksize=rows, **options) as reader:
            chunks = list(reader)
    if len(whole) == 0:
        assert chunks == []
        return
    assert len(chunks) > 1 or len(whole) == 1
    for chunk in chunks:
        assert list(chunk.dtypes) == list(whole.dtypes)
    assert_agree(pd.concat(chunks), whole)


@pytest.fixture
def file(tmp_path) -> Path:
    """Return a file whose beginning has nothing of what its end has."""
    path = tmp_path / "file.dta"
    frame = pd.DataFrame(
        {
            "whole": pd.array([1, 2, 3, None], dtype="Int16"),
            "label": pd.array([1, 1, 2, None], dtype="Int8"),
            "day": pd.array([0, 1, 2, None], dtype="Int32"),
            "far": pd.array([0, 1, 2, 4_000_000], dtype="Int32"),
            "real": np.array([0.5, 1.5, 2.5, np.nan], dtype="f4"),
        }
    )
    shm.write(
        frame,
        path,
        types={"far": "long"},
        formats={"day": "%td", "far": "%td"},
        value_labels={"label": {1: "one", 2: "two", 3: "three"}},
        variable_labels={"whole": "All of it"},
        data_label="a file",
        timestamp="01 Jan 2026 09:30",
    )
    return path


@pytest.fixture
def reader(file):
    with shm.read_stata(file, chunksize=3) as reader:
        yield reader


@pytest.mark.filterwarnings("ignore::shm.errors.DateWarning")
def test_types_do_not_drift_between_chunks(reader):
    first, last = reader
    assert list(first.dtypes) == list(last.dtypes)
    assert str(first["whole"].dtype) == "float64"
    assert first["far"].tolist() == [0, 1, 2]
    assert list(first["label"].cat.categories) == ["one", "two"]
    assert last.index.tolist() == [3]
    assert last["whole"].isna().all()
    assert last["label"].isna().all()


@pytest.mark.filterwarnings("ignore::shm.errors.DateWarning")
def test_objects_do_not_drift_between_chunks(file):
    with shm.read_stata(file, chunksize=3, convert_missing=True) as reader:
        first, last = reader
    assert first["whole"].tolist() == [1, 2, 3]
    assert str(first["whole"].dtype) == str(last["whole"].dtype) == "object"
    assert str(last["whole"].iloc[0]) == str(last["real"].iloc[0]) == "."


@pytest.mark.filterwarnings("ignore::shm.errors.DateWarning")
def test_binary_texts_do_not_drift_between_chunks(tmp_path):
    shm.write({"text": [b"a", b"b", b"\0"]}, tmp_path / "binary.dta")
    shm.write({"text": ["a", "b", "c"]}, tmp_path / "text.dta", convert_strl=["text"])
    for name in ("binary", "text"):
        whole = shm.read_stata(tmp_path / f"{name}.dta")
        with shm.read_stata(tmp_path / f"{name}.dta", chunksize=2) as reader:
            assert {str(chunk["text"].dtype) for chunk in reader} == {
                str(whole["text"].dtype)
            }


def test_a_reader_reads_on(file):
    options = {"convert_dates": False, "columns": ["whole", "far"]}
    with shm.read_stata(file, iterator=True, **options) as reader:
        assert reader.get_chunk(2)["far"].tolist() == [0, 1]
        assert len(reader.get_chunk()) == 1
        assert reader.read(columns=["far"])["far"].tolist() == [4_000_000]
        with pytest.raises(StopIteration):
            reader.read()
        with pytest.raises(StopIteration):
            next(reader)


def test_what_a_reader_says(reader):
    assert reader.data_label == "a file"
    assert reader.time_stamp == "01 Jan 2026 09:30"
    assert reader.variable_labels()["whole"] == "All of it"
    assert reader.variable_labels()["far"] == ""
    assert reader.value_labels() == {"label": {1: "one", 2: "two", 3: "three"}}


def test_index_and_columns(file):
    frame = shm.read_stata(file, columns=["real", "whole"], index_col="whole")
    assert frame.index.name == "whole"
    assert list(frame.columns) == ["real"]
    with pytest.raises(InvalidInputError, match="'label', which columns= leaves out"):
        shm.read_stata(file, columns=["real"], index_col="label")
    message = r"index_col names column 'wholl', .* \(did you mean 'whole'\?\); there are"
    with pytest.raises(InvalidInputError, match=message):
        shm.read_stata(file, index_col="wholl")
    with pytest.raises(InvalidInputError, match="no column 'nothing'"):
        shm.read_stata(file, columns=["nothing"])
    with pytest.raises(InvalidInputError, match="wanted twice"):
        shm.read_stata(file, columns=["real", "real"])


@pytest.mark.parametrize("chunksize", [0, -1, 1.5, "2"])
def test_chunks_of_no_size(file, chunksize):
    with pytest.raises(InvalidInputError, match="positive integer"):
        shm.read_stata(file, chunksize=chunksize)


def plain(source, **options) -> list:
    frame = shm.read_stata(source, columns=["real"], **options)
    return frame["real"].fillna(-1).tolist()


def test_sources(file, tmp_path, monkeypatch):
    image = file.read_bytes()
    expected = [0.5, 1.5, 2.5, -1]
    assert plain(io.BytesIO(image)) == plain(str(file)) == expected
    with file.open("rb") as opened:
        assert plain(opened) == expected
    assert plain(file.as_uri()) == expected
    monkeypatch.chdir(tmp_path)
    (tmp_path / "name").write_bytes(image)
    assert plain("name") == expected  # a path, as in pandas, and no segment
    monkeypatch.setenv("HOME", str(tmp_path))
    assert plain("~/file.dta") == expected


def test_compressed_sources(file, tmp_path):
    image = file.read_bytes()
    expected = [0.5, 1.5, 2.5, -1]
    for ending in ("gz", "bz2", "xz", "zip", "tar"):
        frame = pd.read_stata(file, convert_dates=False, convert_categoricals=False)
        frame.to_stata(tmp_path / f"file.dta.{ending}", write_index=False)
        assert plain(tmp_path / f"file.dta.{ending}") == expected
    packed = tmp_path / "packed"
    packed.write_bytes(gzip.compress(image))
    assert plain(packed, compression="gzip") == expected
    assert plain(packed, compression={"method": "gzip"}) == expected
    assert plain(io.BytesIO(packed.read_bytes()), compression="gzip") == expected
    with pytest.raises(DamagedImageError):
        plain(packed)


def test_names_are_those_in_the_file(tmp_path):
    with pytest.warns(shm.errors.RenamedColumnWarning):
        shm.to_stata({"a b": [1]}, tmp_path / "renamed.dta", write_index=False)
    for read in (shm.read_stata, pd.read_stata):
        assert list(read(tmp_path / "renamed.dta").columns) == ["a_b"]
    assert list(shm.read(tmp_path / "renamed.dta").columns) == ["a b"]


def test_what_is_no_image(tmp_path):
    with pytest.raises(SegmentNotFoundError):
        shm.read_stata(tmp_path / "nothing.dta")
    (tmp_path / "junk.dta").write_bytes(b"junk, and some more of it")
    for source in (tmp_path / "junk.dta", io.BytesIO(b"junk")):
        with pytest.raises(DamagedImageError):
            shm.read_stata(source)


def test_a_closed_reader_reads_no_more(reader):
    reader.close()
    reader.close()
    with pytest.raises(InvalidInputError, match="closed"):
        reader.read()
