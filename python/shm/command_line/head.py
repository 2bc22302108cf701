"""The command head: the first rows of an image."""

from __future__ import annotations

import argparse

from ..printing import table_lines
from .commands import add_command, add_json, print_json


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Declare the commands of this group."""
    parser = add_command(
        commands,
        _head,
        "head",
        "show the first rows of a segment or a .dta file",
        "shm head panel\nshm head panel -n 3 --columns id,income",
    )
    parser.add_argument("name", metavar="NAME|FILE")
    parser.add_argument(
        "-n", type=_count, default=10, metavar="ROWS", help="10 by default"
    )
    parser.add_argument("--columns", metavar="A,B", help="only these, in this order")
    add_json(parser)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"expected a number of rows, not {text!r}")
    return int(text)


def _head(options: argparse.Namespace) -> int:
    from .. import read

    columns = options.columns.split(",") if options.columns else None
    data = read(options.name, as_="dict", columns=columns, rows=slice(0, options.n))
    lists = {name: _plain(values) for name, values in data.items()}
    rows = [
        dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)
    ]
    if options.json:
        print_json(rows)
    else:
        print("\n".join(table_lines({name: name for name in lists}, rows)))
    return 0


def _plain(values: object) -> list[object]:
    """Return Python's own values, None where one is missing."""
    items = values.tolist() if hasattr(values, "tolist") else list(values)
    return [None if item != item else item for item in items]
