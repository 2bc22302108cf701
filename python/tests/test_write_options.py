"""Options of shm.write, each by what is stored."""

import datetime as dt
import os
import re
import stat
import struct
from pathlib import Path

import numpy as np
import pytest
from test_small_memory import in_small_memory  # noqa: F401 - a fixture
from written import cells_of, stored_in

import shm
from shm.errors import (
    InvalidInputError,
    NoSpaceError,
    OutOfRangeError,
    SegmentNotFoundError,
    UnsupportedTypeError,
)

pytestmark = pytest.mark.usefixtures("segment_dir")

DATA = {"id": [3, 1, 2], "price": [1.5, None, 2.5], "city": ["Rome", "Oslo", None]}


def write(**options) -> shm.Segment:
    segment = shm.write(DATA, "options", **options)
    stored_in(segment)
    return segment


def refused(match: str, kind=InvalidInputError, data=DATA, **options) -> None:
    """Check that an option is refused and that the previous image stays."""
    before = shm.write({"before": [1]}, "options")
    with pytest.raises(kind, match=match):
        shm.write(data, "options", **options)
    assert shm.open("options").variables == before.variables
    before.drop()


# What variables are called and show


def test_no_options():
    segment = write()
    assert segment.shape == (3, 3)
    assert segment.types == {"id": "long", "price": "double", "city": "str4"}
    assert segment.formats == {"id": "%12.0g", "price": "%10.0g", "city": "%9s"}
    assert (segment.labels, segment.value_labels, segment.notes) == ({}, {}, {})
    assert (segment.data_label, segment.sorted_by, segment.release) == ("", [], 118)


def test_variable_labels():
    segment = write(variable_labels={"price": "Preis in €", "id": 5, "city": ""})
    assert segment.labels == {"price": "Preis in €", "id": "5"}
    label = "ü" * 80
    assert write(variable_labels={"id": label}).labels == {"id": label}
    refused(
        "column 'id': its label has 81 characters",
        OutOfRangeError,
        variable_labels={"id": "a" * 81},
    )
    refused("variable_labels names column 'x'", variable_labels={"x": "a"})
    refused("variable_labels must be a dict", variable_labels=["a"])


def test_value_labels():
    labels = {3: "three", 1: "one", -7: "less", ".a": "refused", ".z": "lost"}
    segment = write(value_labels={"id": labels})
    assert segment.value_labels == {"id": labels}
    assert segment.metadata["variables"]["id"]["value_label"] == "id"
    long = {1: "ü" * 16_000}
    assert write(value_labels={"id": long}).value_labels == {"id": long}
    for key in (1.5, ".A", ".", "1", 2**31 - 1, 2147483621, -(2**31), None):
        refused(f"of 'id': {key!r} can't have a label", value_labels={"id": {key: "a"}})
    refused("value labels of 'id' must be a dict", value_labels={"id": ["a"]})
    refused("value_labels names column 'x'", value_labels={"x": {1: "a"}})
    refused("column 'city' holds texts", value_labels={"city": {1: "a"}})
    refused(
        "the value 1: its text has 32001 bytes",
        OutOfRangeError,
        value_labels={"id": {1: "a" * 32_001}},
    )


def test_value_labels_of_values_that_are_wide():
    labels = {np.int64(1 - 2**31): "least", 2147483620: "most", 1.0: "one"}
    segment = write(value_labels={"id": labels})
    assert segment.value_labels["id"] == {int(k): text for k, text in labels.items()}


def test_formats():
    formats = {"id": "%05.0f", "price": "%9,2f", "city": "%-12s"}
    assert write(formats=formats).formats == formats
    refused("column 'id': the format '%9s' is none", formats={"id": "%9s"})
    refused("column 'city': the format '%9.0g' is none", formats={"city": "%9.0g"})
    refused("column 'id': the format 'x' is none", formats={"id": "x"})
    refused("formats of 'id' must be a text", formats={"id": 3})
    refused("formats or convert_dates names column 'x'", formats={"x": "%9s"})


def test_data_label():
    assert write(data_label="Drei Städte").data_label == "Drei Städte"
    assert write(data_label="ü" * 80).data_label == "ü" * 80
    refused("the data label has 81", OutOfRangeError, data_label="a" * 81)
    refused("data_label must be a text", data_label=3)


def test_notes():
    assert write(notes="one").notes == {"_dta": ["one"]}
    assert write(notes=["one", "zwei"]).notes == {"_dta": ["one", "zwei"]}
    notes = {"_dta": ["of all"], "id": ["first", "second"]}
    segment = write(notes=notes | {"price": "a text"})
    assert segment.notes == notes | {"price": ["a text"]}
    assert segment.characteristics["id"]["note0"] == "2"
    refused("notes names column 'x'", notes={"x": ["a"]})
    refused("notes must be a text, a list", notes=3)
    refused("notes must be a text, a list", notes={"id": None})
    refused("at most 67783", OutOfRangeError, notes="a" * 67_784)


def test_characteristics():
    wanted = {"_dta": {"source": "survey"}, "id": {"unit": "person", "n": 5}}
    segment = write(characteristics=wanted)
    wanted["id"]["n"] = "5"
    assert segment.characteristics == wanted
    refused("characteristics names column 'x'", characteristics={"x": {"a": "b"}})
    refused("characteristics of 'id' must be a dict", characteristics={"id": 3})
    refused(r"id\[a b\] is no name", characteristics={"id": {"a b": "c"}})


@pytest.mark.parametrize("kind", ["tc", "td", "tw", "tm", "tq", "th", "ty"])
@pytest.mark.parametrize("percent", ["", "%"])
def test_convert_dates(kind, percent):
    data = {"x": np.array(["2020-02-03"], "M8[D]")}
    segment = shm.write(data, convert_dates={"x": percent + kind})
    assert segment.formats == {"x": f"%{kind}"}
    segment.drop()
    refused("must be one of tc, tC, td", convert_dates={"id": "day"})
    refused("must be one of tc, tC, td", convert_dates={"id": 3})
    refused("names column 'x'", convert_dates={"x": "td"})


def test_convert_dates_of_columns_that_are_renamed():
    data = {"the day": np.array(["2020-02-03"], "M8[D]")}
    with pytest.warns(shm.errors.RenamedColumnWarning):
        segment = shm.write(data, convert_dates={"the day": "tm"})
    assert segment.formats == {"the day": "%tm"}
    segment.drop()


# Storage


def test_convert_strl():
    segment = write(convert_strl=["city"])
    assert segment.types["city"] == "strL"
    assert cells_of(segment, "city") == ["Rome", "Oslo", ""]
    refused("convert_strl names column 'x'", convert_strl=["x"])
    refused("convert_strl must be a list", convert_strl="city")
    refused("numbers can't be strL", UnsupportedTypeError, convert_strl=["id"])


@pytest.mark.parametrize("type", ["byte", "int", "long", "float", "double"])
def test_types_of_numbers(type):
    assert write(types={"id": type}).types["id"] == type


def test_types():
    assert write(types={"city": "str30"}).types["city"] == "str30"
    assert write(types={"city": "strL"}).types["city"] == "strL"
    refused("'foo' is no storage type", types={"id": "foo"})
    refused("types of 'id' must be a text", types={"id": int})
    refused("types names column 'x'", types={"x": "byte"})
    refused("texts can't be byte", UnsupportedTypeError, types={"city": "byte"})
    refused("numbers can't be str5", UnsupportedTypeError, types={"id": "str5"})
    for data, type, match in (
        ([1, 101], "byte", "'x', row 1: 101 is outside the range of byte; types="),
        ([1, 0.5], "long", "'x', row 1: 0.5 is no whole number, .*; types="),
        ([1, 2**24 + 1], "float", "'x', row 1: 16777217 is beyond 2.24, .*; types="),
        ([1, 1e39], "float", "'x', row 1: 1e.39 is outside the range of float; types="),
        (["a", "abc"], "str2", "'x', row 1: the text has 3 bytes.*str_width="),
        (["a"], "str2046", "wider than str2045; strL holds"),
    ):
        refused(match, OutOfRangeError, {"x": data}, types={"x": type})


def test_texts_of_no_width():
    for type in ("str0", "str00"):
        refused(f"types of 'city': '{type}' is no storage type", types={"city": type})


def test_str_width():
    assert write(str_width=10).types["city"] == "str10"
    assert write(str_width={"city": 7}).types["city"] == "str7"
    refused("'city', row 0: the text has 4 bytes", OutOfRangeError, str_width=3)
    refused("str_width names column 'x'", str_width={"x": 3})
    for width in (-1, 0, "3", True):
        refused("str_width must be a number of bytes, 1 to 2045, not", str_width=width)
    refused("str_width of 'city' must be .*, not 0", str_width={"city": 0})
    refused("wider than str2045", OutOfRangeError, str_width=2046)


def test_compress():
    data = {
        "byte": np.array([1, 100]),
        "int": np.array([1.0, 101.0]),
        "long": np.array([1, 32_741]),
        "double": np.array([0.1, 1]),
        "large": np.array([1, 2**40]),
        "float": np.array([0.1, 1], "f4"),
        "few": np.array([5, np.nan], "f4"),
        "text": np.array(["a", "b"], "U9"),
    }
    data = {f"a_{name}": values for name, values in data.items()}
    segment = shm.write(data, "small", compress=True)
    stored_in(segment)
    assert segment.types == {
        "a_byte": "byte",
        "a_int": "int",
        "a_long": "long",
        "a_double": "double",
        "a_large": "double",
        "a_float": "float",
        "a_few": "byte",
        "a_text": "str1",
    }


def test_int64():
    data = {"x": [2**60 + 1, 1]}
    refused("'x', row 0: 1152921504606846977", OutOfRangeError, data)
    refused("int64 must be one of 'exact', 'double', 'str'", data=data, int64="float")
    with pytest.warns(shm.errors.PrecisionLossWarning) as caught:
        segment = shm.write(data, int64="double")
    assert segment["x"].tolist() == [2.0**60, 1]
    assert caught[0].filename == __file__  # it names the caller's line
    segment.drop()
    with shm.write(data, int64="str") as segment:
        assert segment["x"].tolist() == [str(2**60 + 1), "1"]
        assert segment.types == {"x": "str19"}
    assert write(int64="str").types["id"] == "long"


def test_inf():
    data = {"x": [1.0, float("inf"), -float("inf"), 1e308]}
    refused("row 1: infinity .*inf='missing'", OutOfRangeError, data)
    refused("inf must be one of 'error', 'missing'", data=data, inf="drop")
    with shm.write(data, inf="missing") as segment:
        assert cells_of(segment, "x") == [1, None, None, None]


def test_share_strls():
    texts = ["a" * 3000, "b" * 3000, "a" * 3000, "a" * 3000]
    separate = shm.write({"x": texts}, "separate")
    shared = shm.write({"x": texts}, "shared", share_strls=True)
    assert stored_in(separate)["x"].cells == stored_in(shared)["x"].cells == texts
    counts = [Path(s.path).read_bytes().count(b"GSO") for s in (separate, shared)]
    assert counts == [4, 2]


# The data set


def test_columns():
    segment = write(columns=["city", "id"])
    assert segment.variables == ["city", "id"]
    assert write(columns=[]).shape == (0, 0)
    refused("columns must be a list of names, not 'id'", columns="id")
    refused("there is no column 'x'; there are 'id', 'price', 'city'", columns=["x"])
    refused("wanted twice", columns=["id", "id"])
    refused("names column 'city'", columns=["id"], formats={"city": "%9s"})


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow", "numpy"])
def test_columns_of_every_library(library):
    module = pytest.importorskip(library)
    data = {
        "pandas": lambda: module.DataFrame(DATA),
        "polars": lambda: module.DataFrame(DATA),
        "pyarrow": lambda: module.table(DATA),
        "numpy": lambda: module.array([(3, 1.5, "Rome")], "i8,f8,U4"),
    }[library]()
    names = ["f2", "f0"] if library == "numpy" else ["city", "id"]
    segment = shm.write(data, columns=names)
    assert segment.variables == names
    assert [cells_of(segment, name)[0] for name in names] == ["Rome", 3]
    with pytest.raises(InvalidInputError, match="there is no column 'x'"):
        shm.write(data, columns=["x"])
    segment.drop()


def test_index():
    pd = pytest.importorskip("pandas")
    plain = pd.DataFrame({"x": [1, 2]})
    named = plain.set_index(pd.Index(["a", "b"], name="key"))
    levels = pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["one", None])
    several = plain.set_index(levels)

    def variables(frame, index) -> list[str]:
        with shm.write(frame, index=index) as segment:
            return segment.variables

    assert [variables(plain, index) for index in (None, False, True)] == [
        ["x"],
        ["x"],
        ["index", "x"],
    ]
    assert [variables(named, index) for index in (None, False, True)] == [
        ["key", "x"],
        ["x"],
        ["key", "x"],
    ]
    assert [variables(several, index) for index in (None, False, True)] == [
        ["one", "x"],
        ["x"],
        ["one", "level_1", "x"],
    ]
    with shm.write(several, index=True) as segment:
        assert cells_of(segment, "one") == ["a", "b"]
        assert cells_of(segment, "level_1") == [1, 2]
    with shm.write(named, columns=["x"]) as segment:
        assert segment.variables == ["key", "x"]
    dates = plain.set_index(pd.date_range("2020-02-03", periods=2, name="day"))
    with shm.write(dates) as segment:
        assert segment.formats["day"] == "%tc"
    with pytest.raises(InvalidInputError, match=r"level named 'x'.*index=False"):
        shm.write(plain.set_index(pd.Index([1, 2], name="x")))


def test_metadata():
    first = write(
        variable_labels={"id": "Number"},
        value_labels={"id": {1: "one"}},
        formats={"price": "%9.2f"},
        types={"id": "int"},
        data_label="Cities",
        notes={"_dta": ["a", "b"], "id": ["c"]},
        characteristics={"city": {"unit": "name"}},
    )
    metadata = first.metadata
    same = shm.write(DATA, "same", metadata=metadata)
    for part in ("variables", "value_labels", "notes", "characteristics", "data_label"):
        assert same.metadata[part] == metadata[part], part
    metadata["notes"]["_dta"] = ["only this"]
    metadata["variables"]["id"]["label"] = "changed"
    metadata["value_labels"]["id"][2] = "two"
    edited = shm.write(DATA, "edited", metadata=metadata)
    assert edited.notes == {"_dta": ["only this"], "id": ["c"]}
    assert edited.labels == {"id": "changed"}
    assert edited.value_labels == {"id": {1: "one", 2: "two"}}
    del metadata["notes"]["id"]
    assert shm.write(DATA, "x", metadata=metadata).notes == {"_dta": ["only this"]}
    over = shm.write(
        DATA, "over", metadata=metadata, notes="mine", variable_labels={"id": "mine"}
    )
    assert (over.notes, over.labels) == ({"_dta": ["mine"]}, {"id": "mine"})
    refused("metadata must be a dict", metadata=3)
    refused("metadata..variables.. must be a dict", metadata={"variables": [1]})


def test_metadata_that_no_longer_fit_are_left_out():
    metadata = {
        "variables": {
            "id": {"type": "byte", "format": "%9s", "value_label": "gone"},
            "city": {"type": "long", "format": "%td", "value_label": "x"},
            "not there": {"type": "byte"},
        },
        "sorted_by": ["id"],
        "value_labels": {"bad name": {1: "a"}},
        "characteristics": [("not there", "a", "b"), ("id", "note1", "kept")],
        "notes": {"not there": ["a"], "id": ["kept"]},
    }
    segment = shm.write(DATA | {"id": [3, 1, 200]}, "stale", metadata=metadata)
    stored_in(segment)
    assert segment.types == {"id": "long", "price": "double", "city": "str4"}
    assert segment.formats["city"] == "%9s"
    assert segment.sorted_by == []
    assert segment.value_labels == {"bad_name": {1: "a"}}
    assert segment.notes == {"id": ["kept"]}


def test_shared_value_labels():
    metadata = {
        "variables": {"a": {"value_label": "yesno"}, "b": {"value_label": "yesno"}},
        "value_labels": {"yesno": {0: "no", 1: "yes"}},
    }
    segment = shm.write({"a": [0], "b": [1], "yesno": [5]}, metadata=metadata)
    assert segment.value_labels == metadata["value_labels"]
    variables = segment.metadata["variables"]
    assert [variables[name]["value_label"] for name in "ab"] == ["yesno", "yesno"]
    segment.drop()
    other = {"yesno": {5: "five"}}
    data = {"a": [0], "b": [1], "yesno": [5]}
    with shm.write(data, metadata=metadata, value_labels=other) as segment:
        assert segment.value_labels == metadata["value_labels"] | {"yesno_2": {5: "five"}}


def test_sort_order_is_kept_as_long_as_it_holds():
    metadata = {"sorted_by": ["id", "price"]}
    in_order = {"id": [1, 2, 2], "price": [9.0, 1.0, None]}
    assert shm.write(in_order, "a", metadata=metadata).sorted_by == ["id", "price"]
    by_id = {"id": [1, 2, 2], "price": [9.0, 2.0, 1.0]}
    assert shm.write(by_id, "a", metadata=metadata).sorted_by == ["id"]
    assert shm.write({"price": [1.0]}, "a", metadata=metadata).sorted_by == []


def test_timestamp():
    moment = dt.datetime(2026, 3, 4, 5, 6, 59)
    assert write(timestamp=moment).timestamp == "04 Mar 2026 05:06"
    assert write(timestamp="04 Mar 2026 05:06").timestamp == "04 Mar 2026 05:06"
    assert write(timestamp="").timestamp == ""
    assert re.fullmatch(r"\d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d", write().timestamp)
    refused("timestamp must be a datetime or a text", timestamp=3)
    refused("timestamp 'today' is not of the form", timestamp="today")


def test_a_fixed_timestamp_gives_the_same_bytes():
    options = {"timestamp": dt.datetime(2026, 3, 4), "notes": "a", "threads": 1}
    images = set()
    for name in ("a", "b", "a"):
        segment = shm.write(DATA, name, **options)
        images.add(Path(segment.path).read_bytes())
    for threads in (1, 2, 5):
        segment = shm.write(DATA, "c", **options | {"threads": threads})
        images.add(Path(segment.path).read_bytes())
    assert len(images) == 1


def test_release():
    assert Path(write().path).read_bytes()[28:31] == b"118"
    assert write(release=117).release == 117
    refused("release 119 is for more than 32767 variables", release=119)
    refused("release must be 117, 118 or 119, not '118'", release="118")
    refused("release 114 can't be written; 117, 118 and 119 can", release=114)
    wide = np.zeros((1, 32_768), np.int8)
    segment = shm.write(wide, "wide")
    assert (segment.release, segment.shape) == (119, (1, 32_768))
    assert shm.write(wide[:, 1:], "wide").release == 118
    assert shm.write(wide, "wide", release=119).check() == []


# How it is written


def test_progress(capfd):
    calls = []
    shm.write({"x": np.arange(300_000.0)}, "p", progress=lambda *c: calls.append(c))
    assert calls[-1] == (300_000, 300_000)
    assert all(done <= total == 300_000 for done, total in calls)
    assert [done for done, _ in calls] == sorted(done for done, _ in calls)
    write(progress=True)
    write(progress=False)
    assert capfd.readouterr().out == ""


def test_an_error_in_progress_ends_the_writing(segment_dir):
    before = write()

    def broken(done: int, total: int) -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        shm.write({"x": np.arange(300_000.0)}, "options", progress=broken)
    assert os.listdir(segment_dir) == ["options.dta"]
    assert shm.open("options").variables == before.variables


@pytest.mark.parametrize("threads", [None, 1, 2, 7])
def test_threads(threads):
    data = {"x": np.arange(200_000), "s": np.arange(200_000).astype("U")}
    segment = shm.write(data, "t", threads=threads)
    assert (segment["x"] == data["x"]).all()
    assert segment["s"].tolist() == data["s"].tolist()


@pytest.mark.parametrize("threads", [0, -1, "2", 2.0, True])
def test_threads_that_are_no_number_of_them(threads):
    message = f"threads must be .*1 or more, not {threads!r}"
    refused(message, threads=threads)
    refused(message, data=iter([DATA]), threads=threads)
    segment = write()
    with pytest.raises(InvalidInputError, match=message):
        segment.check(threads=threads)
    with pytest.raises(InvalidInputError, match=message):
        shm.read(segment, as_="dict", threads=threads)
    with pytest.raises(InvalidInputError, match=message):
        shm.create("options", segment, 3, threads=threads)
    assert shm.write(DATA, "t", threads=np.int64(10**12)).shape == (3, 3)


@pytest.mark.parametrize("progress", [5, "bar", []])
def test_progress_that_is_none(progress):
    refused("progress must be True, False or a function", progress=progress)


def test_without_a_name():
    first, second = shm.write(DATA), shm.write(DATA)
    assert first.name != second.name
    assert shm.open(first.name).shape == (3, 3)
    with first, second:
        pass
    with pytest.raises(SegmentNotFoundError):
        shm.open(first.name)


def test_paths_and_names(tmp_path, segment_dir):
    segment = shm.write(DATA, tmp_path / "file.dta")
    assert (segment.name, segment.path) == (None, str(tmp_path / "file.dta"))
    named = shm.write(DATA, "a_name-1.x")
    assert named.path == str(segment_dir / "a_name-1.x.dta")
    assert stat.S_IMODE(os.stat(named.path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(segment_dir).st_mode) == 0o700
    for name in ("a b", "ä", "a" * 65, "", ".hidden"):
        with pytest.raises(InvalidInputError, match="is no segment name"):
            shm.write(DATA, name)
    with pytest.raises(SegmentNotFoundError, match="nowhere"):
        shm.write(DATA, tmp_path / "nowhere" / "file.dta")


def test_a_segment_that_was_written_goes_with_its_context(segment_dir):
    with shm.write(DATA, "here") as segment:
        assert os.listdir(segment_dir) == ["here.dta"]
        frame = segment.to_dict()
    assert os.listdir(segment_dir) == []
    assert frame["id"].tolist() == [3, 1, 2]


def test_fallback(in_small_memory):  # noqa: F811
    refused("fallback must be one of None, 'memfd'", fallback="disk")
    output = in_small_memory("""
import os, numpy, shm
data = {"x": numpy.zeros(2_000_000)}
try:
    shm.write(data, "big")
except shm.errors.NoSpaceError as error:
    print(error)
print(os.listdir(os.environ["STATA_PYDATA_DIR"]))
segment = shm.write(data, "big", fallback="memfd")
size = len(open(segment.path, "rb").read())
print(os.path.islink(segment.path), segment["x"].sum(), size)
segment = shm.write({"x": [1]}, "big", fallback="memfd")
print(os.path.islink(segment.path))
print(os.listdir(os.environ["STATA_PYDATA_DIR"]))
""")
    error, left, link, small, last = output.splitlines()
    assert error.startswith("no room for an image of 15.3 MB at ")
    assert "fallback='memfd'" in error
    assert "--shm-size" in error
    assert (left, small, last) == ("[]", "False", "['big.dta']")
    assert link.startswith("True 0.0 16001")


def test_full_memory_leaves_the_previous_image(in_small_memory):  # noqa: F811
    output = in_small_memory("""
import numpy, shm
shm.write({"x": [1, 2]}, "big")
try:
    shm.write({"x": numpy.zeros(2_000_000)}, "big")
except MemoryError as error:
    print(type(error).__name__, shm.open("big").shape)
""")
    assert output == f"{NoSpaceError.__name__} (2, 1)\n"


def test_release_117_has_fields_of_its_own():
    image = Path(write(release=117, variable_labels={"id": "a"}).path).read_bytes()
    (names,) = struct.unpack_from("<Q", image, image.index(b"<map>") + 5 + 8 * 3)
    assert image[names:].startswith(b"<varnames>id\0")
    assert image[names + 10 + 33 :].startswith(b"price\0")
