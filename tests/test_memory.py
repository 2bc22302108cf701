"""What writing and reading take besides the data and the image."""

import json
import subprocess
import sys

import pytest

SCRIPT = """
import json, tempfile
import numpy as np, pyarrow as pa
from shm import _core

rows = {rows}
numbers = np.arange(rows)
table = pa.table({{
    "real": numbers * 0.5,
    "whole": pa.array(numbers % 1000, pa.int64()),
    "decimal": pa.array(numbers).cast(pa.decimal128(30, 2)),
    "coded": pa.array(numbers % 7 * 0.5).dictionary_encode(),
    "runs": pa.RunEndEncodedArray.from_arrays(
        np.arange(100, rows + 1, 100, dtype="int32"), numbers[: rows // 100]),
    "labelled": pa.array((numbers % 5).astype(str)).dictionary_encode(),
    "text": pa.array((numbers % 100_000).astype(str)),
    "strl": pa.array((numbers % 1000).astype(str)),
    "day": pa.array(numbers % 20_000, pa.int32()).cast(pa.date32()),
}})
def status(name):
    lines = open("/proc/self/status").read().splitlines()
    return [int(line.split()[1]) << 10 for line in lines if line.startswith(name)][0]
columns = _core.Columns()
open("/proc/self/clear_refs", "w").write("5")  # the peak is what is resident now
before = status("VmRSS")
columns.add_arrow(table.__arrow_c_stream__())
variables = [(name, "", "", "", "") for name in table.column_names]
variables[7] = ("strl", "strL", "", "", "")
rules = [("declared" if name == "strl" else "by_value", "error", False)
         for name in table.column_names]
plan = _core.Plan(columns, {{"variables": variables}}, rules, threads=2)
with tempfile.TemporaryFile(dir={folder!r}) as file:
    plan.write(file.fileno(), threads=2)
    extra = status("VmHWM") - before
    image = _core.Image.map(file.fileno())
    print(json.dumps({{"extra": extra, "image": plan.nbytes,
                       "rows": image.observations}}))
"""


@pytest.mark.parametrize("rows", [500_000, 2_000_000])
def test_writing_takes_a_few_megabytes_whatever_the_size(rows: int, tmp_path) -> None:
    script = SCRIPT.format(rows=rows, folder=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["rows"] == rows
    assert found["image"] > rows * 60
    assert found["extra"] < 8 << 20
