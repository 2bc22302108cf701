"""Data handed over from Python to Stata and back: nothing is lost, nothing is changed."""

import math
import tempfile
from dataclasses import replace
from pathlib import Path

import image_specs
import mixed_data
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from image_specs import Variable, data_sets
from mixed_data import CHARACTERISTICS, DATA_LABEL, LABELS, NOTES, RENAMED, Table
from stata_session import StataSession

import shm

pytestmark = pytest.mark.filterwarnings("ignore::shm.errors.RenamedColumnWarning")


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """The segment directory."""
    folder = tmp_path / "segments"
    monkeypatch.setenv("STATA_PYDATA_DIR", str(folder))
    return folder


@pytest.fixture
def runs(stata, folder):
    """Run a do-file that must succeed; return what it printed."""

    def run(do: str, **options: object) -> str:
        done = stata.run(do, **options)
        assert done.rc == 0, done.output
        return done.output

    return run


def write_all(rows: int = 60) -> Table:
    people = mixed_data.people(rows)
    mixed_data.write_people(
        people,
        "people",
        data_label=DATA_LABEL,
        notes=NOTES,
        characteristics=CHARACTERISTICS,
    )
    return people


def part(table: Table, names: list[str], keep: list[bool]) -> Table:
    """Return some variables and observations; types stay what they were."""
    return {
        name: replace(
            table[name],
            cells=[
                cell for cell, kept in zip(table[name].cells, keep, strict=True) if kept
            ],
        )
        for name in names
    }


def same(found: Table, wanted: Table) -> None:
    assert list(found) == list(wanted)
    for name in wanted:
        assert found[name] == wanted[name]


def characteristics(names: list[str]) -> dict[str, dict[str, str]]:
    """Return the characteristics of the data set and of these variables, but notes."""
    wanted = {owner: dict(texts) for owner, texts in CHARACTERISTICS.items()}
    wanted |= {name: {"shm_name": name} for name in RENAMED}
    return {owner: wanted[owner] for owner in wanted if owner in ("_dta", *names)}


def same_metadata(segment: shm.Segment, names: list[str]) -> None:
    """What is told of the data set, of its labels, notes and characteristics."""
    assert segment.data_label == DATA_LABEL
    assert segment.value_labels == {n: LABELS[n] for n in LABELS if n in names}
    assert segment.notes == {n: NOTES[n] for n in NOTES if n in ("_dta", *names)}
    plain = {
        owner: {name: text for name, text in texts.items() if not name.startswith("note")}
        for owner, texts in segment.characteristics.items()
    }
    assert {owner: texts for owner, texts in plain.items() if texts} == characteristics(
        names
    )


def test_all_of_it(runs) -> None:
    people = write_all()
    same(mixed_data.table_of(shm.open("people")), people)
    same_metadata(shm.open("people"), list(people))
    runs("shm_use using people, clear\nshm_save using back")
    same(mixed_data.table_of(shm.open("back")), people)
    same_metadata(shm.open("back"), list(people))
    assert shm.read("back").equals(shm.read("people"))


PARTS = [
    ("id pay why odd", "if id > 7 & why != .a in 3/50", "id,pay,why,odd"),
    ("answer sector raw", "in 11/20", "answer,sector,raw"),
    ("name-born", "if mod(id, 2) & !missing(half)", "name,odd,long,raw,born"),
    ("", "if odd == char(96) + char(39) | answer == .z", ""),
    ("month seen born id", "if seen < . & month >= tm(1960m1)", "id,born,seen,month"),
    ("*pay*", "if id > 60", "pay,pay per day"),
]


@pytest.mark.parametrize(("typed", "rows", "names"), PARTS)
@pytest.mark.parametrize("into", ["clear", "frame(other)"])
def test_parts_of_it(runs, typed, rows, names, into) -> None:
    """What Stata takes and saves is what Python selects."""
    people = write_all()
    wanted = names.split(",") if names else list(people)
    keep = [selected(people, k, rows) for k in range(60)]
    prefix = "" if into == "clear" else "frame other: "
    runs(
        f"shm_use {typed} {rows} using people, {into}\n"
        "assert r(N) == " + str(sum(keep)) + f"\n{prefix}shm_save using back"
    )
    same(mixed_data.table_of(shm.open("back")), part(people, wanted, keep))
    same_metadata(shm.open("back"), wanted)
    # shm_save selects as shm_use does.
    runs(f"shm_use using people, clear\nshm_save {typed} {rows} using back, replace")
    same(mixed_data.table_of(shm.open("back")), part(people, wanted, keep))
    same_metadata(shm.open("back"), wanted)


def selected(people: Table, k: int, rows: str) -> bool:
    """Whether row k is among these, by Python's own reckoning."""
    row = {name: variable.cells[k] for name, variable in people.items()}
    return {
        PARTS[0][1]: 3 <= k + 1 <= 50 and row["id"] > 7 and row["why"] != ".a",
        PARTS[1][1]: 11 <= k + 1 <= 20,
        PARTS[2][1]: row["id"] % 2 == 1 and row["half"] != ".",
        PARTS[3][1]: row["odd"] == "`'" or row["answer"] == ".z",
        PARTS[4][1]: row["seen"] != "." and (row["month"] == "." or row["month"] >= 0),
        PARTS[5][1]: False,
    }[rows]


def test_merge_append_and_save_a_part(runs) -> None:
    """A session: segments are merged and appended, then a part of all goes back."""
    people = write_all()
    later = mixed_data.people(40, first=61)
    mixed_data.write_people(later, "later")
    shm.write(
        {"sector": [0, 1, 7], "sector_name": ["pub «$x»", "pri", "none"]},
        "sectors",
        types={"sector": "byte"},
        variable_labels={"sector_name": "Name of the `sector'"},
        notes={"sector_name": ["from $nowhere"]},
    )
    runs(
        """shm_use using people, clear
        quietly shm: merge m:1 sector using sectors, nogenerate keep(master match)
        shm: append using later
        sort id
        shm_save id-pay_per_day sector_name if id > 10 & tiny != 0 in 1/90 using back"""
    )
    found = mixed_data.table_of(shm.open("back"))
    wanted = merged_and_appended(people, later)
    same(found, wanted)
    names = shm.open("back")
    assert names.sorted_by == ["id"]
    assert names.notes == NOTES | {"sector_name": ["from $nowhere"]}
    assert names.value_labels == LABELS
    assert names.data_label == DATA_LABEL


def merged_and_appended(people: Table, later: Table) -> Table:
    """Compute what the session above does."""
    texts = {0: "pub «$x»", 1: "pri", ".": ""}
    named = [texts[cell] for cell in people["sector"].cells] + [""] * 40
    table = {
        name: replace(v, cells=v.cells + later[name].cells) for name, v in people.items()
    }
    table["sector_name"] = Variable(
        "sector_name", "str", named, label="Name of the `sector'"
    )
    keep = [
        id_ > 10 and tiny != 0 and id_ <= 90
        for id_, tiny in zip(table["id"].cells, table["tiny"].cells, strict=True)
    ]
    return part(mixed_data.sized(table), list(table), keep)


STATA_DATA = """quietly set obs 200
generate byte tiny = mod(_n, 200) - 100
generate int small = cond(mod(_n, 3), 32740 - _n, .c)
generate long middle = cond(_n == 7, .z, 2147483620 - _n)
generate float half = cond(mod(_n, 4), _n + .5, .)
generate double x = cond(_n == 9, .a, exp(_n))
generate str40 text = "größe " + string(_n) + char(34) + char(96)
generate strL story = cond(mod(_n, 2), 5000 * "ab" + string(_n), "")
generate day = td(1jan1960) + _n * 50
generate double clock = tc(1jan1960 00:00:00) + _n * 86400001
format day %td
format clock %tc
format x %20.3e
label variable x `"an "odd" label with $ and ' "'
label data "by the host"
label define yesno 1 "yes" .c "refused"
label values tiny small yesno
note: of the data
note x: of x
char x[unit] "kg"
sort middle
shm_save using mine
"""


def test_what_stata_saves(runs) -> None:
    """Data that Stata made itself, with a codec that shares nothing with ours."""
    runs(STATA_DATA)
    segment = shm.open("mine")
    found = mixed_data.table_of(segment)
    order = sorted(range(1, 201), key=lambda n: (n == 7, -n))
    wanted = {
        "tiny": [n % 200 - 100 for n in order],
        "small": [32740 - n if n % 3 else ".c" for n in order],
        "middle": [".z" if n == 7 else 2147483620 - n for n in order],
        "half": [n + 0.5 if n % 4 else "." for n in order],
        "text": [f'größe {n}"`' for n in order],
        "story": ["ab" * 5000 + str(n) if n % 2 else "" for n in order],
        "day": [n * 50 for n in order],
        "clock": [n * 86400001 for n in order],
    }
    assert {name: found[name].cells for name in wanted} == wanted
    assert found["x"].cells == [".a" if n == 9 else math.exp(n) for n in order]
    types = "byte int long float double str40 strL float double"
    assert list(segment.types.values()) == types.split()
    assert segment.formats["x"] == "%20.3e"
    assert segment.labels == {"x": 'an "odd" label with $ and \' '}
    assert segment.data_label == "by the host"
    assert segment.value_labels == {"yesno": {1: "yes", ".c": "refused"}}
    assert segment.notes == {"_dta": ["of the data"], "x": ["of x"]}
    assert segment.characteristics["x"]["unit"] == "kg"
    assert segment.sorted_by == ["middle"]


def schema_of(path: Path) -> dict:
    """Return what an image says but for release and time; order of names set aside."""
    schema = dict(shm.open(path).schema)
    used = {variable[4] for variable in schema["variables"]}
    # save keeps the label sets that variables refer to, by name and by value.
    schema["value_labels"] = sorted(
        (name, sorted(labels)) for name, labels in schema["value_labels"] if name in used
    )
    # One without contents is none.
    schema["characteristics"] = sorted(c for c in schema["characteristics"] if c[2])
    for changes in ("release", "timestamp", "byte_order"):
        schema.pop(changes, None)
    return schema


@settings(max_examples=8, deadline=None, phases=[Phase.generate])
@given(all_data=st.lists(data_sets(), min_size=5, max_size=25))
def test_stata_saves_what_it_has_used(all_data) -> None:
    """Arbitrary images, through the memory of Stata: all that they hold comes back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for k, data in enumerate(all_data):
            image_specs.write(data, folder / f"{k}.dta")
        do = f"""forvalues k = 0/{len(all_data) - 1} {{
            shm_use using "`k'.dta", clear
            shm_save using "saved`k'.dta"
        }}"""
        run = StataSession(folder).run(do)
        assert run.rc == 0, run.output
        for k in range(len(all_data)):
            once, again = folder / f"{k}.dta", folder / f"saved{k}.dta"
            assert schema_of(again) == schema_of(once)
            same(
                mixed_data.table_of(shm.open(again)), mixed_data.table_of(shm.open(once))
            )


@pytest.mark.parametrize("release", [117, 118])
def test_every_release_that_we_write(runs, release) -> None:
    people = mixed_data.people(30)
    mixed_data.write_people(people, "people", release=release)
    assert shm.open("people").release == release
    runs("shm_use using people, clear\nshm_save using back")
    same(mixed_data.table_of(shm.open("back")), people)


def test_more_variables_than_release_118_holds(runs) -> None:
    names = [f"v{k}" for k in range(33_000)]
    shm.write({name: [k, k + 0.5] for k, name in enumerate(names)}, "wide")
    runs("set maxvar 40000\nshm_use using wide, clear\nshm_save using back")
    assert shm.open("back").release == 119
    once, again = shm.read("wide", as_="dict"), shm.read("back", as_="dict")
    assert list(once) == list(again) == names
    assert all(again[name].tolist() == once[name].tolist() for name in names)
