"""The command check: is this image whole and in order."""

from __future__ import annotations

import argparse
import os

from ..errors import DamagedImageError, message_of
from ..printing import count_text
from ..reading.describing import mapped_image
from ..storage.directory import Place, open_image, place_of
from .commands import add_command, add_json, print_json
from .messages import say


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Declare the commands of this group."""
    parser = add_command(
        commands,
        _check,
        "check",
        "verify an image, every value of it; exit status 1 says that it is damaged",
        "shm check panel\nshm check results/panel.dta --strict",
    )
    parser.add_argument("name", metavar="NAME|FILE")
    parser.add_argument(
        "--strict",
        action="store_true",
        help="take warnings for damage: oddities that Stata reads over",
    )
    add_json(parser)


def _check(options: argparse.Namespace) -> int:
    findings = _findings(place_of(options.name))
    if options.json:
        print_json(findings)
    else:
        for finding in findings:
            print(_line(finding))
        say(_summary(findings))
    bad = {"error", "warning"} if options.strict else {"error"}
    return 1 if any(finding["severity"] in bad for finding in findings) else 0


def _findings(place: Place) -> list[dict[str, object]]:
    fd = open_image(place)
    try:
        found = mapped_image(place, fd).check()
    except DamagedImageError as error:
        found = [("error", None, message_of(error))]
    finally:
        os.close(fd)
    names = ("severity", "offset", "text")
    return [dict(zip(names, finding, strict=True)) for finding in found]


def _line(finding: dict[str, object]) -> str:
    offset = finding["offset"]
    where = "" if offset is None else f" at byte {offset}"
    return f"{finding['severity']}{where}: {finding['text']}"


def _summary(findings: list[dict[str, object]]) -> str:
    errors = sum(finding["severity"] == "error" for finding in findings)
    warnings = len(findings) - errors
    return f"{count_text(errors, 'error')}, {count_text(warnings, 'warning')}"
