"""The command head: the first rows of an image."""

from __future__ import annotations

import argparse

from ..printing import table_lines
from .commands import add_command, add_json, print_json

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from ..reading.segment import Segment

_INTEGERS = ("byte", "int", "long")


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
    from ..reading.segment import open as open_segment

    segment = open_segment(options.name)
    wanted = options.columns.split(",") if options.columns else segment.variables
    columns = _columns(segment, wanted, options.n)
    rows = [dict(zip(wanted, row, strict=True)) for row in zip(*columns, strict=True)]
    if options.json:
        print_json(rows)
    else:
        print("\n".join(table_lines({name: name for name in wanted}, rows)))
    return 0


def _columns(segment: Segment, wanted: list[str], rows: int) -> list[list[object]]:
    data = segment.to_dict(columns=wanted, rows=slice(0, rows))
    types, variables = segment.types, segment.metadata["variables"]
    sets = segment.value_labels
    return [
        _values(data[name], types[name], sets.get(variables[name]["value_label"], {}))
        for name in wanted
    ]


def _values(array: object, type: str, labels: dict[object, str]) -> list[object]:
    """Return values as Python has them, labels for those that have one."""
    values = [None if item != item else item for item in array.tolist()]
    if type in _INTEGERS:
        values = [int(item) if isinstance(item, float) else item for item in values]
    return [labels.get(item, item) for item in values]
