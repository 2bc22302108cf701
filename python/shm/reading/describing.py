"""What is known of an image, or of an info file, without reading its data."""

from __future__ import annotations

import os
import time

from .. import _core
from ..errors import DamagedImageError, InvalidInputError
from ..metadata import metadata_of, original_names
from ..original.info_files import info_file_of
from ..storage.directory import (
    Place,
    is_memory_link,
    is_path,
    open_image,
    place_of,
    segment_directory,
)
from ..storage.file_kinds import kind_of_bytes
from ..storage.owner import Owner, owner_of
from ..storage.records import ImageInfo, VariableInfo
from ..storage.waiting import OLD_RELEASES, is_whole

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from ..storage.records import InfoFile
    from .segment import Segment

_TAG = b"<stata_dta>"
_READ_AT_ONCE = 512
WAIT_REMEDY = "; wait= of shm.read and shm.open waits until it is whole"


def info(name: str | os.PathLike[str] | Segment) -> ImageInfo | InfoFile:
    """
    Describe an image by its header, whatever the size of its data.

    Parameters
    ----------
    name : str, path or Segment
        A segment name, the path of a ``.dta`` file, or an info file of `write_frame`.

    Returns
    -------
    ImageInfo or InfoFile
        Its attributes say what there is; ``to_dict()`` gives them for JSON.

    Raises
    ------
    SegmentNotFoundError
        There is no such segment.
    DamagedImageError
        It is no whole image. The message says where it ends being one.
    AccessError
        It is another user's.

    Examples
    --------
    >>> import shm
    >>> segment = shm.write({"x": [1, 2], "y": ["a", "bc"]}, "described")
    >>> described = shm.info("described")
    >>> described.observations, [variable.type for variable in described.variables]
    (2, ['long', 'str2'])
    >>> shm.drop("described")
    """
    if isinstance(name, str | os.PathLike) and is_info_file(name):
        return info_file_of(name)
    place = place_of_any(name)
    fd = open_image(place)
    try:
        return _image_info(place, fd)
    finally:
        os.close(fd)


def place_of_any(name: str | os.PathLike[str] | Segment) -> Place:
    """Return the place of a name, a path or a segment."""
    place = getattr(name, "place", None)
    return place if isinstance(place, Place) else place_of(name)


def is_info_file(name: str | os.PathLike[str]) -> bool:
    """Whether this is an info file of the original kind, neither segment nor image."""
    if not is_path(name):
        segment = os.path.join(segment_directory(), f"{name}.dta")
        return not os.path.lexists(segment) and os.path.isfile(name)
    path = os.fsdecode(name)
    return not path.endswith(".dta") and not _begins_as_image(path)


def facts_of(place: Place, fd: int) -> dict[str, object]:
    """Return what the system says of an image that is open, for a record."""
    status = os.fstat(fd)
    in_memory = is_memory_link(place.path)
    owner = _owner_by_link(place.path) if in_memory else owner_of(fd)
    return {
        "name": place.name,
        "path": place.path,
        "kind": "memory" if in_memory else "file",
        "nbytes": status.st_size,
        "age": max(0.0, time.time() - status.st_mtime),
        "owner_pid": owner.pid,
        "owner_state": owner.state,
    }


def mapped_image(place: Place, fd: int) -> _core.Image:
    """
    Return the image in a file.

    Raises
    ------
    DamagedImageError
        It is none, or not yet a whole one.
    """
    if not is_whole(fd):
        size = os.fstat(fd).st_size
        state = "is empty"
        if size:
            state = f"is half-saved: {size} bytes, without the end of an image"
        raise DamagedImageError(f"{place} {state}{WAIT_REMEDY}")
    try:
        return _core.Image.map(fd)
    except (DamagedImageError, InvalidInputError) as error:
        beginning = os.pread(fd, _READ_AT_ONCE, 0)
        if not _is_beginning(beginning):
            raise _no_image(place, beginning) from None
        raise DamagedImageError(f"{place}: {error}") from None


def image_of(buffer: object) -> _core.Image:
    """
    Return the image in a buffer of bytes, which must not change.

    Raises
    ------
    DamagedImageError
        It is none.
    """
    try:
        return _core.Image.of(buffer)
    except InvalidInputError as error:
        kind = kind_of_bytes(bytes(memoryview(buffer)[:_READ_AT_ONCE]))
        looks = "" if kind is None else f"; they look like {kind.text}"
        raise DamagedImageError(f"{error}{looks}") from None


def _no_image(place: Place, beginning: bytes) -> DamagedImageError:
    kind = kind_of_bytes(beginning)
    if kind is None:
        return DamagedImageError(f"{place} is no .dta image")
    return DamagedImageError(
        f"{place} is no .dta image: it looks like {kind.text}{kind.remedy(place.path)}"
    )


def _image_info(place: Place, fd: int) -> ImageInfo:
    image = mapped_image(place, fd)
    schema = image.schema
    columns = original_names(schema)
    metadata = metadata_of(schema, columns)
    metadata["variables"] = [
        VariableInfo(column=column, **variable)
        for column, variable in metadata["variables"].items()
    ]
    return ImageInfo(
        **facts_of(place, fd),
        byte_order=schema["byte_order"],
        observations=image.observations,
        **metadata,
    )


def _owner_by_link(path: str) -> Owner:
    """Return the process whose memory a link leads to; it was there to open it."""
    return Owner(int(os.readlink(path).split("/")[2]), "alive")


def _begins_as_image(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            beginning = file.read(len(_TAG))
    except OSError:
        return False
    return _is_beginning(beginning)


def _is_beginning(beginning: bytes) -> bool:
    """Whether an image begins like this."""
    is_old = len(beginning) > 1 and _is_old_header(beginning)
    return beginning.startswith(_TAG) or is_old


def _is_old_header(beginning: bytes) -> bool:
    byte_orders = (1, 2)
    return beginning[0] in OLD_RELEASES and beginning[1] in byte_orders
