"""Commands about this machine and installation: doctor, adopath."""

from __future__ import annotations

import argparse

from ..stata import stata_path
from .commands import add_command, add_json, print_json


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Declare the commands of this group."""
    parser = add_command(
        commands,
        _doctor,
        "doctor",
        "look at what of this machine matters to segments, and say what to do",
        "shm doctor\nshm doctor --json",
    )
    add_json(parser)
    add_command(
        commands,
        _adopath,
        "adopath",
        "print the folder to add to the ado-path",
        'shm adopath\necho "adopath + \\"$(shm adopath)\\"" >> ~/ado/personal/profile.do',
    )


def _doctor(options: argparse.Namespace) -> int:
    from ..checkup import doctor

    report = doctor()
    if options.json:
        print_json(report.to_dict())
    else:
        print(report)
    return 0 if report.ok else 1


def _adopath(options: argparse.Namespace) -> int:
    print(stata_path())
    return 0
