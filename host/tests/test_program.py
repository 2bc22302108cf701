"""The program adohost itself: its options, its exit status, the interactive session."""

import os
import select
import signal
import subprocess
import time
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


def test_break_at_the_prompt_forgets_what_was_typed() -> None:
    program = subprocess.Popen(
        [ADOHOST, "-q"], bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert program.stdin
    assert program.stdout
    program.stdin.write(b"forvalues i = 1/2 {\n")
    while not program.stdout.read(64).endswith(b"  2. "):
        pass
    # Between prompt and reading, Ctrl-C finds nothing to end.
    while not select.select([program.stdout], [], [], 0.5)[0]:
        program.send_signal(signal.SIGINT)
    assert program.stdout.readline() == b"--Break--\n"
    assert program.stdout.readline() == b"r(1);\n"
    printed, _ = program.communicate(b"display 40 + 2\n", timeout=60)
    assert printed.endswith(b"\n. 42\n\n. \n")


@pytest.mark.parametrize(
    "endless",
    ["while 1 {\n}\n", "forvalues i = 1/1000000000 {\n}\n", "while 1 {\nlist\n}\n"],
)
def test_break_ends_a_loop(tmp_path: Path, endless: str) -> None:
    setup = "set obs 100000\ngenerate x = 1\nmkdir ready\n"
    (tmp_path / "a.do").write_text(setup + endless)
    program = subprocess.Popen(
        [ADOHOST, "-q", "a.do"], cwd=tmp_path, stdout=subprocess.PIPE
    )
    while not (tmp_path / "ready").exists():
        assert program.poll() is None
        time.sleep(0.01)
    program.send_signal(signal.SIGINT)
    printed, _ = program.communicate(timeout=60)
    assert printed.endswith(b"--Break--\nr(1);\n\nend of do-file\nr(1);\n")
    assert program.returncode == 1


def test_endless_nesting_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.do").write_text("quietly " * 100_000 + "display 1\n")
    refused = run("-q", "a.do", cwd=tmp_path)
    assert refused.returncode == 1
    assert refused.stdout.endswith("r(1000);\n")
