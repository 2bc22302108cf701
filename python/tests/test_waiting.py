"""Waiting for images that another process makes."""

import os
import signal
import threading
import time

import images
import pytest

import shm
from shm.errors import (
    AccessError,
    DamagedImageError,
    InvalidInputError,
    WaitTimeoutError,
)
from shm.storage.directory import place_of
from shm.storage.waiting import identity_of, is_whole, wait_for_change, wait_for_image


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("STATA_PYDATA_DIR", str(tmp_path))
    return tmp_path


def after(seconds: float, function, *arguments) -> threading.Timer:
    timer = threading.Timer(seconds, function, arguments)
    timer.start()
    return timer


def read(fd: int) -> bytes:
    with open(fd, "rb") as file:
        return file.read()


def test_what_is_there_is_opened_at_once(folder):
    images.publish(folder / "a.dta")
    assert read(wait_for_image(place_of("a"), 0)) == images.image_bytes()


def test_an_image_that_comes(folder):
    timer = after(0.1, images.publish, folder / "a.dta")
    assert read(wait_for_image(place_of("a"), 20)) == images.image_bytes()
    timer.join()


def test_the_directory_may_come_later_too(tmp_path, monkeypatch):
    folder = tmp_path / "later"
    monkeypatch.setenv("STATA_PYDATA_DIR", str(folder))

    def make():
        folder.mkdir()
        images.publish(folder / "a.dta")

    timer = after(0.1, make)
    assert read(wait_for_image(place_of("a"), None)) == images.image_bytes()
    timer.join()


def test_what_is_saved_in_place_is_waited_for_until_it_is_whole(folder):
    whole = images.image_bytes(2000)

    def save():
        with open(folder / "a.dta", "wb", buffering=0) as file:
            for start in range(0, len(whole), 5000):
                file.write(whole[start : start + 5000])
                time.sleep(0.02)

    saving = threading.Thread(target=save)
    saving.start()
    assert read(wait_for_image(place_of("a"), 20)) == whole
    saving.join()


def test_time_is_over(folder):
    start = time.monotonic()
    with pytest.raises(WaitTimeoutError, match="for segment 'a': nothing is there"):
        wait_for_image(place_of("a"), 0.1)
    assert 0.1 <= time.monotonic() - start < 5
    (folder / "a.dta").write_bytes(images.image_bytes()[:500])
    with pytest.raises(TimeoutError, match="it is half-saved, 500 bytes so far"):
        wait_for_image(place_of("a"), 0)
    os.unlink(folder / "a.dta")
    os.symlink("/proc/999999999/fd/3", folder / "a.dta")
    with pytest.raises(TimeoutError, match="memory of a process that has ended"):
        wait_for_image(place_of("a"), 0)


def test_no_descriptor_is_left_open(folder):
    (folder / "a.dta").write_bytes(b"<stata")
    before = os.listdir("/proc/self/fd")
    with pytest.raises(TimeoutError):
        wait_for_image(place_of("a"), 0.05)
    assert os.listdir("/proc/self/fd") == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_what_will_never_be_read_is_an_error_at_once(folder):
    images.publish(folder / "a.dta")
    os.chown(folder / "a.dta", 12345, 12345)
    with pytest.raises(AccessError):
        wait_for_image(place_of("a"), None)


def test_change_by_replacement(folder):
    images.publish(folder / "a.dta", rows=1)
    seen = identity_of(os.stat(folder / "a.dta"))
    with pytest.raises(WaitTimeoutError, match="it has not changed"):
        wait_for_change(place_of("a"), seen, 0.05)
    timer = after(0.1, images.publish, folder / "a.dta", 2)
    assert read(wait_for_change(place_of("a"), seen, 20)) == images.image_bytes(2)
    timer.join()


def test_change_in_place(folder):
    (folder / "a.dta").write_bytes(images.image_bytes(1))
    fd = os.open(folder / "a.dta", os.O_RDONLY)
    seen = identity_of(os.fstat(fd))
    timer = after(0.1, (folder / "a.dta").write_bytes, images.image_bytes(5))
    assert read(wait_for_change(place_of("a"), seen, 20)) == images.image_bytes(5)
    timer.join()
    os.close(fd)


def test_the_public_face(folder):
    first = shm.write({"x": [1]}, "a")
    assert shm.wait("a").observations == 1
    assert shm.wait(folder / "a.dta", 0).observations == 1
    with pytest.raises(WaitTimeoutError, match="it has not changed"):
        shm.wait("a", 0, newer_than=first)
    timer = after(0.1, shm.write, {"x": [1, 2]}, "a")
    second = shm.wait("a", 20, newer_than=first)
    assert second.observations == 2
    timer.join()
    timer = after(0.1, shm.write, {"x": [1, 2, 3]}, "a")
    assert shm.wait("a", 20, newer_than=second).observations == 3
    timer.join()


@pytest.mark.parametrize("seconds", ["5", True, float("nan"), [1]])
def test_what_is_no_time(folder, seconds):
    shm.write({"x": [1]}, "a")
    with pytest.raises(InvalidInputError, match="timeout must be a number of seconds"):
        shm.wait("a", seconds)
    for read_it in (shm.open, shm.read):
        with pytest.raises(InvalidInputError, match="wait must be a number of seconds"):
            read_it("a", wait=seconds)


def test_newer_than_a_segment_only(folder):
    shm.write({"x": [1]}, "a")
    with pytest.raises(
        InvalidInputError, match=r"newer_than must be a segment, .*not 'a'"
    ):
        shm.wait("a", 0, newer_than="a")


@pytest.mark.parametrize("contents", [b"PK", b"a,b\n", b"\0"])
def test_what_is_no_image_is_not_waited_for(folder, contents):
    (folder / "a.dta").write_bytes(contents)
    with pytest.raises(DamagedImageError, match=r"is no \.dta image"):
        shm.wait("a", 5)


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
def test_whole_images(tmp_path, ending):
    path = tmp_path / "a.dta"
    path.write_bytes(images.image_bytes() + ending)
    with open(path, "rb") as file:
        assert is_whole(file.fileno())


@pytest.mark.parametrize(
    "contents", [b"", b"<stata_dta>", b"<stata_dta><header>", b"s\2"]
)
def test_parts_of_images(tmp_path, contents):
    path = tmp_path / "a.dta"
    path.write_bytes(contents)
    with open(path, "rb") as file:
        assert not is_whole(file.fileno())


def test_old_releases_have_no_mark_at_their_end(tmp_path):
    path = tmp_path / "a.dta"
    path.write_bytes(b"s\2" + bytes(200))
    with open(path, "rb") as file:
        assert is_whole(file.fileno())


def test_control_c_ends_the_wait(folder):
    code = """
from shm.storage.directory import place_of
from shm.storage.waiting import wait_for_image
print("waiting", flush=True)
try:
    wait_for_image(place_of("a"), None)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""
    with images.python(code) as process:
        assert process.stdout.readline() == "waiting\n"
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "interrupted\n"
