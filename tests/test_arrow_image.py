"""Arrow tables to .dta images, read back by programs that share no code with us."""

import ctypes
import datetime as dt
import decimal
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import polars_readstat
import pyarrow as pa
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

LIBRARY = Path(__file__).resolve().parent.parent / "build" / "tests" / "arrow_image.so"
DAYS, MILLISECONDS = 3653, 315_619_200_000  # from 1960 to 1970


class ImageError(Exception):
    pass


def write(
    table: pa.Table | pa.RecordBatchReader,
    path: Path,
    *,
    release: int = 0,
    smallest: bool = False,
    share: bool = False,
    threads: int = 1,
) -> Path:
    reader = table.to_reader() if isinstance(table, pa.Table) else table
    stream, error = ctypes.create_string_buffer(40), ctypes.create_string_buffer(1000)
    reader._export_to_c(ctypes.addressof(stream))
    function = ctypes.CDLL(str(LIBRARY)).arrow_image
    arguments = (release, int(smallest), int(share), threads, error)
    size = ctypes.c_size_t(len(error))
    if function(stream, str(path).encode(), *arguments, size):
        raise ImageError(error.value.decode())
    return path


def write_column(array: Any, path: Path, **options: Any) -> Path:
    return write(pa.table({"x": array}), path, **options)


def stored(path: Path) -> tuple[str, str, list[Any]]:
    """Type, format and cells of the first variable: numbers as stored, . as None."""
    with pd.io.stata.StataReader(path, convert_categoricals=False) as reader:
        frame = reader.read(convert_dates=False, convert_missing=True)
        code, form = reader._typlist[0], reader._fmtlist[0]
    numeric = {"b": "byte", "h": "int", "l": "long", "f": "float", "d": "double"}
    kind = numeric.get(code, "strL" if code == "Q" else f"str{code}")
    values = [None if str(v) == "." else v for v in frame.iloc[:, 0].tolist()]
    return kind, form, values


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.dta"


NUMBERS = [
    (pa.int8(), [1, -127, 100], "byte"),
    (pa.int8(), [127, -128, None], "int"),
    (pa.uint8(), [0, 255], "int"),
    (pa.int16(), [5, None], "int"),
    (pa.uint16(), [65535], "long"),
    (pa.int32(), [-2147483647, 2147483620], "long"),
    (pa.int32(), [2147483647], "double"),
    (pa.uint32(), [4294967295], "double"),
    (pa.int64(), [1, None, -3], "long"),
    (pa.int64(), [2**53, -(2**53)], "double"),
    (pa.uint64(), [2**53], "double"),
    (pa.bool_(), [True, None, False], "byte"),
    (pa.null(), [None, None], "byte"),
    (pa.float16(), [np.float16(0.5), None, np.float16(-65504)], "float"),
    (pa.float32(), [0.5, None], "float"),
    (pa.float32(), [2.0**127], "double"),
    (pa.float64(), [0.1, None, float("nan")], "double"),
]


@pytest.mark.parametrize(("arrow", "values", "kind"), NUMBERS)
def test_numbers(path: Path, arrow: pa.DataType, values: list[Any], kind: str) -> None:
    array = pa.array(values, arrow)
    plain = [None if v is None or v != v else float(v) for v in values]
    chunks = pa.chunked_array([array, array.slice(1), pa.array([], arrow)])
    for given_, expected in ((array, plain), (chunks, plain + plain[1:])):
        assert stored(write_column(given_, path))[::2] == (kind, expected)


@pytest.mark.parametrize(
    "arrow",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.dictionary(pa.int8(), pa.string()),
    ],
)
def test_texts(path: Path, arrow: pa.DataType) -> None:
    values = ["", "a", None, "København", "a text longer than twelve bytes"]
    array = pa.array(values, pa.string()).cast(arrow)
    assert stored(write_column(array, path)) == (
        "str31",
        "%31s",
        ["", "a", "", "København", values[4]],
    )
    assert stored(write_column(array.slice(3), path))[2] == ["København", values[4]]


def test_long_texts_become_strl(path: Path) -> None:
    values = ["x" * 2046, "", "short", "x" * 2046]
    kind, form, cells = stored(write_column(pa.array(values), path))
    assert (kind, form, cells) == ("strL", "%9s", values)
    alone = path.stat().st_size
    assert stored(write_column(pa.array(values), path, share=True))[2] == values
    assert path.stat().st_size == alone - 2046 - 21


@pytest.mark.parametrize(
    "arrow", [pa.binary(), pa.large_binary(), pa.binary_view(), pa.binary(3)]
)
def test_binaries_become_strl_of_bytes(path: Path, arrow: pa.DataType) -> None:
    array = pa.array([b"a\0b", None, b"\xff\0\0"], arrow)
    image = write_column(array, path).read_bytes()
    for row, contents in ((1, b"a\0b"), (3, b"\xff\0\0")):
        header = b"GSO" + (1).to_bytes(4, "little") + row.to_bytes(8, "little")
        assert image.count(header + b"\x81\x03\0\0\0" + contents) == 1
    assert image.count(b"GSO") == 2


def test_dates_and_times(path: Path) -> None:
    day, moment = dt.date(2024, 8, 4), dt.datetime(2024, 8, 4, 7, 2, 3, 250_000)
    days = (day - dt.date(1960, 1, 1)).days
    ms = (moment - dt.datetime(1960, 1, 1)) / dt.timedelta(milliseconds=1)
    whole_second = math.floor(ms / 1000) * 1000.0
    for arrow in (pa.date32(), pa.date64()):
        array = pa.array([day, None, dt.date(1959, 12, 31)], arrow)
        assert stored(write_column(array, path)) == ("long", "%td", [days, None, -1])
    for unit in ("s", "ms", "us", "ns"):
        array = pa.array([moment.replace(microsecond=0), None], pa.timestamp(unit))
        assert stored(write_column(array, path)) == (
            "double",
            "%tc",
            [whole_second, None],
        )
    for unit in ("ms", "us", "ns"):
        array = pa.array([moment], pa.timestamp(unit))
        assert stored(write_column(array, path))[2] == [ms]
    fine = pa.array([1_500], pa.timestamp("us"))
    assert stored(write_column(fine, path))[2] == [MILLISECONDS + 1.5]
    for arrow in (pa.time32("s"), pa.time32("ms"), pa.time64("us"), pa.time64("ns")):
        array = pa.array([dt.time(1, 0, 2), None], arrow)
        assert stored(write_column(array, path)) == (
            "double",
            "%tcHH:MM:SS",
            [3_602_000, None],
        )
    array = pa.array([dt.timedelta(seconds=-1.5)], pa.duration("us"))
    assert stored(write_column(array, path)) == ("double", "%10.0g", [-1500])


def test_time_zones(path: Path) -> None:
    for zone, shift in (("UTC", 0), ("+00:00", 0), ("+05:30", 19_800), ("-01:00", -3600)):
        array = pa.array([0], pa.timestamp("s", zone))
        expected = [MILLISECONDS + 1000 * shift]
        assert stored(write_column(array, path))[2] == expected
    with pytest.raises(ImageError, match="column x has timestamps in the time zone Eur"):
        write_column(pa.array([0], pa.timestamp("s", "Europe/Oslo")), path)


def test_decimals(path: Path) -> None:
    values = [decimal.Decimal("-12345.67"), None, decimal.Decimal("0.10")]
    kinds = [pa.decimal32(7, 2), pa.decimal64(10, 2), pa.decimal128(38, 2)]
    for arrow in (*kinds, pa.decimal256(76, 2)):
        kind, _, cells = stored(write_column(pa.array(values, arrow), path))
        assert (kind, cells) == ("double", [-12345.67, None, 0.10])
    large = pa.array([decimal.Decimal(2**53 + 2)], pa.decimal128(38, 0))
    with pytest.raises(ImageError, match="the decimal 9007199254740994 is beyond"):
        write_column(large, path)


def test_dictionaries_and_runs_of_numbers(path: Path) -> None:
    numbers = pa.DictionaryArray.from_arrays(
        pa.array([1, None, 0], pa.int8()), [2.5, None]
    )
    assert stored(write_column(numbers, path))[::2] == ("double", [None, None, 2.5])
    flags = pa.DictionaryArray.from_arrays(pa.array([1, 0, 1]), [True, False])
    assert stored(write_column(flags, path))[::2] == ("byte", [0, 1, 0])
    days = pa.DictionaryArray.from_arrays(pa.array([0, 0]), pa.array([0], pa.date32()))
    assert stored(write_column(days, path)) == ("long", "%td", [DAYS, DAYS])
    for values, cells in (
        ([7, None, 9], [7, 7, None, 9]),
        (["a", None, "b"], ["a", "a", "", "b"]),
    ):
        for ends in (pa.int16(), pa.int32(), pa.int64()):
            runs = pa.RunEndEncodedArray.from_arrays(pa.array([2, 3, 4], ends), values)
            assert stored(write_column(runs, path))[2] == cells
            assert stored(write_column(runs.slice(1, 2), path))[2] == cells[1:3]


def test_what_has_no_counterpart_is_an_error(path: Path) -> None:
    for array in ([[1]], [{"a": 1}]):
        with pytest.raises(ImageError, match=r"column x is of the Arrow type '\+"):
            write_column(pa.array(array), path)
    with pytest.raises(ImageError, match="the Arrow type 'tin'"):
        write_column(pa.array([None], pa.month_day_nano_interval()), path)
    with pytest.raises(ImageError, match="variable x, row 1: 9007199254740993 is beyond"):
        write_column(pa.array([1, 2**53 + 1]), path)
    with pytest.raises(ImageError, match="variable x, row 0: infinity"):
        write_column(pa.array([float("inf")]), path)
    assert not path.exists()


def test_an_error_of_the_stream_arrives_with_its_words(path: Path) -> None:
    schema = pa.schema({"x": pa.int8()})

    def batches():
        yield pa.record_batch({"x": pa.array([1], pa.int8())})
        raise ValueError("the well is dry")

    with pytest.raises(ImageError, match="the well is dry"):
        write(pa.RecordBatchReader.from_batches(schema, batches()), path)


def test_smallest_types(path: Path) -> None:
    for values, kind in (([1.0, None], "byte"), ([300], "int"), ([1e5], "long")):
        assert stored(write_column(pa.array(values), path, smallest=True))[0] == kind


def test_117_and_many_threads(path: Path) -> None:
    rows = 100_000
    table = pa.table(
        {"i": np.arange(rows), "s": [f"text {i % 1000}" for i in range(rows)]}
    )
    expected = table.to_pandas()
    for options in ({"release": 117}, {"threads": 3}):
        frame = pd.read_stata(write(table, path, **options))
        pd.testing.assert_frame_equal(frame, expected, check_dtype=False)


TEXT = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=9
)
STRATEGIES = {
    pa.int8(): st.integers(-128, 127),
    pa.uint16(): st.integers(0, 2**16 - 1),
    pa.int32(): st.integers(-(2**31), 2**31 - 1),
    pa.int64(): st.integers(-(2**53), 2**53),
    pa.float32(): st.floats(width=32, allow_nan=False, allow_infinity=False),
    pa.float64(): st.floats(-1.7e308, 8.9e307),
    pa.bool_(): st.booleans(),
    pa.string(): TEXT,
    pa.large_string(): TEXT | st.just("long " * 500),
    pa.string_view(): TEXT,
}


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    kinds = draw(st.lists(st.sampled_from(list(STRATEGIES)), min_size=1, max_size=6))
    rows = draw(st.integers(1, 12))
    cut = draw(st.integers(0, rows))
    columns = {}
    for k, kind in enumerate(kinds):
        cells = STRATEGIES[kind] | st.none()
        array = pa.array(draw(st.lists(cells, min_size=rows, max_size=rows)), kind)
        columns[f"v{k}"] = pa.chunked_array([array.slice(0, cut), array.slice(cut)])
    return pa.table(columns)


def plain(value: Any) -> Any:
    """A cell of any reader: a text, a float, or None for missing."""
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    return value if isinstance(value, str) else float(value)


def cells_of(frame: pd.DataFrame | pl.DataFrame) -> list[list[Any]]:
    return [[plain(v) for v in frame[name].to_list()] for name in frame.columns]


def without_last_blanks(columns: list[list[Any]]) -> list[list[Any]]:
    return [[v.rstrip(" ") if isinstance(v, str) else v for v in c] for c in columns]


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(table=tables(), share=st.booleans(), smallest=st.booleans())
def test_any_table_is_read_back_equal(
    path: Path, table: pa.Table, share: bool, smallest: bool
) -> None:
    write(table, path, share=share, smallest=smallest)
    texts = [not pa.types.is_primitive(kind) for kind in table.schema.types]
    expected = [
        ["" if text and v is None else plain(v) for v in column.to_pylist()]
        for text, column in zip(texts, table.columns, strict=True)
    ]
    assert cells_of(pd.read_stata(path)) == expected
    frame, _ = pyreadstat.read_dta(str(path))
    assert cells_of(frame) == expected
    # polars-readstat drops blanks at the end of a str#, where Stata keeps them.
    polars = cells_of(polars_readstat.scan_readstat(str(path)).collect())
    assert without_last_blanks(polars) == without_last_blanks(expected)
