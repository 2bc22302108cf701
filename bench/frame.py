"""`shm.write_frame` beside the way over Python lists, and beside the copy itself."""

import numpy as np
import pandas as pd
from measure import Row, rounds, seconds

import shm

INFO_FILE = "bench_segments.txt"
TITLE = "A pandas data frame of {rows:,} x {variables} doubles into segments"


def run(rows: int, variables: int, repeats: int) -> list[Row]:
    """Measure; what lies in the segments is checked before any clock runs."""
    names = [f"var{number}" for number in range(1, variables + 1)]
    data = pd.DataFrame(np.random.default_rng(1).random((rows, variables)), columns=names)

    def write_frame() -> dict:
        return shm.write_frame(data, info_file=INFO_FILE)

    def write_lists() -> dict:
        return {
            name: shm.write_list(
                data[name].tolist(), "float", seed, INFO_FILE, varname=name
            )
            for seed, name in enumerate(names, start=1)
        }

    def timed(write) -> float:
        open(INFO_FILE, "w").close()
        segments = {}

        def action() -> None:
            segments.update(write())

        taken = seconds(action)
        for _, segment_id in segments.values():
            shm.deallocate(segment_id)
        return taken

    def check(write) -> None:
        open(INFO_FILE, "w").close()
        segments = write()
        try:
            pd.testing.assert_frame_equal(shm.read_frame(INFO_FILE), data)
        finally:
            for _, segment_id in segments.values():
                shm.deallocate(segment_id)

    check(write_frame)
    check(write_lists)
    target = np.empty((variables, rows))
    source = np.asfortranarray(data.to_numpy())

    def copy() -> float:
        return seconds(
            lambda: [np.copyto(target[i], source[:, i]) for i in range(variables)]
        )

    def copy_to_fresh_memory() -> float:
        return seconds(lambda: [source[:, i].copy() for i in range(variables)])

    best = rounds(
        {
            "write_frame": lambda: timed(write_frame),
            "write_list of .tolist()": lambda: timed(write_lists),
            "one thread's copy into fresh memory": copy_to_fresh_memory,
            "one thread's copy into warm memory": copy,
        },
        repeats,
    )
    own = best["write_frame"]
    return [
        Row(what, taken / data.size * 1e9, "ns per cell", taken / own, "write_frame")
        for what, taken in best.items()
    ]
