"""Shared memory that is full: an error with the sizes, never a signal, nothing left."""

import shutil
import subprocess

import images
import pytest

# A file system of its own, in a mount namespace of its own: it goes with the process.
UNSHARE = ["unshare", "--map-root-user", "--mount"]
MOUNT = 'mount -t tmpfs -o size=8m,mode=700 small "$STATA_PYDATA_DIR" && exec "$@"'


def namespaces_are_allowed(folder) -> bool:
    if shutil.which("unshare") is None:
        return False
    command = [*UNSHARE, "mount", "-t", "tmpfs", "small", folder]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0


@pytest.fixture
def in_small_memory(tmp_path, monkeypatch):
    """Run code with a segment directory of 8 MB; return what it prints."""
    if not namespaces_are_allowed(tmp_path):
        pytest.skip("this system mounts nothing for tests")
    monkeypatch.setenv("STATA_PYDATA_DIR", str(tmp_path))
    before = [*UNSHARE, "sh", "-c", MOUNT, "sh"]

    def run(code: str) -> str:
        with images.python(code, before=before) as process:
            output = process.stdout.read()
        assert process.returncode == 0
        return output

    return run


def test_no_room_for_an_image(in_small_memory):
    output = in_small_memory("""
import os
from shm import _core
folder = os.fsencode(os.environ["STATA_PYDATA_DIR"])
try:
    _core.NewImage.create(folder + b"/a.dta", 16_000_000, None)
except MemoryError as error:
    print(type(error).__name__, error)
    print(error.wanted_bytes, error.free_bytes)
print(os.listdir(folder))
""")
    error, numbers, left = output.splitlines()
    assert error.startswith("NoSpaceError no room for an image of 15.3 MB at ")
    assert error.endswith("its file system has 8.0 MB free")
    assert numbers == "16000000 8388608"
    assert left == "[]"


def test_room_that_others_take_meanwhile(in_small_memory):
    output = in_small_memory("""
import os
import images
from shm import _core
folder = os.fsencode(os.environ["STATA_PYDATA_DIR"])
rows = 300_000
size = _core.empty_bytes(images.SCHEMA, rows)
first = _core.NewImage.create(folder + b"/a.dta", size, None)
second = _core.NewImage.create(folder + b"/b.dta", size, None)
_core.write_empty(images.SCHEMA, rows, first.fd)
first.publish()
for kind in ("write", "again"):
    try:
        _core.write_empty(images.SCHEMA, 2 * rows, second.fd)
    except MemoryError as error:
        print(type(error).__name__)
del second
print(os.listdir(folder))
""")
    assert output.splitlines() == ["NoSpaceError", "NoSpaceError", "[b'a.dta']"]


def test_no_room_for_a_copy(in_small_memory):
    output = in_small_memory("""
import os
import images
from shm.storage import copying
from shm.storage.directory import place_of
source = os.memfd_create("large")
os.ftruncate(source, 16_000_000)
def hopeful(place, size, recycle):
    return publish(place, 1, recycle=recycle)  # there is room at first
publish = copying.new_image
for opening in (publish, hopeful):
    copying.new_image = opening
    try:
        copying.copy_image(source, place_of("a"))
    except MemoryError as error:
        print(error)
print(os.listdir(os.environ["STATA_PYDATA_DIR"]))
""")
    first, second, left = output.splitlines()
    assert "15.3 MB" in first
    assert second.startswith("no room for the 15.3 MB of segment 'a': ")
    assert left == "[]"


def test_what_the_doctor_says(in_small_memory):
    output = in_small_memory("""
from shm.checkup import doctor
for finding in doctor().findings:
    if finding.topic == "space":
        print(finding.level, finding.text, finding.remedy)
""")
    assert output.startswith("problem 8.0 MB of 8.0 MB free in Docker start")
