"""shm_use from Python to Stata: what arrives, what is left behind, what is returned."""

import os

import numpy as np
import pandas as pd
import pytest
import raw_segments as raw

import shm


@pytest.fixture
def frame() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    return pd.DataFrame(
        {
            "id": np.arange(1, 101),
            "x": rng.normal(size=100),
            "half": rng.random(100, dtype=np.float32),
            "flag": rng.random(100) < 0.5,
        }
    )


def write(frame: pd.DataFrame, stata, seed: int, name: str = "info.txt") -> list[int]:
    made = shm.write_frame(frame, str(stata.folder / name), key_seed=seed)
    return [segment_id for _, segment_id in made.values()]


def test_a_frame_arrives_whole_and_its_segments_go(stata, seed, frame) -> None:
    frame.loc[3, "x"] = np.nan
    ids = write(frame, stata, seed)
    run = stata.values_after(
        """shm_use using info.txt, clear compress deallocate
        assert r(N) == 100 & r(k) == 4
        assert "`r(varlist)'" == "id x half flag"
        assert "`r(filename)'" == "info.txt"
        assert c(changed) == 1 & "`c(filename)'" == ""
        assert x == . in 4"""
    )
    # compress never makes a float of a double.
    assert run.types == {"id": "byte", "x": "double", "half": "double", "flag": "byte"}
    for name in frame:
        np.testing.assert_array_equal(run.values[name], frame[name].astype(float))
    assert "(4 variables, 100 observations read)" in run.output
    assert "variable id was long now byte" in run.output
    assert not any(raw.exists(i) for i in ids)


def test_the_session_prints_what_stata_prints(stata, seed) -> None:
    write(pd.DataFrame({"var1": [0.5, 1.5], "var2": [1, 2]}), stata, seed)
    run = stata.run("shm_use using info.txt, clear\nsummarize\nlist\n")
    assert run.output == (
        ". shm_use using info.txt, clear\n"
        "(2 variables, 2 observations read)\n"
        "\n"
        ". summarize\n"
        "\n"
        "    Variable |        Obs        Mean    Std. dev.       Min        Max\n"
        "-------------+---------------------------------------------------------\n"
        "        var1 |          2           1    .7071068         .5        1.5\n"
        "        var2 |          2         1.5    .7071068          1          2\n"
        "\n"
        ". list\n"
        "\n"
        "     +-------------+\n"
        "     | var1   var2 |\n"
        "     |-------------|\n"
        "  1. |   .5      1 |\n"
        "  2. |  1.5      2 |\n"
        "     +-------------+\n"
        "\n"
        ". \n"
        "end of do-file\n"
    )


def test_one_of_each(stata, seed) -> None:
    write(pd.DataFrame({"x": [1.5]}), stata, seed)
    assert (
        "(1 variable, 1 observation read)" in stata.run("shm_use using info.txt").output
    )


def test_without_deallocate_segments_stay(stata, seed, frame) -> None:
    ids = write(frame, stata, seed)
    stata.values_after("shm_use using info.txt\nshm_use using info.txt, clear")
    assert all(raw.exists(i) for i in ids)


def test_options_abbreviate_as_the_help_says(stata, seed, frame) -> None:
    ids = write(frame, stata, seed)
    run = stata.values_after("shm_use using info.txt, clear comp dealloc thr(2)")
    assert run.types["id"] == "byte"
    assert not any(raw.exists(i) for i in ids)


@pytest.mark.parametrize(
    "setting", ["varabbrev off", "dp comma", "type double", "type byte"]
)
def test_settings_of_the_user_change_nothing(stata, seed, frame, setting) -> None:
    write(frame, stata, seed)
    run = stata.values_after(
        f"set {setting}\nshm_use using info.txt, clear\nset dp period"
    )
    assert run.types == {"id": "long", "x": "double", "half": "double", "flag": "long"}
    np.testing.assert_array_equal(run.values["x"], frame["x"])


def test_it_is_silent_under_quietly(stata, seed, frame) -> None:
    write(frame.rename(columns={"x": "1x"}), stata, seed)
    run = stata.run("quietly shm_use using info.txt, clear compress\n")
    assert "read)" not in run.output
    assert "note" not in run.output


PATHS = ["a b.txt", "größe.txt", "no_extension", "it's.txt", "{braces}.txt", "a,b.txt"]


@pytest.mark.parametrize("name", PATHS)
def test_names_of_files(stata, seed, frame, name) -> None:
    write(frame, stata, seed, name)
    run = stata.values_after(f'shm_use using "{name}", clear')
    assert len(run.values) == 4


def test_a_file_name_full_of_macros(stata, seed, frame) -> None:
    write(frame, stata, seed, "a$b`c.txt")
    run = stata.values_after(
        r"""global b "not this"
        shm_use using "a\$b\`c.txt", clear
        """
    )
    assert len(run.values) == 4


def test_folders_and_home(stata, seed, frame, monkeypatch) -> None:
    (stata.folder / "deep er").mkdir()
    write(frame, stata, seed, "deep er/info.txt")
    monkeypatch.setenv("HOME", str(stata.folder / "deep er"))
    absolute = stata.folder / "deep er" / "info.txt"
    for name in (
        "deep er/info.txt",
        "~/info.txt",
        absolute,
        "deep er/../deep er/info.txt",
    ):
        assert len(stata.values_after(f'shm_use using "{name}", clear').values) == 4


def test_the_working_directory_is_that_of_stata(stata, seed, frame) -> None:
    (stata.folder / "below").mkdir()
    write(frame, stata, seed, "below/info.txt")
    run = stata.values_after("cd below\nquietly shm_use using info.txt\nquietly cd ..")
    assert len(run.values) == 4


def test_names_that_stata_does_not_allow(stata, seed) -> None:
    names = ["1x", "a b", "a-b", "if", "größe", "€", "x" * 40, 'say "`hi\'" $now', "{it}"]
    write(pd.DataFrame([range(len(names))], columns=names), stata, seed)
    run = stata.values_after(
        """shm_use using info.txt
        quietly file open labels using labels.txt, write text
        foreach name of varlist _all {
            local label : variable label `name'
            file write labels `"`macval(label)'"' _n
        }
        file close labels"""
    )
    legal = [
        "_1x",
        "a_b",
        "a_b_2",
        "_if",
        "größe",
        "_",
        "x" * 32,
        "say___hi____now",
        "_it_",
    ]
    assert list(run.values) == legal
    assert [cells[0] for cells in run.values.values()] == list(range(len(names)))
    labels = ["1x", "a b", "a-b", "if", "", "€", "x" * 40, "say ''hi'' $now", "{it}"]
    assert (stata.folder / "labels.txt").read_text("utf-8").splitlines() == labels
    assert 'note: "a b" is not a name in Stata; variable named a_b' in run.output
    assert 'note: "{it}" is not a name in Stata; variable named _it_' in run.output
    assert 'note: "größe"' not in run.output


def test_many_variables(stata, seeds, tmp_path) -> None:
    wide = pd.DataFrame(np.arange(96.0).reshape(3, 32))
    wide.columns = [f"variable_number_{i}" for i in range(32)]
    write(wide, stata, seeds[0])
    run = stata.values_after("shm_use using info.txt, clear threads(3)")
    assert list(run.values) == list(wide)
    for name in wide:
        assert run.values[name] == list(wide[name])


def test_value_labels_and_variables_of_the_old_data_go(stata, seed, frame) -> None:
    write(frame, stata, seed)
    run = stata.values_after(
        """quietly set obs 3
        generate old = _n
        label define yesno 1 "yes"
        label values old yesno
        shm_use using info.txt, clear
        label dir"""
    )
    assert list(run.values) == list(frame)
    assert "yesno" not in run.output.split("read)")[1]


def test_data_that_have_not_changed_need_no_clear(stata, seed, frame) -> None:
    write(frame, stata, seed)
    run = stata.values_after("quietly set obs 3\ndrop _all\nshm_use using info.txt")
    assert list(run.values) == list(frame)


@pytest.mark.skipif(os.cpu_count() == 1, reason="needs two processors")
def test_by_default_as_many_threads_as_segments(stata, seed) -> None:
    rows = 1 << 21  # enough for the second thread to find something left to do
    write(pd.DataFrame({"x": np.arange(rows), "y": np.ones(rows)}), stata, seed)
    strict = "set adohost_threads strict\n"
    assert stata.run(strict + "shm_use using info.txt, threads(1)").rc == 0
    parallel = stata.run(strict + "shm_use using info.txt")
    assert parallel.rc != 0
    assert "from a thread that is not the calling one" in parallel.output
    assert stata.run("set adohost_threads real\nshm_use using info.txt").rc == 0


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_values_are_the_same_on_any_number_of_threads(stata, seed, threads) -> None:
    rows = 300_000
    write(pd.DataFrame({"n": np.arange(rows), "x": np.arange(rows) / 7}), stata, seed)
    run = stata.run(
        f"""shm_use using info.txt, threads({threads})
        assert n == _n - 1
        assert x == (_n - 1) / 7
        assert _N == {rows}"""
    )
    assert run.rc == 0, run.output
