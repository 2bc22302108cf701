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
TITLE = "{rows:,} x {variables} doubles from segments into Stata's data area, on adohost"

# `fill` needs the variables' types in a local, as shm_use leaves them for it. Before
# the clocks run, each filling way must bring back what the bare loop has overwritten.
DO_FILE = """
args info repeats plugin
program bench_fill, plugin using("`plugin'")
quietly shm_use using `info', clear
unab names : _all
local types
foreach name of local names {
    local types `types' double
    summarize `name', meanonly
    local sum_`name' = r(sum)
}
local way_fill plugin call stata_pydata, fill "`info'" 0
local way_columns plugin call bench_fill `names', columns "`info'"
local way_bare plugin call bench_fill `names', bare
local way_copy plugin call bench_fill `names', copy "`info'"
local way_shm_use quietly shm_use using `info', clear
foreach way in fill columns shm_use {
    `way_bare'
    assert `:word 1 of `names'' == .5
    `way_`way''
    foreach name of local names {
        summarize `name', meanonly
        assert "`sum_`name''" == "`=r(sum)'"
    }
}
file open times using times.txt, write text replace
forvalues round = 1/`repeats' {
    foreach way in shm_use fill columns bare copy {
        timer clear 1
        timer on 1
        `way_`way''
        timer off 1
        quietly timer list 1
        file write times "`way' " (r(t1)) _n
    }
}
file close times
"""
WAYS = {
    "fill": "fill, as shm_use's plugin does it",
    "columns": "one thread per column, each its whole column (the original's way)",
    "bare": "the bare loop over the host's store function, one thread",
    "copy": "one thread's memcpy of the segments into warm memory",
    "shm_use": "shm_use, all of it: scan, fresh data area, fill",
}


def run(rows: int, variables: int, repeats: int) -> list[Row]:
    """Measure each way; the host checks that the cells arrived."""
    names = [f"var{number}" for number in range(1, variables + 1)]
    data = pd.DataFrame(np.random.default_rng(1).random((rows, variables)), columns=names)
    segments = shm.write_frame(data, info_file=INFO_FILE)
    try:
        times = host_times(repeats)
    finally:
        for _, segment_id in segments.values():
            shm.deallocate(segment_id)
    own = min(times["fill"])
    return [
        Row(
            what,
            min(times[way]) / data.size * 1e9,
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
