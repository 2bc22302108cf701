"""Every do-file below host/tests runs on the host and prints what its .out file says.

One behaviour per do-file; `name.out` beside `name.do` is the whole printed output of
`adohost -q name.do`, and the exit status is non-zero exactly if it ends with `r(#);`.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ADOHOST = os.environ.get("ADOHOST", str(HERE.parents[1] / "build" / "bin" / "adohost"))
PLUGINS = os.environ.get(
    "HOST_TEST_PLUGINS", str(Path(ADOHOST).parents[1] / "plugins_test")
)
DO_FILES = sorted(HERE.rglob("*.do"))


@pytest.mark.parametrize("do_file", DO_FILES, ids=lambda p: str(p.relative_to(HERE)))
def test_do_file_prints_what_is_expected(do_file: Path, tmp_path: Path) -> None:
    expected = do_file.with_suffix(".out").read_text(encoding="utf-8")
    env = os.environ | {"DO_DIR": str(do_file.parent), "TZ": "UTC"}
    env["HOST_TEST_PLUGINS"] = PLUGINS
    env["SOURCE_DATE_EPOCH"] = "1735725600"  # what files say they were written
    run = subprocess.run(
        [ADOHOST, "-q", do_file], cwd=tmp_path, env=env, capture_output=True, timeout=60
    )
    assert run.stderr.decode() == ""
    assert run.stdout.decode() == expected
    failed = re.search(
        r"^r\(\d+\);\s*(end of do-file\s*r\(\d+\);\s*)?\Z", expected, re.MULTILINE
    )
    assert (run.returncode != 0) == bool(failed)


def test_there_are_do_files() -> None:
    assert DO_FILES
