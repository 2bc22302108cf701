"""The Stata that this Python is attached to: `push` data into it, `pull` them back.

Inside Stata (``python:``) that is the Stata around, reached through its module sfi; with
Stata inside Python it is what ``pystata.config.init`` started.
"""

from __future__ import annotations

import sys

from . import _core
from .errors import InvalidInputError, ShmError
from .reading.dropping import drop
from .stata import stata_path

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Callable


def push(data: object, *, frame: str | None = None, **options: object) -> None:
    """
    Make data the data set of the Stata that this Python is attached to.

    What Stata has in memory, or in the frame, is replaced. Stata takes the new data for
    changed since they were last saved, for they are nowhere else.

    Parameters
    ----------
    data : data frame
        Of any kind that `write` takes.
    frame : str, optional
        The Stata frame to load it into (Stata 16 and later); by default the current one.
    **options
        Options of `write`, but for ``name``.

    Raises
    ------
    InvalidInputError
        A frame that is no name in Stata, or a name for the segment: it lives only until
        Stata has the data.
    ShmError
        This Python is attached to no Stata, or Stata refused; Stata's output says why.

    Notes
    -----
    In Stata's own Python::

        python: import shm; shm.push(frame)
    """
    from .writing.write import write

    if "name" in options:
        raise InvalidInputError(
            "push() takes no name: its segment goes as soon as Stata has the data; "
            "shm.write(data, name) makes one that stays"
        )
    run = attached_stata()
    into = "" if frame is None else f" frame({_word(frame)})"
    segment = write(data, **options)
    try:
        _run(run, f"shm_use using {segment.name}, clear deallocate{into}")
    finally:
        drop(segment, missing_ok=True)


def pull(selection: str = "", *, frame: str | None = None, **options: object) -> object:
    """
    Return the data set of the Stata that this Python is attached to.

    Parameters
    ----------
    selection : str, optional
        As Stata writes it: ``"price mpg if foreign in 1/50"``. By default everything.
    frame : str, optional
        The Stata frame (Stata 16 and later); by default the current one.
    **options
        Options of `read`, ``as_="polars"`` among them.

    Raises
    ------
    ShmError
        This Python is attached to no Stata, or Stata refused; Stata's output says why.
    """
    from .reading.read import read
    from .storage.publishing import place_for

    if "\n" in selection or "\r" in selection:
        raise InvalidInputError("the selection must be one line")
    run = attached_stata()
    place = place_for(None)
    prefix = "" if frame is None else f"frame {_word(frame)}: "
    try:
        _run(run, f"{prefix}shm_save {selection} using {place.name}, replace")
        return read(place.name, **options)
    finally:
        drop(place.name, missing_ok=True)


def attached_stata() -> Callable[[str], object]:
    """
    Return a function that runs a line in the attached Stata, quietly.

    Raises
    ------
    ShmError
        There is none.
    """
    try:
        from sfi import SFIToolkit
    except ImportError:
        pass
    else:
        return lambda line: SFIToolkit.stata(line, False)
    if "pystata" in sys.modules:
        from pystata import stata

        return lambda line: stata.run(line, quietly=True)
    raise ShmError(
        "this Python is attached to no Stata: run it inside Stata (python:), or start "
        "Stata inside it with pystata.config.init; between two processes shm.write and "
        "shm_use do the same"
    )


def _run(run: Callable[[str], object], line: str) -> None:
    """Run a line of ours, with the commands of this installation behind all others."""
    run(f'quietly adopath + "{stata_path()}"')
    try:
        run(f"quietly {line}")
    except Exception as error:
        raise ShmError(f"Stata refused {line!r}: {error}") from error


def _word(name: str) -> str:
    if not _core.is_legal_name(name):
        raise InvalidInputError(f"{name!r} is no name of a frame in Stata")
    return name
