"""Python and Stata hand data to and fro while both are running."""

import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
from stata_session import ADOHOST

import shm
from shm.errors import DamagedImageError, SegmentNotFoundError

ROWS = 20_000


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """The segment directory."""
    folder = tmp_path / "segments"
    monkeypatch.setenv("STATA_PYDATA_DIR", str(folder))
    return folder


@pytest.fixture
def starts(tmp_path, folder):
    """Start do-files, each in a process of its own; at the end none of them is left."""
    started = []

    def start(do: str) -> subprocess.Popen:
        script = tmp_path / f"{len(started)}.do"
        script.write_text(do, encoding="utf-8")
        process = subprocess.Popen(
            [ADOHOST, "-q", script], cwd=tmp_path, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def ends_well(process: subprocess.Popen) -> None:
    output, _ = process.communicate(timeout=100)
    assert process.returncode == 0, output


def numbered(n: int, rows: int = ROWS) -> dict:
    """Return a table that says in every cell which one it is."""
    return {
        "n": np.full(rows, float(n)),
        "text": np.full(rows, f"{n:08}"),
        "k": [n] * rows,
    }


def is_numbered(table: dict, n: int) -> bool:
    """Whether every cell is of this table."""
    wanted = numbered(n, len(table["n"]))
    return len(table["n"]) == ROWS and all(
        np.array_equal(table[name], np.asarray(cells, table[name].dtype))
        for name, cells in wanted.items()
    )


ANSWERS = """forvalues i = 1/100 {
    quietly shm_use using there, clear wait(60) deallocate
    assert _N == 20000 & n == 2 * `i' & k == n & text == string(n, "%08.0f")
    quietly replace n = n + 1
    quietly replace k = k + 1
    quietly replace text = string(n, "%08.0f")
    quietly shm_save using back
}
"""


def test_to_and_fro_a_hundred_times(folder, starts) -> None:
    """Each waits for the other; nothing is lost and nothing is read by half."""
    stata = starts(ANSWERS)
    for i in range(1, 101):
        shm.write(numbered(2 * i), "there")
        found = shm.read("back", as_="dict", wait=60)
        assert is_numbered(found, 2 * i + 1)
        shm.drop("back")
    ends_well(stata)
    assert shm.list() == []


SAVES = """quietly set obs 20000
generate double n = 0
generate str8 text = ""
generate long k = 0
forvalues i = 1/{times} {{
    quietly replace n = `i'
    quietly replace k = `i'
    quietly replace text = string(`i', "%08.0f")
    quietly shm_save using news, replace
}}
"""


def test_what_stata_is_saving_is_read_whole_or_not_at_all(folder, starts) -> None:
    """shm_save again and again: a reader gets one of the images, or hears why not."""
    stata = starts(SAVES.format(times=300))
    shm.wait("news", 60)
    seen = []
    while stata.poll() is None:
        try:
            table = shm.read("news", as_="dict")
        except (SegmentNotFoundError, DamagedImageError) as error:
            assert_says_so(error)
            continue
        seen.append(int(table["n"][0]))
        assert is_numbered(table, seen[-1])
    ends_well(stata)
    assert seen == sorted(seen)
    assert len(set(seen)) > 10
    assert is_numbered(shm.read("news", as_="dict"), 300)


def assert_says_so(error: Exception) -> None:
    """Between erase and save nothing is there; then half of it is."""
    if isinstance(error, DamagedImageError):
        assert "half-saved" in str(error) or "is empty" in str(error), str(error)
    else:
        assert "news" in str(error)


def test_waiting_readers_only_see_whole_images(folder, starts) -> None:
    stata = starts(SAVES.format(times=150))
    newest, seen = shm.wait("news", 60), 0
    while seen < 150:
        table = newest.to_dict()
        assert is_numbered(table, int(table["n"][0]))
        assert table["n"][0] > seen
        seen = table["n"][0]
        if seen < 150:
            newest = shm.wait("news", 60, newer_than=newest)
    ends_well(stata)


SAVES_FOR_EVER = """quietly set obs 500000
generate double x = _n
while 1 {
    quietly shm_save using slow, replace
}
"""


def stopped_midway(stata: subprocess.Popen, path: Path) -> None:
    """Stop the process in the middle of a save; some tries come too early or too late."""
    for _ in range(10_000):
        stata.send_signal(signal.SIGSTOP)
        time.sleep(0.002)  # until it has stopped
        if path.exists() and path.stat().st_size > 0:
            with path.open("rb") as file:
                if not file.read().endswith(b"</stata_dta>"):
                    return
        stata.send_signal(signal.SIGCONT)
        time.sleep(0.0005)
    pytest.fail("no save was met in its middle")


def test_a_save_that_has_stopped_in_its_middle(folder, starts) -> None:
    """Reading says so, waiting waits."""
    stata = starts(SAVES_FOR_EVER)
    shm.wait("slow", 60)
    stopped_midway(stata, folder / "slow.dta")
    with pytest.raises(DamagedImageError, match="segment 'slow' is half-saved"):
        shm.read("slow")
    with pytest.raises(TimeoutError, match="it is half-saved"):
        shm.read("slow", wait=0.1)
    stata.send_signal(signal.SIGCONT)
    table = shm.read("slow", wait=60, as_="dict")
    assert np.array_equal(table["x"], np.arange(1.0, 500_001))


def test_a_consumer_may_take_an_image_before_write_returns(folder, starts) -> None:
    """What write returns knows its image without looking for it under its name."""
    stata = starts(
        "forvalues i = 1/200 {\n"
        "    quietly shm_use using quick, clear wait(60) deallocate\n}\n"
    )
    for _ in range(200):
        segment = shm.write({"x": [1.0]}, "quick")
        assert len(segment.identity) == 4
        while (folder / "quick.dta").exists():
            time.sleep(0.0001)
    ends_well(stata)
