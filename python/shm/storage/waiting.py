"""Waiting for an image: until it is there and whole, or until it is another one."""

from __future__ import annotations

import os
import time

from ..arguments import check_seconds, described
from ..errors import InvalidInputError, SegmentNotFoundError, WaitTimeoutError
from .directory import is_memory_link, open_image, place_of

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..reading.segment import Segment
    from .directory import Place

    Identity = tuple[int, int, int, int]

_FIRST_SLEEP = 0.0005
_LONGEST_SLEEP = 0.05
OLD_RELEASES = range(102, 116)  # the first byte of an image, before there were tags
_OPENING, _CLOSING = b"<stata_dta>", b"</stata_dta>"
_AFTER_CLOSING = b"\r\n"  # some programs end the file with a line's end


def wait(
    name: str | os.PathLike[str],
    timeout: float | None = None,
    *,
    newer_than: Segment | None = None,
) -> Segment:
    """
    Wait until a segment is there, or until it is a newer one.

    An image that Stata's own `save` is writing is waited for until it is whole. Ctrl-C
    ends the wait.

    Parameters
    ----------
    name : str or path
        A segment name, or the path of a ``.dta`` file.
    timeout : float, optional
        Seconds; by default the wait has no end.
    newer_than : Segment, optional
        What was there before: the wait is for another image than this, or for a change of
        it.

    Returns
    -------
    Segment

    Raises
    ------
    WaitTimeoutError
        The time is over. The message says what was there.
    AccessError
        The segment is another user's.

    Examples
    --------
    >>> import shm
    >>> shm.write({"x": [1, 2, 3]}, "waited").name
    'waited'
    >>> shm.wait("waited", timeout=5).name
    'waited'
    >>> shm.drop("waited")
    """
    from ..reading.segment import Segment

    place = place_of(name)
    check_seconds("timeout", timeout)
    if newer_than is None:
        fd = wait_for_image(place, timeout)
    else:
        if not isinstance(newer_than, Segment):
            raise InvalidInputError(
                "newer_than must be a segment, as shm.open returns it, not "
                f"{described(newer_than)}"
            )
        fd = wait_for_change(place, newer_than.identity, timeout)
    return Segment(place, fd=fd)


def wait_for_image(place: Place, seconds: float | None) -> int:
    """
    Return the descriptor of an image as soon as it is there and whole.

    Raises
    ------
    WaitTimeoutError
        It isn't after so many seconds; None waits for ever.
    """
    return _wait(place, None, seconds)


def wait_for_change(place: Place, seen: Identity, seconds: float | None) -> int:
    """Return the descriptor of a whole image that isn't the one that was seen before."""
    return _wait(place, seen, seconds)


def identity_of(status: os.stat_result) -> Identity:
    """Return what tells a file from another, or from itself before a change."""
    return (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)


def is_whole(fd: int) -> bool:
    """
    Whether a file holds all of its image: what Stata saves grows until it is closed.

    Releases before 117 have no mark at their end and are taken for whole.
    """
    size = os.fstat(fd).st_size
    if size == 0:
        return False
    opening = os.pread(fd, len(_OPENING), 0)
    if len(opening) < len(_OPENING):
        is_beginning = _OPENING.startswith(opening) or opening[0] in OLD_RELEASES
        return not is_beginning  # what is something else has no end to wait for
    if opening != _OPENING:
        return True
    tail = len(_CLOSING) + len(_AFTER_CLOSING)
    return (
        os.pread(fd, tail, max(0, size - tail)).rstrip(_AFTER_CLOSING).endswith(_CLOSING)
    )


def _wait(place: Place, seen: Identity | None, seconds: float | None) -> int:
    found = ""
    for _ in _attempts(seconds):
        try:
            fd = open_image(place)
        except SegmentNotFoundError:
            found = "nothing is there"
            if is_memory_link(place.path):
                found = "what is there lay in the memory of a process that has ended"
            continue
        if seen is not None and identity_of(os.fstat(fd)) == seen:
            found = "it has not changed"
        elif is_whole(fd):
            return fd
        else:
            found = f"it is half-saved, {os.fstat(fd).st_size} bytes so far"
        os.close(fd)
    raise WaitTimeoutError(f"waited {seconds:g} seconds for {place}: {found}")


def _attempts(seconds: float | None) -> Iterator[None]:
    """Yield at growing intervals until the time is over, once at least."""
    end = None if seconds is None else time.monotonic() + seconds
    sleep = _FIRST_SLEEP
    while True:
        yield
        left = _LONGEST_SLEEP if end is None else end - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(sleep, left))
        sleep = min(sleep * 1.5, _LONGEST_SLEEP)
