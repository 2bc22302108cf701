"""Shared by all test folders: seeds for System V keys that no other test run uses.

Keys are global on a machine and there are 255, so test runs share them in blocks of 32,
each held by a lock on a file: two runs, or two workers of one run, never collide. Block 0
(seeds 1 to 31, where the defaults lie) is for the tests that need it by name.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT / "python"))

BLOCK = 32
_libc = ctypes.CDLL(None, use_errno=True)


def segment_of_seed(seed: int) -> int:
    """Return the id of the segment with this seed's key, -1 where there is none."""
    return _libc.shmget(_libc.ftok(b"/tmp", seed), 0, 0)


def remove_segments(seeds: range) -> list[int]:
    """Remove the segments of these seeds; return the seeds that had one."""
    found = [seed for seed in seeds if segment_of_seed(seed) != -1]
    for seed in found:
        _libc.shmctl(segment_of_seed(seed), 0, None)
    return found


def _seeds_of(block: int) -> range:
    return range(max(1, block * BLOCK), (block + 1) * BLOCK)


def _try_lock(block: int) -> int | None:
    folder = Path(tempfile.gettempdir()) / f"stata-pydata-test-seeds-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    fd = os.open(folder / str(block), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(fd)
        return None
    return fd


@contextmanager
def reserved(blocks: range) -> Iterator[range]:
    """Hold the first free one of these blocks of seeds, without segments."""
    deadline = time.monotonic() + 300
    while True:
        for block in blocks:
            if (fd := _try_lock(block)) is not None:
                try:
                    remove_segments(_seeds_of(block))
                    yield _seeds_of(block)
                finally:
                    remove_segments(_seeds_of(block))
                    os.close(fd)
                return
        if time.monotonic() > deadline:
            pytest.fail("other test runs hold all seeds for segment keys")
        time.sleep(0.05)


@pytest.fixture(scope="session")
def _worker_seeds() -> Iterator[range]:
    with reserved(range(1, 8)) as seeds:
        yield seeds


@pytest.fixture
def seeds(_worker_seeds: range) -> Iterator[range]:
    """32 seeds whose keys are free; afterwards their segments are removed."""
    yield _worker_seeds
    remove_segments(_worker_seeds)


@pytest.fixture
def seed(seeds: range) -> int:
    """Give the first of `seeds`."""
    return seeds[0]


@pytest.fixture
def default_seeds() -> Iterator[range]:
    """Seeds 1 to 31, for what uses the default key_seed."""
    with reserved(range(1)) as seeds:
        yield seeds
