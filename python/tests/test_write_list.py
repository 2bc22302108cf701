"""write_list: what lies in the segment and the info file, and every refusal."""

import struct
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import raw_memory

import shm
from shm import errors

LONG_MIN, LONG_MAX = -(2**63), 2**63 - 1


@pytest.fixture
def info(tmp_path: Path) -> Path:
    return tmp_path / "info.txt"


@pytest.mark.parametrize(
    ("data", "dtype", "code", "words"),
    [
        ([1, -2, 3], "int", 0, struct.pack("3l", 1, -2, 3)),
        ([1, -2, 3], "long", 2, struct.pack("3l", 1, -2, 3)),
        ([1.5, -0.0], "float", 1, struct.pack("2d", 1.5, -0.0)),
        ([LONG_MIN, LONG_MAX], "int", 0, struct.pack("2l", LONG_MIN, LONG_MAX)),
        ([True, False], "int", 0, struct.pack("2l", 1, 0)),
        ([np.int8(-5), np.uint64(7)], "int", 0, struct.pack("2l", -5, 7)),
        ([1, True, np.int64(2)], "float", 1, struct.pack("3d", 1, 1, 2)),
        ([np.float32(0.1)], "float", 1, struct.pack("d", np.float32(0.1))),
        ([np.float64(0.1), np.float16(2)], "float", 1, struct.pack("2d", 0.1, 2)),
        ([float("inf"), 2**70], "float", 1, struct.pack("2d", float("inf"), 2.0**70)),
        ([Fraction(1, 2), Decimal("0.25")], "float", 1, struct.pack("2d", 0.5, 0.25)),
        ([], "float", 1, bytes(8)),
        ([], "int", 0, bytes(8)),
    ],
)
def test_words_and_line(data, dtype, code, words, info, seed):
    key, segment_id = shm.write_list(data, dtype, seed, info)
    assert key == raw_memory.key_of(seed)
    assert segment_id == raw_memory.find(seed)
    assert raw_memory.read(segment_id) == words
    assert info.read_text() == f"{key}\t{segment_id}\t{code}\t{len(data)}\tvar{seed}\n"


def test_nan_keeps_its_bits(info, seed):
    nan = struct.unpack("d", struct.pack("q", 0x7FF8000000000123))[0]
    _, segment_id = shm.write_list([nan], "float", seed, info)
    assert raw_memory.read(segment_id) == struct.pack("q", 0x7FF8000000000123)


def test_segment_is_private(info, seed):
    _, segment_id = shm.write_list([1, 2], "int", seed, info)
    assert raw_memory.status(segment_id).mode & 0o777 == 0o600
    assert raw_memory.status(segment_id).size == 16


def test_positional_order_and_default_file(seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shm.write_list([1], "int", seed)
    assert Path("segment_info.txt").read_text().endswith(f"\tvar{seed}\n")


def test_lines_are_appended_with_the_names_given(info, seeds):
    shm.write_list([1], "int", seeds[0], info, varname="größe")
    shm.write_list([2], "int", seeds[1], str(info))
    assert [line.split("\t")[-1] for line in info.read_text().splitlines()] == [
        "größe",
        f"var{seeds[1]}",
    ]


@pytest.mark.parametrize(
    ("data", "dtype", "error", "message"),
    [
        ((1, 2), "int", TypeError, "data must be a list, not tuple"),
        (np.array([1]), "int", TypeError, "data must be a list, not numpy.ndarray"),
        (None, "int", TypeError, "data must be a list, not NoneType"),
        ([1, "x"], "int", TypeError, "element 1 is 'x' (str), not an int"),
        ([None], "long", TypeError, "element 0 is None (NoneType), not an int"),
        ([2.0], "int", TypeError, "element 0 is 2.0 (float), not an int; dtype 'float'"),
        ([np.float32(2)], "int", TypeError, "not an int"),
        ([np.array([1, 2])], "int", TypeError, "element 0 is array([1, 2])"),
        ([Decimal(1)], "int", TypeError, "not an int"),
        (["1"], "float", TypeError, "element 0 is '1' (str), not a float"),
        ([0.5, None], "float", TypeError, "element 1 is None (NoneType), not a float"),
        ([1j], "float", TypeError, "element 0 is 1j (complex), not a float"),
        ([1, 2**63], "int", OverflowError, "element 1 is 9223372036854775808 (int)"),
        ([-(2**63) - 1], "long", OverflowError, "beyond what a C long holds"),
        ([np.uint64(2**63)], "int", OverflowError, "beyond what a C long holds"),
        ([2**53 + 1], "float", OverflowError, "element 0 is 9007199254740993 (int)"),
        ([np.int64(2**53 + 1)], "float", OverflowError, "can't hold exactly"),
        ([10**400], "float", OverflowError, "can't hold exactly"),
        ([10**5000], "float", OverflowError, "can't hold exactly"),
        ([Decimal("0.1")], "float", OverflowError, "can't hold exactly"),
        ([np.longdouble(1) / 3], "float", OverflowError, "can't hold exactly"),
        (
            [1],
            "double",
            TypeError,
            "dtype must be 'int', 'float' or 'long', not 'double'",
        ),
        (
            [1],
            int,
            TypeError,
            "dtype must be 'int', 'float' or 'long', not <class 'int'>",
        ),
        (["x" * 1000], "int", TypeError, "'" + "x" * 59 + "... (str), not an int"),
    ],
)
def test_refusals_leave_nothing(data, dtype, error, message, info, seed):
    with pytest.raises(error) as raised:
        shm.write_list(data, dtype, seed, info)
    assert message in str(raised.value)
    assert raw_memory.find(seed) == -1
    assert not info.exists()


@pytest.mark.parametrize("key_seed", [0, -1, 256, 2**40, 2**100])
def test_seeds_beyond_eight_bits(key_seed, info):
    with pytest.raises(ValueError, match=f"from 1 to 255, not {key_seed}"):
        shm.write_list([1], "int", key_seed, info)


@pytest.mark.parametrize("key_seed", ["1", 1.0, None])
def test_seeds_that_are_no_int(key_seed, info):
    with pytest.raises(TypeError, match="key_seed must be an int, not "):
        shm.write_list([1], "int", key_seed, info)


@pytest.mark.parametrize(
    ("varname", "error", "message"),
    [
        ("a\tb", ValueError, "has a tab, a line end or a NUL"),
        ("a\n", ValueError, "has a tab, a line end or a NUL"),
        ("a\0", ValueError, "has a tab, a line end or a NUL"),
        ("\ud800", ValueError, "no text that UTF-8 can hold"),
        (b"a", TypeError, "varname must be a str, not b'a' (bytes)"),
    ],
)
def test_names_that_would_break_the_file(varname, error, message, info, seed):
    with pytest.raises(error) as raised:
        shm.write_list([1], "int", seed, info, varname=varname)
    assert message in str(raised.value)
    assert raw_memory.find(seed) == -1


def test_taken_key_names_key_segment_and_remedy(info, seed):
    key, segment_id = shm.write_list([1], "int", seed, info)
    before = info.read_bytes()
    with pytest.raises(FileExistsError) as raised:
        shm.write_list([2], "int", seed, info)
    assert raised.value.strerror == (
        f"the key 0x{key & 0xFFFFFFFF:08x} ({key}) is taken by segment {segment_id}; "
        f"remove that with shm.deallocate({segment_id}) or `ipcrm -m {segment_id}`, "
        "or choose another key_seed"
    )
    assert info.read_bytes() == before
    assert raw_memory.read(segment_id) == struct.pack("l", 1)


def test_longs_that_look_like_doubles_are_recorded_as_int(info, seed):
    data = [0, 2**62, 0x4008000000000000]
    shm.write_list(data, "long", seed, info)
    assert info.read_text().split("\t")[2] == "0"
    assert shm.read_frame(info)[f"var{seed}"].tolist() == data


class Meddler:
    """An int whose conversion changes the list that it stands in."""

    def __init__(self, change):
        self.change = change

    def __index__(self):
        self.change()
        return 7

    __float__ = None


@pytest.mark.parametrize("change", ["clear", "pop", "append"])
@pytest.mark.parametrize("dtype", ["int", "float"])
def test_list_that_changes_meanwhile(change, dtype, info, seed):
    data = [1, 2, 3, 4]
    arguments = (5,) if change == "append" else ()
    data[1] = Meddler(lambda: getattr(data, change)(*arguments))
    with pytest.raises(ValueError, match="data changed its size"):
        shm.write_list(data, dtype, seed, info)
    assert raw_memory.find(seed) == -1


def test_exceptions_of_elements_pass_through(info, seed):
    data = [Meddler(lambda: 1 / 0)]
    for dtype in ("int", "float"):
        with pytest.raises(ZeroDivisionError):
            shm.write_list(data, dtype, seed, info)
    assert raw_memory.find(seed) == -1


def test_element_whose_repr_fails(info, seed):
    class Silent:
        def __repr__(self):
            raise RuntimeError("no")

    with pytest.raises(TypeError, match="element 0 is a value without repr"):
        shm.write_list([Silent()], "int", seed, info)


def test_info_file_that_cannot_be_written(tmp_path, seed):
    for path, error in [
        (tmp_path / "none" / "info.txt", FileNotFoundError),
        (tmp_path, errors.StorageError),
    ]:
        with pytest.raises(error, match="info file"):
            shm.write_list([1], "int", seed, path)
        assert raw_memory.find(seed) == -1
    with pytest.raises(ValueError, match="NUL"):
        shm.write_list([1], "int", seed, "a\0b")


def test_deallocate_removes_once(info, seed):
    _, segment_id = shm.write_list([1], "int", seed, info)
    shm.deallocate(np.int64(segment_id))
    assert raw_memory.find(seed) == -1
    for gone in (segment_id, -1, 2**31, -(2**70)):
        with pytest.raises(FileNotFoundError, match=f"segment with id {gone}"):
            shm.deallocate(gone)
    with pytest.raises(TypeError, match="segment_id must be an int"):
        shm.deallocate("1")
