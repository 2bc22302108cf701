"""Commands that remove: rm what is named, gc what is left over."""

from __future__ import annotations

import argparse
import os
from functools import partial

from .. import _core
from ..errors import ShmError, message_of
from ..original.info_files import info_file_of, is_certain
from ..printing import count_text, size_text
from ..reading.describing import is_info_file
from ..reading.dropping import remove
from ..reading.listing import segment_places
from ..storage.directory import Place, not_found, place_of
from ..storage.leftovers import gc
from .commands import add_command, add_json, print_json
from .messages import say


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Declare the commands of this group."""
    parser = add_command(
        commands,
        None,
        "rm",
        "remove segments, or those that an info file names; the info file stays",
        "shm rm panel wave2\nshm rm --all --dry-run\nshm rm segment_info.txt",
    )
    parser.add_argument("names", metavar="NAME|FILE", nargs="*")
    parser.add_argument("--all", action="store_true", help="all segments that have names")
    parser.add_argument(
        "--dry-run", action="store_true", help="only say what would be done"
    )
    parser.set_defaults(run=partial(_rm, parser))
    parser = add_command(
        commands,
        _gc,
        "gc",
        "remove what writers that died have left; segments stay",
        "shm gc --dry-run\nshm gc",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="only say what would be done"
    )
    add_json(parser)


def _rm(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    if bool(options.names) == options.all:
        parser.error("expected names or files, or --all")
    if options.all:
        for place in segment_places():
            _remove_image(place, options.dry_run)
        return 0
    # One that can't be removed is no reason to leave the others.
    return max([_remove(name, options.dry_run) for name in options.names])


def _remove(name: str, dry_run: bool) -> int:
    try:
        if is_info_file(name):
            _remove_segments(name, dry_run)
        else:
            _remove_image(place_of(name), dry_run)
    except (ShmError, OSError, ValueError) as error:
        say(message_of(error))
        return 1
    return 0


def _remove_image(place: Place, dry_run: bool) -> None:
    there = os.path.lexists(place.path) if dry_run else remove(place)
    if not there:
        raise not_found(place)
    print(f"{place.name or place.path}: {_done(dry_run)}")


def _remove_segments(info_file: str, dry_run: bool) -> None:
    for segment in info_file_of(info_file).segments:
        title = f"segment {segment.id} of {segment.name}"
        if not is_certain(segment):
            print(f"{title}: {segment.state}, left alone")
            continue
        if not dry_run:
            _core.deallocate(segment.id)
        print(f"{title}: {_done(dry_run)}")


def _done(dry_run: bool) -> str:
    return "would be removed" if dry_run else "removed"


def _gc(options: argparse.Namespace) -> int:
    found = gc(options.dry_run)
    if options.json:
        print_json([leftover.to_dict() for leftover in found])
        return 0
    done = "would be removed" if options.dry_run else "removed"
    for leftover in found:
        print(f"{leftover.path}: {size_text(leftover.nbytes)}, {done}")
    say(f"{count_text(len(found), 'leftover')} of dead writers")
    return 0
