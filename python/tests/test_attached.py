"""push and pull, with a stand-in for sfi that runs each line on the host."""

import contextlib
import datetime as dt
import os
import re
import subprocess
import sys
import types
from pathlib import Path

import numpy as np
import pytest
from written import cells_of

import shm
from shm.errors import InvalidInputError, ShmError

ROOT = Path(__file__).resolve().parents[2]
ADOHOST = Path(os.environ.get("ADOHOST", ROOT / "build" / "bin" / "adohost"))

pytestmark = [
    pytest.mark.usefixtures("segment_dir"),
    pytest.mark.skipif(
        not (ADOHOST.exists() and (ROOT / "stata" / "shm_save.ado").exists()),
        reason="no host, or no commands for images",
    ),
]


class Session:
    """Runs each line on the host; the data stay in a file between them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[str] = []

    def stata(self, line: str, echo: bool = False) -> None:
        self.lines.append(line)
        state = self.folder / "state.dta"
        before = f'use "{state}"\n' if state.exists() else ""
        after = f'\nif c(k) > 0 quietly save "{state}", replace\n'
        do = self.folder / "line.do"
        do.write_text(before + line + after, encoding="utf-8")
        done = subprocess.run([ADOHOST, "-q", do], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemError(done.stdout)

    def data(self) -> shm.Segment:
        """Return what is in memory there."""
        return shm.open(self.folder / "state.dta")


@pytest.fixture
def session(tmp_path, monkeypatch):
    session = Session(tmp_path)
    sfi = types.ModuleType("sfi")
    sfi.SFIToolkit = session
    monkeypatch.setitem(sys.modules, "sfi", sfi)
    return session


DATA = {
    "id": [1, 2, 3],
    "city": ["Rome", "Oslo", None],
    "x": [0.5, None, 2.5],
    "day": [dt.date(2020, 2, 3), None, dt.date(1959, 12, 31)],
}


def segments(segment_dir: Path) -> list[str]:
    return sorted(os.listdir(segment_dir)) if segment_dir.exists() else []


def test_there_and_back(session, segment_dir):
    labels = {"value_labels": {"id": {1: "one", 2: "two"}}, "notes": "pushed"}
    shm.push(DATA, variable_labels={"x": "what x is"}, **labels)
    there = session.data()
    assert there.types == {"id": "long", "city": "str4", "x": "double", "day": "long"}
    assert cells_of(there, "x") == [0.5, None, 2.5]
    assert there.labels == {"x": "what x is"}
    assert segments(segment_dir) == []
    session.stata("replace x = x * 2")
    back, metadata = shm.pull(as_="dict", return_metadata=True)
    assert back["x"].tolist()[::2] == [1, 5]
    assert back["city"].tolist() == ["Rome", "Oslo", ""]
    assert metadata["value_labels"] == {"id": {1: "one", 2: "two"}}
    assert metadata["notes"] == {"_dta": ["pushed"]}
    assert segments(segment_dir) == []


@pytest.mark.parametrize("library", ["pandas", "polars", "arrow"])
def test_frames_of_every_kind(library, session):
    pytest.importorskip({"arrow": "pyarrow"}.get(library, library))
    shm.push(DATA)
    frame = shm.pull(as_=library)
    shm.push(frame)
    assert cells_of(session.data(), "day") == [21948, None, -1]


def test_a_part(session):
    shm.push({"a": np.arange(10), "b": np.arange(10) * 2, "c": ["x"] * 10})
    part = shm.pull("b c if a > 2 in 1/5", as_="dict")
    assert {name: values.tolist() for name, values in part.items()} == {
        "b": [6, 8],
        "c": ["x", "x"],
    }


def test_what_was_there_is_replaced(session):
    shm.push({"a": [1]})
    shm.push({"b": [2]})
    assert session.data().variables == ["b"]


def test_pushed_data_count_as_changed(session):
    """They are nowhere else: a use without clear must not drop them."""
    shm.push(DATA)
    session.lines.clear()
    shm.push({"y": [1]})
    assert session.lines[-1].endswith(", clear deallocate")


def test_a_segment_or_file_of_the_user_is_none_of_pushs(session, segment_dir, tmp_path):
    shm.write({"keep": [1, 2]}, "panel")
    own = tmp_path / "own.dta"
    own.write_bytes(b"precious")
    for name in ("panel", str(own)):
        with pytest.raises(InvalidInputError, match=r"push\(\) takes no name"):
            shm.push({"a": [5]}, name=name)
    assert segments(segment_dir) == ["panel.dta"]
    assert own.read_bytes() == b"precious"


def test_frames_of_stata_are_named_in_the_line(session):
    for call in (lambda: shm.push(DATA, frame="other"), lambda: shm.pull(frame="other")):
        with contextlib.suppress(ShmError):  # a host without frames
            call()
    assert any(
        re.fullmatch(r"quietly shm_use using \S+, clear deallocate frame\(other\)", line)
        for line in session.lines
    )
    assert any(line.startswith("quietly frame other: shm_save") for line in session.lines)


def test_errors(session, segment_dir):
    shm.push(DATA)
    with pytest.raises(ShmError, match="Stata refused 'shm_save nothing using"):
        shm.pull("nothing")
    assert segments(segment_dir) == []
    assert session.data().shape == (3, 4)
    for selection in ("id\nclear", "id\r"):
        with pytest.raises(InvalidInputError, match="one line"):
            shm.pull(selection)
    for frame in ("a b", "a) clear (", "", "a-b"):
        with pytest.raises(InvalidInputError):
            shm.push(DATA, frame=frame)
        with pytest.raises(InvalidInputError):
            shm.pull(frame=frame)
    assert segments(segment_dir) == []


def test_a_push_that_is_refused_leaves_nothing(session, segment_dir, monkeypatch):
    def refuse(line: str, echo: bool = False) -> None:
        if "shm_use" in line:
            raise SystemError("no; data in memory would be lost")

    monkeypatch.setattr(session, "stata", refuse)
    with pytest.raises(ShmError, match="would be lost"):
        shm.push(DATA)
    assert segments(segment_dir) == []


def test_stata_inside_python(monkeypatch, tmp_path):
    session = Session(tmp_path)
    pystata = types.ModuleType("pystata")
    pystata.stata = types.SimpleNamespace(run=lambda line, quietly: session.stata(line))
    monkeypatch.setitem(sys.modules, "pystata", pystata)
    monkeypatch.setitem(sys.modules, "sfi", None)  # the import fails
    shm.push({"a": [1, 2]})
    assert shm.pull(as_="dict")["a"].tolist() == [1, 2]


def test_no_stata(monkeypatch):
    monkeypatch.setitem(sys.modules, "sfi", None)
    for call in (lambda: shm.push(DATA), shm.pull):
        with pytest.raises(ShmError, match=r"attached to no Stata.*shm_use"):
            call()
