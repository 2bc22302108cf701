"""How much room there is for images, and how fast it is."""

from __future__ import annotations

from ..printing import size_text
from ..storage import directory
from . import machine
from .findings import note, ok, problem

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .findings import Finding

_CONTAINER = 64 * 2**20  # the size that Docker and Kubernetes give /dev/shm
_SMALL = 256 * 2**20
_MORE = (
    "in Docker start the container with --shm-size=8g (or --ipc=host), in Kubernetes "
    "mount an emptyDir with medium: Memory at /dev/shm, elsewhere type mount -o "
    'remount,size=8g /dev/shm as root; or write with fallback="memfd", which needs no '
    "room there"
)


def look() -> Iterator[Finding]:
    """Yield what there is to say of memory and shared memory."""
    folder = machine.existing_parent(directory.segment_directory())
    total, free = machine.space_of(folder)
    yield _space(total, free)
    limit, available = machine.memory_limit(), machine.available_memory()
    if limit is not None:
        yield _limit(*limit, free)
        available = min(limit[0] - limit[1], available or limit[0])
    if available is not None:
        yield _largest_image(free, max(0, available))
    yield from _huge_pages(machine.mount_of(folder))


def _space(total: int, free: int) -> Finding:
    text = f"{size_text(free)} of {size_text(total)} free"
    if total == _CONTAINER:
        return problem("space", f"{text}: the size that containers have", _MORE)
    if total < _SMALL:
        return problem("space", text, _MORE)
    if free < _SMALL:
        return problem("space", text, "`shm list` shows what is there, `shm rm` drops it")
    return ok("space", text)


def _limit(limit: int, used: int, free: int) -> Finding:
    left = max(0, limit - used)
    text = f"{size_text(left)} of {size_text(limit)} left in the control group"
    if left >= free:
        return ok("memory limit", text)
    remedy = "a larger limit (docker --memory, resources.limits.memory, sbatch --mem)"
    return note("memory limit", f"{text}, where images count as well", remedy)


def _largest_image(free: int, available: int) -> Finding:
    largest, beside = min(free, available), min(free, available // 2)
    text = f"up to {size_text(largest)}"
    if beside < largest:
        text += f", or {size_text(beside)} with Stata's copy of the data beside it"
    return ok("largest image", text)


def _huge_pages(mount: machine.Mount | None) -> Iterator[Finding]:
    if mount is not None and mount.kind == "tmpfs":
        yield _huge_pages_of(mount)
    choice = machine.huge_page_choice()
    if choice is not None:
        text = f"shmem_enabled is {choice!r}: for System V segments and memfd images"
        yield ok("huge pages", text)


def _huge_pages_of(mount: machine.Mount) -> Finding:
    huge = mount.options.get("huge", "never")
    if huge != "never":
        return ok("huge pages", f"huge={huge} at {mount.point}")
    return note(
        "huge pages",
        f"none at {mount.point}; writing is 2 to 5 times as fast with them",
        f"mount -o remount,huge=within_size {mount.point} as root",
    )
