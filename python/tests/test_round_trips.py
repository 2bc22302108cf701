"""Any numeric frame round-trips through write_frame and read_frame."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import shm

LONG = st.integers(-(2**63), 2**63 - 1)
EXACT = st.integers(-(2**53), 2**53)
relaxed = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\t\n\r\0"), max_size=12
)
FLOATS = {
    "float16": 16,
    **dict.fromkeys(["float32", "Float32", "float[pyarrow]"], 32),
    **dict.fromkeys(["float64", "Float64", "double[pyarrow]"], 64),
}
WIDTHS = [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]


@st.composite
def integers(draw: st.DrawFn, rows: int) -> tuple[pd.Series, list]:
    dtype = draw(st.sampled_from(WIDTHS))
    low, high = int(np.iinfo(dtype).min), min(int(np.iinfo(dtype).max), 2**63 - 1)
    values = draw(st.lists(st.integers(low, high), min_size=rows, max_size=rows))
    kinds = [dtype, dtype.replace("i", "I").replace("u", "U"), f"{dtype}[pyarrow]"]
    return pd.Series(values, dtype=draw(st.sampled_from(kinds))), values


@st.composite
def integers_with_missing(draw: st.DrawFn, rows: int) -> tuple[pd.Series, list]:
    values = draw(st.lists(st.none() | EXACT, min_size=rows, max_size=rows))
    if draw(st.booleans()):
        return pd.Series(values, dtype="Int64"), values
    cuts = sorted(draw(st.lists(st.integers(0, rows), max_size=3)))
    whole = pa.array(values, pa.int64())
    edges = zip([0, *cuts], [*cuts, rows], strict=True)
    chunks = pa.chunked_array([whole.slice(a, b - a) for a, b in edges], pa.int64())
    return pd.Series(pd.arrays.ArrowExtensionArray(chunks)), values


@st.composite
def floats(draw: st.DrawFn, rows: int) -> tuple[pd.Series, list]:
    kind, width = draw(st.sampled_from(sorted(FLOATS.items())))
    values = draw(st.lists(st.floats(width=width), min_size=rows, max_size=rows))
    return pd.Series(values, dtype=kind), values


@st.composite
def frames(draw: st.DrawFn) -> tuple[pd.DataFrame, dict[str, list]]:
    rows = draw(st.integers(0, 40))
    names = draw(st.lists(NAMES, min_size=1, max_size=8, unique=True))
    column = st.one_of(integers(rows), integers_with_missing(rows), floats(rows))
    columns = {name: draw(column) for name in names}
    frame = pd.DataFrame({name: series for name, (series, _) in columns.items()})
    step = draw(st.sampled_from([1, 2, -1]))
    return frame[::step], {name: values[::step] for name, (_, values) in columns.items()}


def same(read: pd.Series, values: list) -> bool:
    if any(value is None for value in values):
        values = [float("nan") if value is None else float(value) for value in values]
    pairs = zip(read.tolist(), values, strict=True)
    return all(a == b or (a != a and b != b) for a, b in pairs)


@relaxed
@given(data=frames(), threads=st.none() | st.integers(1, 3))
def test_frames_round_trip(data, threads, seeds, tmp_path):
    frame, expected = data
    written = shm.write_frame(frame, tmp_path / "info.txt", seeds[0], threads=threads)
    try:
        read = shm.read_frame(tmp_path / "info.txt")
    finally:
        for _, segment_id in written.values():
            shm.deallocate(segment_id)
    assert list(read) == list(expected) == list(written)
    for name, values in expected.items():
        assert same(read[name], values), name


DOUBLES_AS_LONGS = st.integers(1, 2**60).map(lambda n: int(np.float64(n).view("i8")))


@pytest.mark.parametrize(
    ("dtype", "numbers"),
    [
        ("int", LONG),
        ("long", LONG),
        ("long", st.just(0) | DOUBLES_AS_LONGS),
        ("float", st.floats() | EXACT),
    ],
)
def test_lists_round_trip(dtype, numbers, seeds, tmp_path):
    @relaxed
    @given(data=st.lists(numbers))
    def check(data):
        path = tmp_path / "info.txt"
        path.unlink(missing_ok=True)
        _, segment_id = shm.write_list(data, dtype, seeds[0], path, varname="x")
        try:
            read = shm.read_frame(path)["x"]
        finally:
            shm.deallocate(segment_id)
        assert read.dtype == ("float64" if dtype == "float" else "int64")
        assert same(read, data)

    check()


@relaxed
@given(content=st.binary(max_size=200))
def test_any_info_file_is_read_or_refused(content, tmp_path):
    path = tmp_path / "info.txt"
    path.write_bytes(content)
    with pytest.raises((ValueError, FileNotFoundError)):
        shm.read_frame(path)
