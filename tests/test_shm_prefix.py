"""The prefix shm: and shm_describe: any command that takes using, on segments."""

import re
from pathlib import Path

import pytest
from stata_session import runs

PANEL = """quietly set obs 4
generate byte id = _n
generate y = _n * 10
"""
MASTER = """clear
quietly set obs 6
generate byte id = 1 + mod(_n, 3)
generate x = _n
"""


@pytest.fixture
def folder(stata, monkeypatch) -> Path:
    folder = stata.folder / "seg ments"
    monkeypatch.setenv("STATA_PYDATA_DIR", str(folder))
    runs(
        stata,
        PANEL + "shm_save using panel\nshm_save id using ids\n"
        "shm_save if id > 2 using high.part",
    )
    return folder


def fails(stata, command: str, rc: int, message: str) -> None:
    do = f"{MASTER}capture noisily {command}\nassert _rc == {rc}\nassert c(N) == 6"
    assert message in runs(stata, do).replace("\n> ", "").replace("\n", " ")


def test_merge(stata, folder) -> None:
    output = runs(
        stata,
        MASTER
        + """shm: merge m:1 id using panel, nogenerate keep(match) keepusing(y)
        assert y == 10 * id & _N == 6
        assert "`c(filename)'" == "" """,
    )
    assert "Matched                                 6" in output


def test_merge_says_what_merge_says(stata, folder) -> None:
    with_prefix = runs(
        stata, MASTER + "shm: merge m:1 id using panel, assert(match using)"
    )
    plain = runs(
        stata, MASTER + f'merge m:1 id using "{folder}/panel.dta", assert(match using)'
    )
    assert with_prefix.split("using)\n")[1] == plain.split("using)\n")[1]


@pytest.mark.parametrize(
    "command",
    [
        "shm: append using panel high.part",
        "shm : append using panel high.part, generate(source)",
        'shm:append using "panel" high.part',
        "quietly shm: quietly append using panel high.part",
        'shm: append using panel "seg ments/high.part.dta"',
    ],
)
def test_append_of_several(stata, folder, command) -> None:
    runs(stata, MASTER + command + "\nassert _N == 12 & y == 10 * id in 7/l")


def test_more_commands(stata, folder) -> None:
    runs(
        stata,
        MASTER
        + """quietly shm: joinby id using panel
        assert y == 10 * id
        shm: use y if id == 2 using panel, clear
        assert _N == 1 & y == 20 & c(k) == 1 & "`c(filename)'" == ""
        shm: use id in 2/3 using panel, clear
        assert _N == 2
        frame create f
        shm: frame f: use using panel
        frame f: assert _N == 4
        frame f: shm: cf _all using panel
        """,
    )


def test_a_path_stays_a_path(stata, folder) -> None:
    runs(
        stata,
        PANEL
        + """quietly save "own file.dta"
        clear
        shm: append using "own file.dta" ids "./own file"
        assert _N == 12""",
    )


def test_results_of_the_command_stay(stata, folder) -> None:
    runs(
        stata,
        """shm: describe using panel, varlist short
        assert r(N) == 4 & r(k) == 2 & "`r(varlist)'" == "id y" """,
    )


def test_the_command_runs_under_the_version_of_its_caller(stata, folder) -> None:
    output = runs(
        stata,
        """program shows
            display "version " _caller() `" `0'"'
        end
        version 16: shm: shows using panel, option(1 2) // one
        shm: shows x if a == "using b" using panel""",
    )
    output = re.sub(" +", " ", output.replace("\n> ", ""))
    quoted = f'`"{folder}/panel.dta"\''
    assert f"version 16 using {quoted} , option(1 2)" in output
    assert f'version 18 x if a == "using b" using {quoted}' in output


def test_a_command_that_fails_after_loading_leaves_no_name(stata, folder) -> None:
    runs(
        stata,
        """program loads
            syntax using/, [clear]
            use `"`using'"', clear
            error 459
        end
        capture noisily shm: loads using panel, clear
        assert _rc == 459 & c(N) == 4 & "`c(filename)'" == "" """,
    )


def test_data_of_other_frames_lose_the_name_too(stata, folder) -> None:
    runs(
        stata,
        """frame create other
        shm: frame other: use using panel
        frame other: assert c(N) == 4 & "`c(filename)'" == ""
        assert "`c(frame)'" == "default" """,
    )


def test_quotes_in_the_folder_and_keywords_as_names(stata, monkeypatch) -> None:
    monkeypatch.setenv("STATA_PYDATA_DIR", str(stata.folder / 'q"uo`te'))
    runs(
        stata,
        PANEL
        + """shm_save using a
        shm_save using "if"
        shm: append using a "if"
        assert _N == 12
        shm_describe using "if", short""",
    )


FAILURES = [
    ("shm", 198, "shm is a prefix: shm: command ... using name"),
    ("shm merge m:1 id using panel", 198, "shm is a prefix"),
    ("shm:", 100, "using required"),
    ("shm: merge m:1 id", 100, "using required"),
    ("shm: merge m:1 id using", 100, "using required"),
    ("shm: merge m:1 id, using panel", 100, "using required"),
    ("shm: merge m:1 id using nosuch", 601, "segment nosuch not found in"),
    ("shm: append using panel nosuch", 601, "segment nosuch not found in"),
    ("shm: append using nosuch.dta", 601, "file nosuch.dta not found"),
    ('shm: append using "a b"', 198, "a b is not a segment name"),
    ("shm: frobnicate using panel", 199, "command frobnicate is unrecognized"),
    ("shm: merge 1:1 id using panel", 459, "uniquely identify observations"),
    ("shm: merge m:1 id using panel, frob", 198, "option frob not allowed"),
]


@pytest.mark.parametrize(("command", "rc", "message"), FAILURES)
def test_failures(stata, folder, command, rc, message) -> None:
    fails(stata, command, rc, message)


def test_describe(stata, folder) -> None:
    output = runs(
        stata,
        """shm_describe using panel
        assert r(N) == 4 & r(k) == 2 & r(width) == 5
        shm_describe y using panel, short varlist
        shm_describe using panel, s varl
        assert "`r(varlist)'" == "id y" & "`r(sortlist)'" == ""
        assert c(k) == 0""",
    )
    assert "Contains data" in output
    assert "y               float" in output


def test_describe_is_the_command_of_stata(stata, folder) -> None:
    ours = runs(stata, "shm_describe using panel")
    theirs = runs(stata, f'describe using "{folder}/panel.dta"')
    assert ours.split("Contains")[1] == theirs.split("Contains")[1]


DESCRIBE_FAILURES = [
    ("shm_describe", 100, "using required"),
    ("shm_describe using nosuch", 601, "segment nosuch not found in"),
    ("shm_describe using panel, detail", 198, "option detail not allowed"),
    ("shm_describe nosuch using panel", 111, "variable nosuch not found"),
    ('shm_describe using "a b"', 198, "a b is not a segment name"),
]


@pytest.mark.parametrize(("command", "rc", "message"), DESCRIBE_FAILURES)
def test_describe_failures(stata, folder, command, rc, message) -> None:
    fails(stata, command, rc, message)
