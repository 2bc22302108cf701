"""Several processes fill one image, each its own rows, and one of them publishes it."""

from multiprocessing import get_context

import numpy as np

import shm

ROWS, WORKERS = 1_000_000, 4
SCHEMA = {
    "id": "long",
    "worker": {"type": "byte", "label": "Which process wrote this", "value_label": "who"},
    "x": {"type": "double", "format": "%9.3f"},
    "when": {"type": "long", "format": "%td"},
    "town": "str12",
}
WHO = {"who": {k: f"process {k}" for k in range(WORKERS)}}


def fill(segment: shm.WritableSegment, worker: int, first: int, last: int) -> int:
    """Write rows `first` up to `last`: column by column, or as a batch of any kind."""
    rows = np.arange(first, last)
    segment["id"][first:last] = rows
    segment["worker"][first:last] = worker
    segment.write_rows(
        first,
        {
            "x": np.sqrt(rows),
            "when": np.datetime64("2020-01-01") + rows % 1000,
            "town": np.array(["Zürich", "Oslo", "Roma"])[rows % 3],
        },
    )
    return last - first


def main() -> None:
    """Let a pool fill the image; then look at it."""
    edges = np.linspace(0, ROWS, WORKERS + 1, dtype=int).tolist()
    with shm.create("filled", SCHEMA, ROWS, value_labels=WHO) as segment:
        tasks = [(segment, k, *edges[k : k + 2]) for k in range(WORKERS)]
        with get_context("spawn").Pool(WORKERS) as pool:
            print(f"rows written: {pool.starmap(fill, tasks)}")
    # Leaving `with` has published it; after an error nothing would have been there.
    print(shm.open("filled"))
    print(shm.read("filled", as_="numpy", rows=[0, ROWS - 1]))
    shm.drop("filled")


if __name__ == "__main__":
    main()
