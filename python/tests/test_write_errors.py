"""A write that fails or is given up: what it says, and that it leaves nothing behind."""

import datetime as dt
import os
import signal
import time
from decimal import Decimal
from pathlib import Path

import images
import numpy as np
import pytest

import shm
from shm import errors
from shm.errors import InvalidInputError, OutOfRangeError, UnsupportedTypeError

pytestmark = pytest.mark.usefixtures("segment_dir")

VALUES = [
    ([1, 2, 2**60], OutOfRangeError, "row 2: 1152921504606846976", "int64='str'"),
    ([0.5, float("inf")], OutOfRangeError, "row 1: infinity", "inf='missing'"),
    (["a", "b\0"], InvalidInputError, "row 1: the text contains a NUL", "as bytes"),
    (["a", 3], UnsupportedTypeError, "row 1: 3 (int)", "astype(str)"),
    ([1, [2]], UnsupportedTypeError, "row 1: [2] (list)", "str()"),
    ([None, {}], UnsupportedTypeError, "row 1: {} (dict)", "str()"),
]


@pytest.mark.filterwarnings("ignore::shm.errors.RenamedColumnWarning")
@pytest.mark.parametrize(("values", "kind", "place", "remedy"), VALUES)
def test_messages_name_column_row_value_and_remedy(values, kind, place, remedy):
    for name in ("income", "net income"):
        with pytest.raises(kind) as caught:
            shm.write({"fine": [0] * len(values), name: values}, "x")
        message = str(caught.value)
        assert message.startswith(f"column {name!r}, {place}")
        assert remedy in message


def test_errors_are_the_built_in_ones_too():
    for kind, built_in in (
        (errors.UnsupportedTypeError, TypeError),
        (errors.InvalidInputError, ValueError),
        (errors.OutOfRangeError, OverflowError),
        (errors.NoSpaceError, MemoryError),
    ):
        assert issubclass(kind, errors.ShmError)
        assert issubclass(kind, built_in)
    for kind in (errors.RenamedColumnWarning, errors.PrecisionLossWarning):
        assert issubclass(kind, errors.ShmWarning)
        assert issubclass(kind, UserWarning)


@pytest.mark.parametrize("chunks", [1, 3])
def test_rows_are_counted_across_chunks(chunks):
    pa = pytest.importorskip("pyarrow")
    parts = [pa.array([0.5, 1.5]) for _ in range(chunks - 1)]
    column = pa.chunked_array([*parts, pa.array([1.0, float("inf")])])
    row = 2 * chunks - 1
    with pytest.raises(OutOfRangeError, match=f"column 'x', row {row}: infinity"):
        shm.write(pa.table({"x": column}))


@pytest.mark.parametrize(
    "rows", [[{"a": 1}, {"a": 2}], ({"a": "x", "b": None},), [[1, 2]], [(1, 2)]], ids=str
)
def test_rows_are_no_columns(rows):
    remedy = r"of rows is no data that is known; .*pandas.DataFrame\(rows\) makes a table"
    with pytest.raises(UnsupportedTypeError, match=f"^a (list|tuple) {remedy}"):
        shm.write(rows)


def test_single_values_are_no_columns():
    remedy = r"column 'a' is 1; .* a list serves; pandas.DataFrame\(rows\) makes columns"
    for data in ({"a": 1}, iter([{"a": 1}])):
        with pytest.raises(UnsupportedTypeError, match=remedy):
            shm.write(data)
    with pytest.raises(UnsupportedTypeError, match=r"a list .*{'x': values} is a column"):
        shm.write([1, 2])


def test_data_and_name_the_wrong_way_round(tmp_path):
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"x": range(50)})
    for function in (shm.write, shm.to_stata):
        message = (
            f"^data and name are swapped: shm.{function.__name__}\\(data, 'a.dta'\\) has "
            "the data, here a pandas DataFrame, before the name$"
        )
        with pytest.raises(UnsupportedTypeError, match=message):
            function("a.dta", frame)
    with pytest.raises(UnsupportedTypeError, match="'panel' is a name and no data"):
        shm.write("panel")


def test_columns_of_different_lengths():
    with pytest.raises(InvalidInputError, match=r"column 'y' has 2 rows, .*x.* has 1"):
        shm.write({"x": [1], "y": [1, 2]})


@pytest.mark.parametrize(("values", "kind", "place", "remedy"), VALUES)
def test_the_previous_image_stays(values, kind, place, remedy, segment_dir):
    before = shm.write({"x": [1]}, "kept")
    image = Path(before.path).read_bytes()
    with pytest.raises(kind):
        shm.write({"x": values}, "kept")
    assert os.listdir(segment_dir) == ["kept.dta"]
    assert Path(before.path).read_bytes() == image
    with pytest.raises(kind):
        shm.write({"x": values}, "new")
    assert os.listdir(segment_dir) == ["kept.dta"]


def test_the_frame_of_the_caller_is_not_changed():
    pd = pytest.importorskip("pandas")
    day = dt.date(2020, 2, 3)
    frame = pd.DataFrame(
        {
            "a b": [1, 2, 3],
            "f": [0.5, np.nan, 1],
            "s": ["x", None, "z"],
            "o": [day, None, day],
            "d": [Decimal("1.5"), None, Decimal("2")],
            "c": pd.Categorical(["u", None, "v"]),
            "i": pd.array([1, None, 3], dtype="Int16"),
            "t": pd.date_range("2020-02-03", periods=3, tz="Asia/Tokyo"),
            "p": pd.period_range("2020-02", periods=3, freq="M"),
            "q": pd.arrays.SparseArray([0, 1, 0]),
        },
        index=pd.Index(list("uvw"), name="key"),
    )
    frame.attrs["mine"] = {"a": [1]}
    before, attrs = frame.copy(deep=True), {"mine": {"a": [1]}}
    memory = frame["f"].to_numpy()
    with pytest.warns(errors.RenamedColumnWarning):
        shm.write(frame, "x", value_labels={"c": {5: "u"}}, compress=True, index=True)
    with pytest.raises(OutOfRangeError), pytest.warns(errors.RenamedColumnWarning):
        shm.write(frame, "x", types={"a b": "byte", "f": "byte"})
    pd.testing.assert_frame_equal(frame, before)
    assert frame.attrs == attrs
    assert np.shares_memory(memory, frame["f"].to_numpy())


def test_options_of_the_caller_are_not_changed():
    metadata = {
        "variables": {"x": {"label": "a", "value_label": "s"}},
        "value_labels": {"s": {1: "one"}},
        "notes": {"_dta": ["n"]},
        "characteristics": [("x", "c", "d")],
    }
    labels = {"y": {1: "uno"}}
    copies = repr(metadata), repr(labels)
    shm.write(
        {"x": [1], "y": [1]}, "x", metadata=metadata, value_labels=labels, notes="more"
    )
    assert (repr(metadata), repr(labels)) == copies
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"x": pd.Categorical(["two"])})
    frame.attrs["stata"] = metadata
    shm.write(frame, "x")
    assert repr(metadata) == copies[0]


def test_read_only_data_are_written_in_place():
    array = np.arange(10.0)
    array.flags.writeable = False
    assert shm.write({"x": array}, "x")["x"].tolist() == array.tolist()


def interrupted(code: str, segment_dir: Path) -> str:
    """Send Ctrl-C to a process that says when it begins; return what it prints then."""
    with images.python(code) as process:
        assert process.stdout.readline() == "begins\n"
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        output = process.stdout.read()
    assert process.returncode == 0
    return output


HEAD = """
import os, numpy, shm
shm.write({"x": [1]}, "kept")
"""
TAIL = """
print("begins", flush=True)
try:
    for _ in range(10_000):
        write()
    print("not interrupted")
except KeyboardInterrupt:
    print("interrupted", sorted(os.listdir(os.environ["STATA_PYDATA_DIR"])))
    print(shm.open("kept").shape)
"""
NUMBERS = """
data = {f"x{k}": numpy.random.random(1_000_000) for k in range(8)}
def write():
    shm.write(data, "other"); shm.drop("other")
"""
OBJECTS = """
data = {"s": [str(k) for k in range(1_000_000)]}
def write():
    shm.write(data, "other"); shm.drop("other")
"""
BATCHES = """
batch = {"x": numpy.random.random(100_000), "s": ["a"] * 100_000}
def write():
    shm.write((batch for _ in range(1000)), "other"); shm.drop("other")
"""


@pytest.mark.parametrize(
    "what", [NUMBERS, OBJECTS, BATCHES], ids=["numbers", "objects", "batches"]
)
def test_ctrl_c_leaves_nothing(what, segment_dir):
    output = interrupted(HEAD + what + TAIL, segment_dir)
    assert output in (
        "interrupted ['kept.dta']\n(1, 1)\n",
        "interrupted ['kept.dta', 'other.dta']\n(1, 1)\n",  # just between two writes
    )


def test_a_killed_writer_leaves_what_gc_removes(segment_dir):
    code = HEAD + BATCHES + 'print("begins", flush=True)\nwhile True: write()'
    with images.python(code) as process:
        assert process.stdout.readline() == "begins\n"
        time.sleep(0.3)
        assert shm.gc() == []  # its owner lives
        process.kill()
    assert shm.open("kept").shape == (1, 1)
    shm.gc()
    assert [name for name in os.listdir(segment_dir) if name.startswith(".")] == []
    assert shm.open("kept").shape == (1, 1)


def test_a_directory_that_can_not_be_written(segment_dir):
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    shm.write({"x": [1]}, "kept")
    segment_dir.chmod(0o500)
    try:
        with pytest.raises(errors.AccessError, match="kept"):
            shm.write({"x": [2]}, "kept")
    finally:
        segment_dir.chmod(0o700)
