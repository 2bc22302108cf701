"""The README's sessions, run as printed: what it shows is what both sides print."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ADOHOST = ROOT / "build" / "bin" / "adohost"


def block(mark: str) -> str:
    """Return the fenced block after `<!-- mark -->`."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- {mark} -->\n```\w+\n(.*?)```", text, re.DOTALL)
    assert found, f"README.md has no block {mark}"
    return found[1]


def python_prints(mark: str, folder: Path) -> None:
    """Run a block of Python; it prints what the block behind it shows."""
    run = subprocess.run(
        [sys.executable, "-c", block(mark)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout == block(f"{mark}-output")


def stata_prints(mark: str, folder: Path) -> None:
    """Run a block of Stata on the host; it prints what the block behind it shows."""
    (folder / "session.do").write_text(block(mark), encoding="utf-8")
    run = subprocess.run(
        [ADOHOST, "-q", "session.do"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout
    shown = run.stdout.removesuffix(". \nend of do-file\n").rstrip("\n") + "\n"
    assert shown == block(f"{mark}-output")


def test_images_go_there_and_back(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("STATA_PYDATA_DIR", str(tmp_path / "segments"))
    python_prints("images:python", tmp_path)
    stata_prints("images:stata", tmp_path)
    python_prints("images:python-again", tmp_path)
    assert list((tmp_path / "segments").iterdir()) == []


@pytest.mark.usefixtures("default_seeds")
def test_session_prints_what_the_readme_shows(tmp_path: Path) -> None:
    python_prints("session:python", tmp_path)
    stata_prints("session:stata", tmp_path)


def test_tour_runs_to_its_end() -> None:
    tour = subprocess.run(
        [ADOHOST, "-q", ROOT / "examples" / "tour.do"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "variable nosuchvariable not found" in tour.stdout
    assert tour.stdout.endswith("\n111\n\n. \nend of do-file\n")
