"""The original's segments and info files, made and read by bare system calls."""

import math

import numpy as np
import pandas as pd
import pytest
import raw_segments as raw

import shm

LOAD = 'shm_use using "info.txt", clear'


def test_the_original_loads(stata, info) -> None:
    info.add("id", raw.INT, raw.longs([1, -2147483647, 2147483620]))
    info.add("income", raw.FLOAT, raw.doubles([0.1, math.nan, -1.5e300]))
    info.add("old", raw.LONG, raw.longs([5, 0, -7]))
    run = stata.values_after(LOAD)
    assert run.types == {"id": "long", "income": "double", "old": "long"}
    assert run.values["id"] == [1, -2147483647, 2147483620]
    assert run.values["income"][0::2] == [0.1, -1.5e300]
    assert math.isnan(run.values["income"][1])
    assert run.values["old"] == [5, 0, -7]
    assert all(raw.exists(i) for i in info.ids)


def test_code_2_may_hold_doubles_as_python_2_wrote_them(stata, info) -> None:
    info.add("n", raw.LONG, raw.doubles([1, 0, -123456789, 2.0**40]))
    run = stata.values_after(LOAD)
    assert run.values["n"] == [1, 0, -123456789, 2.0**40]
    assert run.types["n"] == "double"


@pytest.mark.parametrize("value", [2147483621, -2147483648, 2**53, -(2**53)])
def test_integers_beyond_long_become_double_without_a_note(stata, info, value) -> None:
    info.add("n", raw.INT, raw.longs([value, 1]))
    run = stata.values_after(LOAD)
    assert run.types == {"n": "double"}
    assert run.values["n"] == [value, 1]
    assert "note" not in run.output


def test_integers_beyond_double_are_noted(stata, info) -> None:
    info.add("fits", raw.INT, raw.longs([1]))
    info.add("big", raw.INT, raw.longs([2**53 + 1]))
    info.add("small", raw.INT, raw.longs([-(2**62)]))
    run = stata.values_after(LOAD)
    assert run.values == {"fits": [1], "big": [2.0**53], "small": [-(2.0**62)]}
    note = next(line for line in run.output.splitlines() if line.startswith("note:"))
    assert "2^53" in note
    assert run.output.replace("\n", " ").replace("> ", "").count("big, small") == 1


@pytest.mark.parametrize("end", [b"", b"\r\n"])
def test_line_ends(stata, info, end) -> None:
    info.add("a", raw.INT, raw.longs([1, 2]))
    info.add("b", raw.FLOAT, raw.doubles([3, 4]))
    separator = end or b"\n"
    info.path.write_bytes(separator.join(info.lines) + end)
    run = stata.values_after(LOAD)
    assert run.values == {"a": [1, 2], "b": [3, 4]}


def test_a_larger_segment_is_fine(stata, info) -> None:
    segment_id = raw.create(info.seed, 4096)
    raw.write(segment_id, raw.longs([7, 8, 9]))
    info.add_line(raw.key_of(info.seed), segment_id, raw.INT, 3, "n")
    assert stata.values_after(LOAD).values == {"n": [7, 8, 9]}


def test_no_observations(stata, info) -> None:
    segment_id = raw.create(info.seed, 8)
    info.add_line(raw.key_of(info.seed), segment_id, raw.FLOAT, 0, "x")
    run = stata.values_after(LOAD + "\nassert r(N) == 0 & r(k) == 1 & c(k) == 1")
    assert run.values == {"x": []}


def test_what_write_frame_writes_is_the_original_protocol(tmp_path, seed) -> None:
    frame = pd.DataFrame(
        {
            "id": np.array([1, -2, 3]),
            "x": [0.5, np.nan, np.pi],
            "größe": [True, False, True],
        }
    )
    path = tmp_path / "info.txt"
    made = shm.write_frame(frame, str(path), key_seed=seed)
    ids = [made[name][1] for name in frame.columns]
    assert [made[name][0] for name in frame] == [raw.key_of(seed + i) for i in range(3)]
    assert (
        path.read_bytes()
        == (
            f"{raw.key_of(seed)}\t{ids[0]}\t0\t3\tid\n"
            f"{raw.key_of(seed + 1)}\t{ids[1]}\t1\t3\tx\n"
            f"{raw.key_of(seed + 2)}\t{ids[2]}\t0\t3\tgröße\n"
        ).encode()
    )
    assert raw.read(ids[0], 24) == raw.longs([1, -2, 3])
    assert raw.read(ids[1], 24) == frame["x"].to_numpy().tobytes()
    assert raw.read(ids[2], 24) == raw.longs([1, 0, 1])


def test_what_write_list_writes_is_the_original_protocol(tmp_path, seed) -> None:
    path = tmp_path / "info.txt"
    path.write_bytes(b"1\t2\t0\t3\tearlier")
    lines = [b"1\t2\t0\t3\tearlier\n"]
    cases = [
        ("int", [1, -5, 2**40], 0, raw.longs([1, -5, 2**40])),
        ("float", [1.5, -math.inf, 2.0], 1, raw.doubles([1.5, -math.inf, 2.0])),
        ("long", [3, 4, 5], 2, raw.longs([3, 4, 5])),
    ]
    for i, (dtype, data, code, words) in enumerate(cases):
        key, segment_id = shm.write_list(
            data, dtype, seed + i, str(path), varname=f"v{i}"
        )
        assert key == raw.key_of(seed + i)
        lines.append(f"{key}\t{segment_id}\t{code}\t3\tv{i}\n".encode())
        assert raw.read(segment_id, 24) == words
    assert path.read_bytes() == b"".join(lines)


def test_read_frame_reads_the_original(info) -> None:
    info.add("id", raw.INT, raw.longs([1, 2**40]))
    info.add("x", raw.FLOAT, raw.doubles([0.5, math.nan]))
    frame = shm.read_frame(str(info.path))
    expected = pd.DataFrame({"id": np.array([1, 2**40]), "x": [0.5, np.nan]})
    pd.testing.assert_frame_equal(frame, expected)
