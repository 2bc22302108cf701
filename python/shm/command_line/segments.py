"""Commands that say what there is: list, info."""

from __future__ import annotations

import argparse

from ..printing import age_text, size_text, table_lines
from ..reading.describing import info
from ..reading.listing import list as list_segments
from ..storage.directory import segment_directory
from ..storage.records import InfoFile, SegmentInfo
from .commands import add_command, add_json, print_json
from .messages import say

_LIST = {
    "name": "name",
    "observations": "observations",
    "variables": "variables",
    "size": "size",
    "age": "age",
    "writer": "writer",
    "label": "label",
}


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Declare the commands of this group."""
    add_json(
        add_command(
            commands,
            _list,
            "list",
            "show what segments there are",
            "shm list\nshm list --json | jq '.[].name'",
        )
    )
    parser = add_command(
        commands,
        _info,
        "info",
        "show what a segment, a .dta file or an info file holds, by its header",
        "shm info panel\nshm info results/panel.dta --json\nshm info segment_info.txt",
    )
    parser.add_argument("name", metavar="NAME|FILE")
    add_json(parser)


def _list(options: argparse.Namespace) -> int:
    segments = list_segments()
    if options.json:
        print_json([segment.to_dict() for segment in segments])
    elif segments:
        print("\n".join(table_lines(_LIST, map(_listed, segments))))
    else:
        say(f"no segments in {segment_directory()}")
    return 0


def _listed(segment: SegmentInfo) -> dict[str, object]:
    writer = segment.owner_state
    if segment.owner_pid is not None:
        ended = "" if segment.owner_state == "alive" else " (ended)"
        writer = f"{segment.owner_pid}{ended}"
    return {
        "name": segment.name,
        "observations": segment.observations,
        "variables": segment.variables,
        "size": size_text(segment.nbytes),
        "age": age_text(segment.age),
        "writer": writer,
        "label": segment.data_label if segment.problem is None else segment.problem,
    }


def _info(options: argparse.Namespace) -> int:
    described = info(options.name)
    if not options.json:
        print(described)
    elif isinstance(described, InfoFile):
        print_json(described.to_dict()["segments"])
    else:
        print_json(described.to_dict())
    return 0
