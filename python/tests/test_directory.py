"""Where segments lie, and what a name or path stands for."""

import errno
import os
import pickle
import stat
import warnings
from pathlib import Path

import images
import pytest

import shm
from shm.errors import (
    AccessError,
    FileNameWarning,
    InvalidInputError,
    SegmentNotFoundError,
    StorageError,
)
from shm.storage import directory
from shm.storage.directory import (
    existing_directory,
    is_path,
    open_image,
    place_of,
    ready_directory,
    segment_directory,
)

root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    path = tmp_path / "segments"
    monkeypatch.setenv("STATA_PYDATA_DIR", str(path))
    return path


def test_the_environment_decides(folder, monkeypatch, tmp_path):
    assert segment_directory() == str(folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STATA_PYDATA_DIR", "here")
    assert segment_directory() == str(tmp_path / "here")


def test_the_default_is_shared_memory_by_user(monkeypatch):
    monkeypatch.delenv("STATA_PYDATA_DIR", raising=False)
    assert segment_directory() == f"/dev/shm/stata-pydata-{directory.user_name()}"
    monkeypatch.setenv("STATA_PYDATA_DIR", "")
    assert segment_directory() == f"/dev/shm/stata-pydata-{directory.user_name()}"


def test_without_shared_memory(monkeypatch):
    monkeypatch.delenv("STATA_PYDATA_DIR", raising=False)
    monkeypatch.setattr(directory, "SHARED_MEMORY", "/no/such/folder")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/7")
    monkeypatch.setenv("TMPDIR", "/var/tmp")
    assert segment_directory() == "/run/user/7/stata-pydata"
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert segment_directory() == "/var/tmp/stata-pydata"
    monkeypatch.delenv("TMPDIR")
    assert segment_directory() == "/tmp/stata-pydata"


def test_a_directory_is_private(folder):
    assert existing_directory() is None
    assert ready_directory() == str(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert existing_directory() == ready_directory() == str(folder)


def test_the_default_directory_is_closed_to_others(monkeypatch, tmp_path):
    monkeypatch.delenv("STATA_PYDATA_DIR", raising=False)
    monkeypatch.setattr(directory, "SHARED_MEMORY", str(tmp_path))
    Path(segment_directory()).mkdir(mode=0o755)  # as Stata makes it
    assert existing_directory() == segment_directory()
    assert stat.S_IMODE(os.stat(segment_directory()).st_mode) == 0o700


@root
def test_the_directory_of_another_user(folder):
    folder.mkdir()
    os.chown(folder, 12345, 12345)
    for look in (existing_directory, ready_directory):
        with pytest.raises(AccessError, match="belongs to user 12345; set STATA_PYDATA"):
            look()


def test_a_link_in_the_place_of_the_directory(folder, tmp_path):
    folder.symlink_to(tmp_path)
    for look in (existing_directory, ready_directory):
        with pytest.raises(StorageError, match="should be a directory and is none"):
            look()


def test_a_file_in_the_place_of_the_directory(folder):
    folder.write_text("")
    with pytest.raises(StorageError, match="should be a directory and is none"):
        ready_directory()


def test_a_directory_that_can_not_be_made(monkeypatch):
    monkeypatch.setenv("STATA_PYDATA_DIR", "/proc/nowhere/segments")
    with pytest.raises((AccessError, StorageError), match="can't be made"):
        ready_directory()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("panel", False),
        ("panel.v2", False),
        ("segment_info.txt", False),
        ("panel.dta", True),
        ("./panel", True),
        ("/tmp/panel", True),
        (Path("panel"), True),
    ],
)
def test_paths_have_a_separator_or_an_ending(name, path):
    assert is_path(name) == path


def test_a_name_stands_for_a_file_in_the_directory(folder):
    place = place_of("panel-2_b.c")
    assert (place.name, place.path) == ("panel-2_b.c", f"{folder}/panel-2_b.c.dta")
    assert str(place) == "segment 'panel-2_b.c'"


def test_a_path_stands_for_itself(monkeypatch):
    monkeypatch.setenv("HOME", "/home/ann")
    assert place_of("~/panel.dta").path == "/home/ann/panel.dta"
    assert place_of(Path("panel")).path == "panel"
    assert place_of("panel.dta").name is None


@pytest.mark.parametrize("name", ["", ".panel", "a b", "ä", "a\0b", "a" * 65, 3, None])
def test_what_is_neither_name_nor_path(name):
    with pytest.raises(InvalidInputError):
        place_of(name)


def test_opening(folder):
    with pytest.raises(SegmentNotFoundError, match="no segment 'a'"):
        open_image(place_of("a"))
    ready_directory()
    with pytest.raises(SegmentNotFoundError, match="no segment 'a'"):
        open_image(place_of("a"))
    images.publish(folder / "a.dta")
    fd = open_image(place_of("a"))
    assert not os.get_inheritable(fd)
    assert os.pread(fd, 11, 0) == b"<stata_dta>"
    os.close(fd)


def test_links_are_not_followed(folder, tmp_path):
    ready_directory()
    images.publish(tmp_path / "elsewhere.dta")
    (folder / "a.dta").symlink_to(tmp_path / "elsewhere.dta")
    with pytest.raises(AccessError, match="is a symbolic link"):
        open_image(place_of("a"))
    os.close(open_image(place_of(folder / "a.dta")))  # a path is as it is given


def test_what_may_be_meant_by_a_name(folder, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    shm.write({"x": [1]}, "panel")
    with pytest.raises(SegmentNotFoundError, match=r"which shm.read\('panel'\) reads"):
        shm.open("panel.dta")
    shm.write({"x": [1]}, "survey.dta")
    with pytest.raises(SegmentNotFoundError, match=r"shm.read\('survey.dta'\) reads"):
        shm.open("survey")
    with pytest.raises(SegmentNotFoundError, match=r", nor a file 'out.csv' here; "):
        shm.read("out.csv")
    (tmp_path / "out.csv").write_text("a\n")
    with pytest.raises(SegmentNotFoundError, match=r"'out.csv' here is a CSV file; "):
        shm.open("out.csv")


def test_errors_are_sentences_with_the_number_beside(folder):
    with pytest.raises(FileNotFoundError) as caught:
        shm.open("a")
    error = pickle.loads(pickle.dumps(caught.value))
    assert str(error).startswith("no segment 'a' in ")
    assert (error.errno, error.filename) == (errno.ENOENT, str(folder / "a.dta"))
    with pytest.raises(FileNotFoundError, match=r"^there is no folder '.*none' for 'a"):
        shm.write({"x": [1]}, folder / "none" / "a.dta")


@pytest.mark.parametrize("name", ["out.csv", "out.XLSX", "a.b.parquet", "out.DTA"])
def test_segments_with_names_of_files(folder, name):
    """They are legal, and yet rarely meant."""
    with pytest.warns(FileNameWarning, match=f"^'{name}' names a segment") as caught:
        segment = shm.write({"x": [1]}, name)
    assert caught[0].filename == __file__
    assert segment.name == name
    assert shm.open(name).shape == (1, 1)
    schema = {"x": "double"}
    with pytest.warns(FileNameWarning), shm.create(name, schema, 1):
        pass


@pytest.mark.parametrize("name", ["v1.2", "wave.2024", "panel", "csv", "a.dta-2"])
def test_names_that_are_no_files(folder, name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert shm.write({"x": [1]}, name).name == name


def test_what_is_no_name_is_not_shown_as_a_whole():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"x": range(50)})
    for take in (shm.read, shm.open, shm.info, shm.drop, shm.wait):
        with pytest.raises(InvalidInputError, match=r"not a pandas DataFrame$"):
            take(frame)


def test_links_to_memory_are_followed(folder):
    ready_directory()
    kept = images.publish(folder / "a.dta", anonymous=True)
    os.close(open_image(place_of("a")))
    os.close(kept)
    with pytest.raises(SegmentNotFoundError, match="memory of a process that has ended"):
        open_image(place_of("a"))


@root
def test_files_of_other_users_are_not_read(folder):
    ready_directory()
    images.publish(folder / "a.dta")
    os.chown(folder / "a.dta", 12345, 12345)
    with pytest.raises(AccessError, match="belongs to user 12345"):
        open_image(place_of("a"))


def test_what_is_no_file_is_not_read(folder):
    ready_directory()
    os.mkfifo(folder / "pipe.dta")
    (folder / "folder.dta").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(StorageError, match="is no regular file"):
            open_image(place_of(name))
