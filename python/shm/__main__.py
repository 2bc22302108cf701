"""The command line: ``shm`` or ``python -m shm``."""

from __future__ import annotations

import argparse
import json
import sys
import time

from . import __version__, _core
from .segments import info_path
from .stata import stata_path

TYPE_NAMES = ("int", "float", "long")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0 done, 1 failed (a usage error exits with 2)."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (OSError, ValueError) as error:
        print(f"shm: {getattr(error, 'strerror', None) or error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="shm", description="Segments that hand data over between Python and Stata."
    )
    parser.add_argument("--version", action="version", version=f"shm {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    info = commands.add_parser("info", help="show the segments that an info file names")
    info.add_argument("file", metavar="FILE", help="an info file")
    info.add_argument("--json", action="store_true", help="for programs")
    info.set_defaults(run=_info)
    remove = commands.add_parser("rm", help="remove the segments that an info file names")
    remove.add_argument("file", metavar="FILE", help="an info file; it stays")
    remove.add_argument(
        "--dry-run", action="store_true", help="only say what would be done"
    )
    remove.set_defaults(run=_remove)
    adopath = commands.add_parser(
        "adopath", help="print the folder to add to the ado-path"
    )
    adopath.set_defaults(run=_adopath)
    return parser


def _info(options: argparse.Namespace) -> int:
    rows = [_row(record) for record in _core.read_info(info_path(options.file))]
    if options.json:
        print(json.dumps(rows, indent=2))
        return 0
    widths = [max(len(_cell(row[key])) for row in [*rows, _HEADER]) for key in _HEADER]
    for row in [_HEADER, *rows]:
        cells = zip(_HEADER, widths, strict=True)
        line = "  ".join(_cell(row[key]).ljust(width) for key, width in cells)
        print(line.rstrip())
    return 0


def _row(record: _core.SegmentRecord) -> dict[str, object]:
    """Say what the file says of a segment, then what the system says."""
    state, status = _core.record_state(record)
    age = None if status is None else max(0, int(time.time()) - status.changed)
    return {
        "name": record.name,
        "type": TYPE_NAMES[record.type],
        "elements": record.elements,
        "key": record.key,
        "id": record.id,
        "bytes": None if status is None else status.bytes,
        "attached": None if status is None else status.attached,
        "age": age,
        "state": state,
    }


_HEADER = {
    "name": "name",
    "type": "type",
    "elements": "elements",
    "key": "key",
    "id": "id",
    "bytes": "bytes",
    "attached": "attached",
    "age": "age (s)",
    "state": "state",
}


def _cell(value: object) -> str:
    return "-" if value is None else str(value)


def _remove(options: argparse.Namespace) -> int:
    """Remove what is certainly meant: a segment with another key is somebody else's."""
    for record in _core.read_info(info_path(options.file)):
        state, _ = _core.record_state(record)
        if state in ("gone", "replaced"):
            print(f"segment {record.id} of {record.name}: {state}, left alone")
            continue
        if not options.dry_run:
            _core.deallocate(record.id)
        done = "would be removed" if options.dry_run else "removed"
        print(f"segment {record.id} of {record.name}: {done}")
    return 0


def _adopath(options: argparse.Namespace) -> int:
    print(stata_path())
    return 0


if __name__ == "__main__":
    sys.exit(main())
