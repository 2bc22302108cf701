"""The command line: output, exit status, and what it removes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import raw_memory

import shm
from shm.__main__ import main


@pytest.fixture
def info(tmp_path: Path, seeds: range) -> Path:
    path = tmp_path / "info.txt"
    shm.write_list([1, 2], "int", seeds[0], path, varname="whole")
    shm.write_list([0.5, 1.5], "float", seeds[1], path, varname="real")
    return path


def records(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text().splitlines()]


def test_info(info, seeds, capsys):
    raw_memory.remove(raw_memory.find(seeds[1]))
    assert main(["info", str(info)]) == 0
    whole, real = records(info)
    header, first, second = capsys.readouterr().out.splitlines()
    words = "name type elements key id bytes attached age (s) state"
    assert header.split() == words.split()
    assert first.split()[:7] == ["whole", "int", "2", whole[0], whole[1], "16", "0"]
    assert first.split()[8:] == ["ready"]
    assert second.split() == [
        "real",
        "float",
        "2",
        real[0],
        real[1],
        "-",
        "-",
        "-",
        "gone",
    ]


def test_info_as_json(info, capsys):
    assert main(["info", str(info), "--json"]) == 0
    whole, real = json.loads(capsys.readouterr().out)
    assert 0 <= whole.pop("age") < 100
    assert whole == {
        "name": "whole",
        "type": "int",
        "elements": 2,
        "key": int(records(info)[0][0]),
        "id": int(records(info)[0][1]),
        "bytes": 16,
        "attached": 0,
        "state": "ready",
    }
    assert real["type"] == "float"


def test_info_names_every_state(info, seeds, capsys):
    (key, segment_id, *_), (_, other_id, *_) = records(info)
    info.write_text(
        f"{key}\t{segment_id}\t0\t3\ta\n{key}\t{other_id}\t0\t1\tb\n{key}\t1\t0\t1\tc\n"
    )
    main(["info", str(info), "--json"])
    states = [row["state"] for row in json.loads(capsys.readouterr().out)]
    assert states == ["too small", "replaced", "gone"]


def test_rm(info, seeds, capsys):
    (_, whole, *_), (_, real, *_) = records(info)
    assert main(["rm", str(info), "--dry-run"]) == 0
    assert capsys.readouterr().out == (
        f"segment {whole} of whole: would be removed\n"
        f"segment {real} of real: would be removed\n"
    )
    assert raw_memory.find(seeds[0]) == int(whole)
    raw_memory.remove(int(real))
    assert main(["rm", str(info)]) == 0
    assert capsys.readouterr().out == (
        f"segment {whole} of whole: removed\nsegment {real} of real: gone, left alone\n"
    )
    assert raw_memory.find(seeds[0]) == -1
    assert info.exists()


def test_rm_leaves_segments_of_another_key(info, seeds, capsys):
    (key, _, *_), (_, real, *_) = records(info)
    info.write_text(f"{key}\t{real}\t1\t2\treal\n")
    assert main(["rm", str(info)]) == 0
    assert capsys.readouterr().out == f"segment {real} of real: replaced, left alone\n"
    assert raw_memory.find(seeds[1]) == int(real)


def test_adopath(capsys):
    assert main(["adopath"]) == 0
    folder = Path(capsys.readouterr().out.rstrip("\n"))
    assert str(folder) == shm.stata_path()
    assert (folder / "shm_use.ado").exists()


@pytest.mark.parametrize("command", ["info", "rm"])
def test_failures_go_to_standard_error(command, tmp_path, capsys):
    path = tmp_path / "none.txt"
    assert main([command, str(path)]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err == (
        f"shm: could not open the info file {path}: No such file or directory\n"
    )
    path.write_text("nonsense\n")
    assert main([command, str(path)]) == 1
    assert capsys.readouterr().err.startswith(f"shm: {path}, line 1: expected 5 fields")


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["info"], ["rm", "a", "--force"]]
)
def test_usage_errors(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: shm" in capsys.readouterr().err


def test_as_a_module():
    run = subprocess.run(
        [sys.executable, "-m", "shm", "--version"],
        env={**os.environ, "PYTHONPATH": str(Path(shm.__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == f"shm {shm.__version__}\n"
