"""Segments: views of their cells, what they say of themselves, and as Arrow streams."""

from __future__ import annotations

import gc
import io

import numpy as np
import pytest

import shm
from shm.errors import DamagedImageError, InvalidInputError, SegmentNotFoundError

pytestmark = pytest.mark.usefixtures("segment_dir")


@pytest.fixture
def segment() -> shm.Segment:
    return shm.write(
        {
            "x": [0.5, 1.5, 2.5],
            "i": np.array([1, 2, 3], "i2"),
            "lacks": [1, None, 3],
            "s": ["a", "é", ""],
        },
        "data",
        variable_labels={"x": "What x is"},
        value_labels={"i": {1: "one", 2: "two"}},
        data_label="A label",
        timestamp="01 Jan 2026 09:30",
        notes={"_dta": ["Of the data"], "x": ["Of x"]},
        release=118,
    )


def test_which_variables_are_views(segment):
    assert [segment.is_view(name) for name in segment.variables] == [
        True,
        True,
        False,
        False,
    ]


def test_a_view_is_the_image(segment):
    first, second = segment["x"], segment["x"]
    assert np.shares_memory(first, second)
    assert first.strides == (segment.image.row_bytes,)
    assert not first.flags.owndata
    offset = segment.image.cell_offset(0)
    with open(segment.path, "r+b") as file:  # it is the file's own memory
        file.seek(offset)
        file.write(np.float64(7).tobytes())
    assert first[0] == second[0] == 7


def test_views_are_read_only(segment):
    view = segment["x"]
    assert not view.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        view[0] = 1
    with pytest.raises(ValueError, match="cannot set WRITEABLE"):
        view.flags.writeable = True


def test_copies_are_the_callers(segment):
    for name in ("lacks", "s"):
        first = segment[name]
        assert not np.shares_memory(first, segment[name])
        first[0] = first[1]  # writable
    np.testing.assert_array_equal(segment["lacks"], [1, np.nan, 3])
    assert segment["s"].tolist() == ["a", "é", ""]


def test_missing_values_are_no_view():
    values = np.array([1.0, shm.missing(".b")])
    segment = shm.write({"x": values}, "letters")
    assert not segment.is_view("x")
    assert segment["x"].tobytes() == values.tobytes()


@pytest.mark.parametrize("type", ["byte", "int", "long", "float", "double"])
def test_views_of_each_type(type):
    codes = {"byte": "i1", "int": "i2", "long": "i4", "float": "f4", "double": "f8"}
    segment = shm.write({"x": [1, -2, 3]}, "typed", types={"x": type})
    assert segment.is_view("x")
    assert segment["x"].dtype == np.dtype(codes[type])
    assert segment["x"].tolist() == [1, -2, 3]


def test_views_of_nothing():
    segment = shm.write({"x": []}, "empty", types={"x": "double"})
    assert segment["x"].tolist() == []
    assert segment["x"].dtype == np.dtype("f8")


def closed(segment):
    segment.close()


def dropped(segment):
    shm.drop(segment.name)


def replaced(segment):
    shm.write({"x": [9.0]}, segment.name)


def written_often(segment):
    for k in range(5):  # whose pages would be used again
        shm.write({"x": np.full(3, float(k))}, segment.name)


@pytest.mark.parametrize("happens", [closed, dropped, replaced, written_often])
def test_views_survive(segment, happens):
    view = segment["x"]
    happens(segment)
    del segment
    gc.collect()
    assert view.tolist() == [0.5, 1.5, 2.5]


def test_a_closed_segment(segment):
    segment.close()
    segment.close()
    for question in (
        lambda: segment["x"],
        lambda: segment.shape,
        lambda: segment.variables,
        lambda: segment.metadata,
        lambda: segment.to_dict(),
        lambda: len(segment),
    ):
        with pytest.raises(InvalidInputError, match="is closed"):
            question()
    assert "closed" in repr(segment)


def test_properties(segment):
    assert segment.name == "data"
    assert segment.path.endswith("data.dta")
    assert segment.variables == ["x", "i", "lacks", "s"]
    assert segment.shape == (3, 4)
    assert segment.observations == len(segment) == 3
    assert segment.types == {"x": "double", "i": "int", "lacks": "long", "s": "str2"}
    assert segment.formats["s"] == "%9s"
    assert segment.labels == {"x": "What x is"}
    assert list(segment.value_labels.values()) == [{1: "one", 2: "two"}]
    assert segment.notes == {"_dta": ["Of the data"], "x": ["Of x"]}
    assert segment.characteristics["x"]["note1"] == "Of x"
    assert segment.data_label == "A label"
    assert segment.timestamp == "01 Jan 2026 09:30"
    assert segment.sorted_by == []
    assert segment.release == 118
    assert segment.byte_order == "little"
    assert segment.nbytes > 0
    assert segment.check() == []
    assert "x" in segment
    assert "y" not in segment


def test_metadata_are_a_copy(segment):
    segment.metadata["data_label"] = "Another"
    assert segment.metadata["data_label"] == "A label"


def test_a_variable_that_is_not_there(segment):
    for question in (segment.__getitem__, segment.is_view, segment.place_in):
        with pytest.raises(InvalidInputError, match="no variable 'y'; it has 'x', 'i'"):
            question("y")


def test_names_of_renamed_columns():
    with pytest.warns(shm.errors.RenamedColumnWarning):
        segment = shm.write({"a b": [1]}, "renamed")
    assert segment.variables == ["a b"]
    assert segment["a b"].tolist() == [1]
    plain = shm.open("renamed")
    plain.restores_names = False
    assert plain.variables == ["a_b"]


def test_repr(segment):
    text = repr(segment)
    assert "3 x 4" in text
    assert "shm_use using data, clear" in text
    assert f'use "{segment.path}", clear' in repr(shm.Segment(path_of(segment)))


def path_of(segment):
    """Return the place of a segment as a file with no name."""
    from shm.storage.directory import Place

    return Place(segment.path, None)


def test_html_is_escaped():
    hostile = "<script>alert('&')</script>"
    segment = shm.write(
        {"x": [1]}, "html", variable_labels={"x": hostile}, data_label=hostile
    )
    html = segment._repr_html_()
    assert "<script>" not in html
    assert html.count("&lt;script&gt;alert(&#x27;&amp;&#x27;)") == 2


def test_html_escapes_original_names():
    with pytest.warns(shm.errors.RenamedColumnWarning):
        segment = shm.write({"<b>": [1]}, "names")
    assert "<b>" not in segment._repr_html_()
    assert "&lt;b&gt;" in segment._repr_html_()


def test_html_of_many_variables():
    segment = shm.write({f"v{k}": [1] for k in range(20)}, "wide")
    assert segment._repr_html_().count("<tr>") == 1 + 12
    assert "and 8 more variables" in segment._repr_html_()


def test_html_of_an_image_in_memory(segment):
    with open(segment.path, "rb") as file:
        image = shm.Segment.of(file.read())
    assert image.name is None
    assert "in memory" in image._repr_html_()


def test_a_written_segment_is_removed_at_the_end():
    with shm.write({"x": [1]}, "brief") as segment:
        assert shm.read("brief", as_="dict")["x"].tolist() == [1]
    assert shm.list() == []
    with pytest.raises(InvalidInputError, match="closed"):
        segment["x"]


def test_an_opened_segment_stays(segment):
    with shm.open("data") as opened:
        view = opened["x"]
    assert view.tolist() == [0.5, 1.5, 2.5]
    assert shm.open("data").shape == (3, 4)


def test_it_is_removed_even_after_an_error():
    with pytest.raises(ZeroDivisionError), shm.write({"x": [1]}, "brief"):
        raise ZeroDivisionError
    with pytest.raises(SegmentNotFoundError):
        shm.open("brief")


def test_drop(segment):
    segment.drop()
    segment.drop()
    assert shm.list() == []


def test_frames_of_it(segment):
    for as_ in ("numpy", "dict"):
        data = getattr(segment, f"to_{as_}")(columns=["x"], rows=[2])
        assert data["x"].tolist() == [2.5]
    assert segment.head(2, as_="dict")["x"].tolist() == [0.5, 1.5]
    assert len(segment.head(as_="dict")["x"]) == 3


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_data_frames_of_it(segment, library):
    pytest.importorskip(library)
    frame = getattr(segment, f"to_{library}")(columns=["s", "x"])
    assert list(frame.columns) == ["s", "x"]
    assert list(frame["x"]) == [0.5, 1.5, 2.5]


def test_what_is_no_image():
    for source in (b"", b"<stata_dta>", b"x" * 1000):
        with pytest.raises(DamagedImageError):
            shm.Segment.of(source)
    with pytest.raises(DamagedImageError):
        shm.read(io.BytesIO(b"junk"))


EXPECTED = {
    "x": [0.5, 1.5, 2.5],
    "i": [1, 2, 3],
    "lacks": [1, None, 3],
    "s": ["a", "é", ""],
}


def test_polars_takes_it(segment):
    polars = pytest.importorskip("polars")
    assert polars.DataFrame(segment).to_dict(as_series=False) == EXPECTED


def test_pyarrow_takes_it(segment):
    pyarrow = pytest.importorskip("pyarrow")
    table = pyarrow.table(segment)
    assert table.to_pydict() == EXPECTED
    assert pyarrow.RecordBatchReader.from_stream(segment).read_all() == table


def test_what_a_stream_carries_goes_back(segment):
    pyarrow = pytest.importorskip("pyarrow")
    again = shm.write(pyarrow.table(segment), "again")
    assert again.metadata["variables"] == segment.metadata["variables"]
    assert again.notes == segment.notes
    assert again.value_labels == segment.value_labels


def test_duckdb_takes_it(segment):
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    assert duckdb.sql("from segment").fetchall() == list(
        zip(*EXPECTED.values(), strict=True)
    )
    assert duckdb.sql("select sum(x), count(lacks) from segment").fetchall() == [(4.5, 2)]


def test_streams_of_many_batches():
    pyarrow = pytest.importorskip("pyarrow")
    segment = shm.write({"x": np.arange(600_000, dtype="i4")}, "long")
    reader = pyarrow.RecordBatchReader.from_stream(segment)
    batches = list(reader)
    assert len(batches) == 3
    table = pyarrow.Table.from_batches(batches)
    assert (table["x"].to_numpy() == np.arange(600_000)).all()


def test_a_stream_outlives_its_segment(segment):
    pyarrow = pytest.importorskip("pyarrow")
    reader = pyarrow.RecordBatchReader.from_stream(segment)
    segment.close()
    shm.drop("data")
    assert reader.read_all().to_pydict() == EXPECTED
