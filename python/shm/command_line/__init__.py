"""The command line: ``shm`` or ``python -m shm``."""

from __future__ import annotations

import argparse
import os
import sys

from .. import __version__
from ..errors import ShmError, message_of
from . import check, from_dta, head, installation, removal, segments, to_dta

_FAILED = 1
_INTERRUPTED = 130  # as shells have it


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0 done, 1 failed (a usage error exits with 2)."""
    options = _parser().parse_args(arguments)
    try:
        status = options.run(options)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has enough of it; what is left must go somewhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAILED
    except (ShmError, OSError, ValueError) as error:
        print(f"shm: {message_of(error)}", file=sys.stderr)
        return _FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="shm",
        description="Segments that hand data over between Python and Stata.",
        epilog="Examples: shm COMMAND --help. Exit status: 0 done, 1 failed, 2 usage.",
    )
    parser.add_argument("--version", action="version", version=f"shm {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for group in (segments, head, check, removal, to_dta, from_dta, installation):
        group.add_commands(commands)
    return parser
