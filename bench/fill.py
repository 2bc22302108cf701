"""What `shm_use` takes to fill Stata's data area, beside other ways on the same host.

Everything runs in one adohost: `shm_use` makes the data, then each contender stores the
same cells through the host's own store function, in turn. The clock is the host's timer.
"""

import os
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
from measure import Row

import shm

ROOT = Path(__file__).resolve().parent.parent
INFO_FILE = "bench_segments.txt"
TITLE = "{rows:,} x 3 doubles from segments into Stata's data area, on adohost"

# `fill` needs the types of the variables in a local, as shm_use leaves them for it.
DO_FILE = """
args info repeats plugin
program bench_fill, plugin using("`plugin'")
quietly shm_use using `info', clear
local types double double double
timer clear
local ways `" "shm_use" "fill" "columns" "bare" "copy" "'
file open times using times.txt, write text replace
forvalues round = 1/`repeats' {
    forvalues way = 1/5 {
        timer clear 1
        timer on 1
        if `way' == 1 quietly shm_use using `info', clear
        if `way' == 2 plugin call stata_pydata, fill "`info'" 0
        if `way' == 3 plugin call bench_fill var1 var2 var3, columns "`info'"
        if `way' == 4 plugin call bench_fill var1 var2 var3, bare
        if `way' == 5 plugin call bench_fill var1 var2 var3, copy "`info'"
        timer off 1
        quietly timer list 1
        file write times "`way' " (r(t1)) _n
        if `way' == 3 {
            assert var1[_N] != . & var3[1] != .
        }
    }
}
file close times
"""
WAYS = {
    "2": "fill, as shm_use's plugin does it",
    "3": "one thread per column, each its whole column (the original's way)",
    "4": "the bare loop over the host's store function, one thread",
    "5": "one thread's memcpy of the segments into warm memory",
    "1": "shm_use, all of it: scan, fresh data area, fill",
}


def run(rows: int, repeats: int) -> list[Row]:
    """Measure each way; the host checks that cells arrived."""
    data = pd.DataFrame(
        np.random.default_rng(1).random((rows, 3)), columns=["var1", "var2", "var3"]
    )
    segments = shm.write_frame(data, info_file=INFO_FILE)
    try:
        times = host_times(repeats)
    finally:
        for _, segment_id in segments.values():
            shm.deallocate(segment_id)
    own = min(times["2"])
    return [
        Row(
            what,
            min(times[way]) / (3 * rows) * 1e9,
            "ns per cell",
            min(times[way]) / own,
            "fill",
        )
        for way, what in WAYS.items()
    ]


def host_times(repeats: int) -> dict[str, list[float]]:
    """Run the contenders on the host; return the seconds of each by its number."""
    Path("bench_fill.do").write_text(DO_FILE)
    adohost = os.environ.get("ADOHOST", ROOT / "build" / "bin" / "adohost")
    plugin = ROOT / "build" / "bench" / "bench_fill.plugin"
    info = Path(INFO_FILE).absolute()
    done = subprocess.run(
        [adohost, "-q", "bench_fill.do", info, str(repeats), plugin],
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the host failed:\n{done.stdout}{done.stderr}")
    times: dict[str, list[float]] = {}
    for line in Path("times.txt").read_text().splitlines():
        way, taken = line.split()
        times.setdefault(way, []).append(float(taken))
    return times
