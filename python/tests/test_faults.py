"""What can go wrong around a write: locks, signals, killed writers, limits, races."""

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import raw_memory

import shm
from shm import _core

PACKAGE = str(Path(shm.__file__).parent.parent)
FRAME = pd.DataFrame({"a": [1, 2], "b": [0.5, 1.5]})


@pytest.fixture
def info(tmp_path: Path) -> Path:
    path = tmp_path / "info.txt"
    path.write_text("as it was\n")
    return path


def left(seeds: range) -> list[int]:
    return [seed for seed in seeds if raw_memory.find(seed) != -1]


@contextmanager
def locked(path: Path) -> Iterator[int]:
    fd = os.open(path, os.O_RDONLY)
    fcntl.flock(fd, fcntl.LOCK_EX)
    try:
        yield fd
    finally:
        os.close(fd)


def python(code: str, *arguments: object) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": PACKAGE},
        stdout=subprocess.PIPE,
        text=True,
    )


WRITES = [
    pytest.param(lambda info, seed: shm.write_frame(FRAME, info, seed), id="frame"),
    pytest.param(lambda info, seed: shm.write_list([1], "int", seed, info), id="list"),
]


@pytest.mark.parametrize("write", WRITES)
def test_waits_for_the_lock_without_holding_the_gil(write, info, seeds):
    with locked(info) as fd:
        release = threading.Timer(0.2, fcntl.flock, (fd, fcntl.LOCK_UN))
        start = time.monotonic()
        release.start()
        write(info, seeds[0])
        assert 0.15 < time.monotonic() - start < 8
    assert info.read_text().endswith(
        f"\t{'b' if len(left(seeds)) == 2 else f'var{seeds[0]}'}\n"
    )


@pytest.mark.parametrize("write", WRITES)
def test_interrupted_while_waiting(write, info, seeds):
    """Ctrl-C after the segments are made, before the info file names them."""
    with locked(info):
        timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            write(info, seeds[0])
    assert left(seeds) == []
    assert info.read_text() == "as it was\n"
    assert list(info.parent.iterdir()) == [info]


def test_interrupted_while_copying(info, seeds):
    """Ctrl-C at any moment of a large write leaves all or nothing."""
    frame = pd.DataFrame({name: np.zeros(400_000) for name in "abcdefgh"})
    for delay in (0.0005, 0.002, 0.008):
        info.write_text("as it was\n")
        try:
            signal.signal(signal.SIGALRM, signal.default_int_handler)
            signal.setitimer(signal.ITIMER_REAL, delay)
            shm.write_frame(frame, info, seeds[0])
            signal.setitimer(signal.ITIMER_REAL, 0)
        except KeyboardInterrupt:
            pass
        if left(seeds):
            pd.testing.assert_frame_equal(shm.read_frame(info), frame)
            for seed in left(seeds):
                shm.deallocate(raw_memory.find(seed))
        else:
            assert info.read_text() == "as it was\n"


def test_killed_writer_leaves_the_info_file_and_names_its_segments(info, seeds):
    code = """
import sys, pandas, shm
print("ready", flush=True)
shm.write_frame(pandas.DataFrame({"a": [1]}), sys.argv[1], int(sys.argv[2]))
"""
    with locked(info):
        writer = python(code, info, seeds[0])
        assert writer.stdout.readline() == "ready\n"
        while not left(seeds):
            assert writer.poll() is None
            time.sleep(0.01)
        writer.kill()
        writer.wait()
        writer.stdout.close()
    assert info.read_text() == "as it was\n"
    assert list(info.parent.iterdir()) == [info]
    with pytest.raises(FileExistsError, match="ipcrm -m") as raised:
        shm.write_frame(FRAME, info, seeds[0])
    shm.deallocate(raw_memory.find(seeds[0]))
    assert "shm.deallocate(" in str(raised.value)
    shm.write_frame(FRAME, info, seeds[0])
    pd.testing.assert_frame_equal(shm.read_frame(info), FRAME)


def test_appending_from_several_processes(tmp_path, seeds):
    info = tmp_path / "info.txt"
    code = """
import sys, shm
for seed in range(int(sys.argv[2]), int(sys.argv[3])):
    shm.write_list([seed], "int", seed, sys.argv[1])
"""
    writers = [python(code, info, first, first + 8) for first in seeds[::8]]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    frame = shm.read_frame(info)
    assert sorted(frame.iloc[0]) == list(seeds)
    assert all(frame[f"var{seed}"][0] == seed for seed in seeds)


def test_one_of_several_writers_gets_the_key(tmp_path, seeds):
    code = """
import sys, shm
try:
    shm.write_list([1], "int", int(sys.argv[2]), sys.argv[1])
except FileExistsError:
    print("taken")
"""
    writers = [python(code, tmp_path / "info.txt", seeds[0]) for _ in range(4)]
    output = [writer.communicate()[0] for writer in writers]
    assert sorted(output) == ["", "taken\n", "taken\n", "taken\n"]
    assert (tmp_path / "info.txt").read_text().count("\n") == 1


def refused_to_another_user(*actions: Callable[[], object], match: str = "") -> bool:
    """Say whether each action raises PermissionError when the user `nobody` does it."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setuid(65534)
            for action in actions:
                with pytest.raises(PermissionError, match=match):
                    action()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


needs_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can become nobody")


@needs_root
def test_another_user_cannot_write_the_info_file(seeds):
    with tempfile.TemporaryDirectory() as name:
        info = Path(name) / "info.txt"
        info.write_text("as it was\n")
        Path(name).chmod(0o755)
        writes = [lambda write=each.values[0]: write(info, seeds[0]) for each in WRITES]
        assert refused_to_another_user(*writes)
        assert info.read_text() == "as it was\n"
        Path(name).chmod(0o777)  # the folder would allow it, the file does not
        assert refused_to_another_user(*writes)
        assert list(Path(name).iterdir()) == [info]
    assert left(seeds) == []


@needs_root
def test_another_user_cannot_read_or_remove_segments(tmp_path, seeds):
    info = tmp_path / "info.txt"
    _, segment_id = shm.write_list([1], "int", seeds[0], info)
    (record,) = _core.read_info(os.fsencode(info))
    why = f"segment {segment_id}: .*; only the user who made it may"
    assert refused_to_another_user(lambda: shm.deallocate(segment_id), match=why)
    assert refused_to_another_user(
        lambda: _core.read_segment(record),
        lambda: _core.record_state(record),
        match=f"variable '{record.name}': .*{why}",
    )
    assert left(seeds) == [seeds[0]]


def test_sizes_beyond_the_system(info, seeds):
    """A frame whose segment the system refuses: the limits are named, nothing is left."""
    huge = np.lib.stride_tricks.as_strided(np.zeros(1), (2**59, 1), (0, 0))
    frame = pd.DataFrame(huge, columns=["small"], copy=False)
    with pytest.raises(MemoryError, match=r"SHMMAX.*SHMALL.*SHMMNI"):
        shm.write_frame(frame, info, seeds[0])
    assert left(seeds) == []
    assert info.read_text() == "as it was\n"
