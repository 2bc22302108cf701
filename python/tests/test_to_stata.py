"""to_stata: pandas' own signature, on any path or buffer."""

import datetime as dt
import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

import shm
from shm.errors import InvalidInputError, RenamedColumnWarning

DATA = {"id": [1, 2], "s": ["a", None]}


def test_a_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for path in (tmp_path / "a.dta", str(tmp_path / "b.dta"), "c.dta", "no_ending"):
        assert shm.to_stata(DATA, path) is None
        back = shm.read(Path(path).absolute(), as_="dict")
        assert back["id"].tolist() == [1, 2]
    assert sorted(os.listdir(tmp_path)) == ["a.dta", "b.dta", "c.dta", "no_ending"]
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "a.dta").stat().st_mode & 0o777 == 0o666 & ~mask


def test_a_buffer():
    file = io.BytesIO()
    shm.to_stata(DATA, file)
    assert shm.read(file.getvalue(), as_="dict")["s"].tolist() == ["a", ""]


def test_compressed(tmp_path):
    pytest.importorskip("pandas")
    shm.to_stata(DATA, tmp_path / "a.dta.gz")
    image = gzip.decompress((tmp_path / "a.dta.gz").read_bytes())
    assert shm.read(image, as_="dict")["id"].tolist() == [1, 2]
    shm.to_stata(DATA, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        (name,) = archive.namelist()
        assert archive.read(name).startswith(b"<stata_dta>")
    shm.to_stata(DATA, tmp_path / "b.dta", compression="gzip")
    assert gzip.decompress((tmp_path / "b.dta").read_bytes()).startswith(b"<stata_dta>")


@pytest.mark.parametrize("version", [117, 118, None])
def test_as_pandas_writes_it(version, tmp_path):
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(
        {
            "i": [1, 2, 3],
            "x": [0.5, None, 2.5],
            "s": ["a", "bb" if version == 117 else "é", "ccc"],
            "t": pd.date_range("2020-02-03", periods=3),
            "m": pd.date_range("2020-02-03", periods=3),
            "c": pd.Categorical(["low", "high", "low"], ["low", "high"]),
        }
    )
    options = {
        "convert_dates": {"t": "td", "m": "tm"},
        "variable_labels": {"i": "number"},
        "value_labels": {"i": {1: "one"}},
        "data_label": "both",
        "time_stamp": dt.datetime(2026, 3, 4, 5, 6),
        "version": version,
    }
    frame.to_stata(tmp_path / "pandas.dta", **options)
    shm.to_stata(frame, tmp_path / "ours.dta", **options)
    theirs, ours = (tmp_path / f"{who}.dta" for who in ("pandas", "ours"))
    read = {"convert_categoricals": True}
    pd.testing.assert_frame_equal(
        pd.read_stata(ours, **read), pd.read_stata(theirs, **read), check_dtype=False
    )
    first, second = shm.open(ours), shm.open(theirs)
    assert first.variables == second.variables == ["index", *frame.columns]
    assert (first.labels, first.data_label) == (second.labels, second.data_label)
    assert first.timestamp == second.timestamp
    assert first.release == second.release


def test_the_index_travels_unless_told_otherwise():
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"x": [1]})
    file = io.BytesIO()
    shm.to_stata(frame, file, write_index=False)
    assert list(shm.read(file.getvalue(), as_="dict")) == ["x"]


def test_options_of_write(tmp_path):
    with pytest.warns(RenamedColumnWarning):
        shm.to_stata({"a b": [1.0]}, tmp_path / "a.dta", compress=True, notes="n")
    segment = shm.open(tmp_path / "a.dta")
    assert (segment.types, segment.notes) == ({"a b": "byte"}, {"_dta": ["n"]})


def test_errors(tmp_path):
    path = tmp_path / "a.dta"
    shm.to_stata(DATA, path)
    image = path.read_bytes()
    for option in ({"byteorder": ">"}, {"version": 114}, {"data_label": "a" * 81}):
        with pytest.raises((InvalidInputError, OverflowError)):
            shm.to_stata(DATA, path, **option)
    with pytest.raises(FileNotFoundError):
        shm.to_stata(DATA, tmp_path / "none" / "a.dta")
    assert path.read_bytes() == image
    assert os.listdir(tmp_path) == ["a.dta"]
