"""Messages for people: on standard error, for standard output is for data."""

from __future__ import annotations

import sys


def say(text: str) -> None:
    """Print a message."""
    print(f"shm: {text}", file=sys.stderr)
