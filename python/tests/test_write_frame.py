"""write_frame: what lies in the segments for every dtype, and every refusal."""

import re
import struct
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import raw_memory

import shm
from shm.original.columns import column_parts

INTEGERS = [
    f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)
]  # int8 ... uint64
NULLABLE = [name.replace("i", "I").replace("u", "U") for name in INTEGERS]
ARROW = [f"{name}[pyarrow]" for name in INTEGERS]


@pytest.fixture
def info(tmp_path: Path) -> Path:
    return tmp_path / "info.txt"


def words(series: pd.Series, info: Path, seed: int) -> tuple[int, tuple]:
    """Write a one-column frame; return the type code and the words as numbers."""
    ((_, segment_id),) = shm.write_frame(series.to_frame("x"), info, seed).values()
    _, _, code, count, name = info.read_text().rstrip("\n").split("\t")
    assert name == "x"
    assert int(count) == len(series)
    content = raw_memory.read(segment_id)
    assert len(content) == max(1, len(series)) * 8
    kind = "d" if code == "1" else "l"
    return int(code), struct.unpack(f"{len(series)}{kind}", content[: 8 * len(series)])


def limits(dtype: str) -> list[int]:
    """Give 0, 1 and the extremes of an integer dtype, as far as a C long holds them."""
    range_ = np.iinfo(dtype.replace("[pyarrow]", "").lower())
    return [0, 1, int(range_.min), min(int(range_.max), 2**63 - 1)]


def is_nan_at(position: int, values: tuple) -> bool:
    return [value != value for value in values] == [
        i == position for i in range(len(values))
    ]


@pytest.mark.parametrize("dtype", [*INTEGERS, *NULLABLE, *ARROW])
def test_integers_travel_as_longs(dtype, info, seed):
    values = limits(dtype)
    assert words(pd.Series(values, dtype=dtype), info, seed) == (0, tuple(values))


@pytest.mark.parametrize("dtype", [*NULLABLE, *ARROW])
def test_integers_with_missing_travel_as_doubles(dtype, info, seed):
    code, values = words(pd.Series([1, None, 100], dtype=dtype), info, seed)
    assert (code, values[0], values[2]) == (1, 1.0, 100.0)
    assert is_nan_at(1, values)


@pytest.mark.parametrize("dtype", ["bool", "boolean", "bool[pyarrow]"])
def test_booleans(dtype, info, seeds):
    series = pd.Series([True, False] * 9, dtype=dtype)
    assert words(series, info, seeds[0]) == (0, (1, 0) * 9)
    if dtype != "bool":
        series[3] = None
        code, values = words(series, info, seeds[1])
        assert code == 1
        assert is_nan_at(3, values)
        assert values[4] == 1


@pytest.mark.parametrize(
    ("dtype", "value"),
    [
        ("float16", np.float16(0.1)),
        ("float32", np.float32(0.1)),
        ("float64", 0.1),
        ("Float32", np.float32(0.1)),
        ("Float64", 0.1),
        ("halffloat[pyarrow]", np.float16(0.1)),
        ("float[pyarrow]", np.float32(0.1)),
        ("double[pyarrow]", 0.1),
    ],
)
def test_floats_travel_as_doubles(dtype, value, info, seed):
    if dtype == "halffloat[pyarrow]":
        array = pa.array([value, None, np.float16(-65504)], pa.float16())
        series = pd.Series(array, dtype=pd.ArrowDtype(pa.float16()))
    else:
        series = pd.Series([value, None, -65504], dtype=dtype)
    code, values = words(series, info, seed)
    assert (code, values[0], values[2]) == (1, float(value), -65504.0)
    assert is_nan_at(1, values)


def test_doubles_keep_every_bit(info, seed):
    bits = np.array([0x7FF8000000000401, 0x8000000000000000, 1, 0x7FF0 << 48], np.uint64)
    frame = pd.DataFrame({"x": bits.view(np.float64)})
    ((_, segment_id),) = shm.write_frame(frame, info, seed).values()
    assert raw_memory.read(segment_id) == bits.tobytes()


@pytest.mark.parametrize("dtype", [">i2", ">i8", ">f4", ">f8", "<i4"])
def test_byte_orders(dtype, info, seed):
    array = np.array([1, -2, 300], dtype=dtype)
    assert words(pd.Series(array), info, seed)[1] == (1, -2, 300)


def test_blocks_columns_and_slices_are_read_in_place():
    matrix = np.arange(12.0).reshape(4, 3)
    frames = [
        pd.DataFrame(matrix, columns=list("abc"), copy=False),
        pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]}),
        pd.DataFrame({"a": np.arange(9)})[::-2],
    ]
    for frame in frames:
        for position, name in enumerate(frame.columns):
            ((values, mask),) = column_parts(frame.iloc[:, position], name)
            assert mask is None
            assert np.shares_memory(values, frame.iloc[:, position].to_numpy())
    assert np.shares_memory(column_parts(frames[0]["b"], "b")[0][0], matrix)
    series = pd.Series([1, None], dtype="Int8")
    ((values, mask),) = column_parts(series, "x")
    assert np.shares_memory(values, series.array._data)
    assert np.shares_memory(mask, series.array._mask)


def test_strides(info, seeds):
    matrix = np.arange(12, dtype=np.int16).reshape(4, 3)
    frame = pd.DataFrame(matrix, columns=list("abc"), copy=False)[::-1]
    written = shm.write_frame(frame, info, seeds[0])
    content = raw_memory.read(written["b"][1])
    assert struct.unpack("4l", content) == (10, 7, 4, 1)


def test_packed_records(info, seed):
    records = np.zeros(3, dtype=[("tag", "u1"), ("x", "f8")])
    records["x"] = [1.5, 2.5, 3.5]
    series = pd.Series(records["x"], copy=False)
    assert words(series, info, seed) == (1, (1.5, 2.5, 3.5))


def test_arrow_chunks_offsets_and_bitmaps(info, seeds):
    integers = [None if i % 5 == 0 else i for i in range(40)]
    flags = [None if i % 7 == 0 else i % 3 == 0 for i in range(40)]
    for seed, values, type_ in [
        (seeds[0], integers, pa.int16()),
        (seeds[1], flags, pa.bool_()),
    ]:
        whole = pa.array(values, type_)
        pieces = [
            whole.slice(0, 3),
            whole.slice(3, 0),
            whole.slice(3, 14),
            whole.slice(17),
        ]
        series = pd.Series(pd.arrays.ArrowExtensionArray(pa.chunked_array(pieces)))
        code, got = words(series, info, seed)
        assert code == 1
        assert [None if value != value else value for value in got] == values


def test_arrow_without_chunks(info, seed):
    empty = pd.arrays.ArrowExtensionArray(pa.chunked_array([], pa.int32()))
    assert words(pd.Series(empty), info, seed) == (0, ())


def test_arrow_and_numpy_scalars_side_by_side(info, seeds):
    frame = pd.DataFrame(
        {
            "a": pd.Series([1, 2], dtype="int64[pyarrow]"),
            "b": pd.Series([0.5, None], dtype="Float32"),
            "c": np.array([True, False]),
        }
    )
    written = shm.write_frame(frame, info, seeds[0])
    assert list(written) == ["a", "b", "c"]
    assert written["c"] == (raw_memory.key_of(seeds[2]), raw_memory.find(seeds[2]))
    expected = pd.DataFrame({"a": [1, 2], "b": [0.5, np.nan], "c": [1, 0]})
    pd.testing.assert_frame_equal(shm.read_frame(info), expected)


def test_many_rows_on_many_threads(info, seed):
    rng = np.random.default_rng(0)
    data = {"a": rng.random(300_001), "b": rng.integers(-100, 100, 300_001, np.int8)}
    frame = pd.DataFrame(data)
    for threads in (1, 3, None):
        for _, segment_id in shm.write_frame(frame, info, seed, threads=threads).values():
            segment = segment_id
        back = shm.read_frame(info)
        pd.testing.assert_frame_equal(back, frame.astype({"b": "int64"}))
        assert raw_memory.status(segment).size == 300_001 * 8
        for _, segment_id in _ids(info):
            shm.deallocate(segment_id)


def _ids(info: Path) -> list[tuple[int, int]]:
    lines = info.read_text().splitlines()
    return [tuple(map(int, line.split("\t")[:2])) for line in lines]


def test_no_rows_and_the_index_stays_behind(info, seeds):
    frame = pd.DataFrame({"a": [], "b": []}, dtype="int32")
    shm.write_frame(frame, info, seeds[0])
    assert shm.read_frame(info).shape == (0, 2)
    frame = pd.DataFrame({"a": [5, 6]}, index=["one", "one"])
    shm.write_frame(frame, info, seeds[2])
    assert shm.read_frame(info)["a"].tolist() == [5, 6]


def test_the_frame_is_not_changed(info, seed):
    frame = pd.DataFrame({"a": [1, 2], "b": pd.array([1, None], dtype="Int64")})
    before = frame.copy(deep=True)
    shm.write_frame(frame, info, seed)
    pd.testing.assert_frame_equal(frame, before)


# Refusals: nothing is left, the info file is as it was.


def refusal(
    frame: object, error: type, info: Path, seeds: range, **options: object
) -> str:
    info.write_text("as it was")
    with pytest.raises(error) as raised:
        shm.write_frame(frame, info, options.pop("key_seed", seeds[0]), **options)
    assert info.read_text() == "as it was"
    assert list(info.parent.iterdir()) == [info]
    assert [seed for seed in seeds if raw_memory.find(seed) != -1] == []
    return str(raised.value)


DATES = pd.Series(pd.to_datetime(["1960-01-01 00:00:01", "2024-02-29 00:00:00"]))


def arrow(values: list, type_: pa.DataType) -> pd.Series:
    return pd.Series(values, dtype=pd.ArrowDtype(type_))


@pytest.mark.parametrize(
    ("series", "first"),
    [
        (pd.Series(["b", "a", "b"], dtype="category"), 1),
        (pd.Series([2.0, np.nan], dtype="Sparse[float64]"), 2),
        (pd.Series(pd.period_range("1970-03", periods=2, freq="M")), 2),
        (pd.Series(pd.interval_range(0, 2)), 0.5),
        (DATES, 1000),
        (DATES.dt.tz_localize("Asia/Tokyo"), 1000),
        (pd.Series(pd.to_timedelta(["3s", None])), 3000),
        (pd.Series([1 + 2j]), 1),
        (pd.Series(np.array([1.5], dtype=np.longdouble)), 1.5),
        (pd.Series(["12", "5"]), 12),
        (pd.Series(["12", 5], dtype=object), 12),
        (arrow(list(DATES), pa.timestamp("us")), 1000),
        (arrow([DATES[1].date()], pa.date32()), 23435 * 86_400_000),
        (arrow([pd.Timedelta("3s")], pa.duration("s")), 3000),
        (arrow([Decimal("7.5")], pa.decimal128(5, 2)), 7.5),
        (arrow(["12"], pa.string()), 12),
        (arrow(["b", "a"], pa.dictionary(pa.int8(), pa.string())), 0),
    ],
    ids=lambda value: str(value.dtype) if isinstance(value, pd.Series) else "",
)
def test_other_dtypes_are_refused_with_a_remedy_that_works(series, first, info, seeds):
    frame = pd.DataFrame({"fine": range(len(series)), "a col": series})
    message = refusal(frame, TypeError, info, seeds)
    start = f"column 'a col' has dtype {series.dtype}, but segments hold numbers only: "
    assert message.startswith(start)
    remedy = message.removeprefix(start)
    expression = re.split(" (?:is|holds|counts|numbers|and|rounds|makes) ", remedy)[0]
    made = eval(expression, {"frame": frame, "pandas": pd, "numpy": np})
    if isinstance(made, pd.Index):
        made = pd.Series(made)
    _, values = words(pd.Series(made), info, seeds[0])
    assert values[0] == first


@pytest.mark.parametrize(
    "series",
    [
        pd.Series([b"x"]),
        arrow([None], pa.null()),
        arrow([[1]], pa.list_(pa.int8())),
        arrow([{"a": 1}], pa.struct([("a", pa.int8())])),
        pd.Series(["x"], dtype="string"),
    ],
    ids=lambda series: str(series.dtype),
)
def test_dtypes_without_numbers(series, info, seeds):
    message = refusal(series.to_frame("x"), TypeError, info, seeds)
    assert message.startswith(f"column 'x' has dtype {series.dtype}, but segments hold")


@pytest.mark.parametrize(
    ("series", "row", "reason"),
    [
        (pd.Series([1, 2**63], dtype="uint64"), 1, "9223372036854775808 is beyond"),
        (pd.Series([2**64 - 1], dtype="UInt64"), 0, "18446744073709551615 is beyond"),
        (pd.Series([2**63], dtype="uint64[pyarrow]"), 0, "the most that a C long holds"),
        (
            pd.Series([None, -(2**53) - 1], dtype="Int64"),
            1,
            "-9007199254740993 is beyond",
        ),
        (pd.Series([2**53 + 1, None], dtype="int64[pyarrow]"), 0, "is beyond 2^53"),
        (pd.Series([None, 2**64 - 1], dtype="UInt64"), 1, "18446744073709551615 is"),
    ],
)
def test_integers_that_cannot_travel(series, row, reason, info, seeds):
    frame = pd.DataFrame({"fine": range(len(series)), "x": series})
    message = refusal(frame, OverflowError, info, seeds)
    assert message.startswith(f"column 'x', row {row} (counting from 0): ")
    assert reason in message


def test_limits_that_still_travel(info, seeds):
    series = pd.Series([2**53, None, -(2**53)], dtype="Int64")
    assert words(series, info, seeds[0])[1][::2] == (2.0**53, -(2.0**53))
    hidden = pd.Series(
        pd.arrays.IntegerArray(np.array([2**60, 1]), np.array([True, False]))
    )
    assert words(hidden, info, seeds[1])[1][1] == 1


@pytest.mark.parametrize(
    ("columns", "error", "message"),
    [
        ([1, "b"], TypeError, "column 1 (position 0) has a name that is no string"),
        (["a", 0.5], TypeError, "column 0.5 (position 1)"),
        ([("a", 1), ("b", 2)], TypeError, "column ('a', 1) (position 0)"),
        (["a", "a"], ValueError, "the column name 'a' stands twice"),
        (["a", "b\tc"], ValueError, "the name 'b?c' has a tab, a line end or a NUL"),
        (["a", "b\n"], ValueError, "has a tab, a line end or a NUL"),
        (["a", "\ud800"], ValueError, "no text that UTF-8 can hold"),
    ],
)
def test_names_that_cannot_travel(columns, error, message, info, seeds):
    frame = pd.DataFrame([[1, 2]])
    frame.columns = pd.Index(columns, dtype=object, tupleize_cols=False)
    assert message in refusal(frame, error, info, seeds)


def test_more_columns_than_keys(info, seeds):
    frame = pd.DataFrame([[1, 2, 3]], columns=list("abc"))
    assert refusal(frame, ValueError, info, seeds, key_seed=254) == (
        "there are 3 columns, but with key_seed 254 only 2 fit: each takes one key, and "
        "the last seed is 255"
    )
    wide = pd.DataFrame(np.zeros((1, 256))).rename(columns=str)
    assert "only 255 fit" in refusal(wide, ValueError, info, seeds, key_seed=1)


def test_arguments_that_cannot_be(info, seeds):
    frame = pd.DataFrame({"a": [1]})
    assert "from 1 to 255, not 0" in refusal(frame, ValueError, info, seeds, key_seed=0)
    assert "must be an int" in refusal(frame, TypeError, info, seeds, key_seed="1")
    assert "1 or more, not 0" in refusal(frame, ValueError, info, seeds, threads=0)
    assert "no columns" in refusal(pd.DataFrame(index=[1]), ValueError, info, seeds)


class PolarsLike:
    def to_pandas(self) -> pd.DataFrame:
        return pd.DataFrame()


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ([1, 2], "must be a pandas DataFrame, not builtins.list"),
        (pd.Series([1]), "must be a pandas DataFrame, not pandas"),
        (np.zeros((2, 2)), "must be a pandas DataFrame, not numpy.ndarray"),
        (pa.table({"a": [1]}), "frame.to_pandas() makes one"),
        (PolarsLike(), "PolarsLike; frame.to_pandas() makes one"),
    ],
)
def test_other_frames(frame, message, info, seeds):
    assert message in refusal(frame, TypeError, info, seeds)


def test_key_taken_midway(info, seeds):
    taken = raw_memory.make(seeds[2], b"somebody's bytes")
    frame = pd.DataFrame(np.zeros((3, 4)), columns=list("abcd"))
    info.write_text("as it was")
    with pytest.raises(FileExistsError, match=rf"shm.deallocate\({taken}\)"):
        shm.write_frame(frame, info, seeds[0])
    assert info.read_text() == "as it was"
    assert [raw_memory.find(seed) for seed in seeds[:4]] == [-1, -1, taken, -1]
    assert raw_memory.read(taken) == b"somebody's bytes"


def test_the_info_file_is_replaced_and_keeps_its_mode(info, seeds):
    info.write_text("old\n" * 100)
    info.chmod(0o640)
    link = info.parent / "link"
    link.symlink_to(info.name)
    shm.write_frame(pd.DataFrame({"a": [1]}), link, seeds[0])
    assert link.is_symlink()
    assert info.read_text().count("\n") == 1
    assert info.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in info.parent.iterdir()) == ["info.txt", "link"]


def test_default_seed_and_file(default_seeds, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    frame = pd.DataFrame({"a": [1], "b": [2]})
    written = shm.write_frame(frame)
    assert [key for key, _ in written.values()] == [raw_memory.key_of(s) for s in (1, 2)]
    pd.testing.assert_frame_equal(shm.read_frame(), frame)
