"""The segments that there are."""

from __future__ import annotations

import os
import time

from ..errors import InvalidInputError, SegmentNotFoundError, ShmError, message_of
from ..storage.directory import (
    Place,
    check_name,
    existing_directory,
    is_memory_link,
    open_image,
)
from ..storage.records import SegmentInfo
from .describing import WAIT_REMEDY, facts_of, mapped_image

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    import builtins

_SUFFIX = ".dta"
_NO_CONTENTS = {
    "release": None,
    "observations": None,
    "variables": None,
    "data_label": None,
}


def list() -> builtins.list[SegmentInfo]:
    """
    Return what segments there are, by name.

    A segment that can't be read is among them, with its `problem`.

    Returns
    -------
    list of SegmentInfo

    Raises
    ------
    AccessError
        The segment directory is another user's.

    Examples
    --------
    >>> import shm
    >>> segment = shm.write({"x": [1, 2]}, "listed")
    >>> [info.observations for info in shm.list() if info.name == "listed"]
    [2]
    >>> shm.drop("listed")
    """
    infos = [segment_info(place) for place in segment_places()]
    return [info for info in infos if info is not None]


def segment_places() -> builtins.list[Place]:
    """Return the names that are taken in the segment directory, in order."""
    directory = existing_directory()
    if directory is None:
        return []
    files = [file for file in os.listdir(directory) if file.endswith(_SUFFIX)]
    names = sorted(file.removesuffix(_SUFFIX) for file in files)
    return [
        Place(os.path.join(directory, name + _SUFFIX), name)
        for name in names
        if _is_name(name)
    ]


def _is_name(name: str) -> bool:
    try:
        check_name(name)
    except InvalidInputError:
        return False
    return True


def segment_info(place: Place) -> SegmentInfo | None:
    """Return what is known of a segment; None of one that has vanished meanwhile."""
    try:
        fd = open_image(place)
    except SegmentNotFoundError as error:
        return _without_file(place, error) if is_memory_link(place.path) else None
    except ShmError as error:
        return _without_file(place, error)
    try:
        return SegmentInfo(**facts_of(place, fd), **_contents(place, fd))
    finally:
        os.close(fd)


def _contents(place: Place, fd: int) -> dict[str, object]:
    try:
        image = mapped_image(place, fd)
    except ShmError as error:
        return {**_NO_CONTENTS, "problem": _problem(place, error)}
    schema = image.schema
    return {
        "release": schema["release"],
        "observations": image.observations,
        "variables": len(schema["variables"]),
        "data_label": schema["data_label"],
        "problem": None,
    }


def _without_file(place: Place, error: ShmError) -> SegmentInfo | None:
    """Return what the directory itself says of a segment that can't be opened."""
    try:
        status = os.lstat(place.path)
    except FileNotFoundError:
        return None
    in_memory = is_memory_link(place.path)
    return SegmentInfo(
        name=place.name,
        path=place.path,
        kind="memory" if in_memory else "file",
        nbytes=0 if in_memory else status.st_size,
        age=max(0.0, time.time() - status.st_mtime),
        owner_pid=None,
        owner_state="dead" if in_memory else "unknown",
        **_NO_CONTENTS,
        problem=_problem(place, error),
    )


def _problem(place: Place, error: ShmError) -> str:
    """Return an error's sentence without the name, which stands before it anyway."""
    text = message_of(error).removesuffix(WAIT_REMEDY)
    return text.removeprefix(str(place)).lstrip(": ")
