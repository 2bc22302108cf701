"""A segment in a line, and as HTML for notebooks."""

from __future__ import annotations

import time

from ..errors import ShmError, message_of
from ..printing import age_text, size_text

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from .segment import Segment

_SHOWN = 12  # variables


def line(segment: Segment) -> str:
    """Return what it is, and the line to type in Stata."""
    try:
        rows, variables = segment.shape
    except (ShmError, OSError) as error:
        return f"<Segment {segment.place}: {message_of(error)}>"
    return f"<Segment {segment.place}: {rows:,} x {variables:,}; {stata_line(segment)}>"


def stata_line(segment: Segment) -> str:
    """Return the line that loads it in Stata."""
    if segment.name is not None:
        return f"shm_use using {segment.name}, clear"
    return f'use "{segment.path}", clear' if segment.path else "in memory"


def html(segment: Segment) -> str:
    """Return a table of what it is and of its first variables."""
    from html import escape

    rows, count = segment.shape
    age = time.time() - segment.identity[2] / 1e9 if segment.path else 0
    facts = [
        f"{rows:,} observations, {count:,} variables",
        size_text(segment.nbytes),
        f"release {segment.release}",
    ]
    if segment.path:
        facts.append(age_text(age))
    lines = [
        "<div>",
        f"<strong>{escape(segment.name or segment.path or 'image')}</strong> "
        f"<em>{escape(segment.data_label)}</em><br>",
        f"{escape(', '.join(facts))}<br>",
        f"<code>{escape(stata_line(segment))}</code>",
        "<table><thead><tr><th>variable</th><th>type</th><th>format</th>"
        "<th>label</th></tr></thead><tbody>",
    ]
    entries = list(zip(segment.variables, segment.schema["variables"], strict=True))
    for name, (_, type, format, label, _) in entries[:_SHOWN]:
        cells = "".join(
            f"<td>{escape(text)}</td>" for text in (name, type, format, label)
        )
        lines.append(f"<tr>{cells}</tr>")
    lines.append("</tbody></table>")
    if count > _SHOWN:
        lines.append(f"and {count - _SHOWN:,} more variables")
    lines.append("</div>")
    return "\n".join(lines)
