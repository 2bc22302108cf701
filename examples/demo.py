"""The README's sessions from Python to Stata: `make demo`.

First the original interface: Python makes a data frame and puts it into shared memory,
`shm_use` brings it into Stata, and both sides' statistics are compared. Then images: data
of every kind go to Stata and back, and every cell is compared (demo_images.py). Stata is
`adohost`, or the program that the environment variable STATA names. Ends with status 1
where the two sides differ or a segment is left.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from demo_images import run_part as run_images
from demo_stata import run_stata, step

import shm

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
    """Run both parts; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--image-rows", type=int, default=200_000)
    arguments = parser.parse_args()
    print("Part 1: numbers in segments, the original interface\n")
    numbers = run_numbers(arguments.rows)
    print("\nPart 2: data of every kind in images\n")
    images = run_images(arguments.image_rows)
    return 0 if numbers and images else 1


def run_numbers(rows: int) -> bool:
    """Send random numbers to Stata; say whether both sides agree and nothing is left."""
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
            output = step(
                "the Stata session", lambda: run_stata(folder, SESSION + REPORT)
            )
        finally:
            left = segments_left(segments)
        print(output.partition(". quietly {")[0].rstrip())
        stata, seconds = read_report(folder)
    for command, taken in seconds.items():
        print(f"[{taken:6.2f} s] {command}, on Stata's own clock")
    same = agree(statistics.loc[stata.index, VARIABLES], stata)
    print("\nBoth sides agree." if same else "\nThe two sides DIFFER.")
    print(f"Segments left: {', '.join(map(str, left)) or 'none'}")
    return same and not left


if __name__ == "__main__":
    sys.exit(main())
