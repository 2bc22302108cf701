"""The examples and the demo are run; what they show is what they promise."""

import contextlib
import io
import os
import re
import subprocess
import sys
import types
from pathlib import Path

import pytest
from stata_session import ADOHOST, ROOT

import shm

EXAMPLES = ROOT / "examples"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """The segment directory."""
    folder = tmp_path / "segments"
    monkeypatch.setenv("STATA_PYDATA_DIR", str(folder))
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "python"))
    monkeypatch.delenv("STATA_HOME", raising=False)
    return folder


def shows(script: str, *arguments: str) -> str:
    """Run an example to its end; return what it prints."""
    run = subprocess.run(
        [sys.executable, EXAMPLES / script, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.mark.usefixtures("default_seeds")
def test_demo(folder) -> None:
    output = shows("demo.py", "--rows", "1000", "--image-rows", "2000")
    assert "Both sides agree." in output
    assert "Every cell and every label agrees." in output
    assert re.search(r"\[ +\d+\.\d\d s\] shm.read\('demo_answered'\)", output)
    assert os.listdir(folder) == []


def test_the_demo_sees_differences(monkeypatch, capsys) -> None:
    """One cell and one label changed on the way are told, and the demo fails."""
    monkeypatch.syspath_prepend(EXAMPLES)
    import demo_images

    session = demo_images.SESSION
    for change, told in (
        ("replace age = 0 if id == 7", "age: 1 cells"),
        ('label data "Another"', "data label"),
        ("replace wage = .c if mod(id, 97) == 0", "wage: 20 kinds of missing values"),
    ):
        changed = session.replace("describe, short", change)
        monkeypatch.setattr(demo_images, "SESSION", changed)
        assert not demo_images.run_part(2000)
        assert f"DIFFERENT:\n  {told}\n" in capsys.readouterr().out


def test_two_processes(folder, tmp_path) -> None:
    stata = subprocess.Popen(
        [ADOHOST, "-q", EXAMPLES / "two_processes.do"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        output = shows("two_processes.py")
        printed, _ = stata.communicate(timeout=60)
    finally:
        stata.kill()
    assert stata.returncode == 0, printed
    slopes = re.findall(r"round (\d): Stata's slope is (\d\.\d+)", output)
    assert [(int(n), round(float(slope))) for n, slope in slopes] == [
        (n, n) for n in range(1, 6)
    ]
    assert os.listdir(folder) == []


def test_several_writers(folder) -> None:
    output = shows("several_writers.py")
    assert "rows written: [250000, 250000, 250000, 250000]" in output
    assert "<Segment segment 'filled': 1,000,000 x 5;" in output
    assert "(999999, 3, 999.9995, " in output
    assert os.listdir(folder) == []


def test_dask_to_stata(folder) -> None:
    pytest.importorskip("distributed")
    output = shows("dask_to_stata.py")
    assert "<Segment segment 'from_dask': 300,000 x 3;" in output
    assert "299999  124.875" in output
    assert os.listdir(folder) == []


def test_pystata_session_without_pystata() -> None:
    assert shows("pystata_session.py").startswith("There is no pystata here.")


def test_types_round_trip() -> None:
    lines = shows("types_round_trip.py").splitlines()
    rows = {line.split()[0]: line for line in lines[1:]}
    assert len(rows) == 17
    assert re.search(r"int8 +byte +%8\.0g +int8 +1$", rows["small"])
    assert re.search(r"int8 +int +%8\.0g +int16 +1$", rows["wider"])
    assert re.search(r"period\[M\] +long +%tm +datetime64", rows["month"])


class Stata:
    """Stands in for Stata and its module sfi: lines run on the host, data stay."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def stata(self, lines: str, echo: bool = False) -> str:
        """Run lines on the data that the lines before have left."""
        data = self._folder / "memory.dta"
        before = f'quietly use "{data}"\n' if data.exists() else ""
        after = f'\nif c(k) > 0 quietly save "{data}", replace'
        script = self._folder / "lines.do"
        script.write_text(f"{before}{lines}{after}\n", encoding="utf-8")
        run = subprocess.run([ADOHOST, "-q", script], capture_output=True, text=True)
        assert run.returncode == 0, run.stdout
        return run.stdout


@pytest.fixture
def attached(tmp_path, monkeypatch) -> Stata:
    stata = Stata(tmp_path)
    sfi = types.ModuleType("sfi")
    sfi.SFIToolkit = stata
    monkeypatch.setitem(sys.modules, "sfi", sfi)
    return stata


def test_inside_stata(attached, folder) -> None:
    """Its lines run on the host, its Python here, attached to that."""
    do = (EXAMPLES / "inside_stata.do").read_text("utf-8")
    parts = re.split(r"^python:\n(.*?)^end\n", do, flags=re.DOTALL | re.MULTILINE)
    namespace, printed = {}, io.StringIO()
    for k, part in enumerate(parts):
        if k % 2:
            with contextlib.redirect_stdout(printed):
                exec(compile(part, "inside_stata.do", "exec"), namespace)
        else:
            printed.write(attached.stata(part))
    assert "Hourly wage" in printed.getvalue()
    assert namespace["found"]["id"].tolist() == [1, 3]
    assert shm.list() == []


def test_pystata_session_with_a_stand_in(attached, monkeypatch, capsys) -> None:
    monkeypatch.delitem(sys.modules, "sfi")
    module = types.ModuleType("pystata")
    module.config = types.SimpleNamespace(init=lambda edition: None)
    module.stata = types.SimpleNamespace(
        run=lambda line, quietly=False: attached.stata(line)
    )
    monkeypatch.setitem(sys.modules, "pystata", module)
    monkeypatch.syspath_prepend(EXAMPLES)
    import pystata_session

    pystata_session.main()
    assert "2.277267" in capsys.readouterr().out
