"""shm_dir and shm_drop: what is listed, what is removed, what is left alone."""

import os
import re
import threading
from pathlib import Path

import pytest
from stata_session import runs

DATA = """quietly set obs 1234
generate double x = _n
"""


@pytest.fixture
def folder(stata, monkeypatch) -> Path:
    folder = stata.folder / "seg ments"
    monkeypatch.setenv("STATA_PYDATA_DIR", str(folder))
    runs(
        stata, DATA + "shm_save using panel\nquietly drop in 1/1230\nshm_save using a.b-c"
    )
    (folder / ".panel.dta.4711-1.tmp").write_text("a writer's")
    (folder / ".hidden.dta").write_text("no segment")
    (folder / "own file.dta").write_text("no segment")
    (folder / "notes.txt").write_text("no segment")
    return folder


OTHERS = {".panel.dta.4711-1.tmp", ".hidden.dta", "own file.dta", "notes.txt"}


def test_dir(stata, folder) -> None:
    (folder / "half.dta").write_bytes((folder / "panel.dta").read_bytes()[:500])
    output = runs(
        stata,
        """shm_dir
        assert r(n) == 3 & "`r(names)'" == "a.b-c half panel"
        assert "`r(directory)'" == "`: environment STATA_PYDATA_DIR'"
        set dp comma
        quietly shm_dir
        assert r(n) == 3""",
    )
    table = (
        "  Segment       Observations   Variables          Size\n"
        "  ----------------------------------------------------\n"
        "  a.b-c                    4           1        1.2 KB\n"
        "  half                                 (not whole yet)\n"
        "  panel                1,234           1       10.8 KB\n"
        "  ----------------------------------------------------\n"
    )
    assert table in output


def test_dir_goes_on_after_what_is_no_image(stata, folder) -> None:
    (folder / "bad.dta").write_bytes(b"<stata_dta>" + b"junk" * 50 + b"</stata_dta>")
    (folder / "text.dta").write_text("this is no image at all")
    output = runs(
        stata, 'shm_dir\nassert r(n) == 4 & "`r(names)\'" == "a.b-c bad panel text"'
    )
    for name in ("bad", "text"):
        assert re.search(rf"^  {name} +\(not an image\)$", output, re.MULTILINE)
    assert "  panel                1,234" in output


def test_dir_while_segments_come_and_go(stata, folder) -> None:
    """Another process writes and drops: a listing misses some, and never fails."""
    image = (folder / "panel.dta").read_bytes()
    done = threading.Event()

    def come_and_go() -> None:
        while not done.is_set():
            for i in range(20):
                (folder / f"fleeting{i}.dta").write_bytes(image)
            for i in range(20):
                (folder / f"fleeting{i}.dta").unlink()

    writer = threading.Thread(target=come_and_go)
    writer.start()
    try:
        runs(stata, "forvalues i = 1/60 {\nquietly shm_dir\nassert r(n) >= 2\n}")
    finally:
        done.set()
        writer.join()


def test_dir_of_an_empty_directory(stata, monkeypatch) -> None:
    monkeypatch.setenv("STATA_PYDATA_DIR", str(stata.folder))
    output = runs(stata, 'shm_dir\nassert r(n) == 0 & "`r(names)\'" == ""')
    assert f"(no segments in {stata.folder})" in output.replace("\n> ", "")
    assert stata.run("shm_dir panel").rc == 198
    assert stata.run("shm_dir, all").rc == 198


def test_drop(stata, folder) -> None:
    output = runs(
        stata,
        'shm_drop panel panel\nassert r(n) == 1 & "`r(names)\'" == "panel"\nshm_dir',
    )
    assert "(1 segment dropped)" in output
    assert set(os.listdir(folder)) == OTHERS | {"a.b-c.dta"}
    assert "(1 segment dropped)" in runs(stata, 'shm_drop "a.b-c"')


def test_drop_all(stata, folder) -> None:
    output = runs(
        stata, "shm_drop _all\nassert r(n) == 2\nshm_drop _all\nassert r(n) == 0"
    )
    assert "(2 segments dropped)" in output
    assert set(os.listdir(folder)) == OTHERS


FAILURES = [
    ("shm_drop", 100, "segment name required"),
    ("shm_drop nosuch", 601, "segment nosuch not found in"),
    ("shm_drop panel nosuch", 601, "segment nosuch not found in"),
    ("shm_drop panel.dta", 198, "panel.dta is a path, not a segment name"),
    ("shm_drop panel a/b", 198, "a/b is a path, not a segment name"),
    ("shm_drop panel _all", 198, "_all is not a segment name"),
    ('shm_drop "own file"', 198, "own file is not a segment name"),
    ("shm_drop .panel.dta.4711-1.tmp", 198, "is not a segment name"),
    ("shm_drop panel, force", 101, "options not allowed"),
]


@pytest.mark.parametrize(("command", "rc", "message"), FAILURES)
def test_all_are_dropped_or_none(stata, folder, command, rc, message) -> None:
    run = stata.run(command + "\n")
    assert run.rc == rc
    assert message in run.output.replace("\n> ", "").replace("\n", " ")
    assert set(os.listdir(folder)) == OTHERS | {"a.b-c.dta", "panel.dta"}
