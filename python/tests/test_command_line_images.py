"""The commands on images: output, exit status, and what they do to files."""

import importlib.util
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import images
import pytest

from shm import _core
from shm.command_line import main
from shm.reading.listing import list as list_segments

CORPUS = Path(__file__).parents[3] / "shared" / "dta-corpus"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    path = tmp_path / "segments"
    path.mkdir(mode=0o700)
    monkeypatch.setenv("STATA_PYDATA_DIR", str(path))
    monkeypatch.chdir(tmp_path)
    return path


@pytest.fixture
def panel(folder):
    images.publish(folder / "panel.dta")
    return folder / "panel.dta"


@pytest.fixture
def run(capsys):
    """Run a command; return exit status, output and messages."""

    def run(*arguments) -> tuple[int, str, str]:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = ended.code
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


COMMANDS = [
    *("list", "info", "head", "check", "rm", "gc"),
    *("to-dta", "from-dta", "doctor", "adopath"),
]


def test_help_shows_every_command(run):
    status, output, _ = run("--help")
    assert status == 0
    listed = [line.split()[0] for line in output.splitlines() if line.startswith("    ")]
    assert [name for name in listed if name in COMMANDS] == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples(run, command):
    status, output, _ = run(command, "--help")
    assert status == 0
    assert f"\nexamples:\n  shm {command}" in output
    assert max(map(len, output.splitlines())) <= 100


def test_list(run, panel):
    status, output, messages = run("list")
    header, line = output.splitlines()
    assert header.split() == [
        "name",
        "observations",
        "variables",
        "size",
        "age",
        "writer",
        "label",
    ]
    assert line.split()[:3] == ["panel", "3", "2"]
    assert line.endswith("two variables")
    assert (status, messages) == (0, "")


def test_list_as_json(run, panel):
    (panel.parent / "half.dta").write_bytes(b"<stata_dta>")
    half, whole = json.loads(run("list", "--json")[1])
    assert (whole["name"], whole["observations"], whole["problem"]) == ("panel", 3, None)
    assert half["problem"].startswith("is half-saved")


def test_list_of_nothing(run, folder):
    assert run("list") == (0, "", f"shm: no segments in {folder}\n")
    assert run("list", "--json") == (0, "[]\n", "")


def test_info(run, panel):
    by_name, by_path = run("info", "panel"), run("info", panel)
    assert by_name[0] == by_path[0] == 0
    assert by_name[1].startswith("panel: 3 observations, 2 variables, ")
    assert by_name[1].split("\n", 1)[1] == by_path[1].split("\n", 1)[1]
    described = json.loads(run("info", "panel", "--json")[1])
    assert described["variables"][1]["type"] == "str5"


def test_info_of_a_file_with_another_ending(run, panel):
    os.rename(panel, "panel.backup")
    assert run("info", "./panel.backup")[1].startswith("./panel.backup: 3 observations")


def test_an_info_file_by_its_bare_name(run, folder, seed):
    _core.write_list([1, 2], "int", seed, b"info", "x")
    (row,) = json.loads(run("info", "info", "--json")[1])
    assert (row["name"], row["state"]) == ("x", "ready")
    status, output, _ = run("rm", "info")
    assert (status, output) == (0, f"segment {row['id']} of x: removed\n")


@pytest.mark.parametrize("command", ["info", "check", "rm"])
def test_what_is_not_there(run, folder, command):
    status, output, messages = run(command, "panel")
    assert (status, output) == (1, "")
    assert messages.startswith(f"shm: no segment 'panel' in {folder}")
    status, _, messages = run(command, "./panel.dta")
    assert (status, messages) == (1, "shm: no file './panel.dta'\n")


@pytest.mark.parametrize("command", ["info", "check", "rm", "to-dta"])
def test_what_is_no_name(run, folder, command):
    more = ["x.dta"] if command == "to-dta" else []
    status, output, messages = run(command, "a b", *more)
    assert (status, output) == (1, "")
    assert messages.startswith("shm: 'a b' is no segment name")


def test_check(run, panel):
    assert run("check", "panel") == (0, "", "shm: 0 errors, 0 warnings\n")
    assert run("check", panel, "--json") == (0, "[]\n", "")


def test_check_of_damage(run, panel):
    whole = panel.read_bytes()
    panel.write_bytes(whole[:-20])
    status, output, messages = run("check", "panel")
    assert (status, messages) == (1, "shm: 1 error, 0 warnings\n")
    assert output.startswith("error: segment 'panel' is half-saved")
    panel.write_bytes(whole.replace(b"<data>", b"<DATA>"))
    status, output, _ = run("check", "panel", "--json")
    assert status == 1
    assert json.loads(output)[0]["severity"] == "error"


def test_check_of_oddities(run, panel):
    whole = panel.read_bytes()
    start = whole.index(b"name\0") + 6
    panel.write_bytes(whole[:start] + b"junk" + whole[start + 4 :])
    status, output, messages = run("check", "panel")
    assert status == 0
    assert output.startswith("warning at byte ")
    assert "variable names: the bytes behind a text" in output
    assert messages == "shm: 0 errors, 1 warning\n"
    assert run("check", "panel", "--strict")[0] == 1


def test_rm(run, folder, panel):
    images.publish(folder / "a.dta")
    images.publish("b.dta")
    assert run("rm", "a", "--dry-run")[1] == "a: would be removed\n"
    assert (folder / "a.dta").exists()
    status, output, messages = run("rm", "a", "none", "./b.dta")
    assert (status, output) == (1, "a: removed\n./b.dta: removed\n")
    assert messages.startswith("shm: no segment 'none'")
    assert run("rm", "--all", "--dry-run") == (0, "panel: would be removed\n", "")
    assert run("rm", "--all") == (0, "panel: removed\n", "")
    assert list_segments() == []


def test_rm_of_the_original_kind_takes_several(run, folder, seeds, panel):
    for number in (0, 1):
        _core.write_list([1], "int", seeds[number], f"info{number}.txt".encode(), "x")
    status, output, _ = run("rm", "info0.txt", "panel", "info1.txt")
    assert status == 0
    assert [line.split()[-1] for line in output.splitlines()] == ["removed"] * 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["rm"],
        ["rm", "a", "--all"],
        ["list", "a"],
        ["to-dta", "a"],
        ["head", "a", "-n", "x"],
        ["head", "a", "-n", "-1"],
        ["check"],
        ["remove", "a"],
    ],
)
def test_usage_errors(run, folder, arguments):
    status, output, messages = run(*arguments)
    assert (status, output) == (2, "")
    assert messages.startswith("usage: shm")


def test_gc(run, folder, monkeypatch):
    monkeypatch.setattr("shm.storage.leftovers._TIME_TO_LOCK", 0)
    left = folder / ".a.dta.999999999-0.tmp"
    left.write_bytes(bytes(4096))
    assert run("gc", "--dry-run") == (
        0,
        f"{left}: 4.0 KB, would be removed\n",
        "shm: 1 leftover of dead writers\n",
    )
    (found,) = json.loads(run("gc", "--json")[1])
    assert (found["path"], found["pid"]) == (str(left), 999999999)
    assert run("gc") == (0, "", "shm: 0 leftovers of dead writers\n")


def test_doctor(run, folder, monkeypatch):
    monkeypatch.setattr("shm.checkup.machine.space_of", lambda path: (2**40, 2**39))
    status, output, _ = run("doctor")
    assert status == 0
    assert f"{folder} (by STATA_PYDATA_DIR), private" in output
    assert json.loads(run("doctor", "--json")[1])["ok"] is True
    monkeypatch.setattr("shm.checkup.machine.space_of", lambda path: (2**26, 2**25))
    assert run("doctor")[0] == 1


def test_to_dta(run, panel, tmp_path):
    status, output, messages = run("to-dta", "panel", "out.dta")
    saved = tmp_path / "out.dta"
    assert (status, output) == (0, "")
    assert messages.startswith("shm: out.dta: ")
    assert saved.read_bytes() == panel.read_bytes()
    mask = os.umask(0o077)
    os.umask(mask)
    assert stat.S_IMODE(saved.stat().st_mode) == 0o666 & ~mask
    assert run("to-dta", "panel", saved)[0] == 1
    assert run("to-dta", "panel", saved, "--force")[0] == 0


def test_to_dta_saves_nothing_damaged(run, panel, tmp_path):
    panel.write_bytes(panel.read_bytes()[:-10])
    assert run("to-dta", "panel", "out.dta")[0] == 1
    assert run("to-dta", "panel", "out.xlsx")[2].startswith(
        "shm: out.xlsx: expected a name"
    )
    assert not (tmp_path / "out.dta").exists()
    assert run("to-dta", "panel", "/proc/out.dta")[0] == 1


def test_from_dta(run, folder):
    Path("Wave 2.dta").write_bytes(images.image_bytes(9))
    status, output, _ = run("from-dta", "Wave 2.dta")
    assert status == 0
    assert output.startswith("Wave_2: 9 observations, 2 variables, ")
    assert (folder / "Wave_2.dta").read_bytes() == images.image_bytes(9)
    assert stat.S_IMODE((folder / "Wave_2.dta").stat().st_mode) == 0o600
    assert json.loads(run("from-dta", "Wave 2.dta", "w", "--json")[1])["name"] == "w"
    assert run("from-dta", "Wave 2.dta", "./w.dta")[0] == 1
    nothing = f"shm: no file {str(Path('none.dta').absolute())!r}\n"
    assert run("from-dta", "none.dta") == (1, "", nothing)


def test_from_dta_makes_the_directory(run, folder):
    folder.rmdir()
    Path("panel.dta").write_bytes(images.image_bytes())
    assert run("from-dta", "panel.dta")[0] == 0
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_from_dta_of_damage_leaves_what_was_there(run, panel):
    Path("panel.dta").write_bytes(images.image_bytes()[:-9])
    status, _, messages = run("from-dta", "panel.dta")
    assert status == 1
    assert "panel.dta' is half-saved" in messages
    assert panel.read_bytes() == images.image_bytes()


def test_output_that_nobody_reads(folder):
    for number in range(300):
        images.publish(folder / f"segment{number}.dta")
    command = f"{sys.executable} -m shm list --json | head -1"
    ended = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        env={**os.environ, "PYTHONPATH": images.PACKAGE_FOLDER},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.stdout, ended.stderr) == ("[\n", "")
    assert ended.returncode in (0, 1)


def test_tables_need_a_library(run, panel, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    Path("a.csv").write_text("x\n1\n")
    for arguments in (["to-dta", "panel", "a.parquet"], ["from-dta", "a.csv"]):
        assert run(*arguments) == (
            1,
            "",
            "shm: this takes pyarrow or polars: pip install pyarrow\n",
        )
