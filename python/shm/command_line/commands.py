"""What the commands have in common: how they are declared, and output for programs."""

from __future__ import annotations

import argparse
import json

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Callable


def add_command(
    commands: argparse._SubParsersAction,
    run: Callable[[argparse.Namespace], int],
    name: str,
    summary: str,
    examples: str,
) -> argparse.ArgumentParser:
    """Declare a command, which help shows with its examples, one a line."""
    lines = "\n".join(f"  {line}" for line in examples.splitlines())
    parser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=f"examples:\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def add_json(parser: argparse.ArgumentParser) -> None:
    """Declare --json."""
    parser.add_argument("--json", action="store_true", help="for programs")


def print_json(value: object) -> None:
    """Print a value as JSON; what JSON doesn't know, as text."""
    print(json.dumps(value, indent=2, default=str, ensure_ascii=False))
