"""A dask data frame into an image: its workers write the partitions themselves.

With a distributed cluster of this machine each worker process fills its own rows of the
image in shared memory, so that the data never pass through this process.
"""

import dask.dataframe as dd
import pandas as pd
from dask.distributed import Client, LocalCluster

import shm

PARTITIONS, ROWS = 6, 50_000


def partition(number: int) -> pd.DataFrame:
    """Make one partition; in real life it would be read from a file."""
    first = number * ROWS
    rows = pd.RangeIndex(first, first + ROWS)
    return pd.DataFrame(
        {
            "id": rows,
            "wage": rows % 1000 / 8,
            "town": pd.Series(["Zürich", "Oslo", None])[rows % 3].to_numpy(),
        }
    )


def main() -> None:
    """Write the frame and look at both ends of the image."""
    with LocalCluster(2, threads_per_worker=1, dashboard_address=None) as c, Client(c):
        frame = dd.from_map(partition, range(PARTITIONS))
        segment = shm.write(frame, "from_dask", variable_labels={"wage": "Hourly wage"})
    print(segment)
    print(shm.read("from_dask", rows=[0, PARTITIONS * ROWS - 1]))
    shm.drop("from_dask")


if __name__ == "__main__":
    main()
