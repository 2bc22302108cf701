"""Make the virtual environment of a checkout: `python setup_venv.py .venv`.

Installs the `dev` group of pyproject.toml and puts the package and its command line into
the environment. Needs nothing but the standard library of Python 3.10.
"""

import re
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = """#!{python}
import sys

from shm.__main__ import main

sys.exit(main())
"""


def dev_requirements() -> list[str]:
    """Return the `dev` dependency group (tomllib came with Python 3.11 only)."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    group = re.search(r"^dev = \[(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    if group is None:
        sys.exit("setup: pyproject.toml has no group `dev` under [dependency-groups]")
    return re.findall(r'"([^"]+)"', group[1])


def main() -> None:
    """Create or refresh the environment named on the command line."""
    if sys.version_info < (3, 10):  # noqa: UP036 - it runs on whatever python3 is
        sys.exit("setup: Python 3.10 or later is needed; set PYTHON=/path/to/python3")
    target = Path(sys.argv[1]).absolute()
    python = target / "bin" / "python"
    if not python.exists():
        print(f"setup: making the virtual environment {target.name}", flush=True)
        venv.create(target, with_pip=True, symlinks=True)
    requirements = dev_requirements()
    print("setup: installing", ", ".join(requirements), flush=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *requirements], check=True)
    query = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run(
        [python, "-c", query], check=True, capture_output=True, text=True
    )
    Path(site.stdout.strip(), "stata_pydata_checkout.pth").write_text(
        f"{ROOT / 'python'}\n"
    )
    command = target / "bin" / "shm"
    command.write_text(SCRIPT.format(python=python))
    command.chmod(0o755)
    (target / ".ready").touch()


if __name__ == "__main__":
    main()
