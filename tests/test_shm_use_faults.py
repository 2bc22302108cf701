"""Each fault of docs/segments.md: return code, message, and data left as they were."""

import math
import os
import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest
import raw_segments as raw
from stata_session import ADOHOST, READY, ROOT, interrupted

import shm

OLD_DATA = """quietly set obs 3
generate double old = _n / 7
label variable old "kept"
label define yesno 1 "yes"
"""
OLD_DATA_INTACT = """
assert c(k) == 1 & c(N) == 3 & c(changed) == 1
assert old == _n / 7
local label : variable label old
assert "`label'" == "kept"
local one : label yesno 1
assert "`one'" == "yes"
"""


def fails(stata, command: str, rc: int, message: str) -> None:
    """Hold `command` to this failure, with and without data in memory."""
    do = f"{OLD_DATA}capture noisily {command}\nassert _rc == {rc}\n{OLD_DATA_INTACT}"
    run = stata.run(do)
    assert run.rc == 0, run.output
    run = stata.run(
        f"capture noisily {command}\nassert _rc == {rc}\nassert c(k) + c(N) == 0"
    )
    assert run.rc == 0, run.output
    printed = run.output.replace("\n> ", "").replace("\n", " ")
    assert message in printed, run.output


LOAD = "shm_use using info.txt, clear deallocate"


def test_no_such_file(stata) -> None:
    fails(stata, "shm_use using nothing.txt, clear", 601, "file nothing.txt not found")


MALFORMED = [
    (b"", "is empty"),
    (b"\n", "line 1: the line is empty; remove it"),
    (b"1\t2\t0\t3\n", "line 1: expected 5 fields"),
    (b"1\t2\t0\t3\tx\ty\n", "line 1: expected 5 fields"),
    (b"1 2 0 3 x\n", "line 1: expected 5 fields"),
    (b"k\t2\t0\t3\tx\n", "line 1: expected a key"),
    (b"99999999999\t2\t0\t3\tx\n", "line 1: expected a key"),
    (b"1\t-1\t0\t3\tx\n", "line 1: expected a segment id"),
    (b"1\t2\t3\t3\tx\n", "line 1: expected a type code"),
    (b"1\t2\tfloat\t3\tx\n", "line 1: expected a type code"),
    (b"1\t2\t0\t-3\tx\n", "line 1: expected a number of elements"),
    (b"1\t2\t0\t3.5\tx\n", "line 1: expected a number of elements"),
    (b"1\t2\t0\t99999999999999999999\tx\n", "line 1: expected a number of elements"),
    (b"1\t2\t0\t3\tx\0y\n", "line 1: the name has a NUL"),
    (b"\x7fELF\x02\x01\x01\0\0\n", "line 1: expected 5 fields"),
]


@pytest.mark.parametrize(("text", "message"), MALFORMED)
def test_malformed_files(stata, text, message) -> None:
    (stata.folder / "info.txt").write_bytes(text)
    fails(stata, LOAD, 198, message)


def test_the_line_of_a_malformed_file_is_named(stata, info) -> None:
    info.add("x", raw.INT, raw.longs([1]))
    info.add_line("what", "is", "this")
    fails(stata, LOAD, 198, "line 2: expected 5 fields")
    assert raw.exists(info.ids[0])


def test_a_folder_is_not_an_info_file(stata) -> None:
    (stata.folder / "info.txt").mkdir()
    run = stata.run("shm_use using info.txt, clear\n")
    assert run.rc in (198, 601, 603)
    assert "info.txt" in run.output


def test_a_name_twice(stata, info) -> None:
    info.add("x", raw.INT, raw.longs([1]))
    info.add("y", raw.INT, raw.longs([1]))
    info.add("x", raw.INT, raw.longs([2]))
    fails(stata, LOAD, 110, "variable x stands twice in")


def test_different_lengths(stata, info) -> None:
    info.add("x", raw.INT, raw.longs([1, 2]))
    info.add("y", raw.INT, raw.longs([1, 2, 3]))
    message = "variables differ in length: x has 2 observations, y has 3"
    fails(stata, LOAD, 459, message)


def test_a_removed_segment(stata, info) -> None:
    info.add("x", raw.INT, raw.longs([1]))
    gone = info.add("y", raw.INT, raw.longs([1]))
    raw.remove(gone)
    message = f"segment {gone} of variable y not found: it was removed"
    fails(stata, LOAD, 601, message)
    assert raw.exists(info.ids[0])


def test_a_file_that_is_out_of_date(stata, info) -> None:
    other = info.add("x", raw.INT, raw.longs([1]))
    info.lines.clear()
    info.add_line(4711, other, raw.INT, 1, "x")
    fails(stata, LOAD, 459, "the file says 4711: the file is out of date")
    assert raw.exists(other)


def test_a_segment_that_is_too_small(stata, info) -> None:
    small = raw.create(info.seed, 16)
    info.add_line(raw.key_of(info.seed), small, raw.FLOAT, 3, "x")
    fails(stata, LOAD, 459, "has 16 bytes, but 3 elements take 24")


def test_too_many_observations(stata, info) -> None:
    small = raw.create(info.seed, 16)
    info.add_line(raw.key_of(info.seed), small, raw.FLOAT, 2**31, "x")
    fails(stata, LOAD, 901, "2147483648 observations are more than")
    info.lines.clear()
    info.add_line(raw.key_of(info.seed), small, raw.FLOAT, 2**31 - 1, "x")
    fails(stata, LOAD, 459, "has 16 bytes")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (math.inf, "inf"),
        (-math.inf, "-inf"),
        (2.0**1023, "8.98846567431158e+307"),
        (1.7e308, "1.7e+308"),
    ],
)
def test_values_that_stata_has_no_room_for(stata, info, value, text) -> None:
    info.add("fine", raw.FLOAT, raw.doubles([1, 2, 3, 4]))
    info.add("x", raw.FLOAT, raw.doubles([1, math.nan, value, math.inf]))
    message = f"observation 3 of variable x is {text}, which a Stata double can't hold"
    fails(stata, LOAD, 459, message)
    assert all(raw.exists(i) for i in info.ids)


def test_the_largest_values_arrive(stata, info) -> None:
    extremes = [math.nextafter(2.0**1023, 0), -1.7976931348623157e308, 2.0**-1022, -0.0]
    info.add("x", raw.FLOAT, raw.doubles([*extremes, 5e-324]))
    run = stata.values_after(LOAD + "\nassert x > 0 & x / 2 == 0 in 5\nquietly drop in 5")
    assert run.values["x"] == extremes


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_no_permission(stata, info) -> None:
    segment_id = raw.create(info.seed, 8, mode=0)
    info.add_line(raw.key_of(info.seed), segment_id, raw.INT, 1, "x")
    fails(stata, LOAD, 603, f"segment {segment_id}")
    info.path.chmod(0)
    assert stata.run(LOAD).rc == 603


def test_changed_data_and_no_clear(stata, info) -> None:
    info.add("x", raw.INT, raw.longs([1]))
    run = stata.run(
        OLD_DATA
        + "capture noisily shm_use using info.txt, deallocate\nassert _rc == 4"
        + OLD_DATA_INTACT
    )
    assert run.rc == 0, run.output
    assert "no; dataset in memory has changed since last saved" in run.output
    assert raw.exists(info.ids[0])


SYNTAX = [
    ("shm_use", 100),
    ("shm_use info.txt", 100),
    ("shm_use using info.txt, replace", 198),
    ("shm_use using info.txt, threads(-1)", 198),
    ("shm_use using info.txt, threads(two)", 198),
    ("shm_use using info.txt, threads(.)", 198),
    ("shm_use using info.txt, threads(2147483648)", 198),
    ("shm_use using info.txt, clear(1)", 198),
    ("shm_us using info.txt", 199),
]


@pytest.mark.parametrize(("command", "rc"), SYNTAX)
def test_syntax(stata, info, command, rc) -> None:
    info.add("x", raw.INT, raw.longs([1]))
    assert stata.run(command).rc == rc
    assert raw.exists(info.ids[0])


def test_an_impossible_number_of_threads_is_refused_before_reading(stata) -> None:
    for threads in ("-1", ".", "2147483648"):
        (stata.folder / "info.txt").write_bytes(b"not looked at")
        message = "threads() must be 0 or more, and at most 2,147,483,620"
        fails(stata, f"{LOAD} threads({threads})", 198, message)


def test_more_variables_than_maxvar(stata, info) -> None:
    """One small segment stands for all variables."""
    segment_id = info.add("v0", raw.INT, raw.longs([1]))
    fields = f"{raw.key_of(info.seed - 1)}\t{segment_id}\t0\t1\tv"
    lines = [f"{fields}{i}\n" for i in range(5001)]
    info.path.write_text("".join(lines))
    fails(stata, LOAD, 900, "no room to add more variables: 5001 are wanted")
    assert raw.exists(segment_id)


# The .ado file's own steps, with data made for other values than those in the segment, as
# if another process had written to it in between.
STEPS = """quietly shm_use using info.txt
drop _all
{create}
quietly set obs {obs}
local types "{types}"
capture noisily plugin call stata_pydata, fill info.txt 1
display "rc is " _rc
"""


@pytest.mark.parametrize(
    ("code", "words", "create", "types", "obs", "message"),
    [
        (
            raw.INT,
            raw.longs([1, 2**31]),
            "generate long x = .",
            "long",
            2,
            "observation 2 of",
        ),
        (raw.INT, raw.longs([1, 2]), "generate double x = .", "double", 3, "changed"),
        (
            raw.INT,
            raw.longs([1, 2]),
            "generate x = .\ngenerate y = .",
            "long",
            2,
            "changed",
        ),
        (raw.FLOAT, raw.doubles([1, 2]), "generate long x = .", "long", 2, "was changed"),
        (raw.FLOAT, raw.doubles([1, 2]), "generate byte x = .", "byte", 2, "was changed"),
    ],
)
def test_what_changes_after_it_was_checked_is_an_error(
    stata, info, code, words, create, types, obs, message
) -> None:
    info.add("x", code, words)
    run = stata.run(STEPS.format(create=create, types=types, obs=obs))
    assert "rc is 459" in run.output, run.output
    assert message in run.output


def test_deallocate_of_what_is_gone_already_is_a_note(stata, info) -> None:
    info.add("x", raw.INT, raw.longs([1]))
    gone = info.add("y", raw.INT, raw.longs([1]))
    stata.values_after("shm_use using info.txt")
    raw.remove(gone)
    run = stata.run(
        'capture program stata_pydata, plugin using("stata_pydata.plugin")\n'
        "plugin call stata_pydata, remove info.txt\n"
    )
    assert run.rc == 0, run.output
    assert "note: the segment of variable y was gone already" in run.output
    assert not raw.exists(info.ids[0])


def stata_folder(folder, *names: str) -> dict[str, str]:
    """An ado-path that holds our .ado files, these files of ours and nothing else."""
    folder.mkdir()
    for path in (ROOT / "stata").glob("*.ado"):
        shutil.copy(path, folder)
    for name in names:
        shutil.copy(ROOT / "stata" / name, folder)
    return os.environ | {"S_ADO": str(folder)}


def run_with(environment, stata, do: str) -> str:
    command = [ADOHOST, *stata.command(do)[1:]]
    done = subprocess.run(
        command, cwd=stata.folder, env=environment, capture_output=True, timeout=60
    )
    assert done.returncode != 0
    return done.stdout.decode()


def test_a_missing_plugin_is_explained(stata, info, tmp_path) -> None:
    info.add("x", raw.INT, raw.longs([1]))
    environment = stata_folder(tmp_path / "ado")
    output = run_with(environment, stata, "shm_use using info.txt\n")
    assert "file stata_pydata.plugin not found along the ado-path" in output
    assert "this is Unix, " in output
    assert "see help shm_use" in output
    assert output.endswith("r(601);\n")


def test_a_plugin_that_cannot_be_loaded_is_explained(stata, info, tmp_path) -> None:
    info.add("x", raw.INT, raw.longs([1]))
    environment = stata_folder(tmp_path / "ado")
    (tmp_path / "ado" / "stata_pydata.plugin").write_bytes(b"not a library")
    output = run_with(environment, stata, "shm_use using info.txt\n")
    assert "stata_pydata.plugin could not be loaded" in output.replace("\n> ", "")
    assert output.endswith("r(9999);\n")


def test_a_plugin_of_another_version_is_refused(stata, info, tmp_path) -> None:
    info.add("x", raw.INT, raw.longs([1]))
    environment = stata_folder(tmp_path / "ado", "stata_pydata.plugin")
    ado = tmp_path / "ado" / "shm_use.ado"
    ado.write_text(ado.read_text().replace('wanted "0.1.0"', 'wanted "0.0.9"'))
    output = run_with(environment, stata, "shm_use using info.txt\n")
    assert "stata_pydata.plugin is version 0.1.0, shm_use.ado is 0.0.9" in output
    assert output.endswith("r(498);\n")


@pytest.mark.parametrize("clear", ["", OLD_DATA])
def test_break_leaves_the_old_data_and_the_segments(stata, seed, clear) -> None:
    """Break comes while Stata reads; which of the steps it meets is chance."""
    rows = 8_000_000
    path = stata.folder / "info.txt"
    made = shm.write_frame(
        pd.DataFrame({"x": np.ones(rows), "n": np.arange(rows)}), str(path), key_seed=seed
    )
    intact = OLD_DATA_INTACT if clear else "assert c(k) == 0 & c(N) == 0"
    do = f"""{clear}
    {READY}
    capture noisily shm_use using info.txt, clear deallocate threads(1)
    local rc = _rc
    display "rc is `rc'"
    if `rc' == 0 {{
        exit
    }}
    {intact}
    """
    answered = 0
    for delay in (0.02, 0.06, 0.12):
        output = interrupted(stata, do, delay)
        if "rc is 0" in output:  # all was done before
            break
        answered += 1
        assert "rc is 1" in output, output
        assert all(raw.exists(segment_id) for _, segment_id in made.values())
    assert answered > 0
