"""Data frames to images and back, beside pandas, polars-readstat and Feather.

All of them work on the same file system of memory. What each one wrote is read and
compared with the data before any clock runs. Memory is the growth of this process' peak
while one works, its result included; pages of files don't count.
"""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import polars_readstat
import pyarrow.feather
from measure import Row, rounds, seconds
from tabulate import tabulate

import shm

WRITE, READ = "write", "read"


@dataclass
class Contender:
    """One way there or back: what it is called, and what is timed."""

    way: str
    what: str
    action: Callable[[], object]


@dataclass
class Case:
    """One kind of data; `run` is what bench/run.py calls."""

    TITLE: str
    make: Callable[[int, int], pd.DataFrame]
    polars_writes: bool = True  # polars-readstat can't write categories
    pandas_writes: bool = True  # pandas takes a minute for 33,000 variables
    memory: dict[tuple[str, str], int] = field(default_factory=dict)

    @staticmethod
    def table(title: str, rows: list[Row]) -> str:
        """Return the rows as a Markdown table."""
        return transfer_table(title, rows)

    def run(self, rows: int, variables: int, repeats: int) -> list[Row]:
        """Measure every contender in turns."""
        data = self.make(rows, variables)
        folder = Path(tempfile.mkdtemp(prefix="bench-", dir="/dev/shm"))
        try:
            contenders = self._contenders(data, folder)
            check(data, folder)
            self.memory = {(c.way, c.what): peak_growth(c.action) for c in contenders}
            best = rounds(
                {
                    f"{c.way}/{c.what}": lambda action=c.action: seconds(action)
                    for c in contenders
                },
                repeats,
            )
        finally:
            shutil.rmtree(folder)
            shm.drop("bench", missing_ok=True)
        return [self._row(contender, best) for contender in contenders]

    def _row(self, contender: Contender, best: dict[str, float]) -> Row:
        own = best[f"{contender.way}/shm.{contender.way}, pandas"]
        taken = best[f"{contender.way}/{contender.what}"]
        megabytes = self.memory[contender.way, contender.what] / 1e6
        return Row(
            f"{contender.way}: {contender.what} ({megabytes:,.0f} MB)",
            taken * 1e3,
            "ms",
            taken / own,
            f"shm.{contender.way}",
        )

    def _contenders(self, data: pd.DataFrame, folder: Path) -> list[Contender]:
        in_polars = pl.from_pandas(data)
        ours, theirs = str(folder / "ours.dta"), str(folder / "theirs.dta")
        feather = str(folder / "data.feather")
        shm.write(data, "bench")
        shm.write(data, ours)
        data.to_feather(feather, compression="uncompressed")
        writers = [
            Contender(WRITE, "shm.write, pandas", lambda: shm.write(data, "bench")),
            Contender(WRITE, "shm.write, polars", lambda: shm.write(in_polars, "bench")),
        ]
        if self.pandas_writes:
            writers.append(
                Contender(
                    WRITE,
                    "pandas",
                    lambda: data.to_stata(theirs, write_index=False, version=118),
                )
            )
        if self.polars_writes:
            writers.append(
                Contender(
                    WRITE,
                    "polars-readstat",
                    lambda: polars_readstat.write_readstat(in_polars, theirs),
                )
            )
        writers.append(
            Contender(
                WRITE,
                "Feather, pandas (no .dta)",
                lambda: data.to_feather(feather, compression="uncompressed"),
            )
        )
        readers = [
            Contender(READ, "shm.read, pandas", lambda: shm.read(ours)),
            Contender(READ, "shm.read, polars", lambda: shm.read(ours, as_="polars")),
            Contender(READ, "pandas", lambda: pd.read_stata(ours)),
            Contender(
                READ,
                "polars-readstat",
                lambda: polars_readstat.scan_readstat(ours).collect(),
            ),
            Contender(
                READ,
                "Feather, pandas (no .dta)",
                lambda: pyarrow.feather.read_feather(feather),
            ),
        ]
        return [*writers, *readers]


def check(data: pd.DataFrame, folder: Path) -> None:
    """Compare what shm wrote, as read by shm and by pandas, with the data."""
    for frame in (shm.read("bench"), pd.read_stata(folder / "ours.dta")):
        assert list(frame.columns) == list(data.columns)
        for name in data.columns:
            equal(data[name], frame[name])
    assert shm.open("bench").check() == []


def equal(wanted: pd.Series, found: pd.Series) -> None:
    """Compare a column; dtypes may be Stata's."""
    if isinstance(wanted.dtype, pd.CategoricalDtype):
        wanted, found = wanted.astype(str), found.astype(str)
    elif wanted.dtype.kind in "iuf":
        np.testing.assert_array_equal(wanted.to_numpy(float), found.to_numpy(float))
        return
    assert (wanted.astype(found.dtype) == found).all(), wanted.name


def peak_growth(action: Callable[[], object]) -> int:
    """Return by how many bytes the peak of this process exceeds what it was."""
    Path("/proc/self/clear_refs").write_text("5")
    before = memory_of("RssAnon")
    anonymous_and_files = memory_of("VmRSS")
    result = action()
    growth = memory_of("VmHWM") - anonymous_and_files
    del result
    return max(growth, memory_of("RssAnon") - before, 0)


def memory_of(what: str) -> int:
    """Return one figure of /proc/self/status in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(what + ":"):
            return int(line.split()[1]) * 1024
    raise LookupError(what)


def make_doubles(rows: int, variables: int) -> pd.DataFrame:
    """Return random doubles."""
    generator = np.random.default_rng(1)
    names = [f"x{number}" for number in range(1, variables + 1)]
    return pd.DataFrame(generator.random((rows, variables)), columns=names)


def make_mixed(rows: int, variables: int) -> pd.DataFrame:
    """Return what a study has: ids, measures, codes, names, dates, categories."""
    generator = np.random.default_rng(2)
    towns = np.array([f"town {number:03}" for number in range(800)], dtype=object)
    makers = [
        *[lambda: generator.integers(0, 10**9, rows).astype("int32")] * 6,
        *[lambda: generator.integers(0, 10**15, rows)] * 4,
        *[lambda: with_missing(generator, generator.normal(size=rows))] * 14,
        *[lambda: generator.normal(size=rows).astype("float32")] * 4,
        *[lambda: generator.integers(0, 100, rows).astype("int8")] * 9,
        *[lambda: towns[generator.integers(0, 800, rows)]] * 5,
        *[lambda: days(generator, rows)] * 4,
        *[lambda: pd.Categorical.from_codes(generator.integers(0, 5, rows), LEVELS)] * 4,
    ]
    chosen = [makers[k * len(makers) // variables] for k in range(variables)]
    return pd.DataFrame({f"v{k}": make() for k, make in enumerate(chosen)})


LEVELS = ["never", "rarely", "sometimes", "often", "always"]


def with_missing(generator: np.random.Generator, values: np.ndarray) -> np.ndarray:
    """Return the values, one in twenty of them missing."""
    values[generator.random(len(values)) < 0.05] = np.nan
    return values


def days(generator: np.random.Generator, rows: int) -> np.ndarray:
    """Return dates of half a century."""
    return np.datetime64("1970-01-01", "s") + 86_400 * generator.integers(0, 18_000, rows)


def make_texts(rows: int, variables: int) -> pd.DataFrame:
    """Return texts of 5 to 30 bytes, in Arrow's memory."""
    generator = np.random.default_rng(3)
    letters = "".join(chr(ord("a") + k % 26) for k in range(1000))
    columns = {}
    for number in range(variables):
        starts = generator.integers(0, 900, rows)
        lengths = generator.integers(5, 31, rows)
        texts = [letters[a : a + n] for a, n in zip(starts, lengths, strict=True)]
        columns[f"s{number}"] = pd.array(texts, dtype="string[pyarrow]")
    return pd.DataFrame(columns)


def transfer_table(title: str, rows: list[Row]) -> str:
    """Return one case as a Markdown table: the time of each way against ours."""
    body = [(row.what, f"{row.value:,.1f} ms", f"{row.ratio:.2f} x") for row in rows]
    head = (f"{title} (memory)", "", "time against shm, pandas")
    return tabulate(
        body, headers=head, tablefmt="github", colalign=("left", "right", "right")
    )


DOUBLES = Case("{rows:,} x {variables} doubles", make_doubles)
MIXED = Case("{rows:,} x {variables} of a study", make_mixed, polars_writes=False)
TEXTS = Case("{rows:,} x {variables} texts in Arrow", make_texts)
WIDE = Case("{rows:,} x {variables:,} doubles", make_doubles, pandas_writes=False)
SMALL = Case("{rows:,} x {variables} doubles", make_doubles)
