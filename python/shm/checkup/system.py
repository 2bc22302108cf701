"""What the system does to segments, and how many it allows."""

from __future__ import annotations

from ..printing import size_text
from ..storage.directory import user_name
from . import machine
from .findings import note, ok

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .findings import Finding

_KEYS = 255  # that segments of the original kind can have
_ANY_SIZE = 2**50


def look() -> Iterator[Finding]:
    """Yield what there is to say of the system's habits and limits."""
    removes = machine.logout_removes_ipc(user_name())
    if removes is not None:
        yield _logout(removes)
    limits = machine.segment_limits()
    if limits is not None:
        yield _segments(limits)


def _logout(removes: bool) -> Finding:
    if not removes:
        return ok("logging out", "leaves segments alone")
    return note(
        "logging out",
        "systemd removes your segments when your last session ends (RemoveIPC=yes)",
        "loginctl enable-linger; or RemoveIPC=no in /etc/systemd/logind.conf",
    )


def _segments(limits: machine.SegmentLimits) -> Finding:
    most = limits.most_bytes
    size = "any size" if most >= _ANY_SIZE else f"up to {size_text(most)}"
    text = f"{limits.count} of {limits.most} System V segments, of {size} each"
    if limits.most - limits.count >= _KEYS:
        return ok("segments", text)
    return note("segments", text, "ipcs -m lists them, ipcrm -m ID removes one")
