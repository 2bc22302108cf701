"""What the system says of its memory, shared memory and limits. Linux.

Each function returns None where the system doesn't tell.
"""

from __future__ import annotations

import glob
import os

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterator

# Version 1 of control groups gives this much, and more, for "no limit".
_NO_LIMIT = 2**60
_CGROUPS = "/sys/fs/cgroup"


def text_of(path: str) -> str | None:
    """Return the contents of a small file."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return None


def existing_parent(path: str) -> str:
    """Return the first of a path and the folders it is in that exists."""
    while not os.path.exists(path):
        path = os.path.dirname(path)
    return path


class Mount:
    """A file system: where it is mounted, its type and its options."""

    def __init__(self, point: str, kind: str, options: dict[str, str]) -> None:
        self.point = point
        self.kind = kind
        self.options = options


def mount_of(path: str) -> Mount | None:
    """Return the file system that a path lies in."""
    device = os.stat(path).st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    for line in reversed((text_of("/proc/self/mountinfo") or "").splitlines()):
        place, _, system = line.partition(" - ")
        fields = place.split()
        if fields[2] == number:
            kind, options = system.split()[0], system.split()[-1]
            pairs = (option.partition("=") for option in options.split(","))
            return Mount(fields[4], kind, {name: value for name, _, value in pairs})
    return None


def space_of(path: str) -> tuple[int, int]:
    """Return how many bytes a file system has, and how many of them are free."""
    system = os.statvfs(path)
    return system.f_blocks * system.f_frsize, system.f_bavail * system.f_frsize


def available_memory() -> int | None:
    """Return how much memory programs can still have without swapping."""
    for line in (text_of("/proc/meminfo") or "").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None


def memory_limit() -> tuple[int, int] | None:
    """Return the tightest limit of this process' control groups, and what is used."""
    limits = [
        (limit, used)
        for folder in _memory_groups()
        for limit_file, used_file in (
            ("memory.max", "memory.current"),
            ("memory.limit_in_bytes", "memory.usage_in_bytes"),
        )
        if (limit := _number(f"{folder}/{limit_file}")) is not None
        and limit < _NO_LIMIT
        and (used := _number(f"{folder}/{used_file}")) is not None
    ]
    return min(limits, key=lambda pair: pair[0] - pair[1], default=None)


def _memory_groups() -> Iterator[str]:
    """Yield the folders of this process' groups and of those that they are in."""
    for line in (text_of("/proc/self/cgroup") or "").splitlines():
        _, controllers, group = line.split(":", 2)
        if controllers and "memory" not in controllers.split(","):
            continue
        root = f"{_CGROUPS}/memory" if controllers else _CGROUPS
        # In a container the group's path is often that of the host: its root is here.
        while group not in ("", "/"):
            yield root + group
            group = os.path.dirname(group)
        yield root


def _number(path: str) -> int | None:
    text = (text_of(path) or "").strip()
    return int(text) if text.isdecimal() else None


def huge_page_choice() -> str | None:
    """Return when memory that isn't of a mounted file system gets huge pages."""
    text = text_of("/sys/kernel/mm/transparent_hugepage/shmem_enabled")
    chosen = (text or "").partition("[")[2].partition("]")[0]
    return chosen or None


def logout_removes_ipc(user: str) -> bool | None:
    """
    Whether the system removes a user's segments when they log out.

    systemd does unless ``RemoveIPC=no`` says otherwise, of ordinary users who don't
    linger.
    """
    if not os.path.isdir("/run/systemd/seats") or os.geteuid() < 1000:
        return False if os.path.isdir("/proc") else None
    if os.path.exists(f"/var/lib/systemd/linger/{user}"):
        return False
    return _logind_setting("RemoveIPC", "yes").lower() in ("yes", "true", "on", "1")


def _logind_setting(name: str, default: str) -> str:
    folders = ("/usr/lib", "/run", "/etc")
    files = [f"{folder}/systemd/logind.conf" for folder in folders]
    files += sorted(
        (p for folder in folders for p in glob.glob(f"{folder}/systemd/logind.conf.d/*")),
        key=os.path.basename,
    )
    for file in files:
        for line in (text_of(file) or "").splitlines():
            key, _, value = line.partition("=")
            if key.strip() == name:
                default = value.strip()
    return default


class SegmentLimits:
    """How large System V segments can be, how many there are and can be."""

    def __init__(self, most_bytes: int, most: int, count: int) -> None:
        self.most_bytes = most_bytes
        self.most = most
        self.count = count


def segment_limits() -> SegmentLimits | None:
    """Return the limits of segments of the original kind."""
    names = ("shmmax", "shmall", "shmmni")
    numbers = [_number(f"/proc/sys/kernel/{name}") for name in names]
    listed = text_of("/proc/sysvipc/shm")
    if listed is None or None in numbers:
        return None
    most_bytes, pages, most = numbers
    in_pages = pages * os.sysconf("SC_PAGE_SIZE")
    return SegmentLimits(min(most_bytes, in_pages), most, len(listed.splitlines()) - 1)
