"""The segments that an info file of the original kind names."""

from __future__ import annotations

import os
import time

from .. import _core
from ..errors import InvalidInputError
from ..storage.file_kinds import kind_of_file
from ..storage.records import InfoFile, Record
from .segments import info_path

TYPE_NAMES = ("int", "float", "long")


def info_file_of(path: str | os.PathLike[str]) -> InfoFile:
    """
    Return what an info file says, and what the system says of its segments.

    Raises
    ------
    OSError
        It can't be read.
    ValueError
        A line is malformed; the message has its number.
    """
    rows = [_row(record) for record in records_of(path)]
    return InfoFile(path=os.fsdecode(path), segments=rows)


def records_of(path: str | os.PathLike[str]) -> list[_core.SegmentRecord]:
    """
    Return what an info file says of its segments.

    Raises
    ------
    InvalidInputError
        It is a file of another kind, or a line is malformed.
    """
    kind = kind_of_file(path)
    if kind is not None:
        path = os.fsdecode(path)
        raise InvalidInputError(
            f"{path!r} is {kind.text}, and neither segment nor .dta file"
            f"{kind.remedy(path)}"
        )
    return _core.read_info(info_path(path))


def is_certain(segment: Record) -> bool:
    """Whether a segment is the one that is meant: with another key it is somebody's."""
    return segment.state not in ("gone", "replaced")


def _row(record: _core.SegmentRecord) -> Record:
    state, status = _core.record_state(record)
    age = None if status is None else max(0, int(time.time()) - status.changed)
    return Record(
        name=record.name,
        type=TYPE_NAMES[record.type],
        elements=record.elements,
        key=record.key,
        id=record.id,
        bytes=None if status is None else status.bytes,
        attached=None if status is None else status.attached,
        age=age,
        state=state,
    )
