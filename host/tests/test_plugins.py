"""What a do-file cannot show of the plugin interface: threads, traps, and Break.

The test plugins are built beside the host, in `plugins_test` of the build folder;
HOST_TEST_PLUGINS names another place.
"""

import os
import signal
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ADOHOST = os.environ.get("ADOHOST", str(HERE.parents[1] / "build" / "bin" / "adohost"))
PLUGINS = os.environ.get(
    "HOST_TEST_PLUGINS", str(Path(ADOHOST).parents[1] / "plugins_test")
)


def run(tmp_path: Path, lines: str, *options: str) -> subprocess.CompletedProcess:
    do_file = tmp_path / "test.do"
    do_file.write_text(lines.replace("PLUGINS", PLUGINS), encoding="utf-8")
    return subprocess.run(
        [ADOHOST, "-q", *options, do_file], capture_output=True, text=True, timeout=60
    )


FILL = """
set obs 40000
gen byte b = 0
gen int i = 0
gen long l = 0
gen float f = 0
gen double d = 0
program fill, plugin using("PLUGINS/{plugin}.plugin")
plugin call fill l d, {threads}
assert l == 1000 + _n
assert d == 2000 + _n
assert b == 0 & i == 0 & f == 0
plugin call fill l d, {threads} read
display total == 3000 * _N + _N * (_N + 1)
display "whole"
"""


@pytest.mark.parametrize("plugin", ["fill", "fill_fast"])
@pytest.mark.parametrize("threads", [1, 4])
def test_threads_may_fill_distinct_cells(
    tmp_path: Path, plugin: str, threads: int
) -> None:
    done = run(tmp_path, FILL.format(plugin=plugin, threads=threads))
    assert done.stdout.rstrip().split("\n")[-5:-2] == ['. display "whole"', "whole", ""]
    assert "\n1\n" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(("plugin", "entry"), [("fill", "nvars"), ("fill_fast", "nvars")])
def test_strict_mode_reports_what_threads_call(
    tmp_path: Path, plugin: str, entry: str
) -> None:
    done = run(tmp_path, FILL.format(plugin=plugin, threads=2), "--strict")
    told = f"plugin fill called {entry}() from a thread that is not the calling one"
    assert told in done.stdout
    assert done.stdout.rstrip().endswith("r(9998);")
    assert done.returncode != 0


def test_strings_may_be_filled_from_threads(tmp_path: Path) -> None:
    lines = """
set obs 20000
gen str6 s = ""
gen str6 t = ""
program fill, plugin using("PLUGINS/fill.plugin")
plugin call fill s t, 4 text
display s[1] + t[1] + s[20000] + t[20000]
"""
    assert "\nr1r1r20000r20000\n" in run(tmp_path, lines).stdout


def test_no_thread_may_print(tmp_path: Path) -> None:
    lines = """
set obs 4
gen x = 0
program fill, plugin using("PLUGINS/fill.plugin")
plugin call fill x, 2 display
"""
    done = run(tmp_path, lines)
    assert "plugin fill called spoutsml() from a thread" in done.stdout
    assert "from a thread\n" not in done.stdout.replace("from a thread that", "")
    assert done.stdout.rstrip().endswith("r(9998);")


@pytest.mark.parametrize("member", ["gettok", "stlog", "scalarsave"])
def test_an_undocumented_member_aborts_and_says_its_name(
    tmp_path: Path, member: str
) -> None:
    lines = (
        f'program trap, plugin using("PLUGINS/trap.plugin")\nplugin call trap, {member}\n'
    )
    done = run(tmp_path, lines)
    assert done.returncode == -signal.SIGABRT
    assert f"called {member}() of the plugin interface" in done.stderr
