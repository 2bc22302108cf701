"""read_frame: segments and info files made by hand, good and bad."""

import struct
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import raw_memory

import shm


class Writer:
    """Makes segments and info lines as the original program does."""

    def __init__(self, path: Path, seeds: range):
        self.path = path
        self.seeds = iter(seeds)
        path.write_bytes(b"")

    def add(self, name: bytes, code: int, words: bytes, count: int) -> int:
        seed = next(self.seeds)
        segment_id = raw_memory.make(seed, words)
        line = f"{raw_memory.key_of(seed)}\t{segment_id}\t{code}\t{count}\t"
        with self.path.open("ab") as file:
            file.write(line.encode() + name + b"\n")
        return segment_id


@pytest.fixture
def writer(tmp_path: Path, seeds: range) -> Writer:
    return Writer(tmp_path / "info.txt", seeds)


def test_every_type_code(writer):
    writer.add(b"i", 0, struct.pack("2l", -1, 2**62), 2)
    writer.add(b"f", 1, struct.pack("2d", 0.5, float("nan")), 2)
    writer.add(b"l", 2, struct.pack("2l", 5, -(2**63)), 2)
    writer.add(b"python2 long", 2, struct.pack("2d", 5, -(2.0**60)), 2)
    frame = shm.read_frame(writer.path)
    expected = pd.DataFrame(
        {
            "i": [-1, 2**62],
            "f": [0.5, np.nan],
            "l": [5, -(2**63)],
            "python2 long": [5.0, -(2.0**60)],
        }
    )
    pd.testing.assert_frame_equal(frame, expected)


def test_names_come_back_exactly(writer):
    names = ["", " x ", "größe", "日本", "a,b\"'"]
    for name in names:
        writer.add(name.encode(), 0, bytes(8), 1)
    writer.add(b"gr\xf6\xdfe2", 0, bytes(8), 1)  # Latin-1, as Python 2 may have written
    assert list(shm.read_frame(writer.path)) == [*names, "größe2"]


def test_the_frame_is_a_copy(writer):
    segment_id = writer.add(b"x", 0, struct.pack("l", 7), 1)
    frame = shm.read_frame(writer.path)
    raw_memory.remove(segment_id)
    frame.loc[0, "x"] = 8
    assert frame["x"].tolist() == [8]


def test_larger_segments_and_no_rows(writer):
    writer.add(b"x", 0, bytes(4096), 0)
    writer.add(b"y", 1, bytes(8), 0)
    frame = shm.read_frame(writer.path)
    assert frame.shape == (0, 2)
    assert [str(kind) for kind in frame.dtypes] == ["int64", "float64"]


def test_segment_that_is_gone(writer):
    raw_memory.remove(writer.add(b"x", 0, bytes(8), 1))
    with pytest.raises(
        FileNotFoundError, match=r"variable 'x': segment \d+ does not exist"
    ):
        shm.read_frame(writer.path)


def test_segment_with_another_key(writer):
    segment_id = writer.add(b"x", 0, bytes(8), 1)
    writer.path.write_text(f"1\t{segment_id}\t0\t1\tx\n")
    with pytest.raises(ValueError, match=r"has the key .*, the info file says 1"):
        shm.read_frame(writer.path)


@pytest.mark.parametrize("count", [2, 2**60 - 1])
def test_segment_that_is_too_small(writer, count):
    writer.add(b"x", 1, bytes(15), count)
    with pytest.raises(ValueError, match=f"has 15 bytes, too few for {count} elements"):
        shm.read_frame(writer.path)


def test_segments_that_are_no_frame(writer):
    writer.add(b"x", 0, bytes(16), 2)
    writer.add(b"y", 0, bytes(8), 1)
    with pytest.raises(ValueError, match="'y' has 1 elements and 'x' 2"):
        shm.read_frame(writer.path)


def test_a_name_twice(writer):
    writer.add(b"x", 0, bytes(8), 1)
    writer.add(b"x", 0, bytes(8), 1)
    with pytest.raises(ValueError, match="two variables 'x'"):
        shm.read_frame(writer.path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("hello\n", "line 1: expected 5 fields"),
        ("1\t2\t7\t1\tx\n", "line 1: expected a type code"),
        ("1\t2\t0\t-1\tx\n", "line 1: expected a number of elements"),
        ("1\t2\t0\t1\tx\n\n", "line 2: the line is empty; remove it"),
        ("\x00" * 4096, "line 1: expected 5 fields"),
    ],
)
def test_malformed_info_files(text, message, tmp_path):
    path = tmp_path / "info.txt"
    path.write_text(text)
    with pytest.raises(ValueError, match=message):
        shm.read_frame(path)


def test_info_files_that_cannot_be_read(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"info file .*none.txt"):
        shm.read_frame(tmp_path / "none.txt")
    with pytest.raises(ValueError, match="not a regular file"):
        shm.read_frame(tmp_path)
