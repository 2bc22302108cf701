"""The benchmark suite: `make bench`. Every figure stands beside its peers in one run.

Writes bench/results/CASE.json and the table between the bench marks of README.md.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import codec
import fill
import frame
import transfer
from measure import Row, machine, save
from tabulate import tabulate

ROOT = Path(__file__).resolve().parent.parent
# Name: module or case, rows, variables. The first ones all move 240 MB.
CASES = {
    "frame": (frame, 10_000_000, 3),
    "fill": (fill, 10_000_000, 3),
    "fill_wide": (fill, 1_000_000, 30),
    "codec": (codec, 10_000_000, 3),
    "doubles": (transfer.DOUBLES, 10_000_000, 3),
    "study": (transfer.MIXED, 1_000_000, 50),
    "texts": (transfer.TEXTS, 1_000_000, 4),
    "wide": (transfer.WIDE, 10, 33_000),
    "small": (transfer.SMALL, 1_000, 10),
}
BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"


def table(title: str, rows: list[Row]) -> str:
    """Return one case as a Markdown table."""
    body = [
        (row.what, f"{row.value:.2f} {row.unit}", f"{row.ratio:.2f} x") for row in rows
    ]
    head = (title, "", f"time against {rows[0].against}")
    return tabulate(
        body, headers=head, tablefmt="github", colalign=("left", "right", "right")
    )


def write_readme(tables: list[str], command: str) -> None:
    """Replace what stands between the bench marks of the README."""
    readme = ROOT / "README.md"
    before, _, rest = readme.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    where = f"Measured by `{command}` on {machine()}; best of several rounds in one run."
    body = "\n\n".join([where, *tables])
    readme.write_text(f"{before}{BEGIN}\n{body}\n{END}{after}")


def main() -> int:
    """Run the cases that the command line chooses."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, help="instead of each case's own number")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument(
        "--only", choices=sorted(CASES), help="one case; README unchanged"
    )
    arguments = parser.parse_args()
    chosen = [arguments.only] if arguments.only else list(CASES)
    command = (
        "make bench" if len(sys.argv) == 1 else " ".join(["bench/run.py", *sys.argv[1:]])
    )
    tables = []
    with tempfile.TemporaryDirectory(prefix="stata-pydata-bench-") as folder:
        os.chdir(folder)
        for name in chosen:
            module, rows, variables = CASES[name]
            rows = arguments.rows or rows
            figures = module.run(rows, variables, arguments.repeats)
            save(name, command, figures)
            title = module.TITLE.format(rows=rows, variables=variables)
            tables.append(getattr(module, "table", table)(title, figures))
            print(tables[-1], end="\n\n", flush=True)
    if len(sys.argv) == 1:
        write_readme(tables, command)
    return 0


if __name__ == "__main__":
    sys.exit(main())
