"""The second part of `make demo`: data of every kind to Stata and back.

A survey goes into shared memory as an image, Stata loads it, says of some wages why they
are missing, and saves it as another image, which Python reads: every cell and every label
is compared. What Python read it writes again, and Stata's own `cf` compares that.
"""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from demo_stata import run_stata, step

import shm

SEGMENTS = ["demo_survey", "demo_answered", "demo_again"]
WIDTH = 13
REGIONS = ["Ostschweiz", "Zürich", "Île-de-France", 'the "south"', "Øst`landet'"]
LABELS = {
    "id": "Person",
    "wage": "Hourly wage, in $",
    "born": "Day of birth",
    "region": "Where they live",
}
NOTES = {"_dta": ["Made up by demo_images.py"], "wage": ["Before taxes"]}

SESSION = """\
shm_use using demo_survey, clear
label define why .a "refused" .b "not asked"
label values wage why
replace wage = .a if mod(id, 97) == 0
replace wage = .b if mod(id, 89) == 0
note wage: .a and .b by the demo
describe, short
tabulate region, missing
summarize wage
shm_save using demo_answered, replace
"""

AGAIN = """\
shm_use using demo_again, clear
shm: cf _all using demo_answered
"""


def survey(rows: int) -> pd.DataFrame:
    """Return a data frame with columns of every kind, some of their values missing."""
    rng = np.random.default_rng(1)
    born = np.datetime64("1930-01-01") + rng.integers(0, 30_000, rows)
    asked = np.datetime64("2024-01-01", "ms") + rng.integers(0, 3 * 10**10, rows)
    name = rng.choice(["Zoë", "Jean-Luc", "Θάλεια", "山田", None], rows)
    frame = pd.DataFrame(
        {
            "id": np.arange(1, rows + 1),
            "age": pd.array(rng.integers(0, 100, rows), dtype="Int8"),
            "employees": rng.integers(-30_000, 30_000, rows).astype(np.int16),
            "account": rng.integers(-(2**53), 2**53, rows),
            "married": rng.random(rows) < 0.5,
            "weight": rng.random(rows).astype(np.float32),
            "wage": rng.lognormal(3, 0.5, rows),
            "name": pd.Series(name, dtype=object),
            "born": born,
            "asked": asked,
            "month": pd.PeriodIndex(born.astype("datetime64[M]"), freq="M"),
            "region": pd.Categorical.from_codes(rng.integers(-1, 5, rows), REGIONS),
        }
    )
    frame["remark"] = [f"{n}: " + "long " * (500 * (n % 1000 == 0)) for n in frame["id"]]
    for column in ("age", "wage", "born", "asked", "month"):
        frame.loc[rng.random(rows) < 0.05, column] = None
    return frame


def plain(column: pd.Series) -> pd.Series:
    """Return a column as docs/types.md says that it comes back, whatever its dtype."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.astype(object)
    if isinstance(column.dtype, pd.PeriodDtype):
        return column.dt.to_timestamp()
    if pd.api.types.is_string_dtype(column.dtype):
        return column.fillna("").astype(object)
    if column.dtype.kind in "iub" and pd.api.types.is_extension_array_dtype(column.dtype):
        return column.astype("Float64").astype(float)
    return column


def differences(sent: pd.DataFrame, found: pd.DataFrame) -> dict[str, int]:
    """Return how many cells of each column differ, of those that have some."""
    counts = {}
    for name in sent:
        one, other = plain(sent[name]), plain(found[name])
        same = (one == other) | (one.isna() & other.isna())
        if not same.all():
            counts[name] = int((~same).sum())
    return counts


def expected_letters(sent: pd.DataFrame) -> pd.Series:
    """Return which wages the session makes .a and .b."""
    letters = pd.Series(None, index=sent.index, dtype=object)
    letters[sent["id"] % 97 == 0] = ".a"
    letters[sent["id"] % 89 == 0] = ".b"
    return letters


def metadata_problems(metadata: dict, sent: pd.DataFrame) -> list[str]:
    """Return what of labels, notes and formats is not what was sent."""
    sets, variables = metadata["value_labels"], metadata["variables"]
    wanted = {
        "variables": list(variables) == list(sent),
        "variable labels": {n: v["label"] for n, v in variables.items() if v["label"]}
        == LABELS,
        "labels of regions": sets[variables["region"]["value_label"]]
        == dict(enumerate(REGIONS)),
        "labels of missing wages": sets["why"] == {".a": "refused", ".b": "not asked"},
        "notes": metadata["notes"]
        == NOTES | {"wage": [*NOTES["wage"], ".a and .b by the demo"]},
        "data label": metadata["data_label"] == "A survey",
        "format of dates": [variables[n]["format"] for n in ("born", "asked", "month")]
        == ["%td", "%tc", "%tm"],
        "type of remarks": variables["remark"]["type"] == "strL",
    }
    return [what for what, holds in wanted.items() if not holds]


def run_part(rows: int) -> bool:
    """Send the survey there and back; say whether everything is as it was."""
    with tempfile.TemporaryDirectory(prefix="stata-pydata-demo-") as name:
        try:
            problems = there_and_back(rows, Path(name))
        finally:
            shm.drop(*SEGMENTS, missing_ok=True)
    print("\nEvery cell and every label agrees." if not problems else "\nDIFFERENT:")
    for problem in problems:
        print(f"  {problem}")
    return not problems


def there_and_back(rows: int, folder: Path) -> list[str]:
    """Run the steps; return what differs."""
    sent = step(f"a survey of {rows:,} x {WIDTH}, of every kind", lambda: survey(rows))
    segment = step("shm.write(frame, 'demo_survey')", lambda: write(sent))
    print(f"           {segment}")
    output = step("the Stata session", lambda: run_stata(folder, SESSION))
    print(output.partition("\n. \n. file open done")[0].rstrip())
    found, metadata = step(
        "shm.read('demo_answered')",
        lambda: shm.read("demo_answered", missing="letters", return_metadata=True),
    )
    letters = expected_letters(sent)
    sent.loc[letters.notna(), "wage"] = None
    problems = step("every cell compared", lambda: problems_of(sent, found, letters))
    problems += metadata_problems(metadata, sent)
    again = step(
        "read and written again, .a and .b too",
        lambda: shm.write(read_all(), SEGMENTS[2]),
    )
    print(f"           {again}")
    step("Stata compares: shm: cf _all using", lambda: run_stata(folder, AGAIN))
    return problems


def write(frame: pd.DataFrame) -> shm.Segment:
    """Write the survey with its labels and notes."""
    return shm.write(
        frame,
        "demo_survey",
        variable_labels=LABELS,
        convert_dates={"born": "td"},
        notes=NOTES,
        data_label="A survey",
    )


def read_all() -> pd.DataFrame:
    """Read what Stata saved so that it can be written as it was."""
    return shm.read("demo_answered", missing="nan", convert_categoricals=False)


def problems_of(sent: pd.DataFrame, found: pd.DataFrame, letters: pd.Series) -> list[str]:
    """Return which cells differ, the letters of missing wages among them."""
    problems = [
        f"{name}: {count:,} cells" for name, count in differences(sent, found).items()
    ]
    same = (found["wage_missing"] == letters) | (
        found["wage_missing"].isna() & letters.isna()
    )
    if not same.all():
        problems.append(f"wage: {(~same).sum():,} kinds of missing values")
    return problems
