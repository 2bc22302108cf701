"""shm_save: what the segment holds, what becomes of the data in memory, what fails."""

import os
import resource
import subprocess

import pandas as pd
import pytest
from stata_session import READY, interrupted, runs

DATA = """quietly set obs 6
generate byte id = _n
generate double x = _n / 7
generate str8 s = "s" + string(_n)
label variable x "the x"
label define yesno 1 "yes"
label values id yesno
label data "made here"
sort id
"""


@pytest.fixture
def folder(stata, monkeypatch):
    """The segment directory, not made yet."""
    monkeypatch.setenv("STATA_PYDATA_DIR", str(stata.folder / "seg ments"))
    return stata.folder / "seg ments"


def fails(stata, command: str, rc: int, message: str) -> None:
    do = f"{DATA}capture noisily {command}\nassert _rc == {rc}\nassert c(N) == 6\n"
    assert message in runs(stata, do).replace("\n> ", "").replace("\n", " ")


def test_all_of_the_data(stata, folder) -> None:
    output = runs(
        stata,
        DATA
        + """shm_save using panel
        assert r(N) == 6 & r(k) == 3 & "`r(filename)'" == "panel"
        use "`r(path)'", clear
        assert "`: sortedby'" == "id" & "`: data label'" == "made here"
        assert "`: variable label x'" == "the x" & "`: label (id) 1'" == "yes"
        assert x == _n / 7 & s == "s" + string(_n)""",
    )
    assert "(3 variables, 6 observations saved in segment panel)" in output
    assert os.listdir(folder) == ["panel.dta"]
    assert list(pd.read_stata(folder / "panel.dta")["s"]) == [
        f"s{i}" for i in range(1, 7)
    ]


@pytest.mark.parametrize(
    ("what", "rows", "columns"),
    [
        ("x", [1, 2, 3, 4, 5, 6], ["x"]),
        ("s id", [1, 2, 3, 4, 5, 6], ["id", "s"]),
        ("if x > .5", [4, 5, 6], ["id", "x", "s"]),
        ("in 2/4", [2, 3, 4], ["id", "x", "s"]),
        ("s if x > .3 in 1/4", [3, 4], ["s"]),
        ('x if s == "using" | s == "s2"', [2], ["x"]),
        ("x x x", [1, 2, 3, 4, 5, 6], ["x"]),
        ("if 0", [], ["id", "x", "s"]),
    ],
)
@pytest.mark.parametrize("changed", [0, 1])
def test_a_part_of_the_data(stata, folder, what, rows, columns, changed) -> None:
    runs(
        stata,
        DATA
        + f"""save "my own.dta"
        if {changed} quietly replace x = x
        if {changed} char x[y] z
        local date "`c(filedate)'"
        shm_save {what} using part
        assert r(N) == {len(rows)} & r(k) == {len(columns)}
        assert c(N) == 6 & c(k) == 3 & c(changed) == {changed}
        assert "`c(filename)'" == "my own.dta" & "`c(filedate)'" == "`date'"
        assert "`: sortedby'" == "id"
        use "`r(path)'", clear
        quietly ds
        assert "`r(varlist)'" == "{" ".join(columns)}" """,
    )
    held = pd.read_stata(folder / "part.dta", convert_categoricals=False)
    if "id" in held:
        assert list(held["id"]) == rows
    assert len(held) == len(rows)


@pytest.mark.parametrize("part", ["", "x "])
@pytest.mark.parametrize("changed", [0, 1])
def test_the_data_keep_their_name_and_whether_they_have_changed(
    stata, folder, part, changed
) -> None:
    runs(
        stata,
        DATA
        + f"""assert c(changed) == 1
        shm_save {part}using a
        assert c(changed) == 1 & "`c(filename)'" == "" & "`c(filedate)'" == ""
        quietly save own.dta
        if {changed} label data "changed"
        shm_save {part}using a, replace
        assert c(changed) == {changed} & "`c(filename)'" == "own.dta"
        local chars : char _dta[]
        assert "`chars'" == ""
        """,
    )


def test_replace(stata, folder) -> None:
    fails(stata, "shm_save using a, replace", 0, "saved in segment a")
    held = os.open(folder / "a.dta", os.O_RDONLY)
    fails(stata, "shm_save using a", 602, f"file {folder}/a.dta already exists")
    fails(stata, "shm_save x using a, replace", 0, "(1 variable, 6 observations saved")
    # Whoever has the old image open keeps it whole.
    assert os.pread(held, 11, 0) == b"<stata_dta>"
    assert os.fstat(held).st_nlink == 0
    assert list(pd.read_stata(folder / "a.dta").columns) == ["x"]
    os.close(held)


def test_paths(stata, folder) -> None:
    (stata.folder / "größe").mkdir()
    runs(
        stata,
        DATA
        + """shm_save using "größe/a b"
        shm_save using here.dta
        assert "`r(path)'" == "here.dta"
        shm_use using "größe/a b.dta", clear
        assert c(k) == 3
        shm_use id using here.dta, clear
        shm_use using "größe/a b", clear""",
    )
    assert not folder.exists()
    assert (stata.folder / "größe" / "a b.dta").exists()


FAILURES = [
    ("shm_save", 100, "using required"),
    ("shm_save x", 100, "using required"),
    ("shm_save nosuch using a", 111, "variable nosuch not found"),
    ("shm_save in 1/9 using a", 198, "observation numbers out of range"),
    ("shm_save if y > 1 using a", 111, "y not found"),
    ("shm_save using a, nolabel", 198, "option nolabel not allowed"),
    ("shm_save using a, replace(1)", 198, "option replace() not allowed"),
    ("shm_save using .hidden", 198, ".hidden is not a segment name"),
    ("shm_save using _all", 198, "_all is not a segment name"),
    ('shm_save using "a b"', 198, "a b is not a segment name"),
    (f"shm_save using {'x' * 65}", 198, "is not a segment name"),
    ("shm_save using /", 603, "/ is a directory, not a file"),
    ("shm_save using ./", 603, "./ is a directory, not a file"),
    ("shm_save using nosuch/a.dta", 603, "file nosuch/a.dta could not be saved"),
]


@pytest.mark.parametrize(("command", "rc", "message"), FAILURES)
def test_failures(stata, folder, command, rc, message) -> None:
    fails(stata, command, rc, message)
    assert not folder.exists() or os.listdir(folder) == []


@pytest.mark.parametrize("nothing", ["clear", "clear\nquietly set obs 5"])
def test_no_variables(stata, folder, nothing) -> None:
    """They are no reason to remove what is there."""
    runs(
        stata,
        f"""{DATA}shm_save using a
        {nothing}
        capture noisily shm_save using a, replace
        assert _rc == 111
        shm_use using a, clear
        assert c(N) == 6""",
    )


def test_a_failing_replace_says_that_the_old_one_is_gone(stata, folder) -> None:
    """The new one does not fit; nothing of it is left."""
    runs(stata, DATA + "shm_save using a")
    do = "quietly set obs 500000\ngenerate double x = _n\nshm_save using a, replace\n"
    limit = 1_000_000
    done = subprocess.run(
        stata.command(do),
        cwd=stata.folder,
        capture_output=True,
        text=True,
        restore_signals=False,  # else the first byte too many ends it
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    output = done.stdout.replace("\n", " ")
    assert "segment a could not be saved in " in output
    assert "the one that was to be replaced is gone" in output
    assert list(folder.iterdir()) == []


def test_an_image_of_somebody_else_stays(stata, folder) -> None:
    """Between the look and the save another has made it: r(602), and it stays."""
    runs(stata, DATA + "shm_save using a")
    before = (folder / "a.dta").read_bytes()
    fails(stata, "shm_save id using a", 602, "already exists")
    assert (folder / "a.dta").read_bytes() == before


def test_a_directory_that_cannot_be_made(stata, monkeypatch) -> None:
    (stata.folder / "file").write_text("")
    monkeypatch.setenv("STATA_PYDATA_DIR", str(stata.folder / "file" / "below"))
    fails(stata, "shm_save using a", 603, "segment a could not be saved in ")


def test_it_is_silent_under_quietly_and_capture(stata, folder) -> None:
    output = runs(
        stata,
        DATA + "quietly shm_save using a\ncapture shm_save using a\nassert _rc == 602\n"
        "capture shm_save using nosuch/a.dta\nassert _rc == 603\n",
    )
    assert "(" not in output.split("capture shm_save")[0].split("quietly shm_save")[1]
    assert "already exists" not in output
    assert "could not" not in output


@pytest.mark.parametrize("setting", ["varabbrev off", "dp comma", "type double"])
def test_settings_of_the_user_change_nothing(stata, folder, setting) -> None:
    runs(
        stata,
        DATA
        + f"set {setting}\nshm_save x using a\nshm_use x if x > 0 using a, clear wait(1)"
        "\nassert x == _n / 7 & c(k) == 1",
    )


AWKWARD = r"""
quietly set obs 1
generate byte x = 1
local q = char(96)
label variable x `"say "hi" `=char(96)'there' \$now"'
label data `"a "quoted" `=char(36)'HOME `=char(96)'label"'
label define l 1 `"one "1" `=char(96)' `=char(36)'x"'
label values x l
char x[c] `"c "d" `=char(96)'e `=char(36)'"'
notes: `"note "n" `=char(96)'m `=char(36)'"'
"""


@pytest.mark.parametrize("part", ["", "if x "])
def test_labels_with_quotes_backticks_and_dollars(stata, folder, part) -> None:
    runs(
        stata,
        AWKWARD
        + f"""quietly save own.dta
        shm_save {part}using a
        shm_use using a, clear
        cf _all using own.dta
        local mine : variable label x
        local label : data label
        use own.dta, clear
        local theirs : variable label x
        assert `"`macval(mine)'"' == `"`macval(theirs)'"'
        assert strpos(`"`macval(mine)'"', char(96)) & strpos(`"`macval(mine)'"', char(36))
        assert strpos(`"`macval(label)'"', char(36) + "HOME")
        """,
    )


@pytest.mark.parametrize("part", ["", " in 1/7900000"])
def test_break_leaves_no_half_image_and_the_data(stata, folder, part) -> None:
    """Break comes while Stata writes; which of the steps it meets is chance."""
    do = f"""quietly set obs 8000000
    quietly generate double x = _n
    quietly generate double y = _n
    label data "mine"
    {READY}
    capture noisily shm_save{part} using big
    local rc = _rc
    assert c(N) == 8000000 & c(k) == 2 & c(changed) == 1 & "`c(filename)'" == ""
    assert "`: data label'" == "mine"
    display "rc is `rc'"
    """
    answered = 0
    for delay in (0.02, 0.05, 0.1):
        (folder / "big.dta").unlink(missing_ok=True)
        output = interrupted(stata, do, delay)
        if "rc is 0" in output:  # all was done before
            break
        answered += 1
        assert "rc is 1" in output, output
        # Break that comes when all has been written leaves it written.
        for left in folder.glob("*") if folder.exists() else []:
            assert left.read_bytes().endswith(b"</stata_dta>")
    assert answered > 0
