"""Python's collector of cyclic garbage, out of the way of wide data frames."""

from __future__ import annotations

import contextlib
import gc

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def paused() -> Iterator[None]:
    """
    Pause the collector while a frame's columns are gone through.

    Nothing that is made meanwhile has cycles, but tens of thousands of columns make the
    collector look through all of the process' objects again and again, which takes half
    of the time.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
