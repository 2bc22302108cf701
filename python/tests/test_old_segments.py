"""A segment that was written is what was written, or it says that it is no more."""

import pytest

import shm
from shm.errors import SegmentNotFoundError


@pytest.fixture(autouse=True)
def directory(tmp_path, monkeypatch):
    monkeypatch.setenv("STATA_PYDATA_DIR", str(tmp_path / "segments"))


def test_an_opened_segment_keeps_its_data():
    old = shm.write({"x": [1, 2]}, "a")
    assert old["x"].tolist() == [1, 2]
    shm.write({"x": [7]}, "a")
    assert old["x"].tolist() == [1, 2]


def test_one_that_is_opened_too_late_says_so():
    old = shm.write({"x": [1, 2]}, "a")
    shm.write({"x": [7]}, "a")
    with pytest.raises(SegmentNotFoundError, match=r"replaced since; shm.open\('a'\)"):
        old["x"]
    assert "replaced since" in repr(old)


def test_the_end_of_a_block_removes_only_what_it_wrote():
    with shm.write({"x": [1, 2]}, "a"):
        shm.write({"x": [7]}, "a")
    assert shm.read("a", as_="dict")["x"].tolist() == [7]
    with shm.write({"x": [1, 2]}, "a") as segment:
        assert segment.observations == 2
    assert shm.list() == []
