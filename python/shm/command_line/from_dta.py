"""The command from-dta: a file into a segment."""

from __future__ import annotations

import argparse
import os

from .. import _core
from ..errors import InvalidInputError
from ..reading.describing import mapped_image
from ..reading.listing import segment_info
from ..storage.copying import copy_image
from ..storage.directory import MAX_NAME, Place, open_image, place_of
from .commands import add_command, add_json, print_json
from .formats import format_of, library, stem_of

_AS_THEY_ARE = (117, 118, 119)


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Declare the commands of this group."""
    parser = add_command(
        commands,
        _from_dta,
        "from-dta",
        "make a segment of a .dta file, or of Parquet, Feather or CSV",
        "shm from-dta panel.dta\n"
        "shm from-dta visits.parquet wave2          (with pyarrow or polars installed)",
    )
    parser.add_argument(
        "file", metavar="FILE", help=".dta, .parquet, .feather, .arrow or .csv"
    )
    parser.add_argument(
        "name", metavar="NAME", nargs="?", help="by default that of the file"
    )
    parser.add_argument(
        "--stream",
        action="store_true",
        help="write batch by batch, in little memory; as no value is known before, "
        "texts become strL and integers are of the file's types",
    )
    add_json(parser)


def _from_dta(options: argparse.Namespace) -> int:
    place = place_of(options.name or name_for(options.file))
    if place.name is None:
        raise InvalidInputError(
            f"{options.name!r} is no segment name; copy the file there"
        )
    if format_of(options.file) == "dta":
        _from_image(place_of(os.path.abspath(options.file)), place)
    else:
        _from_table(options.file, place, options.stream)
    info = segment_info(place)
    if options.json:
        print_json(info.to_dict())
    else:
        print(info)
    return 0


def name_for(file: str) -> str:
    """
    Return a segment name that resembles a file's.

    >>> name_for("data/Wave 2 (final).dta"), name_for(".hidden.csv")
    ('Wave_2__final_', 'hidden')
    """
    stem = stem_of(file).lstrip(".")
    return "".join(char if _may_stay(char) else "_" for char in stem)[:MAX_NAME]


def _may_stay(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in "_-.")


def _from_image(source: Place, place: Place) -> None:
    """Copy what Stata can use as it is; write the old and the big-endian ones anew."""
    fd = open_image(source)
    try:
        if _is_used_as_it_is(mapped_image(source, fd)):
            copy_image(fd, place)
            return
    finally:
        os.close(fd)
    from .. import open as open_segment

    _write(open_segment(source.path), place, stream=False)


def _is_used_as_it_is(image: _core.Image) -> bool:
    schema = image.schema
    return schema["release"] in _AS_THEY_ARE and schema["byte_order"] == "little"


def _from_table(file: str, place: Place, stream: bool) -> None:
    with library() as files:
        _write(files.read(file, format_of(file), stream), place, stream)


def _write(data: object, place: Place, stream: bool) -> None:
    from .. import write

    write(data, place.name, stream=stream)
