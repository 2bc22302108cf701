"""With NumPy alone everything else works, and what needs a library says so."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import shm

PACKAGE = Path(shm.__file__).parent

BLOCKED = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Blocked())
"""
LIBRARIES = ("pandas", "polars", "pyarrow", "tqdm", "dask", "duckdb")


def run(code: str, folder: Path, blocked: tuple[str, ...] = LIBRARIES) -> str:
    """Run code in an interpreter that lacks these libraries; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED.format(names=blocked) + textwrap.dedent(code)],
        env={
            **os.environ,
            "PYTHONPATH": str(PACKAGE.parent),
            "STATA_PYDATA_DIR": str(folder / "segments"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_dicts_and_arrays_travel_there_and_back(tmp_path):
    printed = run(
        """
        import datetime
        import numpy as np
        import shm

        data = {
            "id": [1, 2, None],
            "when": [datetime.date(2024, 2, 29), None, datetime.date(1959, 12, 31)],
            "name": ["a", "é", None],
            "x": np.array([0.5, np.nan, 2]),
        }
        with shm.write(data, "d", value_labels={"id": {1: "one"}}, progress=True) as seg:
            back = shm.read("d", as_="dict")
            print(back["id"].tolist(), back["when"].tolist(), back["name"].tolist())
            print(shm.read("d", as_="numpy")["x"].tolist(), seg["x"].tolist())
            print(seg.value_labels, [info.name for info in shm.list()])
        table = np.array([(1, 2.5)], dtype=[("a", "i2"), ("b", "f8")])
        shm.write(table, "t")
        with shm.create("c", {"x": "double"}, 2) as filled:
            filled["x"][:] = [1, 2]
        print(shm.read("t", as_="dict"), shm.read("c", as_="dict"))
        shm.write(iter([{"a": [1]}, {"a": [2]}]), "s")
        print(shm.read("s", as_="dict"))
        shm.drop("t", "c", "s")
        """,
        tmp_path,
    )
    lines = printed.splitlines()
    assert lines[0].startswith("[1.0, 2.0, nan] [datetime.datetime(2024, 2, 29, 0, 0)")
    assert lines[0].endswith("['a', 'é', '']")
    assert lines[1] == "[0.5, nan, 2.0] [0.5, nan, 2.0]"
    assert lines[2] == "{'id': {1: 'one'}} ['d']"
    assert lines[3].startswith("{'a': array([1], dtype=int16), 'b': array([2.5])}")
    assert lines[4] == "{'a': array([1., 2.])}"


def test_what_needs_a_library_names_it(tmp_path):
    printed = run(
        """
        import shm

        shm.write({"x": [1]}, "d")
        for kind in ("pandas", "polars", "arrow"):
            try:
                shm.read("d", as_=kind)
            except shm.errors.UnsupportedTypeError as error:
                print(error)
        """,
        tmp_path,
    )
    lines = printed.splitlines()
    assert len(lines) == 3
    for line, library in zip(lines, ("pandas", "polars", "pyarrow"), strict=True):
        assert f"needs {library}, which is not installed" in line


def test_pandas_works_without_pyarrow(tmp_path):
    printed = run(
        """
        import pandas as pd
        import shm

        frame = pd.DataFrame(
            {
                "s": ["a", None, "c"],
                "c": pd.Categorical(["u", "v", "u"]),
                "i": pd.array([1, None, 3], dtype="Int64"),
                "d": pd.to_datetime(["2024-01-01", None, "2024-01-03"]),
            }
        )
        shm.write(frame, "f")
        back = shm.read("f")
        print(back["s"].tolist(), back["c"].tolist(), back["i"].tolist())
        print(back["d"].dt.day.tolist())
        """,
        tmp_path,
        ("pyarrow", "polars"),
    )
    assert printed.splitlines() == [
        "['a', '', 'c'] ['u', 'v', 'u'] [1.0, nan, 3.0]",
        "[1.0, nan, 3.0]",
    ]
