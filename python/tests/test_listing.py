"""What is told of segments, and dropping them."""

import json
import os
import time

import images
import pytest

import shm
from shm import _core
from shm.errors import (
    AccessError,
    DamagedImageError,
    InvalidInputError,
    SegmentNotFoundError,
)
from shm.reading.describing import info
from shm.reading.dropping import drop
from shm.reading.listing import list as list_segments
from shm.storage import publishing
from shm.storage.directory import place_of, segment_directory
from shm.storage.publishing import new_image


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("STATA_PYDATA_DIR", str(tmp_path))
    return tmp_path


def test_no_directory_no_segments(monkeypatch, tmp_path):
    monkeypatch.setenv("STATA_PYDATA_DIR", str(tmp_path / "none"))
    assert list_segments() == []


def test_list(folder):
    images.publish(folder / "b.dta", rows=7)
    images.publish(folder / "a.dta")
    (folder / "notes.txt").write_text("")
    (folder / "no segment name.dta").write_text("")
    first, second = list_segments()
    assert 0 <= second.age < 60
    assert vars(second) == {
        "name": "b",
        "path": f"{folder}/b.dta",
        "kind": "file",
        "nbytes": os.stat(folder / "b.dta").st_size,
        "age": second.age,
        "owner_pid": first.owner_pid,
        "owner_state": first.owner_state,
        "release": 118,
        "observations": 7,
        "variables": 2,
        "data_label": "two variables",
        "problem": None,
    }
    assert json.loads(json.dumps(second.to_dict())) == vars(second)
    size = f"{second.nbytes / 1024:.1f} KB"
    assert str(second) == f"b: 7 observations, 2 variables, {size}, 0 s old"
    assert repr(first).startswith("<SegmentInfo a: 3 observations")


def test_owners(folder):
    if not images.marks_are_kept(folder):
        pytest.skip("no extended attributes here")
    with images.python(
        f"import images; images.publish('{folder}/a.dta'); print('done'); input()"
    ) as writer:
        writer.stdout.readline()
        (alive,) = list_segments()
        assert (alive.owner_pid, alive.owner_state) == (writer.pid, "alive")
    (dead,) = list_segments()
    assert (dead.owner_pid, dead.owner_state) == (writer.pid, "dead")
    (folder / "a.dta").write_bytes(images.image_bytes())  # as Stata saves
    os.removexattr(folder / "a.dta", "user.stata_pydata.owner")
    (unknown,) = list_segments()
    assert (unknown.owner_pid, unknown.owner_state) == (None, "unknown")


def test_a_pid_that_was_given_again_is_another_owner(folder):
    if not images.marks_are_kept(folder):
        pytest.skip("no extended attributes here")
    images.publish(folder / "a.dta")
    os.setxattr(folder / "a.dta", "user.stata_pydata.owner", f"{os.getpid()} 1".encode())
    assert list_segments()[0].owner_state == "dead"


def test_images_in_memory(folder):
    kept = images.publish(folder / "a.dta", anonymous=True)
    (listed,) = list_segments()
    assert (listed.kind, listed.observations) == ("memory", 3)
    assert (listed.owner_pid, listed.owner_state) == (os.getpid(), "alive")
    os.close(kept)
    (listed,) = list_segments()
    assert listed.owner_state == "dead"
    assert "memory of a process that has ended" in listed.problem


def test_what_can_not_be_read_is_listed_too(folder):
    whole = images.image_bytes()
    (folder / "a.dta").write_bytes(whole[:-30])
    (folder / "b.dta").write_bytes(b"")
    (folder / "c.dta").write_bytes(whole[:200] + whole[201:])
    (folder / "d.dta").symlink_to("/etc/passwd")
    (folder / "e.dta").mkdir()
    problems = {segment.name: segment.problem for segment in list_segments()}
    assert problems.pop("c")
    assert problems == {
        "a": f"is half-saved: {len(whole) - 30} bytes, without the end of an image",
        "b": "is empty",
        "d": "is a symbolic link; segments are files of their own",
        "e": "is no regular file",
    }
    assert list_segments()[0].observations is None


def test_a_damaged_image_of_any_length_is_listed(folder):
    whole = images.image_bytes()
    for length in range(0, len(whole), 37):
        (folder / "a.dta").write_bytes(whole[:length] + b"</stata_dta>")
        (listed,) = list_segments()
        assert listed.problem


def test_info(folder):
    images.publish(folder / "a.dta", rows=4)
    for name in ("a", folder / "a.dta", str(folder / "a.dta")):
        described = info(name)
        assert (described.observations, described.release) == (4, 118)
        assert described.data_label == "two variables"
        assert [vars(variable) for variable in described.variables] == [
            {
                "column": "x",
                "name": "x",
                "type": "double",
                "format": "%9.0g",
                "label": "what x is",
                "value_label": "",
            },
            {
                "column": "name",
                "name": "name",
                "type": "str5",
                "format": "%9s",
                "label": "",
                "value_label": "",
            },
        ]
    heading, label, _, titles, x, _ = repr(described).splitlines()
    assert heading.startswith(f"{folder}/a.dta: 4 observations, 2 variables, ")
    assert label == "label: two variables"
    assert titles.split() == ["variable", "type", "format", "value", "label", "label"]
    assert x.split() == ["x", "double", "%9.0g", "what", "x", "is"]
    assert json.loads(json.dumps(described.to_dict()))["variables"][0]["name"] == "x"


def test_segments_serve_as_names(folder):
    segment = shm.write({"x": [1, 2]}, "a")
    assert shm.info(segment).observations == 2
    shm.drop(segment)
    assert shm.list() == []


def test_info_of_what_is_not_there_or_whole(folder):
    with pytest.raises(SegmentNotFoundError, match="no segment 'a'"):
        info("a")
    (folder / "a.dta").write_bytes(images.image_bytes()[:700])
    with pytest.raises(DamagedImageError, match="segment 'a' is half-saved: 700 bytes"):
        info("a")


def test_half_saved_and_empty_images_can_be_waited_for(folder):
    (folder / "a.dta").write_bytes(images.image_bytes()[:700])
    (folder / "b.dta").write_bytes(b"")
    for name, state in (("a", "half-saved: 700 bytes"), ("b", "empty")):
        for look in (info, shm.open, shm.read):
            with pytest.raises(DamagedImageError, match=f"is {state}.*; wait= of"):
                look(name)


@pytest.mark.parametrize(
    ("contents", "kind"),
    [
        (b"PK\3\4" + bytes(100), "a zip archive, .*compression='zip'"),
        (b"\x1f\x8b\x08", "a gzip archive; shm.read_stata.*compression='gzip'"),
        (b"PAR1" + bytes(100), r"a Parquet file; shm.write\(pandas.read_parquet"),
        (b"$FL2@(#) SPSS", r"an SPSS file; shm.write\(pandas.read_spss"),
        (b"<!DOCTYPE html><title>404", "a web page"),
        (b"id,wage\n1,2.5\n", "text"),
        ("Zürich, ".encode() * 100, "text"),
    ],
)
def test_files_of_other_kinds(folder, contents, kind):
    (folder / "a.dta").write_bytes(contents)
    message = f"is no .dta image: it looks like {kind}"
    for name in ("a", folder / "a.dta"):
        for look in (info, shm.open, shm.read):
            with pytest.raises(DamagedImageError, match=message):
                look(name)
    with pytest.raises(DamagedImageError, match=message):
        shm.read_stata(folder / "a.dta")
    with pytest.raises(
        DamagedImageError, match="they look like " + kind.split(";")[0][:9]
    ):
        shm.read(contents)


def test_a_file_of_no_known_kind(folder):
    (folder / "a.dta").write_bytes(bytes(1000))
    with pytest.raises(DamagedImageError, match=r"segment 'a' is no .dta image$"):
        shm.read("a")


@pytest.mark.parametrize("path", ["a.csv", "./a.csv", "A.CSV"])
def test_files_that_others_read(folder, path, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / path).write_text("id\n1\n")
    message = (
        rf"'{path}' is a CSV file, .*; shm.write\(pandas.read_csv\('{path}'\), name\)"
    )
    for look in (info, shm.read, shm.read_frame):
        with pytest.raises(InvalidInputError, match=message):
            look(path)


def test_a_csv_file_may_be_an_info_file(folder, seed, monkeypatch):
    pytest.importorskip("pandas")
    monkeypatch.chdir(folder)
    shm.write_list([1, 2], "int", seed, "info.csv", varname="x")
    assert shm.read("info.csv")["x"].tolist() == [1, 2]


def test_info_of_an_info_file(folder, seed, monkeypatch):
    monkeypatch.chdir(folder)
    _core.write_list([1, 2], "int", seed, b"info.txt", "x")
    for name in ("info.txt", folder / "info.txt"):
        described = info(name)
        (segment,) = described.segments
        assert (segment.name, segment.elements, segment.state) == ("x", 2, "ready")
    assert "elements" in repr(described)
    assert described.to_dict()["segments"][0]["bytes"] == 16


def test_a_segment_goes_before_an_info_file(folder, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / "panel").write_text("1\t2\t0\t1\tx\n")
    images.publish(folder / "panel.dta")
    assert info("panel").observations == 3
    assert len(info("./panel").segments) == 1


def test_drop(folder):
    for name in "abcd":
        images.publish(folder / f"{name}.dta")
    drop("a", folder / "b.dta")
    assert [segment.name for segment in list_segments()] == ["c", "d"]
    with pytest.raises(SegmentNotFoundError, match="no segment 'a'"):
        drop("c", "a", "d")
    assert [segment.name for segment in list_segments()] == ["d"]
    drop("a", "d", folder / "none.dta", missing_ok=True)
    assert list_segments() == []


def test_drop_of_a_link_to_memory_leaves_the_memory(folder):
    kept = images.publish(folder / "a.dta", anonymous=True)
    drop("a")
    assert list_segments() == []
    assert os.pread(kept, 11, 0) == b"<stata_dta>"
    os.close(kept)


def test_drop_gives_back_the_memory_of_what_this_process_wrote(folder):
    before = os.listdir("/proc/self/fd")
    for kept in ([], [os.memfd_create("memory")]):
        with new_image(place_of("a"), 1_000_000) as image:
            os.truncate(image.fd, 1_000_000)
        publishing._anonymous.update({str(folder / "a.dta"): fd for fd in kept})
        assert os.listdir("/proc/self/fd") != before
        drop("a")
    assert os.listdir("/proc/self/fd") == before


def test_drop_removes_nothing_but_images(folder):
    (folder / "info.txt").write_text("1\t2\t0\t1\tx\n")
    with pytest.raises(InvalidInputError, match="is no image"):
        drop(folder / "info.txt")
    (folder / "folder.dta").mkdir()
    with pytest.raises(OSError, match="segment 'folder'"):
        drop("folder")
    assert (folder / "info.txt").exists()


def test_a_reader_keeps_what_was_dropped(folder):
    images.publish(folder / "a.dta")
    with open(folder / "a.dta", "rb") as reader:
        drop("a")
        assert reader.read() == images.image_bytes()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_the_directory_of_another_user(folder):
    images.publish(folder / "a.dta")
    os.chown(segment_directory(), 12345, 12345)
    for call in (list_segments, lambda: drop("a"), lambda: info("a")):
        with pytest.raises(AccessError, match="belongs to user 12345"):
            call()
    os.chown(segment_directory(), os.geteuid(), os.getegid())


def test_ages(folder):
    images.publish(folder / "a.dta")
    hour_ago = time.time() - 2 * 3600
    os.utime(folder / "a.dta", (hour_ago, hour_ago))
    (listed,) = list_segments()
    assert 7199 < listed.age < 7260
    assert str(listed).endswith("2 h old")
