"""shm_use of images: what arrives, what becomes of frames and names, what is refused."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from stata_session import ADOHOST, READY, interrupted, runs

import shm

DATA = """quietly set obs 6
generate byte id = _n
generate double x = _n / 7
generate str8 s = "s" + string(_n)
label define yesno 1 "yes"
label values id yesno
"""
OTHER = "quietly set obs 2\ngenerate other = _n\n"
OTHER_INTACT = "assert c(k) == 1 & c(N) == 2 & c(changed) == 1 & other == _n\n"


@pytest.fixture
def folder(stata, monkeypatch) -> Path:
    """A segment directory with the segment `panel` in it."""
    folder = stata.folder / "seg ments"
    monkeypatch.setenv("STATA_PYDATA_DIR", str(folder))
    folder.mkdir()
    runs(stata, DATA + 'quietly save "seg ments/panel.dta"')
    return folder


def fails(stata, command: str, rc: int, message: str) -> None:
    do = f"{OTHER}capture noisily {command}\nassert _rc == {rc}\n{OTHER_INTACT}"
    assert message in runs(stata, do).replace("\n> ", "").replace("\n", " ")


def test_all_of_a_segment(stata, folder) -> None:
    output = runs(
        stata,
        """shm_use using panel
        assert r(N) == 6 & r(k) == 3 & "`r(varlist)'" == "id x s"
        assert "`r(filename)'" == "panel"
        assert "`r(path)'" == "`: environment STATA_PYDATA_DIR'/panel.dta"
        assert c(changed) == 0 & "`c(filename)'`c(filedate)'" == ""
        assert x == _n / 7 & "`: label (id) 1'" == "yes"
        capture noisily save, replace
        assert _rc""",
    )
    assert "(3 variables, 6 observations read)" in output
    assert (folder / "panel.dta").exists()


@pytest.mark.parametrize(
    ("what", "rows", "columns"),
    [
        ("x", [1, 2, 3, 4, 5, 6], "x"),
        ("s id", [1, 2, 3, 4, 5, 6], "id s"),
        ("id-s", [1, 2, 3, 4, 5, 6], "id x s"),
        ("i*", [1, 2, 3, 4, 5, 6], "id"),
        ("if id > 4", [5, 6], "id x s"),
        ("in 2/4", [2, 3, 4], "id x s"),
        ("in -2/l", [5, 6], "id x s"),
        ("x if id > 3 & inlist(id, 1, 4, 5) in 1/4", [4], "x"),
        ('x if s == "using panel" | s=="s2"', [2], "x"),
        ("if id<3&x<.", [1, 2], "id x s"),
    ],
)
def test_a_part_of_a_segment(stata, folder, what, rows, columns) -> None:
    run = stata.values_after(
        f"""shm_use {what} using panel
        assert "`r(varlist)'" == "{columns}" & r(N) == {len(rows)}
        quietly generate byte row = cond({int("x" in columns.split())}, 0, 0)
        capture confirm variable x
        if _rc == 0 quietly replace row = round(x * 7)
        capture confirm variable id
        if _rc == 0 quietly replace row = id
        keep row"""
        if columns != "id s"
        else f"shm_use {what} using panel\nrename id row\nkeep row"
    )
    assert run.values["row"] == rows


@pytest.mark.parametrize(
    "setting",
    ["varabbrev off", "dp comma", "type double", "type byte", "linesize 80"],
)
def test_settings_of_the_user_change_nothing(stata, folder, setting) -> None:
    run = stata.values_after(
        f"set {setting}\nshm_use x if x > .2 in 1/5 using panel, wait(.5)\nset dp period"
    )
    assert run.types == {"x": "double"}
    np.testing.assert_array_equal(run.values["x"], np.arange(2, 6) / 7)


def test_options(stata, folder) -> None:
    run = stata.values_after(
        """shm_use using panel, nolabel comp dealloc w(1)
        label dir
        assert c(changed) == 1
        drop s"""
    )
    assert "yesno" not in run.output.split("label dir")[1]
    assert run.types == {"id": "byte", "x": "double"}
    assert os.listdir(folder) == []


def test_results_of_the_caller_are_there_for_the_condition(stata, folder) -> None:
    """r() in an if is that of the command before, as it is for use."""
    runs(
        stata,
        DATA
        + """summarize id
        shm_use if id > r(mean) using panel, clear
        assert c(N) == 3 & id[1] == 4
        summarize id
        shm_use x in 1/`r(N)' if id < r(max) using panel, clear wait(1) deallocate
        assert c(N) == 3""",
    )


def test_deallocate_makes_the_data_count_as_changed(stata, folder) -> None:
    run = stata.run(
        """shm_use x using panel, deallocate
        local chars : char _dta[]
        assert "`chars'" == ""
        use nothing.dta"""
    )
    assert run.rc == 4
    assert not (folder / "panel.dta").exists()


def test_frames(stata, folder) -> None:
    runs(
        stata,
        OTHER
        + """shm_use x using panel, frame(new) compress
        assert r(N) == 6 & "`r(varlist)'" == "x" & "`c(frame)'" == "default"
        frame new: assert c(k) == 1 & x == _n / 7 & "`c(filename)'" == ""
        shm_use using panel, frame(new)
        frame new: assert c(k) == 3
        quietly frame new: replace x = 0
        capture shm_use using panel, frame(new)
        assert _rc == 4
        frame new: assert x == 0
        shm_use using panel, frame(new) clear
        frame new: assert x == _n / 7
        capture noisily shm_use nosuch using panel, frame(third)
        assert _rc == 111
        quietly frame dir
        capture frame drop third
        assert _rc == 111
        capture noisily shm_use using panel, frame(4th)
        assert _rc == 198
        quietly shm_use using panel, frame(default) clear
        assert c(k) == 3
        """,
    )


def test_paths(stata, folder) -> None:
    (stata.folder / "größe").mkdir()
    os.rename(folder / "panel.dta", stata.folder / "größe" / "a b.dta")
    for name in ("größe/a b.dta", "größe/a b", f"{stata.folder}/größe/a b.dta"):
        output = runs(
            stata,
            f'shm_use x using "{name}"\nassert c(k) == 1 & "`c(filename)\'" == ""\n'
            f'assert "`r(filename)\'" == "{name}"',
        )
        assert "(1 variable, 6 observations read)" in output


def test_home(stata, folder, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    runs(stata, "shm_use using ~/panel.dta\nassert c(k) == 3")


def test_a_folder_of_segments_whose_name_is_full_of_macros(
    stata, folder, monkeypatch
) -> None:
    odd = stata.folder / "a$b`c"
    os.rename(folder, odd)
    monkeypatch.setenv("STATA_PYDATA_DIR", str(odd))
    runs(
        stata,
        'global b "not this"\nshm_use using panel\nassert c(k) == 3\n'
        "shm_save using other\nshm_describe using other, short\nshm_dir\nshm_drop other",
    )


def test_an_image_is_used_where_it_has_a_name_of_an_info_file(stata, folder) -> None:
    (stata.folder / "panel").write_text("an info file")
    runs(stata, "shm_use using panel\nassert c(k) == 3")
    run = stata.run("shm_use using ./panel\n")
    assert run.rc == 198
    assert "line 1: expected 5 fields" in run.output.replace("\n> ", "")


def test_an_info_file_takes_none_of_the_options_of_images(stata, folder) -> None:
    (stata.folder / "info").write_text("an info file")
    message = "varlist, if and in not allowed: info is an info file, not an image"
    fails(stata, "shm_use x using info, clear", 101, message)
    message = "options frame() and nolabel not allowed: info is an info file"
    fails(stata, "shm_use using info, clear nolabel", 198, message)
    fails(stata, "shm_use using info, frame(new)", 198, message)
    message = "option threads() not allowed: panel is an image, which use loads"
    fails(stata, "shm_use using panel, clear threads(2)", 198, message)


@pytest.mark.parametrize(
    "how",
    ["shm_use using big, clear", "shm: use using big, clear", "shm_use if x using big"],
)
def test_break_leaves_no_name_of_an_image(stata, folder, how) -> None:
    """Break while Stata reads: what it leaves in memory is not called after the image."""
    runs(
        stata,
        """quietly set obs 4000000
        generate double x = _n
        quietly save "seg ments/big.dta" """,
    )
    do = f"""{READY}
    capture noisily {how}
    local rc = _rc
    assert "`c(filename)'" == ""
    display "rc is `rc'"
    """
    answered = 0
    for delay in (0.002, 0.005, 0.01, 0.02, 0.04):
        answered += "rc is 1" in interrupted(stata, do, delay)
    assert answered > 0


def test_it_is_silent_under_quietly_and_capture(stata, folder) -> None:
    output = runs(
        stata,
        """quietly shm_use using panel
        capture shm_use using panel, clear
        capture shm_use nosuch using panel, clear
        assert _rc == 111
        quietly shm: append using panel
        capture noisily quietly shm_use nosuch using panel, clear
        assert _rc == 111""",
    )
    printed = [line for line in output.splitlines() if line and line[0] not in ".> "]
    note = "(the command's own message is not shown under quietly)"
    assert printed == [note, "not found", "end of do-file"]


def test_images_of_stata_12_and_before(stata, folder) -> None:
    """Their end can't be told; use reads them all the same."""
    frame = pd.DataFrame({"x": [1.5, 2.5]})
    for version, name in ((114, "old.dta"), (117, "new.dta")):
        frame.to_stata(stata.folder / name, write_index=False, version=version)
    runs(
        stata,
        """shm_use using old.dta
        assert x == _n + .5 & c(N) == 2
        shm: append using old.dta new.dta
        assert c(N) == 6""",
    )
    (stata.folder / "text.dta").write_text("a text, and no info file\n")
    fails(stata, "shm_use using text.dta, clear", 610, "file text.dta not Stata format")


def test_unsaved_data(stata, folder) -> None:
    message = "no; dataset in memory has changed since last saved"
    fails(stata, "shm_use using panel", 4, message)
    fails(stata, "shm_use using panel, deallocate", 4, message)
    assert (folder / "panel.dta").exists()


FAILURES = [
    ("shm_use", 100, "using required"),
    ("shm_use panel", 100, "using required"),
    ("shm_use x, clear using panel", 100, "using required"),
    ("shm_use using panel, replace", 198, "option replace not allowed"),
    ("shm_use using panel, clear wait(-1)", 198, "wait() must be 0 or more seconds"),
    ("shm_use using panel, clear wait(.)", 198, "wait() must be 0 or more seconds"),
    ("shm_use using panel, clear wait(x)", 198, "option wait() incorrectly specified"),
    ("shm_use using panel, clear threads(.5)", 198, "threads() incorrectly specified"),
    ("shm_use nosuch using panel, clear", 111, "variable nosuch not found"),
    ("shm_use if y > 1 using panel, clear", 111, "y not found"),
    ("shm_use in 5/7 using panel, clear", 198, "observation numbers out of range"),
    ("shm_use using panel, clear frame()", 198, "option frame() required"),
    ("shm_use using panel, clear frame(1x)", 198, "1x invalid name"),
    ("shm_use using a/b.dta, clear", 601, "file a/b.dta not found"),
    ('shm_use using "a b", clear', 601, "file a b not found"),
]


@pytest.mark.parametrize(("command", "rc", "message"), FAILURES)
def test_failures(stata, folder, command, rc, message) -> None:
    fails(stata, command, rc, message)


def test_both_places_that_were_looked_at_are_named(stata, folder) -> None:
    message = f"file nosuch not found, and no segment nosuch in {folder}"
    fails(stata, "shm_use using nosuch, clear", 601, message)


@pytest.mark.parametrize("size", [0, 5, 11, 200, 1000, -1, -12, -13])
def test_half_an_image_leaves_the_data_alone(stata, folder, size) -> None:
    whole = (folder / "panel.dta").read_bytes()
    (folder / "panel.dta").write_bytes(whole[:size])
    message = "segment panel is not whole: it is still being written"
    for command in (
        "shm_use using panel, clear",
        "shm_use using panel, clear wait(.1) deallocate",
        "shm: append using panel",
        "shm_describe using panel",
    ):
        fails(stata, command, 612, message)
    for name in ("seg ments/panel.dta", "seg ments/panel"):
        message = f"file {name} is not whole"
        fails(stata, f'shm_use using "{name}", clear', 612, message)
    assert (folder / "panel.dta").exists()


@pytest.mark.parametrize(
    "tail", [b"`\"' $x {it}", b"\0" * 40, b"\"'\"'\"'", b"\xff" * 13]
)
def test_odd_bytes_where_an_image_should_end(stata, folder, tail) -> None:
    with (folder / "panel.dta").open("ab") as image:
        image.write(tail)
    fails(stata, "shm_use using panel, clear", 612, "segment panel is not whole")


def test_a_line_end_behind_an_image(stata, folder) -> None:
    with (folder / "panel.dta").open("ab") as image:
        image.write(b"\n")
    runs(stata, "shm_use using panel")


def test_other_files_in_the_directory(stata, folder) -> None:
    (folder / "text.dta").write_text("x" * 100)
    fails(stata, "shm_use using text, clear", 610, "segment text not Stata format")


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_no_permission(stata, folder) -> None:
    (folder / "panel.dta").chmod(0)
    fails(stata, "shm_use using panel, clear", 603, "segment panel could not be opened")


OWNER = """
import os, sys
fd = os.memfd_create("image")
os.write(fd, open(sys.argv[1], "rb").read())
os.symlink(f"/proc/{os.getpid()}/fd/{fd}", sys.argv[2])
print("ready", flush=True)
sys.stdin.read()
"""


def test_links_into_the_memory_of_a_process(stata, folder) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, folder / "panel.dta", folder / "linked.dta"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert owner.stdout.readline() == b"ready\n"
    runs(stata, "shm_use using linked\nassert c(k) == 3\nshm: append using linked")
    owner.communicate()
    message = "segment linked lay in the memory of a process that has ended"
    fails(stata, "shm_use using linked, clear", 601, message)
    fails(stata, "shm: append using linked", 601, message)
    output = runs(stata, "shm_dir\nshm_drop linked\nshm_dir")
    assert "its process has ended" in output
    assert os.listdir(folder) == ["panel.dta"]


def test_waiting_for_a_segment(stata, folder) -> None:
    """It is not there, then half there, then whole."""
    whole = (folder / "panel.dta").read_bytes()
    (folder / "panel.dta").unlink()

    def write() -> None:
        time.sleep(0.3)
        (folder / "panel.dta").write_bytes(whole[:700])
        time.sleep(0.3)
        (folder / "panel.dta").write_bytes(whole)

    writer = threading.Thread(target=write)
    writer.start()
    begin = time.monotonic()
    runs(stata, "shm_use using panel, wait(20)\nassert c(k) == 3")
    assert 0.5 < time.monotonic() - begin < 15
    writer.join()


def test_waiting_in_vain(stata, folder) -> None:
    begin = time.monotonic()
    message = "no segment nosuch in"
    fails(stata, "shm_use using nosuch, clear wait(.5)", 601, message)
    assert time.monotonic() - begin > 0.5


HAND_OVER = """
forvalues i = 1/100 {{
    if "{first}" != "" | `i' > 1 {{
        quietly shm_use using {source}, clear wait(30) deallocate
        assert _N == 3 & n == {expected}
    }}
    else {{
        quietly set obs 3
        quietly generate long n = 0
    }}
    quietly replace n = n + 1
    quietly shm_save using {target}
}}
"""


def test_two_processes_hand_data_to_and_fro_a_hundred_times(stata, folder) -> None:
    there = HAND_OVER.format(
        first="", source="back", target="there", expected="2 * (`i' - 1)"
    )
    back = HAND_OVER.format(
        first="no", source="there", target="back", expected="2 * `i' - 1"
    )
    processes = []
    for name, do in (("there", there), ("back", back)):
        (stata.folder / f"{name}.do").write_text(do)
        processes.append(
            subprocess.Popen(
                [ADOHOST, "-q", f"{name}.do"],
                cwd=stata.folder,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
    for process in processes:
        output, _ = process.communicate(timeout=100)
        assert process.returncode == 0, output
    runs(stata, "shm_use using back\nassert n == 200")


def test_where_segments_lie(stata, monkeypatch, tmp_path) -> None:
    """The rule that Python has too; no command but shm_save makes the directory."""
    monkeypatch.delenv("STATA_PYDATA_DIR", raising=False)
    output = runs(stata, "_shm_directory\ndisplay `\"<`directory'>\"'")
    user = subprocess.run(["id", "-un"], capture_output=True, text=True).stdout.strip()
    assert f"</dev/shm/stata-pydata-{user}>" in output
    monkeypatch.setenv("STATA_PYDATA_DIR", str(tmp_path / "new"))
    assert f"(no segments in {tmp_path}/new)" in runs(stata, "shm_dir").replace(
        "\n> ", ""
    )
    assert not (tmp_path / "new").exists()


def test_a_home_directory_in_the_variable(stata, monkeypatch, tmp_path) -> None:
    """A ~ that no shell has replaced means the same to both sides."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("STATA_PYDATA_DIR", "~/own")
    runs(stata, DATA + "shm_save using a\nshm_save using a, replace")
    assert shm.open("a").observations == 6
    assert (tmp_path / "own" / "a.dta").exists()


def test_an_image_written_by_pandas(stata, folder) -> None:
    frame = pd.DataFrame({"n": [1, 2], "text": ["größe", "b" * 3000]})
    frame.to_stata(folder / "frame.dta", version=118, write_index=False)
    runs(
        stata,
        """shm_use using frame
        assert text == "größe" in 1
        assert strlen(text) == 3000 in 2
        assert "`: type text'" == "strL" """,
    )
