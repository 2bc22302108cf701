"""What writers that were killed have left goes; all else stays."""

import os
import signal
import time

import images
import pytest

from shm.storage.leftovers import gc, hidden_files, writer_of

WRITER = """
import os
from shm import _core
image = _core.NewImage.create({path!r}, 100_000, None)
os.write(image.fd, b"x" * 5000)
print(os.fsdecode(image.hidden_path), flush=True)
input()
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("STATA_PYDATA_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def writer(folder):
    with images.python(WRITER.format(path=os.fsencode(folder / "a.dta"))) as process:
        process.hidden = process.stdout.readline().strip()
        yield process
        process.kill()


def end(writer) -> None:
    writer.send_signal(signal.SIGKILL)
    writer.wait()


def entries(folder) -> list[str]:
    return sorted(os.listdir(folder))


def test_a_writer_at_work_keeps_its_file(writer, folder):
    assert gc() == gc(dry_run=True) == []
    assert list(hidden_files(folder)) == [writer.hidden]


def test_what_a_killed_writer_left_goes(writer, folder):
    if not images.marks_are_kept(folder):
        pytest.skip("no extended attributes here: it is too young to be sure")
    images.publish(folder / "b.dta")
    end(writer)
    old = time.time() - 60
    os.utime(writer.hidden, (old, old))
    (found,) = gc(dry_run=True)
    assert (found.path, found.kind, found.pid) == (writer.hidden, "file", writer.pid)
    assert found.nbytes >= 5000
    assert found.age > 59
    assert f"of process {writer.pid}" in repr(found)
    assert os.path.exists(writer.hidden)
    assert [leftover.path for leftover in gc()] == [writer.hidden]
    assert gc() == []
    assert entries(folder) == ["b.dta"]


def test_a_file_without_a_mark_has_time_to_be_locked(folder):
    path = folder / ".a.dta.999999999-0.tmp"
    path.write_bytes(b"")
    assert gc() == []
    assert path.exists()


def test_a_lock_of_another_process_counts_whatever_the_name_says(writer, folder):
    another = folder / ".a.dta.999999999-0.tmp"
    os.rename(writer.hidden, another)
    assert gc() == []
    assert another.exists()


def test_published_images_stay_when_their_writer_is_dead(folder):
    with images.python(f"import images; images.publish('{folder}/a.dta')") as process:
        process.wait()
    assert gc() == []
    assert entries(folder) == ["a.dta"]


def test_other_files_stay(folder):
    names = [".hidden", ".x.tmp", ".a.dta.1-x.tmp", "a.dta.1-0.tmp", "half.dta"]
    for name in names:
        (folder / name).write_text("")
    os.symlink("/nowhere", folder / "link.dta")
    os.symlink("/nowhere", folder / ".a.dta.1-0.tmp")
    os.mkfifo(folder / ".a.dta.1-1.tmp")
    before = entries(folder)
    assert gc() == []
    assert entries(folder) == before


def test_links_to_memory_go_with_their_process(folder):
    code = (
        f"import images; images.publish('{folder}/a.dta', anonymous=True)\n"
        "print('done', flush=True); input()"
    )
    with images.python(code) as process:
        process.stdout.readline()
        assert gc() == []
        end(process)
    (found,) = gc(dry_run=True)
    assert (found.kind, found.pid, found.nbytes) == ("link", process.pid, 0)
    assert entries(folder) == ["a.dta"]
    assert [leftover.path for leftover in gc()] == [found.path]
    assert entries(folder) == []


def test_a_descriptor_that_became_something_else_is_no_memory(folder):
    kept = images.publish(folder / "a.dta", anonymous=True)
    with open("/dev/null") as file:
        os.dup2(file.fileno(), kept)
    assert [leftover.kind for leftover in gc()] == ["link"]
    os.close(kept)


def test_an_image_that_takes_the_place_of_a_link_stays(folder, monkeypatch):
    from shm.storage import leftovers

    os.symlink("/proc/999999999/fd/3", folder / "a.dta")
    rename = os.rename

    def publish_first(source, target):
        monkeypatch.setattr(leftovers.os, "rename", rename)
        images.publish(folder / "a.dta")
        rename(source, target)

    monkeypatch.setattr(leftovers.os, "rename", publish_first)
    assert gc() == []
    assert entries(folder) == ["a.dta"]
    assert (folder / "a.dta").read_bytes() == images.image_bytes()


def test_an_image_published_while_it_is_locked_stays(writer, folder, monkeypatch):
    from shm.storage import leftovers

    end(writer)
    flock = leftovers.fcntl.flock

    def publish_first(fd, how):
        os.rename(writer.hidden, folder / "a.dta")
        flock(fd, how)

    monkeypatch.setattr(leftovers.fcntl, "flock", publish_first)
    assert gc() == []
    assert entries(folder) == ["a.dta"]


def test_cleaning_up_while_others_write(folder):
    """Images come and go under one name; each look finds a whole one."""
    code = f"""
import time
import images
from shm import _core
pool = _core.ImagePool()
size = _core.empty_bytes(images.SCHEMA, 500)
print("writing", flush=True)
end = time.monotonic() + 1
while time.monotonic() < end:
    image = _core.NewImage.create({os.fsencode(folder / "a.dta")!r}, size, pool)
    _core.write_empty(images.SCHEMA, 500, image.fd)
    image.publish()
pool.clear()
"""
    with images.python(code) as first, images.python(code) as second:
        writers = (first, second)
        for process in writers:
            process.stdout.readline()
        whole = images.image_bytes(500)
        while any(process.poll() is None for process in writers):
            gc()
            if (folder / "a.dta").exists():
                assert (folder / "a.dta").read_bytes() == whole
    assert [process.returncode for process in writers] == [0, 0]
    assert gc() == []
    assert entries(folder) == ["a.dta"]


def test_names_of_hidden_files():
    assert writer_of(".a.b.dta.12-3.tmp") == 12
    for name in ("a.dta.12-3.tmp", ".a.dta.12.tmp", ".a.dta.x-3.tmp", ".12-.tmp", ".tmp"):
        assert writer_of(name) is None
