"""`shm.doctor`: what of this machine matters to segments, and what to do about it."""

from __future__ import annotations

from ..storage.records import Record
from . import installed, memory, place, system
from .findings import LEVELS, Finding


class Report(Record):
    """
    What `doctor` has found; printed, it is a page to read.

    Attributes
    ----------
    ok : bool
        Whether there is no problem.
    findings : list of Finding
    """

    def __repr__(self) -> str:
        width = max(len(finding.topic) for finding in self.findings)
        return "\n".join(
            line for finding in self.findings for line in _lines(finding, width)
        )


def doctor() -> Report:
    """
    Look at what of this machine matters to segments, and say what to do.

    Nothing is changed.

    Returns
    -------
    Report
        Where segments live and by which rule; leftovers of dead writers; how much space,
        memory and huge pages there are; whether logging out removes segments; the
        libraries and Stata files that are installed.

    Raises
    ------
    OSError
        The folder that the segment directory would be made in can't be looked at.

    Examples
    --------
    >>> import shm
    >>> report = shm.doctor()
    >>> report.findings[0].topic
    'directory'
    """
    parts = (place, memory, system, installed)
    findings = [finding for part in parts for finding in part.look()]
    return Report(ok=all(f.level != "problem" for f in findings), findings=findings)


def _lines(finding: Finding, width: int) -> list[str]:
    level = LEVELS[finding.level].ljust(max(map(len, LEVELS.values())))
    lines = [f"{level}  {finding.topic.ljust(width)}  {finding.text}"]
    if finding.remedy is not None:
        lines.append(f"{' ' * len(level)}  {' ' * width}  -> {finding.remedy}")
    return lines
