"""Runs do-files on adohost and brings back what it printed and the data it ended with."""

import math
import os
import re
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADOHOST = os.environ.get("ADOHOST", str(ROOT / "build" / "bin" / "adohost"))

# %21x loses no bit. The variables' names and types come first, then the values.
DUMP = """
quietly {
    file open values using "values.txt", write text replace
    foreach name of varlist _all {
        local type : type `name'
        file write values "`name' `type'"
        forvalues i = 1/`=_N' {
            file write values " " %21x (`name'[`i'])
        }
        file write values _n
    }
    file close values
}
"""


@dataclass
class Run:
    """What a do-file did."""

    rc: int
    output: str
    types: dict[str, str] = field(default_factory=dict)
    values: dict[str, list[float]] = field(default_factory=dict)


def number(text: str) -> float:
    """Return the number that %21x wrote; NaN for `.`."""
    if text == ".":
        return math.nan
    mantissa, exponent = text.split("X")
    sign = -1.0 if mantissa.startswith("-") else 1.0
    power = int(exponent[1:], 16) * (-1 if exponent[0] == "-" else 1)
    value = sign * math.ldexp(float.fromhex("0x" + mantissa.lstrip("+-")), power)
    return math.nan if value == 2.0**1023 else value


class StataSession:
    """One folder in which do-files run, each in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def command(self, do: str) -> list[str]:
        """Write the do-file; return the command that runs it."""
        (self.folder / "session.do").write_text(do, encoding="utf-8")
        return [ADOHOST, "-q", "session.do"]

    def run(self, do: str, *, timeout: float = 60) -> Run:
        """Run a do-file to its end, whether it fails or not."""
        done = subprocess.run(
            self.command(do), cwd=self.folder, capture_output=True, timeout=timeout
        )
        assert done.stderr == b""
        output = done.stdout.decode(errors="replace")
        codes = re.findall(r"^r\((\d+)\);$", output, re.MULTILINE)
        assert bool(codes) == (done.returncode != 0), output
        return Run(int(codes[-1]) if codes else 0, output)

    def values_after(self, do: str) -> Run:
        """Run a do-file that must succeed; bring back the data it ended with."""
        run = self.run(do + DUMP)
        assert run.rc == 0, run.output
        for line in (self.folder / "values.txt").read_text("utf-8").splitlines():
            name, kind, *cells = line.split()
            run.types[name] = kind
            run.values[name] = [number(cell) for cell in cells]
        return run


# Under capture: Break that comes while this closes its file changes nothing.
READY = """
capture {
    file open ready using ready, write text
    file close ready
}
"""


def interrupted(stata: StataSession, do: str, delay: float) -> str:
    """
    Run a do-file and press Break so many seconds after its line READY; it must end well.

    Returns
    -------
    str
        What it printed.
    """
    ready = stata.folder / "ready"
    ready.unlink(missing_ok=True)
    host = subprocess.Popen(
        stata.command(do), cwd=stata.folder, stdout=subprocess.PIPE, text=True
    )
    while not ready.exists() and host.poll() is None:
        time.sleep(0.001)
    time.sleep(delay)
    host.send_signal(signal.SIGINT)
    output, _ = host.communicate(timeout=60)
    assert host.returncode == 0, output
    return output


def runs(stata: StataSession, do: str) -> str:
    """Run a do-file that must succeed; return what it printed."""
    run = stata.run(do)
    assert run.rc == 0, run.output
    return run.output
