"""What users of other packages ask for and complain about, a test for each.

The numbers are those of a survey of 48 such threads. Not here, as they concern something
else: 5 (bench/ measures texts and dates by themselves), 7 and 43 (the plugin interface is
not used), 11 (`use varlist if exp in range`: Stata reads the image itself), 4 (sizes
beyond 2 GB: core/src/dta/large_image_test.cc). What has a file of its own is only touched
here: 21 test_write_types.py, 44 test_write_names.py, 45 test_write_errors.py.
"""

import datetime as dt
import struct
import time
import warnings
from pathlib import Path

import images
import numpy as np
import pytest
from written import cells_of, stored_in, write_column

import shm
from shm.errors import DateWarning, LabelWarning, OutOfRangeError, PrecisionLossWarning

pytestmark = pytest.mark.usefixtures("segment_dir")

PEAK = """
import resource
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
"""


def measured(code: str) -> list[int]:
    """Run code in a process of its own; return the numbers that it prints."""
    with images.python(PEAK + code) as process:
        output = process.stdout.read()
    assert process.returncode == 0
    return [int(number) for number in output.split()]


# Speed and memory


def test_1_writing_takes_no_copy_of_the_frame():
    (extra,) = measured("""
import numpy, shm
data = {f"x{k}": numpy.ones(2_000_000) for k in range(8)}  # 128 MB
shm.write({"x": numpy.ones(10)}, "small")
before = peak()
shm.write(data, "large")
print(peak() - before)
""")
    assert extra < 40e6


def test_2_bytes_with_missing_values_stay_bytes():
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"x": pd.array([1, None] * 50, dtype="Int8")})
    segment = shm.write(frame, "b")
    assert segment.types == {"x": "byte"}
    back = segment.to_pandas(dtype_backend="numpy_nullable")
    assert back["x"].dtype == "Int8"
    assert back["x"].tolist() == frame["x"].tolist()


def test_3_reading_takes_little_beside_the_result():
    size, extra = measured("""
import numpy, shm
seg = shm.write({f"x{k}": numpy.ones(2_000_000) for k in range(8)}, "large")
shm.read(seg, as_="dict", rows=slice(5))
before = peak()
data = shm.read("large", as_="dict")
print(seg.nbytes, peak() - before)
""")
    # The pages of the image count as well, once, as they are mapped.
    assert extra < 2.3 * size


def test_6_and_8_thousands_of_variables():
    columns, rows = 20_000, 3
    data = {f"x{k}": np.arange(rows) for k in range(columns)}
    labels = {name: f"label of {name}" for name in data}
    started = time.monotonic()
    segment = shm.write(data, "wide", variable_labels=labels)
    back = segment.to_dict()
    assert time.monotonic() - started < 10  # seconds; other writers take minutes
    assert len(back) == columns
    assert segment.labels == labels


def test_9_polars_without_pandas_and_pyarrow():
    pytest.importorskip("polars")
    with images.python("""
import sys, polars, shm
seg = shm.write(polars.DataFrame({"x": [1, None], "s": ["a", None]}), "p")
frame = shm.read("p", as_="polars")
print(frame["x"].to_list(), frame["s"].to_list())
print("pandas" in sys.modules, "pyarrow" in sys.modules)
""") as process:
        output = process.stdout.read()
    assert output == "[1, None] ['a', '']\nFalse False\n"


def test_10_a_look_without_the_data():
    shm.write({"x": np.arange(1000), "y": np.arange(1000)}, "n")
    described = shm.info("n")
    assert (described.observations, len(described.variables)) == (1000, 2)
    part = shm.read("n", as_="dict", columns=["y"], rows=slice(10, 12))
    assert {name: values.tolist() for name, values in part.items()} == {"y": [10, 11]}


# Types and missing values


def test_12_and_13_extension_types_are_taken_from_the_first_day_on():
    pd = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    frame = pd.DataFrame(
        {
            "i": pd.array([1, None], dtype="Int64"),
            "a": pd.array([1, None], dtype="int64[pyarrow]"),
            "s": pd.array(["x", None], dtype="string"),
            "t": pd.array(["x", None], dtype="string[pyarrow]"),
            "b": pd.array([True, None], dtype="boolean"),
            "f": pd.array([0.5, None], dtype="Float32"),
        }
    )
    stored = stored_in(shm.write(frame, "e"))
    cells = [variable.cells for variable in stored.values()]
    assert cells == [[1, None], [1, None], ["x", ""], ["x", ""], [1, None], [0.5, None]]


def test_14_ids_never_merge_silently():
    ids = np.array([2**53, 2**53 + 1])
    with pytest.raises(OutOfRangeError, match="9007199254740993"):
        shm.write({"x": ids})
    assert write_column(ids, int64="str").cells == [str(value) for value in ids]
    with pytest.warns(PrecisionLossWarning):
        write_column(ids, int64="double")


def test_15_sentinels_are_those_of_each_type():
    for type in ("byte", "int", "long", "float", "double"):
        stored = write_column([1, None], types={"x": type})
        assert (stored.type, stored.cells) == (type, [1, None])


@pytest.mark.parametrize("value", [np.inf, -np.inf, 8.99e307])
def test_16_nothing_beyond_a_double_is_written_raw(value):
    with pytest.raises(OutOfRangeError):
        shm.write({"x": [1.0, value]})
    assert write_column([1.0, value], inf="missing").cells == [1, None]


def test_17_columns_of_nothing():
    assert write_column([None, None]).type == "byte"
    pd = pytest.importorskip("pandas")
    assert write_column(pd.Series([None, None], dtype=object)).cells == [None, None]
    assert write_column(pd.Series([None, None], dtype="string")).cells == ["", ""]


def test_18_one_rule_for_missing_texts():
    missing = [None, float("nan")]
    try:
        import pandas as pd

        missing += [pd.NA, pd.NaT]
    except ImportError:
        pass
    for text in ("short", "long" * 1000):
        assert write_column([text, *missing]).cells == [text, *[""] * len(missing)]


def test_19_types_come_from_the_header():
    pd = pytest.importorskip("pandas")
    data = {"i": np.zeros(0, "i1"), "s": np.zeros(0, "U1"), "d": np.zeros(0, "M8[D]")}
    segment = shm.write(data, "empty")
    frame = shm.read("empty", columns=["d", "i"])
    assert list(frame.columns) == ["d", "i"]
    assert (frame["i"].dtype, frame["d"].dtype.kind) == (np.int8, "M")
    assert segment.types["s"] == "str1"
    segment = shm.write({"x": np.array([1, 2, 3], "i2")}, "chunks")
    parts = [shm.read("chunks", rows=slice(k, k + 1)) for k in range(3)]
    assert {str(part["x"].dtype) for part in parts} == {"int16"}
    assert isinstance(parts[0], pd.DataFrame)


def test_20_compress_loses_nothing():
    values = np.array([0.1, 1e10 + 0.5, -3.0])
    stored = write_column(values, compress=True)
    assert (stored.type, stored.cells) == ("double", values.tolist())
    assert write_column(np.array([1.0, 250.0]), compress=True).type == "int"


def test_21_there_is_a_published_table():
    root = Path(__file__).resolve().parents[2]
    table = (root / "docs" / "types.md").read_text()
    for word in ("int8", "uint64", "Period", "dictionary", "timestamp[us]", "Enum"):
        assert word in table


# Dates


def test_22_and_23_dates_need_no_option():
    day, moment = dt.date(2020, 2, 3), dt.datetime(2020, 2, 3, 4)
    assert write_column([day]).format == "%td"
    assert write_column([moment]).format == "%tc"
    segment = shm.write({"day": [day], "moment": [moment]}, "d")
    back = segment.to_dict()
    assert back["day"].tolist()[0].date() == day
    assert back["moment"].tolist() == [moment]


def test_24_far_dates_do_not_wrap():
    far = np.array(["9999-12-31", "0001-01-01", "1677-01-01"], "M8[D]")
    segment = shm.write({"x": far}, "far")
    assert (segment.to_dict()["x"].astype("M8[D]") == far).all()
    segment = shm.write({"x": [10**7, 1]}, "far", formats={"x": "%td"})
    with pytest.warns(DateWarning):
        assert segment.to_dict()["x"].tolist() == [10**7, 1]
    further = np.array(["200000-01-01"], "M8[s]")
    (cell,) = write_column(further).cells
    assert cell == int(further.astype("M8[s]").astype(int)[0] * 1000 + 315_619_200_000)


def test_25_leap_second_times_are_handed_back_untouched():
    segment = shm.write({"x": [1.5, 1e15]}, "C", convert_dates={"x": "tC"})
    assert segment.to_dict()["x"].tolist() == [1.5, 1e15]


def test_26_mixed_time_zones():
    zones = [dt.timezone(dt.timedelta(hours=h)) for h in (0, 5)]
    moments = [dt.datetime(2020, 2, 3, 4, tzinfo=zone) for zone in zones]
    first, second = write_column(moments).cells
    assert first == second  # by the clock on the wall


@pytest.mark.parametrize("format", ["%tdNN/DD/CCYY", "%-td", "%d", "%tcHH:MM", "%tmCCYY"])
def test_27_and_28_formats_with_details_come_back(format):
    segment = shm.write({"x": [22_000, 1]}, "f", formats={"x": format})
    values = shm.read("f", as_="dict")["x"]
    assert values.dtype.kind == "M"
    again = shm.write({"x": values}, "g", metadata=segment.metadata)
    assert again.formats == {"x": format}
    assert cells_of(again, "x") == [22_000, 1]


def test_29_milliseconds_stay():
    moment = dt.datetime(2020, 2, 3, 4, 5, 6, 789_000)
    shm.write({"x": [moment]}, "ms")
    assert shm.read("ms", as_="dict")["x"].tolist() == [moment]


# Labels and metadata


def test_30_labels_that_are_not_unique():
    pytest.importorskip("pandas")
    shm.write({"x": [1, 2]}, "l", value_labels={"x": {1: "same", 2: "same"}})
    with pytest.warns(LabelWarning):
        assert shm.read("l")["x"].tolist() == [1, 2]


def test_31_and_32_labels_and_codes_as_wished():
    pd = pytest.importorskip("pandas")
    labels = {10: "ten", 20: "twenty"}
    assert write_column([10, 20], value_labels={"x": labels}).labels == labels
    category = pd.Categorical(["twenty", "ten"])
    stored = write_column(category, value_labels={"x": labels})
    assert (stored.cells, stored.labels) == ([20, 10], labels)


def test_33_to_35_label_tables_are_sorted_and_checked():
    labels = {3: "c", -2: "m", 1: "a", ".z": "z", 2147483620: "last"}
    segment = shm.write({"x": [1]}, "l", value_labels={"x": labels})
    content = Path(segment.path).read_bytes()
    table = content[content.index(b"<lbl>") + 5 + 4 + 129 + 3 :]
    count, _ = struct.unpack_from("<2i", table)
    values = struct.unpack_from(f"<{count}i", table, 8 + 4 * count)
    assert list(values) == [-2, 1, 3, 2147483620, 2147483647]
    assert stored_in(segment)["x"].labels == labels


def test_36_names_of_label_sets_fit_their_field():
    pd = pytest.importorskip("pandas")
    for name in ("a" * 33, "é" * 33, "中" * 40):
        with pytest.warns(shm.errors.RenamedColumnWarning):
            segment = shm.write({name: pd.Categorical(["u"])}, "l")
        (label_set,) = segment.value_labels
        assert len(label_set) <= 32
        assert segment.check() == []


def test_37_an_empty_label_table_breaks_nothing():
    metadata = {
        "variables": {"x": {"value_label": "none"}, "y": {"value_label": "some"}},
        "value_labels": {"none": {}, "some": {1: "one"}},
    }
    segment = shm.write({"x": [1], "y": [1]}, "l", metadata=metadata)
    assert stored_in(segment)["y"].labels == {1: "one"}
    pd = pytest.importorskip("pandas")
    assert shm.write({"x": pd.Categorical([None])}, "l").value_labels == {}


def test_38_and_39_characteristics_and_notes_travel():
    pytest.importorskip("pandas")
    characteristics = {"_dta": {"source": "survey"}, "x": {"unit": "kg"}}
    options = {"notes": ["a note"], "characteristics": characteristics}
    shm.write({"x": [1]}, "c", variable_labels={"x": "weight"}, **options)
    frame = shm.read("c")
    assert frame.attrs["stata"]["notes"] == {"_dta": ["a note"]}
    assert frame.attrs["stata"]["variables"]["x"]["label"] == "weight"
    again = shm.write(frame, "again")
    assert again.characteristics["x"] == {"unit": "kg"}
    assert again.characteristics["_dta"]["source"] == "survey"
    assert again.notes == {"_dta": ["a note"]}


# Strings, encodings, names


def test_40_one_bad_byte_spoils_one_text():
    segment = shm.write(
        {"x": [1], "s": ["good"]}, "e", variable_labels={"x": "caf?", "s": "thé"}
    )
    content = Path(segment.path).read_bytes().replace(b"caf?", b"caf\xe9")
    content = content.replace(b"good", b"g\xfcod")
    damaged = shm.Segment.of(content)
    assert damaged.labels == {"x": "café", "s": "thé"}
    assert shm.read(content, as_="dict")["s"].tolist() == ["güod"]


def test_41_widths_are_counted_in_bytes():
    text = "São João da Madeira é ótimo"
    stored = write_column([text])
    assert (stored.type, stored.cells) == (f"str{len(text.encode())}", [text])


@pytest.mark.parametrize("release", [117, 118])
def test_42_strls_are_in_order(release):
    texts = [f"{k}" * 700 for k in range(9)]
    data = {"a": texts, "n": list(range(9)), "b": texts[::-1]}
    segment = shm.write(data, "s", convert_strl=["a", "b"], release=release)
    stored = stored_in(segment)
    assert (stored["a"].cells, stored["b"].cells) == (texts, texts[::-1])
    content = Path(segment.path).read_bytes()
    at, order = content.index(b"<strls>") + 7, []
    while content[at : at + 3] == b"GSO":
        v, o = struct.unpack_from("<IQ" if release > 117 else "<II", content, at + 3)
        at += 3 + struct.calcsize("<IQ" if release > 117 else "<II")
        order.append((o, v))
        at += 5 + struct.unpack_from("<I", content, at + 1)[0]
    assert order == sorted(order)


def test_42_strls_beyond_32767_variables():
    data = {f"x{k}": np.array([k], "i1") for k in range(100)}
    data |= {f"y{k}": np.array([1], "i1") for k in range(32_700)}
    data["s"] = ["a" * 3000]
    segment = shm.write(data, "wide")
    assert (segment.release, segment.check()) == (119, [])
    assert segment["s"].tolist() == data["s"]
    pd = pytest.importorskip("pandas")
    frame = pd.read_stata(segment.path)
    assert (frame["s"][0], frame["x7"][0]) == ("a" * 3000, 7)


def test_44_names_of_32_characters_pass():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert shm.write({"a" * 32: [1], "ø": [1]}, "n").shape == (1, 2)


# Format version and workflow


def test_46_and_47_release_118_whenever_it_serves():
    for count in (1, 2049, 32_767):
        matrix = np.zeros((1, count), np.int8)
        assert shm.write(matrix, "r").release == 118


def test_48_missing_values_and_whole_numbers_stay_what_they_are():
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"i": np.array([1, 2], "i4"), "x": [0.5, None]}, index=[5, 6])
    shm.write(frame, "w")
    back = shm.read("w")
    assert back["i"].dtype == np.int32
    assert np.isnan(back["x"][1])
    assert list(back.index) == [0, 1]
