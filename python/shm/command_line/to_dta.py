"""The command to-dta: a segment into a file."""

from __future__ import annotations

import argparse
import errno
import os

from ..errors import SegmentExistsError
from ..printing import size_text
from ..reading.describing import mapped_image
from ..storage.copying import copy_image
from ..storage.directory import open_image, place_of
from .commands import add_command
from .formats import format_of, library
from .messages import say

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from ..reading.targets.arrow_target import ArrowData

_BATCH_ROWS = 262_144


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Declare the commands of this group."""
    parser = add_command(
        commands,
        _to_dta,
        "to-dta",
        "save a segment as a .dta file, or as Parquet, Feather or CSV",
        "shm to-dta panel panel.dta\n"
        "shm to-dta panel panel.parquet --force     (with pyarrow or polars installed)",
    )
    parser.add_argument("name", metavar="NAME")
    parser.add_argument(
        "file", metavar="FILE", help=".dta, .parquet, .feather, .arrow or .csv"
    )
    parser.add_argument("--force", action="store_true", help="replace the file")


def _to_dta(options: argparse.Namespace) -> int:
    if os.path.lexists(options.file) and not options.force:
        text = f"{options.file} exists; --force replaces it"
        raise SegmentExistsError(errno.EEXIST, text)
    if format_of(options.file) == "dta":
        _copy(options.name, options.file)
    else:
        _convert(options.name, options.file)
    say(f"{options.file}: {size_text(os.stat(options.file).st_size)}")
    return 0


def _copy(name: str, file: str) -> None:
    place = place_of(name)
    fd = open_image(place)
    try:
        mapped_image(place, fd)  # a damaged one is not passed on
        copy_image(fd, place_of(os.path.abspath(file)))
    finally:
        os.close(fd)


def _convert(name: str, file: str) -> None:
    """Write another format under a name of its own first: it is whole or not there."""
    unfinished = os.path.join(os.path.dirname(file), f".{os.path.basename(file)}.tmp")
    try:
        with library() as files:
            files.write(_rows(name), unfinished, format_of(file))
        os.replace(unfinished, file)
    except BaseException:
        if os.path.lexists(unfinished):
            os.unlink(unfinished)
        raise


def _rows(name: str) -> ArrowData:
    """Return the data batch by batch, categories where there are value labels."""
    from ..reading.segment import open as open_segment
    from ..reading.selection import Selection
    from ..reading.targets.arrow_target import stream

    selection = Selection(open_segment(name))
    return stream(selection, selection.places, batch_rows=_BATCH_ROWS)
