"""Progress of long work: a bar, or a function of the caller."""

from __future__ import annotations

import contextlib

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SHOW_AFTER = 0.5  # seconds: a bar that is gone at once only flickers


@contextlib.contextmanager
def reported(
    progress: bool | Callable[[int, int], object] | None, total: int, doing: str
) -> Iterator[Callable[[int], None] | None]:
    """
    Give a function that takes the rows done so far, or None where nobody wants to know.

    Parameters
    ----------
    progress : bool, callable or None
        True shows a bar (tqdm's where it is installed, else a line on stderr); a function
        is called with the rows done and all rows.
    total : int
        All rows; 0 where nobody knows.
    doing : str
        What is done, for the bar.
    """
    if not progress:
        yield None
        return
    if callable(progress):
        yield lambda done: progress(done, total)
        if total:
            progress(total, total)
        return
    try:
        from tqdm.auto import tqdm
    except ImportError:
        with _line(total, doing) as update:
            yield update
        return
    with tqdm(
        total=total or None, desc=doing, unit="row", unit_scale=True, delay=_SHOW_AFTER
    ) as bar:
        yield lambda done: bar.update(done - bar.n)
        if total:
            bar.update(total - bar.n)


@contextlib.contextmanager
def _line(total: int, doing: str) -> Iterator[Callable[[int], None]]:
    import sys
    import time

    started = time.monotonic()
    shown = False

    def update(done: int) -> None:
        nonlocal shown
        if time.monotonic() - started < _SHOW_AFTER or not sys.stderr.isatty():
            return
        shown = True
        share = f"{done / total:.0%}" if total else f"{done} rows"
        sys.stderr.write(f"\r{doing}: {share}")
        sys.stderr.flush()

    yield update
    if shown:
        sys.stderr.write(f"\r{doing}: done\n")
