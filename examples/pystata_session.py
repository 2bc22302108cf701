"""Stata inside Python: a data frame becomes Stata's data, results come back.

Needs Stata 17 or later, whose folder `utilities` holds the package pystata. Say where
Stata is by STATA_HOME, and which edition by STATA_EDITION (be, se or mp). Without pystata
this only tells what it would do.
"""

import os
import sys

import pandas as pd

import shm

PLAN = """\
There is no pystata here. With one, this would
  push a data frame into Stata:        shm.push(frame)
  run Stata on it:                     stata.run("generate lwage = ln(wage)")
  pull some of the data back:          shm.pull("id lwage if !missing(lwage)")
Set STATA_HOME to the folder of Stata 17 or later to see it."""


def pystata() -> object | None:
    """Start Stata in this process; return its module `stata`, or None without one."""
    home = os.environ.get("STATA_HOME")
    if home:
        sys.path.append(os.path.join(home, "utilities"))
    try:
        from pystata import config
    except ImportError:
        return None
    config.init(os.environ.get("STATA_EDITION", "mp"))
    from pystata import stata

    return stata


def main() -> None:
    """Push, run and pull."""
    stata = pystata()
    if stata is None:
        print(PLAN)
        return
    frame = pd.DataFrame({"id": [1, 2, 3], "wage": [12.5, None, 9.75]})
    shm.push(frame, variable_labels={"wage": "Hourly wage"})
    stata.run("generate lwage = ln(wage)")
    print(shm.pull("id lwage if !missing(lwage)"))


if __name__ == "__main__":
    main()
