"""Images as Arrow tables, as pyarrow and polars take them."""

import ctypes
import datetime as dt
import math
import struct
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_arrow_image import LIBRARY, ImageError, tables, write

ALL = -1


def stream(
    path: Path,
    *,
    begin: int = 0,
    count: int = ALL,
    step: int = 1,
    rows: list[int] | None = None,
    batch: int = 0,
    switches: str = "",
) -> pa.RecordBatchReader:
    out, error = ctypes.create_string_buffer(40), ctypes.create_string_buffer(1000)
    listed = None
    if rows is not None:
        listed, count = (ctypes.c_int64 * len(rows))(*rows), len(rows)
    numbers = (ctypes.c_int64(n) for n in (begin, count, step))
    failed = ctypes.CDLL(str(LIBRARY)).arrow_output(
        str(path).encode(),
        *numbers,
        listed,
        ctypes.c_int64(batch),
        switches.encode(),
        out,
        error,
        ctypes.c_size_t(len(error)),
    )
    if failed:
        raise ImageError(error.value.decode())
    return pa.RecordBatchReader._import_from_c(ctypes.addressof(out))


def read(path: Path, **options: Any) -> pa.Table:
    table = stream(path, **options).read_all()
    table.validate(full=True)
    return table


def stata(path: Path, columns: dict[str, list[Any]], **options: Any) -> Path:
    pd.DataFrame(columns).to_stata(path, write_index=False, version=118, **options)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.dta"


@pytest.mark.parametrize(
    ("column", "arrow"),
    [
        (pd.Series([1, -127, 100], dtype="int8"), pa.int8()),
        (pd.Series([1, -32767, 32740], dtype="int16"), pa.int16()),
        (pd.Series([1, 2147483620, -5], dtype="int32"), pa.int32()),
        (pd.Series([1.5, -2.25, 0.1], dtype="float32"), pa.float32()),
        (pd.Series([1.5, -2.25, 0.1], dtype="float64"), pa.float64()),
        (pd.Series(["a", "", "København"]), pa.large_string()),
        (pd.Series(["long " * 500, "", "x"]), pa.large_string()),
    ],
)
def test_each_storage_type_has_its_arrow_type(
    path: Path, column: pd.Series, arrow: pa.DataType
) -> None:
    table = read(stata(path, {"x": column}))
    assert table.schema.field("x").type == arrow
    assert table["x"].to_pylist() == column.tolist()
    assert table["x"].null_count == 0


def test_missing_values_are_nulls_or_tagged_nans(path: Path) -> None:
    values = pa.array([1, None, 3], pa.int16())
    write(pa.table({"i": values, "d": values.cast(pa.float64())}), path)
    table = read(path)
    assert table.to_pydict() == {"i": [1, None, 3], "d": [1, None, 3]}
    assert [table[name].null_count for name in table.column_names] == [1, 1]
    nans = read(path, switches="t")
    assert nans["i"].to_pylist() == [1, None, 3]
    assert nans["d"].null_count == 0
    assert math.isnan(nans["d"][1].as_py())
    extended = struct.unpack("<d", struct.pack("<Q", 0x7FF8000000000000 | 0xBAB41 << 29))[
        0
    ]
    write(pa.table({"d": [extended, 2.0]}), path)
    (kept,) = {read(path, switches="t")["d"].chunk(0).buffers()[1].to_pybytes()[:8]}
    assert kept == struct.pack("<d", extended)


def test_days_and_times(path: Path) -> None:
    days = [dt.date(2024, 8, 4), None, dt.date(1959, 12, 31), dt.date(100, 1, 1)]
    moments = [
        dt.datetime(2024, 8, 4, 7, 2, 3, 250_001),
        None,
        dt.datetime(1959, 12, 31, 23, 59, 59, 999_999),
        dt.datetime(2199, 12, 31, 23, 59, 59, 999_999),
    ]
    table = pa.table({"day": days, "moment": pa.array(moments, pa.timestamp("us"))})
    back = read(write(table, path))
    assert back.schema.types == [pa.date32(), pa.timestamp("us")]
    assert back.to_pydict() == table.to_pydict()
    numbers = read(path, switches="n")
    assert numbers.schema.types == [pa.int32(), pa.float64()]
    assert numbers["day"][0].as_py() == (days[0] - dt.date(1960, 1, 1)).days


def test_days_in_floats_and_times_in_integers(path: Path) -> None:
    stata(
        path,
        {"day": [0.0, 1.75, -0.25, None], "ms": [0, 1, -1, 86_400_000]},
        convert_dates={},
    )
    image = bytearray(path.read_bytes())
    image = image.replace(b"%10.0g", b"%td\0\0\0", 1).replace(b"%12.0g", b"%tc\0\0\0", 1)
    path.write_bytes(image)
    table = read(path)
    start = dt.date(1960, 1, 1)
    assert table["day"].to_pylist() == [
        start,
        start + dt.timedelta(1),
        start - dt.timedelta(1),
        None,
    ]
    assert table["ms"].to_pylist()[3] == dt.datetime(1960, 1, 2)


def test_a_time_that_arrow_does_not_hold_is_an_error_that_names_it(path: Path) -> None:
    stata(path, {"x": [0.0, 1e300]})
    image = path.read_bytes()
    for form, kind in ((b"%td\0\0\0", "day"), (b"%tc\0\0\0", "time")):
        path.write_bytes(image.replace(b"%10.0g", form, 1))
        with pytest.raises(
            Exception, match=rf"variable x, row 1: 1e\+300 is no {kind} that Arrow"
        ):
            read(path)
        with pytest.raises(Exception, match="row 1"):
            read(path, rows=[0, 0, 1])
        assert read(path, rows=[0])["x"][0].as_py() is not None
        assert read(path, switches="n")["x"].to_pylist() == [0.0, 1e300]


def test_value_labels_become_dictionaries_where_nothing_is_lost(path: Path) -> None:
    labels = {1: "one", 2: "zwei ü", 5: "unused"}
    columns = {
        "all": [2, 1, 2],
        "some": [1, 2, 3],
        "same": [1, 2, 1],
        "real": [1.0, 2.0, 1.0],
        "none": [1, 2, 3],
    }
    sets = {name: labels for name in ("all", "some", "real")}
    stata(path, columns, value_labels=sets | {"same": {1: "x", 2: "x"}})
    table = read(path, switches="lo")
    assert [pa.types.is_dictionary(kind) for kind in table.schema.types] == [
        True,
        False,
        False,
        True,
        False,
    ]
    assert table["all"].to_pylist() == ["zwei ü", "one", "zwei ü"]
    assert table["all"].chunk(0).dictionary.to_pylist() == list(labels.values())
    assert table.schema.field("all").type.ordered
    assert not read(path, switches="l").schema.field("all").type.ordered
    assert table["some"].to_pylist() == [1, 2, 3]
    assert not any(pa.types.is_dictionary(kind) for kind in read(path).schema.types)


def test_missing_labelled_values_are_nulls(path: Path) -> None:
    stata(path, {"x": [1.0, None, 2.0]}, value_labels={"x": {1: "a", 2: "b"}})
    table = read(path, switches="l")
    assert table["x"].to_pylist() == ["a", None, "b"]


def test_values_and_labels_far_apart(path: Path) -> None:
    labels = {-2147483647: "low", 0: "zero", 2147483620: "high"}
    stata(path, {"x": list(labels)}, value_labels={"x": labels})
    assert read(path, switches="l")["x"].to_pylist() == ["low", "zero", "high"]


def test_binary_texts_make_a_column_of_bytes(path: Path) -> None:
    cells = [b"a\0b", None, b"\xff"]
    write(pa.table({"x": pa.array(cells, pa.binary())}), path)
    table = read(path)
    assert table.schema.field("x").type == pa.large_binary()
    assert table["x"].to_pylist() == [b"a\0b", b"", b"\xff"]


def test_texts_as_views(path: Path) -> None:
    """Inside the view, outside of it, in several buffers; pyarrow validates all of it."""
    texts = ["", "twelve bytes", "thirteen byte", "größe " * 20, None] * 2000
    strls = ["x" * 3000, "", "short", *(["y" * 2500] * 7)] * 1000
    write(pa.table({"s": texts, "t": strls, "b": [b"\0" * 20] * 10_000}), path)
    table = read(path, switches="v")
    assert table.schema.types == [pa.string_view(), pa.string_view(), pa.binary_view()]
    assert table.to_pydict() == read(path).to_pydict()
    assert table["t"].chunk(0).nbytes > 8 << 20  # more than one buffer
    chosen = read(path, begin=9_998, count=100, step=-7, batch=30, switches="v")
    assert chosen.to_pydict() == read(path, begin=9_998, count=100, step=-7).to_pydict()
    assert read(path, rows=[], switches="v").num_rows == 0
    frame = pl.DataFrame(stream(path, switches="v"))
    assert frame["s"].to_list() == [text or "" for text in texts]


def test_texts_are_utf8_whatever_the_release(path: Path) -> None:
    frame = pd.DataFrame({"x": ["café", "naïve", "plain"]})
    frame.to_stata(path, write_index=False, version=117)
    assert read(path)["x"].to_pylist() == ["café", "naïve", "plain"]


ROWS = list(range(10_000))


def test_any_rows_in_any_batches(path: Path) -> None:
    table = pa.table({"i": ROWS, "s": [f"text {i % 100}" for i in ROWS]})
    write(table, path)
    assert read(path).to_pydict() == table.to_pydict()
    sizes = [batch.num_rows for batch in stream(path, batch=3000)]
    assert sizes == [3000, 3000, 3000, 1000]
    assert read(path, batch=999).to_pydict() == table.to_pydict()
    chosen = read(path, begin=9_999, count=100, step=-7, batch=30)
    assert chosen["i"].to_pylist() == ROWS[9_999:9_299:-7]
    listed = [5, 5, 9_999, 0] * 50
    assert read(path, rows=listed, batch=7)["i"].to_pylist() == listed
    assert read(path, rows=[]).num_rows == 0
    assert read(path, rows=[]).schema.types == [pa.int32(), pa.large_string()]
    with pytest.raises(ImageError, match="there is no row 10000"):
        read(path, rows=[10_000])


def test_polars_takes_the_stream(path: Path) -> None:
    columns = {"i": [1, None, 3], "s": ["a", "", "b"]}
    write(pa.table(columns), path)
    frame = pl.DataFrame(stream(path))
    assert frame.to_dict(as_series=False) == columns


def test_a_stream_that_is_dropped_early_frees_what_it_holds(path: Path) -> None:
    write(pa.table({"i": ROWS}), path)
    batches = stream(path, batch=10)
    first = batches.read_next_batch()
    del batches
    assert first["i"].to_pylist() == ROWS[:10]


def plain(value: Any) -> Any:
    return float(value) if isinstance(value, int | bool) else value


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(table=tables(), batch=st.integers(0, 5))
def test_any_table_comes_back(path: Path, table: pa.Table, batch: int) -> None:
    back = read(write(table, path), batch=batch)
    for name, kind in zip(table.column_names, table.schema.types, strict=True):
        empty = None if pa.types.is_primitive(kind) else ""
        expected = [empty if v is None else v for v in table[name].to_pylist()]
        assert [plain(v) for v in back[name].to_pylist()] == [plain(v) for v in expected]
