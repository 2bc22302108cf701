"""The README's session from Python to Stata: `make demo`.

Python makes a data frame and puts it into shared memory, `shm_use` brings it into Stata,
and both sides' statistics are compared. Stata is `adohost`, or the program that the
environment variable STATA names. Ends with status 1 where the two sides differ or a
segment is left.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

import shm

ROOT = Path(__file__).resolve().parent.parent
INFO_FILE = "random_integers.txt"
VARIABLES = ["var1", "var2", "var3"]

SESSION = f"""\
timer on 1
shm_use using {INFO_FILE}, clear compress deallocate
timer off 1
timer on 2
summarize
timer off 2
list in 1/10
"""

# What the comparison needs, exactly: hexadecimal numbers lose no bit.
REPORT = """\
quietly {
    file open report using "report.txt", write text replace
    foreach name of varlist _all {
        summarize `name'
        file write report "`name' " (r(N))
        foreach result in mean sd min max {
            file write report " " %21x (r(`result'))
        }
        file write report _n
    }
    timer list
    file write report "shm_use " (r(t1)) _n "summarize " (r(t2)) _n
    file close report
}
"""

Result = TypeVar("Result")


def step(what: str, action: Callable[[], Result]) -> Result:
    """Run `action`, print what it was and the seconds it took, return its result."""
    start = time.perf_counter()
    result = action()
    print(f"[{time.perf_counter() - start:6.2f} s] {what}", flush=True)
    return result


def stata_command(folder: Path) -> list[str]:
    """Return the command that runs `session.do` in `folder`."""
    stata = os.environ.get("STATA")
    if stata:
        return [stata, "-q", "-b", "do", "session.do"]
    return [str(ROOT / "build" / "bin" / "adohost"), "-q", str(folder / "session.do")]


def run_stata(folder: Path) -> str:
    """Run the do-file in `folder`; return what Stata printed."""
    (folder / "session.do").write_text(SESSION + REPORT)
    environment = dict(os.environ)
    if "STATA" in os.environ:
        path = f"BASE;SITE;.;PERSONAL;PLUS;OLDPLACE;{shm.stata_path()}"
        environment["S_ADO"] = path
    run = subprocess.run(
        stata_command(folder), cwd=folder, env=environment, capture_output=True, text=True
    )
    log = folder / "session.log"
    output = log.read_text() if log.exists() else run.stdout
    if run.returncode != 0 or not (folder / "report.txt").exists():
        print(output, run.stderr, file=sys.stderr)
        sys.exit("demo: the Stata side failed")
    return output


def read_report(folder: Path) -> tuple[pd.DataFrame, dict[str, float]]:
    """Return Stata's statistics, one column per variable, and its commands' seconds."""
    rows = [line.split() for line in (folder / "report.txt").read_text().splitlines()]
    statistics = {
        row[0]: [float(row[1]), *map(stata_hex, row[2:])] for row in rows if len(row) == 6
    }
    seconds = {row[0]: float(row[1]) for row in rows if len(row) == 2}
    return pd.DataFrame(statistics, index=["count", "mean", "std", "min", "max"]), seconds


def stata_hex(text: str) -> float:
    """Return the number that %21x writes as `+1.8000000000000X-001`."""
    mantissa, exponent = text.split("X")
    sign = -1 if mantissa.startswith("-") else 1
    power = int(exponent[1:], 16) * (-1 if exponent[0] == "-" else 1)
    return sign * float.fromhex("0x" + mantissa.lstrip("+-")) * 2.0**power


def agree(python: pd.DataFrame, stata: pd.DataFrame) -> bool:
    """Print both sides' statistics; say whether they are the same.

    Counts and extremes must be equal; means and standard deviations are sums of millions
    of terms in different orders, equal to 12 digits.
    """
    extremes = ["count", "min", "max"]
    exact = python.loc[extremes].equals(stata.loc[extremes])
    sums = np.allclose(
        python.loc[["mean", "std"]], stata.loc[["mean", "std"]], rtol=1e-12, atol=0
    )
    print("\nPython:", python.to_string(), "Stata:", stata.to_string(), sep="\n")
    return exact and sums


def segments_left(segments: dict[str, tuple[int, int]]) -> list[int]:
    """Remove the segments that still exist; return their ids."""
    left = []
    for _, segment_id in segments.values():
        try:
            shm.deallocate(segment_id)
        except FileNotFoundError:
            continue
        left.append(segment_id)
    return left


def main() -> int:
    """Run the session and compare; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000_000)
    rows = parser.parse_args().rows
    np.random.seed(1)  # so that the README can show the numbers
    data = step(
        f"a pandas data frame of {rows:,} x 3 random doubles",
        lambda: pd.DataFrame(np.random.rand(rows, 3), columns=VARIABLES),
    )
    statistics = step("data.describe()", data.describe)
    print(statistics.to_string())
    with tempfile.TemporaryDirectory(prefix="stata-pydata-demo-") as name:
        folder = Path(name)
        segments = step(
            f"shm.write_frame(data, info_file={INFO_FILE!r})",
            lambda: shm.write_frame(data, info_file=str(folder / INFO_FILE)),
        )
        try:
            output = step("the Stata session", lambda: run_stata(folder))
        finally:
            left = segments_left(segments)
        print(output.partition(". quietly {")[0].rstrip())
        stata, seconds = read_report(folder)
    for command, taken in seconds.items():
        print(f"[{taken:6.2f} s] {command}, on Stata's own clock")
    same = agree(statistics.loc[stata.index, VARIABLES], stata)
    print("\nBoth sides agree." if same else "\nThe two sides DIFFER.")
    print(f"Segments left: {', '.join(map(str, left)) or 'none'}")
    return 0 if same and not left else 1


if __name__ == "__main__":
    sys.exit(main())
