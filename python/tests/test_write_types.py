"""Each row of docs/types.md's tables from Python to Stata: what a column becomes.

Values are compared with what other readers make of the image: see written.py.
"""

import datetime as dt
import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from written import stored_in, write_column

import shm
from shm.errors import (
    InvalidInputError,
    OutOfRangeError,
    PrecisionLossWarning,
    UnsupportedTypeError,
)

pytestmark = pytest.mark.usefixtures("segment_dir")

FORMATS = {"byte": "%8.0g", "int": "%8.0g", "long": "%12.0g"}
FORMATS |= {"float": "%9.0g", "double": "%10.0g"}
DAY, MS_1960 = 86_400_000, 315_619_200_000
TALLY = dt.datetime(2020, 2, 3, 4, 5, 6, 7000)  # in milliseconds since 1960:
TALLY_MS = 1_896_321_906_007


def numbers(column, **options) -> tuple[str, list]:
    """Return storage type and cells of a column whose format is its type's."""
    stored = write_column(column, **options)
    assert stored.format == FORMATS[stored.type]
    return stored.type, stored.cells


# Numbers


@pytest.mark.parametrize(
    ("dtype", "type", "wider", "beyond"),
    [
        ("i1", "byte", "int", [-128, 101, 127]),
        ("u1", "byte", "int", [101, 255]),
        ("i2", "int", "long", [-32768, 32741, 32767]),
        ("u2", "int", "long", [32741, 65535]),
        ("i4", "long", "double", [-(2**31), 2147483621, 2**31 - 1]),
        ("u4", "long", "double", [2147483621, 2**32 - 1]),
        ("i8", "long", "double", [-(2**31), 2147483621, 2**53, -(2**53)]),
        ("u8", "long", "double", [2147483621, 2**53]),
    ],
)
def test_integers(dtype, type, wider, beyond):
    low = {"b": -127, "i": -32767, "l": -(2**31) + 1}[type[0]]
    high = {"b": 100, "i": 32740, "l": 2147483620}[type[0]]
    within = [0, 1, high] if dtype[0] == "u" else [low, 0, high]
    assert numbers(np.array(within, dtype)) == (type, within)
    for value in beyond:
        assert numbers(np.array([1, value], dtype)) == (wider, [1, value])


@pytest.mark.parametrize("dtype", ["i8", "u8"])
@pytest.mark.parametrize("value", [2**53 + 1, 2**62, 2**63 - 1])
def test_integers_beyond_exact(dtype, value):
    array = np.array([1, value], dtype)
    message = f"column 'x', row 1: {value} is beyond 2\\^53.*int64='double'.*int64='str'"
    with pytest.raises(OutOfRangeError, match=message):
        shm.write({"x": array})
    with pytest.warns(PrecisionLossWarning, match=f"'x', row 1: {value}"):
        assert numbers(array, int64="double") == ("double", [1, float(value)])
    stored = write_column(array, int64="str")
    assert stored.cells == ["1", str(value)]


def test_unsigned_integers_beyond_signed_ones_are_no_negative_numbers():
    array = np.array([2**64 - 1], "u8")
    with pytest.raises(OutOfRangeError, match="18446744073709551615"):
        shm.write({"x": array})
    assert write_column(array, int64="str").cells == ["18446744073709551615"]


def test_booleans():
    assert numbers(np.array([True, False])) == ("byte", [1, 0])
    assert numbers([True, None, False]) == ("byte", [1, None, 0])
    assert numbers([np.True_, False]) == ("byte", [1, 0])


@pytest.mark.parametrize("dtype", ["f2", "f4", ">f4"])
def test_short_floats(dtype):
    assert numbers(np.array([0.5, np.nan, -2], dtype)) == ("float", [0.5, None, -2])


def test_floats():
    largest = float.fromhex("0x1.fffffep126")
    assert numbers(np.array([largest], "f4")) == ("float", [largest])
    for value in (np.float32(2**127), np.finfo("f4").max, np.finfo("f4").min):
        assert numbers(np.array([value], "f4")) == ("double", [float(value)])


def test_doubles():
    largest = float.fromhex("0x1.fffffffffffffp1022")
    values = [0.1, largest, -np.finfo("f8").max, 5e-324, -0.0]
    assert numbers(np.array([*values, np.nan])) == ("double", [*values, None])


@pytest.mark.parametrize("dtype", ["f4", "f8", "object"])
@pytest.mark.parametrize("value", [np.inf, -np.inf, 1e308])
def test_what_is_beyond_doubles(dtype, value):
    if dtype == "f4" and value == 1e308:
        pytest.skip("float32 has none")
    array = np.array([1, value], dtype)
    with pytest.raises(OutOfRangeError, match=r"column 'x', row 1: .*inf='missing'"):
        shm.write({"x": array})
    assert numbers(array, inf="missing")[1] == [1, None]


def test_numbers_of_python():
    assert numbers([1, None, 300]) == ("long", [1, None, 300])
    assert numbers([1.5, None, 3]) == ("double", [1.5, None, 3])
    assert numbers([Decimal("1.1"), None, Decimal("NaN"), 2]) == (
        "double",
        [1.1, None, None, 2],
    )
    assert numbers([Fraction(1, 3), 1]) == ("double", [1 / 3, 1])
    assert numbers([np.int16(3), np.float32(0.5)]) == ("double", [3, 0.5])
    assert numbers(range(3)) == ("long", [0, 1, 2])
    with pytest.raises(OutOfRangeError, match="row 1: 1180591620717411303424"):
        shm.write({"x": [1, 2**70]})
    assert write_column([1, 2**70, None], int64="str").cells == ["1", str(2**70), ""]


def test_nothing_but_missing_values():
    assert numbers([None, float("nan")]) == ("byte", [None, None])
    assert numbers([]) == ("byte", [])


def test_arrays_of_any_layout():
    matrix = np.arange(12, dtype=np.int16).reshape(4, 3)
    assert numbers(matrix[::-1, 1]) == ("int", [10, 7, 4, 1])
    assert numbers(np.array([1, -2], ">i4")) == ("long", [1, -2])
    records = np.zeros(2, [("tag", "u1"), ("x", "f8")])
    records["x"] = [1.5, 2.5]
    assert numbers(records["x"]) == ("double", [1.5, 2.5])
    assert numbers(np.broadcast_to(np.int8(7), 3)) == ("byte", [7, 7, 7])
    array = np.arange(3)
    array.flags.writeable = False
    assert numbers(array) == ("long", [0, 1, 2])


def test_masked_arrays():
    masked = np.ma.masked_array([1, 2, 3], [False, True, False])
    assert numbers(masked) == ("long", [1, None, 3])
    texts = np.ma.masked_array(["a", "b"], [False, True])
    assert write_column(texts).cells == ["a", ""]
    days = np.ma.masked_array(np.array([0, 1], "M8[D]"), [True, False])
    assert write_column(days).cells == [None, 3654]


def test_a_matrix_and_a_structured_array():
    matrix = np.arange(6.0).reshape(3, 2)
    stored = stored_in(shm.write(matrix, "m"))
    assert {name: v.cells for name, v in stored.items()} == {
        "v1": [0, 2, 4],
        "v2": [1, 3, 5],
    }
    records = np.array([(1, "a"), (2, "b")], [("id", "i2"), ("s", "U3")])
    stored = stored_in(shm.write(records, "m"))
    assert (stored["id"].cells, stored["s"].cells) == ([1, 2], ["a", "b"])
    assert (stored["id"].type, stored["s"].type) == ("int", "str1")


@pytest.mark.parametrize(
    ("dtype", "type"),
    [
        *[("Int8", "byte"), ("UInt8", "byte"), ("Int16", "int"), ("UInt16", "int")],
        *[("Int32", "long"), ("UInt32", "long"), ("Int64", "long"), ("UInt64", "long")],
        *[("Float32", "float"), ("Float64", "double"), ("boolean", "byte")],
    ],
)
def test_nullable(dtype, type):
    pd = pytest.importorskip("pandas")
    assert numbers(pd.array([1, None, 0], dtype=dtype)) == (type, [1, None, 0])


def test_nullable_integers_widen_by_values_that_are_there():
    pd = pytest.importorskip("pandas")
    assert numbers(pd.array([101, None], dtype="Int8")) == ("int", [101, None])
    hidden = pd.arrays.IntegerArray(
        np.array([1, 2**60]), np.array([False, True])
    )  # what a mask hides is no value
    assert numbers(hidden) == ("long", [1, None])


def test_sparse():
    pd = pytest.importorskip("pandas")
    assert numbers(pd.arrays.SparseArray([0, 1, 0])) == ("long", [0, 1, 0])
    assert numbers(pd.arrays.SparseArray([np.nan, 1.5])) == ("double", [None, 1.5])


@pytest.mark.parametrize(
    ("arrow", "type"),
    [
        *[("bool_", "byte"), ("int8", "byte"), ("uint8", "byte"), ("int16", "int")],
        *[("uint16", "int"), ("int32", "long"), ("uint32", "long"), ("int64", "long")],
        *[("uint64", "long"), ("float32", "float"), ("float64", "double")],
    ],
)
def test_numbers_of_arrow(arrow, type):
    pa = pytest.importorskip("pyarrow")
    whole = pa.chunked_array([[1, None], [], [0, 1]], pa.int8())
    column = whole.cast(getattr(pa, arrow)())
    assert numbers(column) == (type, [1, None, 0, 1])
    assert numbers(column.slice(1, 2)) == (type, [None, 0])
    pd = pytest.importorskip("pandas")
    backed = pd.Series(column, dtype=pd.ArrowDtype(getattr(pa, arrow)()))
    assert numbers(backed) == (type, [1, None, 0, 1])


def test_halves_and_nulls_of_arrow():
    pa = pytest.importorskip("pyarrow")
    halves = pa.array([np.float16(1.5), None], pa.float16())
    assert numbers(halves) == ("float", [1.5, None])
    assert numbers(pa.nulls(2)) == ("byte", [None, None])


@pytest.mark.parametrize("bits", [32, 64, 128, 256])
def test_decimals_of_arrow(bits):
    pa = pytest.importorskip("pyarrow")
    make = getattr(pa, f"decimal{bits}", None)
    if make is None:
        pytest.skip("this pyarrow has none")
    column = pa.array([Decimal("1.10"), None, Decimal("-7.05")], make(5, 2))
    assert numbers(column) == ("double", [1.1, None, -7.05])


def test_encodings_of_arrow():
    pa = pytest.importorskip("pyarrow")
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), [5, None])
    assert numbers(runs) == ("long", [5, 5, None])
    codes = pa.array([20, 10, None, 20], pa.int16()).dictionary_encode()
    assert numbers(codes) == ("int", [20, 10, None, 20])


def test_extension_types_are_stored_by_what_they_lie_in():
    pa = pytest.importorskip("pyarrow")
    if not hasattr(pa, "bool8"):
        pytest.skip("this pyarrow has none")
    column = pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1, None], pa.int8()))
    assert numbers(column) == ("byte", [1, None])


@pytest.mark.parametrize(
    ("polars", "type"),
    [
        *[("Boolean", "byte"), ("Int8", "byte"), ("UInt8", "byte"), ("Int16", "int")],
        *[("UInt16", "int"), ("Int32", "long"), ("UInt32", "long"), ("Int64", "long")],
        *[("UInt64", "long"), ("Float32", "float"), ("Float64", "double")],
        ("Null", "byte"),
    ],
)
def test_numbers_of_polars(polars, type):
    pl = pytest.importorskip("polars")
    values = [None, None] if polars == "Null" else [1, None]
    series = pl.Series(values).cast(getattr(pl, polars))
    assert numbers(series) == (type, values)


def test_decimals_of_polars():
    pl = pytest.importorskip("polars")
    series = pl.Series([Decimal("1.10"), None])
    assert numbers(series) == ("double", [1.1, None])


@pytest.mark.parametrize("library", ["pandas", "pyarrow", "polars"])
def test_integers_beyond_exact_of_every_library(library):
    module = pytest.importorskip(library)
    values = [2**53 + 1, None, 1]
    column = {
        "pandas": lambda: module.array(values, dtype="Int64"),
        "pyarrow": lambda: module.array(values),
        "polars": lambda: module.Series(values),
    }[library]()
    with pytest.raises(OutOfRangeError, match="column 'x', row 0: 9007199254740993"):
        shm.write({"x": column})
    assert write_column(column, int64="str").cells == [str(2**53 + 1), "", "1"]
    with pytest.warns(PrecisionLossWarning):
        stored = write_column(column, int64="double")
    assert stored.cells == [2.0**53, None, 1]


def test_extended_missing_values_in_nans():
    first = shm.write({"x": [1, None]}, "a", types={"x": "long"})
    values = shm.read(first, as_="dict")["x"]
    values[0] = np.uint64(0x7FF8 << 48 | (0x5D5A << 5 | 2) << 29).view("f8")
    stored = write_column(values)
    assert stored.cells == [".b", None]


# Dates and times


def dates(column, **options) -> tuple[str, str, list]:
    stored = write_column(column, **options)
    return stored.type, stored.format, stored.cells


@pytest.mark.parametrize(
    ("unit", "type", "format", "cell"),
    [
        ("Y", "long", "%ty", 2020),
        ("M", "long", "%tm", 721),
        ("W", "long", "%td", 21944),
        ("D", "long", "%td", 21948),
        ("h", "double", "%tc", 21948 * DAY + 4 * 3_600_000),
        ("m", "double", "%tc", 21948 * DAY + 245 * 60_000),
        ("s", "double", "%tc", TALLY_MS - 7),
        ("15m", "double", "%tc", 21948 * DAY + 240 * 60_000),
        *[(unit, "double", "%tc", TALLY_MS) for unit in ("ms", "us", "ns")],
    ],
)
def test_dates_of_numpy(unit, type, format, cell):
    array = np.array([TALLY, "NaT"], f"M8[{unit}]")
    assert dates(array) == (type, format, [cell, None])
    swapped = array.astype(array.dtype.newbyteorder())
    assert dates(swapped) == (type, format, [cell, None])


def test_fractions_of_milliseconds():
    array = np.array([0, 1], "M8[us]")
    assert dates(array)[2] == [MS_1960, MS_1960 + 0.001]


def test_dates_of_python():
    day = TALLY.date()
    assert dates([day, None]) == ("long", "%td", [21948, None])
    assert dates([TALLY, None]) == ("double", "%tc", [TALLY_MS, None])
    assert dates([day, TALLY]) == ("double", "%tc", [21948 * DAY, TALLY_MS])
    zone = dt.timezone(dt.timedelta(hours=5))
    assert dates([TALLY.replace(tzinfo=zone)])[2] == [TALLY_MS]
    early = dt.date(1, 1, 1)
    assert dates([early]) == ("long", "%td", [-dt.date(1960, 1, 1).toordinal() + 1])


def test_dates_of_pandas():
    pd = pytest.importorskip("pandas")
    stamps = pd.Series([pd.Timestamp(TALLY), pd.NaT])
    assert dates(stamps) == ("double", "%tc", [TALLY_MS, None])
    assert dates(stamps.astype(object)) == ("double", "%tc", [TALLY_MS, None])


def test_time_zones_show_the_clock_on_the_wall():
    pd = pytest.importorskip("pandas")
    tokyo = pd.Series([pd.Timestamp(TALLY), pd.NaT]).dt.tz_localize("Asia/Tokyo")
    assert dates(tokyo) == ("double", "%tc", [TALLY_MS, None])
    twice = pd.Series(pd.to_datetime(["2020-10-25 00:30", "2020-10-25 01:30"]))
    berlin = twice.dt.tz_localize("UTC").dt.tz_convert("Europe/Berlin")
    first, second = dates(berlin)[2]
    assert first == second
    category = berlin.astype("category")
    assert dates(category)[2] == [first, second]


@pytest.mark.parametrize(
    ("frequency", "type", "format", "cell"),
    [
        ("Y", "long", "%ty", 2020),
        ("Q", "long", "%tq", 240),
        ("M", "long", "%tm", 721),
        ("W", "long", "%td", 21948),
        ("D", "long", "%td", 21948),
        ("h", "double", "%tc", 21948 * DAY + 4 * 3_600_000),
        ("2M", "double", "%tc", 21946 * DAY),
        ("Y-JUN", "double", "%tc", 21731 * DAY),
    ],
)
def test_periods(frequency, type, format, cell):
    pd = pytest.importorskip("pandas")
    period = pd.PeriodIndex([pd.Timestamp(TALLY), pd.NaT], freq=frequency)
    assert dates(period) == (type, format, [cell, None])


def test_weeks_of_pandas_are_stata_weeks_on_demand():
    pd = pytest.importorskip("pandas")
    weeks = pd.PeriodIndex(["2020-02-03"], freq="W")
    assert dates(weeks, convert_dates={"x": "tw"}) == ("long", "%tw", [60 * 52 + 4])


def test_categories_of_periods_are_periods():
    pd = pytest.importorskip("pandas")
    months = pd.Series(pd.period_range("2020-01", periods=2, freq="M"))
    assert dates(months.astype("category")) == ("long", "%tm", [720, 721])


@pytest.mark.parametrize("days", ["date32", "date64"])
def test_days_of_arrow(days):
    pa = pytest.importorskip("pyarrow")
    column = pa.array([TALLY.date(), None], getattr(pa, days)())
    assert dates(column) == ("long", "%td", [21948, None])


@pytest.mark.parametrize("zone", [None, "Asia/Tokyo"])
@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_timestamps_of_arrow(unit, zone):
    pa = pytest.importorskip("pyarrow")
    column = pa.array([TALLY.replace(microsecond=0), None], pa.timestamp(unit))
    cell = TALLY_MS - 7
    if zone:
        column = column.cast(pa.timestamp(unit, zone))
        cell += 9 * 3_600_000
    assert dates(column) == ("double", "%tc", [cell, None])


def test_streams_with_time_zones():
    pa = pytest.importorskip("pyarrow")
    column = pa.array([TALLY], pa.timestamp("us", "Asia/Tokyo"))
    reader = pa.table({"x": column}).to_reader()
    segment = shm.write(reader, "zoned", stream=False)
    assert stored_in(segment)["x"].cells == [TALLY_MS + 9 * 3_600_000]


@pytest.mark.parametrize(
    ("type", "unit", "ticks"),
    [
        ("time32", "s", 3723),
        ("time32", "ms", 3_723_000),
        ("time64", "us", 3_723_000_000),
        ("time64", "ns", 3_723_000_000_000),
    ],
)
def test_times_of_day_of_arrow(type, unit, ticks):
    pa = pytest.importorskip("pyarrow")
    column = pa.array([ticks, None], getattr(pa, type)(unit))
    assert dates(column) == ("double", "%tcHH:MM:SS", [3_723_000, None])


def test_times_of_day():
    time = dt.time(1, 2, 3, 4000)
    assert dates([time, None]) == ("double", "%tcHH:MM:SS", [3_723_004, None])
    pl = pytest.importorskip("polars")
    assert dates(pl.Series([time])) == ("double", "%tcHH:MM:SS", [3_723_004])


@pytest.mark.parametrize(
    ("unit", "milliseconds"),
    [
        *[("W", 7 * DAY), ("D", DAY), ("h", 3_600_000), ("m", 60_000), ("s", 1000)],
        *[("ms", 1), ("us", 0.001), ("ns", 1e-6), ("10s", 10_000)],
    ],
)
def test_durations_of_numpy(unit, milliseconds):
    assert numbers(np.array([1, "NaT"], f"m8[{unit}]")) == (
        "double",
        [milliseconds, None],
    )


def test_durations():
    assert numbers([dt.timedelta(seconds=1), None]) == ("double", [1000, None])
    pa = pytest.importorskip("pyarrow")
    assert numbers(pa.array([2, None], pa.duration("s"))) == ("double", [2000, None])
    pl = pytest.importorskip("polars")
    assert numbers(pl.Series([dt.timedelta(1)])) == ("double", [DAY])


def test_dates_of_polars():
    pl = pytest.importorskip("polars")
    assert dates(pl.Series([TALLY.date(), None])) == ("long", "%td", [21948, None])
    for unit in ("ms", "us", "ns"):
        column = pl.Series([TALLY, None], dtype=pl.Datetime(unit))
        assert dates(column) == ("double", "%tc", [TALLY_MS, None])
    zoned = pl.Series([TALLY]).dt.replace_time_zone("Asia/Tokyo")
    assert dates(zoned)[2] == [TALLY_MS]


KINDS = [("td", -1, 21948), ("tc", -60_000, TALLY_MS), ("tw", -1, 3124)]
KINDS += [("tm", -1, 721), ("tq", -1, 240), ("th", -1, 120), ("ty", 1959, 2020)]
MOMENTS = [dt.datetime(1959, 12, 31, 23, 59), None, TALLY]


@pytest.mark.parametrize(("kind", "early", "late"), KINDS)
@pytest.mark.parametrize("source", ["list", "numpy", "pandas", "pyarrow", "polars"])
def test_dates_counted_by_another_kind(source, kind, early, late):
    module = None if source == "list" else pytest.importorskip(source)
    column = {
        "list": lambda: MOMENTS,
        "numpy": lambda: np.array(MOMENTS, "M8[us]"),
        "pandas": lambda: module.Series(MOMENTS),
        "pyarrow": lambda: module.array(MOMENTS),
        "polars": lambda: module.Series(MOMENTS),
    }[source]()
    type, format, cells = dates(column, convert_dates={"x": kind})
    assert (format, cells) == (f"%{kind}", [early, None, late])
    assert type == ("double" if kind == "tc" else "long")
    days = [moment and moment.date() for moment in MOMENTS]
    column = {
        "list": lambda: days,
        "numpy": lambda: np.array(days, "M8[D]"),
        "pandas": lambda: module.Series(days),
        "pyarrow": lambda: module.array(days),
        "polars": lambda: module.Series(days),
    }[source]()
    cells = dates(column, convert_dates={"x": kind})[2]
    assert cells == ([-DAY, None, 21948 * DAY] if kind == "tc" else [early, None, late])


def test_the_last_week_of_a_year_is_longer():
    days = np.array(["2019-12-30", "2020-01-01", "2020-01-08"], "M8[D]")
    assert dates(days, convert_dates={"x": "tw"})[2] == [3119, 3120, 3121]


def test_leap_seconds_are_counted_by_numbers_only():
    assert dates([1.5], convert_dates={"x": "tC"}) == ("double", "%tC", [1.5])
    with pytest.raises(UnsupportedTypeError, match="counts leap seconds"):
        shm.write({"x": np.array([0], "M8[s]")}, convert_dates={"x": "tC"})


def test_times_that_are_no_dates_become_none():
    with pytest.raises(InvalidInputError, match=r"'x' holds times .* not as %td"):
        shm.write({"x": [dt.time(1)]}, convert_dates={"x": "td"})
    with pytest.raises(UnsupportedTypeError, match="'x' holds durations"):
        shm.write({"x": [dt.timedelta(1)]}, convert_dates={"x": "tm"})


# Texts


@pytest.mark.parametrize(
    "dtype", ["object", "string", "string[pyarrow]", "str", "large_string[pyarrow]"]
)
def test_texts_of_pandas(dtype):
    pd = pytest.importorskip("pandas")
    if "pyarrow" in dtype:
        pytest.importorskip("pyarrow")
    series = pd.Series(["ab", None, "é", ""], dtype=dtype)
    if dtype == "str" and series[1] == "None":
        pytest.skip("no dtype of this pandas")
    assert write_column(series).type == "str2"
    assert write_column(series).cells == ["ab", "", "é", ""]


@pytest.mark.parametrize("arrow", ["string", "large_string", "string_view"])
def test_texts_of_arrow(arrow):
    pa = pytest.importorskip("pyarrow")
    if not hasattr(pa, arrow):
        pytest.skip("this pyarrow has none")
    column = pa.array(["ab", None, "é" * 9], getattr(pa, arrow)())
    stored = write_column(column)
    assert (stored.type, stored.cells) == ("str18", ["ab", "", "é" * 9])
    assert stored.format == "%18s"


def test_texts_of_numpy_and_polars():
    stored = write_column(np.array(["ab", "é", ""]))
    assert (stored.type, stored.format, stored.cells) == ("str2", "%9s", ["ab", "é", ""])
    swapped = np.array(["ab", "é"]).astype(">U3")
    assert write_column(swapped).cells == ["ab", "é"]
    pl = pytest.importorskip("polars")
    assert write_column(pl.Series(["ab", None])).cells == ["ab", ""]


def test_widths_are_bytes_of_utf8():
    assert write_column(["é" * 1022]).type == "str2044"
    assert write_column(["é" * 1022 + "a"]).type == "str2045"
    assert write_column(["é" * 1023]).type == "strL"
    assert write_column([""]).type == "str1"
    assert write_column(["𝄞"]).type == "str4"


def test_bytes_are_binary():
    stored = write_column([b"a\0\xff", None, bytearray(b"x"), b""])
    assert (stored.type, stored.cells) == ("strL", [b"a\0\xff", b"", b"x", b""])


@pytest.mark.parametrize("arrow", ["binary", "large_binary", "binary_view", "fixed"])
def test_bytes_of_arrow(arrow):
    pa = pytest.importorskip("pyarrow")
    type = pa.binary(2) if arrow == "fixed" else getattr(pa, arrow)()
    stored = write_column(pa.array([b"a\0", None], type))
    assert (stored.type, stored.cells) == ("strL", [b"a\0", b""])


def test_bytes_of_polars():
    pl = pytest.importorskip("polars")
    assert write_column(pl.Series([b"a\0", None])).cells == [b"a\0", b""]


def test_fields_of_bytes():
    stored = write_column(np.array([b"ab", b"", b"c"]))
    assert (stored.type, stored.cells) == ("str2", ["ab", "", "c"])
    assert write_column(np.array(["é".encode()])).cells == ["é"]
    stored = write_column(np.array([b"ab", b"\xe9"]))
    assert (stored.type, stored.cells) == ("strL", [b"ab", b"\xe9"])
    assert write_column(np.array([b"a\0b"])).cells == [b"a\0b"]
    assert write_column(np.array([b"abcd", b"ef"])[::-1]).cells == ["ef", "abcd"]


def test_texts_that_are_none():
    message = r"column 'x', row 1: the text contains a NUL byte; .*"
    with pytest.raises(InvalidInputError, match=message):
        shm.write({"x": ["a", "b\0c"]})
    with pytest.raises(InvalidInputError, match=r"column 'x', row 1: .*UTF-8"):
        shm.write({"x": ["a", "b\ud800"]})


# Categories


def labelled(column, **options) -> tuple[str, list, dict]:
    stored = write_column(column, **options)
    return stored.type, stored.cells, stored.labels


def test_categories_of_texts():
    pd = pytest.importorskip("pandas")
    series = pd.Categorical(["low", None, "high"], ["low", "mid", "high"], ordered=True)
    labels = {0: "low", 1: "mid", 2: "high"}
    assert labelled(series) == ("byte", [0, None, 2], labels)
    wanted = {1: "low", 2: "mid", 3: "high", ".a": "refused"}
    assert labelled(series, value_labels={"x": wanted}) == ("byte", [1, None, 3], wanted)
    some = {1: "mid"}
    assert labelled(series, value_labels={"x": some}) == (
        "byte",
        [0, None, 2],
        {1: "mid", 0: "low", 2: "high"},
    )


def test_categories_of_arrow_and_polars():
    pa = pytest.importorskip("pyarrow")
    column = pa.chunked_array(
        [
            pa.array(["b", "a"]).dictionary_encode(),
            pa.array(["a", None, "c"]).dictionary_encode(),
        ]
    )
    labels = {0: "b", 1: "a", 2: "c"}
    assert labelled(column) == ("byte", [0, 1, 1, None, 2], labels)
    wanted = {3: "a", 2: "b", 1: "c"}
    assert labelled(column, value_labels={"x": wanted})[1:] == (
        [2, 3, 3, None, 1],
        wanted,
    )
    pl = pytest.importorskip("polars")
    assert labelled(pl.Series(["b", "a", None], dtype=pl.Enum(["a", "b"]))) == (
        "byte",
        [1, 0, None],
        {0: "a", 1: "b"},
    )
    text = pl.Series(["b", None, "a"], dtype=pl.Categorical)
    type, cells, found = labelled(text)
    assert (type, [found.get(cell) for cell in cells]) == ("byte", ["b", None, "a"])


def test_many_categories_widen():
    pd = pytest.importorskip("pandas")
    texts = [f"c{k}" for k in range(200)]
    type, cells, labels = labelled(pd.Categorical(texts, texts))
    assert (type, cells, labels) == ("int", list(range(200)), dict(enumerate(texts)))
    pl = pytest.importorskip("polars")
    assert labelled(pl.Series(texts, dtype=pl.Enum(texts))) == (type, cells, labels)


def test_categories_of_numbers():
    pd = pytest.importorskip("pandas")
    assert labelled(pd.Categorical([20, 10, None])) == ("byte", [20, 10, None], {})
    assert labelled(pd.Categorical([-200, 40_000])) == ("long", [-200, 40_000], {})
    assert labelled(pd.Categorical([2**40])) == ("double", [2**40], {})
    assert labelled(pd.Categorical([0.5, None])) == ("double", [0.5, None], {})
    assert labelled(pd.Categorical([True, False])) == ("byte", [1, 0], {})


def test_categories_of_texts_and_numbers():
    pd = pytest.importorskip("pandas")
    column = pd.Categorical(["yes", 3, None, "no"], ["yes", "no", 3, 0])
    type, cells, labels = labelled(column)
    assert (type, cells[1:3]) == ("byte", [3, None])
    assert labels == {cells[0]: "yes", cells[3]: "no"}
    assert len({cells[0], cells[3], 0, 3}) == 4


LEVELS = {1: "low", 3: "mid", 7: "high"}


def read_levels(codes: list, names: str = "x") -> "pd.DataFrame":  # noqa: F821
    pytest.importorskip("pandas")
    shm.write(
        dict.fromkeys(names, codes),
        "levels",
        metadata={
            "variables": {name: {"value_label": "levels"} for name in names},
            "value_labels": {"levels": LEVELS},
        },
    )
    return shm.read("levels")


def values_and_labels(frame, name: str = "x") -> tuple[list, dict]:
    segment = shm.write(frame, "again")
    stored = stored_in(segment)[name]
    return stored.cells, stored.labels


def test_renamed_categories_keep_their_values():
    frame = read_levels([7, 1, 3])
    frame["x"] = frame["x"].cat.rename_categories({"mid": "medium"})
    for same in (frame, frame[::-1].reset_index(drop=True)[::-1], frame.copy()):
        found = values_and_labels(same)
        assert found == ([7, 1, 3], {1: "low", 3: "medium", 7: "high"})
    frame["x"] = frame["x"].cat.rename_categories(["niedrig", "mittel", "hoch"])
    renamed = {1: "niedrig", 3: "mittel", 7: "hoch"}
    assert values_and_labels(frame) == ([7, 1, 3], renamed)
    assert values_and_labels(frame[frame["x"] != "hoch"]) == ([1, 3], renamed)


def test_renamed_categories_with_metadata_that_are_handed_on():
    read_levels([7, 1, 3])
    frame, metadata = shm.read("levels", return_metadata=True)
    frame["x"] = frame["x"].cat.rename_categories({"mid": "medium"})
    frame.attrs.clear()
    segment = shm.write(frame, "again", metadata=pickle.loads(pickle.dumps(metadata)))
    assert stored_in(segment)["x"].cells == [7, 1, 3]


def test_labels_that_do_not_occur_stay_when_others_are_renamed():
    frame = read_levels([7, 1])
    frame["x"] = frame["x"].cat.rename_categories({"high": "top"})
    assert values_and_labels(frame) == ([7, 1], LEVELS | {7: "top"})


def test_renamed_categories_of_a_shared_set():
    frame = read_levels([7, 1, 3], "xyz")
    for name in "xy":
        frame[name] = frame[name].cat.rename_categories({"mid": "medium"})
    for name in "xy":
        found = values_and_labels(frame, name)
        assert found == ([7, 1, 3], LEVELS | {3: "medium"})
    assert values_and_labels(frame, "z") == ([7, 1, 3], LEVELS)
    assert list(shm.open("again").value_labels) == ["levels", "levels_2"]


def test_categories_that_are_not_those_that_were_read():
    frame = read_levels([7, 1, 3])
    column = frame["x"]
    frame["x"] = column.cat.add_categories("other")
    assert values_and_labels(frame) == ([7, 1, 3], LEVELS | {0: "other"})
    frame["x"] = column.cat.remove_categories("mid").cat.add_categories("other")
    assert values_and_labels(frame) == ([7, 1, None], LEVELS | {0: "other"})
    frame["x"] = column.cat.reorder_categories(["high", "low", "mid"])
    assert values_and_labels(frame) == ([7, 1, 3], LEVELS)


def test_the_caller_goes_before_the_values_that_were_read():
    frame = read_levels([7, 1, 3])
    frame["x"] = frame["x"].cat.rename_categories({"mid": "medium"})
    wanted = {5: "medium", 6: "low", 9: "high"}
    segment = shm.write(frame, "again", value_labels={"x": wanted})
    assert stored_in(segment)["x"].cells == [9, 6, 5]


def test_of_two_values_with_one_label_the_one_that_was_read_is_written():
    pytest.importorskip("pandas")
    shm.write({"x": [2, 2]}, "twice", value_labels={"x": {1: "same", 2: "same"}})
    assert values_and_labels(shm.read("twice"))[0] == [2, 2]


def test_categories_of_intervals():
    pd = pytest.importorskip("pandas")
    cut = pd.cut(pd.Series([1, 2, 30]), [0, 10, 100])
    assert labelled(cut) == ("byte", [0, 0, 1], {0: "(0, 10]", 1: "(10, 100]"})


def test_categories_that_are_no_labels():
    pd = pytest.importorskip("pandas")
    moments = pd.Series(pd.to_datetime(["2020-02-03", None])).astype("category")
    assert dates(moments) == ("double", "%tc", [21948 * DAY, None])
    texts = ["a" * 32_001, "b"]
    assert labelled(pd.Categorical(texts)) == ("strL", texts, {})
    assert labelled(pd.Categorical([None, None])) == ("byte", [None, None], {})
    many = [f"{k}" for k in range(65_537)]
    stored = write_column(pd.Categorical(many, many))
    assert (stored.type, stored.cells == many, stored.labels) == ("str5", True, {})


def test_labels_of_numbers():
    labels = {1: "one", -5: "minus five", ".a": "refused", 2: "two"}
    assert labelled([1, 2], value_labels={"x": labels}) == ("long", [1, 2], labels)


# What is refused


@pytest.mark.parametrize(
    ("column", "remedy"),
    [
        (np.array([1j]), "real and imag"),
        (np.array([1], np.longdouble), r"astype\('float64'\)"),
        (np.array([1], "m8[M]"), r"astype\('timedelta64\[ms\]'\)"),
        (np.array([b"ab"], "V2"), "fields are columns"),
        (np.zeros(1, [("a", "i1")]), "fields are columns"),
        ([[1]], r"str\(\)"),
        ([{}], r"str\(\)"),
        ([1j], r"str\(\)"),
        (["a", 1], r"astype\(str\)"),
        (["a", b"b"], r"astype\(str\)"),
        ([1, dt.date(2020, 1, 1)], r"astype\(str\)"),
        ("text", "a list serves"),
        (3, "a list serves"),
    ],
)
def test_refused(column, remedy):
    with pytest.raises(UnsupportedTypeError, match=f"column 'x'.*{remedy}"):
        shm.write({"x": column})


def test_refused_of_pandas():
    pd = pytest.importorskip("pandas")
    with pytest.raises(UnsupportedTypeError, match=r"column 'x'.*\.mid"):
        shm.write({"x": pd.interval_range(0, 2)})


def test_refused_of_arrow():
    pa = pytest.importorskip("pyarrow")
    for column in (
        pa.array([[1]]),
        pa.array([{"a": 1}]),
        pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
        pa.array([None], pa.month_day_nano_interval()),
    ):
        with pytest.raises(UnsupportedTypeError, match="column x is of the Arrow type"):
            shm.write(pa.table({"x": column}))


def test_refused_of_polars():
    pl = pytest.importorskip("polars")
    for series, remedy in (
        (pl.Series([[1]]), "columns of their own"),
        (pl.Series([{"a": 1}]), "columns of their own"),
        (pl.Series([1], dtype=pl.Int128), "64 bits"),
        (pl.Series([object()], dtype=pl.Object), "makes text of it"),
    ):
        with pytest.raises(UnsupportedTypeError, match=f"column .*x.*{remedy}"):
            shm.write(series.alias("x"))


@pytest.mark.parametrize("data", [3, "x", object(), np.zeros(3), np.zeros((1, 1, 1))])
def test_data_that_are_no_table(data):
    with pytest.raises((UnsupportedTypeError, InvalidInputError), match=r"table"):
        shm.write(data)
