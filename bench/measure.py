"""Timing side by side: every contender of a case takes its turn in every round."""

import json
import os
import platform
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Row:
    """One line of a table: what was measured, and its ratio to the line it is held to."""

    what: str
    value: float
    unit: str
    ratio: float
    against: str


def rounds(contenders: dict[str, Callable[[], float]], count: int) -> dict[str, float]:
    """Return each contender's best of `count` rounds.

    A contender is a function that returns the seconds it took; the order turns from round
    to round, so that none always runs on memory that its neighbour has warmed.
    """
    names = list(contenders)
    best = dict.fromkeys(names, float("inf"))
    for turn in range(count):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            best[name] = min(best[name], contenders[name]())
    return best


def seconds(action: Callable[[], object]) -> float:
    """Return how long `action` takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def machine() -> str:
    """Return the processor, the number of cores and the system, in one line."""
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text().splitlines()
        models = [
            line.partition(":")[2].strip() for line in lines if "model name" in line
        ]
        processor = models[0] if models else processor
    cores = len(os.sched_getaffinity(0))
    release = ".".join(platform.release().split(".")[:2])
    return f"{processor}, {cores} cores, {platform.system()} {release}"


def save(case: str, command: str, rows: list[Row]) -> None:
    """Write the rows of a case to bench/results/CASE.json, with machine and command."""
    RESULTS.mkdir(exist_ok=True)
    record = {
        "case": case,
        "machine": machine(),
        "date": date.today().isoformat(),
        "command": command,
        "rows": [asdict(row) for row in rows],
    }
    (RESULTS / f"{case}.json").write_text(json.dumps(record, indent=1) + "\n")
