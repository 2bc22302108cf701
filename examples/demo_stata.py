"""What both parts of the demo share: timed steps, and do-files run by Stata."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import shm

ROOT = Path(__file__).resolve().parent.parent

Result = TypeVar("Result")


def step(what: str, action: Callable[[], Result]) -> Result:
    """Run `action`, print what it was and the seconds it took, return its result."""
    start = time.perf_counter()
    result = action()
    print(f"[{time.perf_counter() - start:6.2f} s] {what}", flush=True)
    return result


def stata_command(folder: Path) -> list[str]:
    """Return the command that runs `session.do` in `folder`."""
    stata = os.environ.get("STATA")
    if stata:
        return [stata, "-q", "-b", "do", "session.do"]
    return [str(ROOT / "build" / "bin" / "adohost"), "-q", str(folder / "session.do")]


def run_stata(folder: Path, session: str) -> str:
    """Run a do-file in `folder`; return what Stata printed.

    Stata in batch mode ends with status 0 whatever happens: the file `done`, which the
    last line of the do-file makes, says that it came to its end.
    """
    end = "\nfile open done using done, write text replace\nfile close done\n"
    (folder / "session.do").write_text(session + end)
    (folder / "done").unlink(missing_ok=True)
    environment = dict(os.environ)
    if "STATA" in os.environ:
        path = f"BASE;SITE;.;PERSONAL;PLUS;OLDPLACE;{shm.stata_path()}"
        environment["S_ADO"] = path
    run = subprocess.run(
        stata_command(folder), cwd=folder, env=environment, capture_output=True, text=True
    )
    log = folder / "session.log"
    output = log.read_text() if log.exists() else run.stdout
    if run.returncode != 0 or not (folder / "done").exists():
        print(output, run.stderr, file=sys.stderr)
        sys.exit("demo: the Stata side failed")
    return output
