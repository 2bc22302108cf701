"""The program adohost itself: its options, its exit status, the interactive session."""

import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ADOHOST = os.environ.get("ADOHOST", str(HERE.parents[1] / "build" / "bin" / "adohost"))


def run(
    *words: str, typed: str = "", cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ADOHOST, *words],
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=cwd,
    )


def test_version_and_help_say_what_it_is() -> None:
    assert run("--version").stdout.startswith("adohost ")
    assert "without Stata" in run("--help").stdout


def test_unknown_option_is_refused() -> None:
    refused = run("--nosuch")
    assert refused.returncode == 2
    assert "--nosuch" in refused.stderr
    assert refused.stdout == ""


def test_banner_does_not_claim_to_be_stata() -> None:
    assert "This is not Stata." in run(typed="exit\n").stdout
    assert "This is not Stata." not in run("-q", typed="exit\n").stdout


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("display 1\n", 0),
        ("nosuch\n", 1),
        ("exit 3\n", 1),
        ("exit, STATA\n", 0),
        ("exit\n", 0),
    ],
)
def test_exit_status(tmp_path: Path, text: str, status: int) -> None:
    (tmp_path / "a.do").write_text(text)
    assert run("-q", "a.do", cwd=tmp_path).returncode == status
    assert run("-q", "a", cwd=tmp_path).returncode == status


def test_missing_do_file(tmp_path: Path) -> None:
    missing = run("-q", "nosuch.do", cwd=tmp_path)
    assert missing.returncode == 1
    assert missing.stdout == "file nosuch.do not found\nr(601);\n"


def test_arguments_reach_the_do_file(tmp_path: Path) -> None:
    (tmp_path / "a.do").write_text("display \"[`1'][`2'][`3']\"\n")
    assert (
        "[one][two words][]" in run("-q", "a.do", "one", "two words", cwd=tmp_path).stdout
    )


def test_interactive_session() -> None:
    typed = 'display 1\nnosuch\nforeach x in a b {\ndisplay "`x\'"\n}\ndisplay ///\n2\n'
    session = run("-q", typed=typed)
    assert session.returncode == 0
    assert session.stdout == (
        ". 1\n\n"
        ". command nosuch is unrecognized\nr(199);\n\n"
        ".   2.   3. a\nb\n\n"
        ". > 2\n\n"
        ". \n"
    )


def test_log_holds_what_is_printed(tmp_path: Path) -> None:
    (tmp_path / "a.do").write_text(
        "log using out, text replace\ndisplay 1\nlog off\ndisplay 2\nlog on\n"
        "quietly display 3\nlog close\ndisplay 4\n"
    )
    assert run("-q", "a.do", cwd=tmp_path).returncode == 0
    log = (tmp_path / "out.log").read_text()
    assert ". display 1\n1\n" in log
    assert "closed on:" in log
    assert ". display 2" not in log
    assert ". display 4" not in log
