"""Who wrote an image, and whether that process is still there.

A writer marks its files with the attribute ``user.stata_pydata.owner``: its process id
and when it started, in clock ticks since the system did. A process id that was given to
somebody else since comes with another start, so the two together name one process.
"""

from __future__ import annotations

import contextlib
import os

ATTRIBUTE = "user.stata_pydata.owner"
_START_FIELD = 22  # of /proc/PID/stat, whose fields are counted from 1
_NO_PROCESS = 0


class Owner:
    """The process that wrote an image, as far as one can tell.

    Attributes
    ----------
    pid : int or None
    state : {'alive', 'dead', 'unknown'}
        Unknown of images without a mark: Stata saves such, and file systems without
        extended attributes keep none. A process of another container is dead from here.
    """

    __slots__ = ("pid", "state")

    def __init__(self, pid: int | None, state: str) -> None:
        self.pid = pid
        self.state = state

    def __repr__(self) -> str:
        return f"Owner(pid={self.pid}, state={self.state!r})"


UNKNOWN = Owner(None, "unknown")


def record_owner(fd: int) -> None:
    """Mark a file as this process', where its file system keeps such marks."""
    start = started(os.getpid())
    mark = f"{os.getpid()} {_NO_PROCESS if start is None else start}"
    with contextlib.suppress(AttributeError, OSError):  # tmpfs before Linux 6.6; macOS
        os.setxattr(fd, ATTRIBUTE, mark.encode())


def owner_of(file: int | str) -> Owner:
    """Return the owner of a file that is open, or at a path; UNKNOWN without a mark."""
    try:
        pid, start = map(int, os.getxattr(file, ATTRIBUTE).split())
    except (AttributeError, OSError, ValueError):
        return UNKNOWN
    return Owner(pid, "alive" if started(pid) == start else "dead")


def started(pid: int) -> int | None:
    """Return when a process started, in clock ticks; None of one that isn't there."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            stat = file.read()
    except OSError:
        return None
    # The second field is the program's name in parentheses, and may hold anything.
    fields = stat[stat.rfind(b")") + 2 :].split()
    state, start = fields[0], int(fields[_START_FIELD - 3])
    return None if state in (b"Z", b"X") else start
