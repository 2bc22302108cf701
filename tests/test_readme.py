"""The README's session, run as printed: what it shows is what both sides print."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ADOHOST = ROOT / "build" / "bin" / "adohost"


def block(mark: str) -> str:
    """Return the fenced block after `<!-- session:mark -->`."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- session:{mark} -->\n```\w+\n(.*?)```", text, re.DOTALL)
    assert found, f"README.md has no block session:{mark}"
    return found[1]


@pytest.mark.usefixtures("default_seeds")
def test_session_prints_what_the_readme_shows(tmp_path: Path) -> None:
    python = subprocess.run(
        [sys.executable, "-c", block("python")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert python.stdout == block("python-output")
    (tmp_path / "session.do").write_text(block("stata"))
    stata = subprocess.run(
        [ADOHOST, "-q", "session.do"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert stata.returncode == 0, stata.stdout
    shown = stata.stdout.removesuffix(". \nend of do-file\n").rstrip("\n") + "\n"
    assert shown == block("stata-output")


def test_tour_runs_to_its_end() -> None:
    tour = subprocess.run(
        [ADOHOST, "-q", ROOT / "examples" / "tour.do"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "variable nosuchvariable not found" in tour.stdout
    assert tour.stdout.endswith("\n111\n\n. \nend of do-file\n")
