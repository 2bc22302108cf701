"""Removing segments."""

from __future__ import annotations

import os
import sys

from ..errors import InvalidInputError
from ..storage.directory import Place, existing_directory, not_found, open_error
from .describing import is_info_file, place_of_any

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from .segment import Segment


def drop(*names: str | os.PathLike[str] | Segment, missing_ok: bool = False) -> None:
    """
    Remove segments.

    Whoever has one open keeps it until it is closed; the name is free at once.

    Parameters
    ----------
    names : str, path or Segment
        Segment names, paths of ``.dta`` files, or segments.
    missing_ok : bool, default False
        Take no notice of those that are not there.

    Raises
    ------
    SegmentNotFoundError
        There is no such segment. Those before it are removed.
    InvalidInputError
        A path is that of something else than an image.
    AccessError
        The segment directory is another user's.

    Examples
    --------
    >>> import shm
    >>> segment = shm.write({"x": [1, 2]}, "dropped")
    >>> shm.drop("dropped")
    >>> shm.drop("dropped", missing_ok=True)
    """
    for name in names:
        place = place_of_any(name)
        if not remove(place) and not missing_ok:
            raise not_found(place)


def remove(place: Place) -> bool:
    """Remove what is at a place; return whether there was anything."""
    if place.name is not None:
        if existing_directory() is None:
            return False
    elif os.path.lexists(place.path) and is_info_file(os.path.abspath(place.path)):
        raise InvalidInputError(
            f"{place} is no image. Of an info file, the command `shm rm` removes the "
            "segments that it names"
        )
    try:
        os.unlink(place.path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise open_error(place, error) from None
    publishing = sys.modules.get("shm.storage.publishing")
    if publishing is not None:
        publishing.let_go(place.path)
    return True
