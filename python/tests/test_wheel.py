"""The wheel: what it holds, and that it works where it is installed."""

import fcntl
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import shm

ROOT = Path(__file__).parent.parent.parent
STATA_FILES = {
    path.name
    for pattern in ("*.ado", "*.sthlp", "*.pkg", "stata.toc", "certify*")
    for path in (ROOT / "stata").glob(pattern)
}


def run(*command: object, **variables: str) -> str:
    """Run a command; return what it printed."""
    path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        list(map(str, command)),
        env={**os.environ, "PATH": path, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-build-isolation", "--no-deps", "--no-index", "-w", folder]
    # Tests that run side by side share the build directory: one builds at a time.
    with (ROOT / "build" / "wheel.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run(sys.executable, "-m", "pip", "wheel", ROOT, *options)
    (path,) = folder.glob("*.whl")
    return path


def test_content(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    modules = [
        name for name in names if name.startswith("shm/_core") and name.endswith(".so")
    ]
    assert modules == [f"shm/_core{sysconfig.get_config_var('EXT_SUFFIX')}"]
    sources = {
        path.relative_to(ROOT / "python").as_posix()
        for pattern in ("*.py", "*.pyi", "py.typed")
        for path in (ROOT / "python" / "shm").rglob(pattern)
    }
    stata = {f"shm/stata/{name}" for name in STATA_FILES | {"stata_pydata.plugin"}}
    assert {name for name in names if name.startswith("shm/")} == sources | stata | set(
        modules
    )
    info = f"stata_pydata-{shm.__version__}.dist-info"
    assert f"{info}/licenses/LICENSE" in names
    assert {name.partition("/")[0] for name in names} == {"shm", info}


def test_installed(wheel, tmp_path, seed):
    target = tmp_path / "target"
    run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--target",
        target,
        wheel,
    )
    code = f"""
import shm
assert shm.__file__.startswith({str(target)!r})
_, segment_id = shm.write_list([1, 2], "int", {seed}, {str(tmp_path / "info.txt")!r})
print(shm.read_frame({str(tmp_path / "info.txt")!r}).to_csv(index=False), end="")
shm.deallocate(segment_id)
print(shm.stata_path())
"""
    printed = run(sys.executable, "-c", code, PYTHONPATH=str(target)).splitlines()
    assert printed[:3] == [f"var{seed}", "1", "2"]
    folder = Path(printed[3])
    assert folder == target / "shm" / "stata"
    # pip compiles the Python file among them.
    names = {path.name for path in folder.iterdir()} - {"__pycache__"}
    assert names == STATA_FILES | {"stata_pydata.plugin"}
    version = run(target / "bin" / "shm", "--version", PYTHONPATH=str(target))
    assert version == f"shm {shm.__version__}\n"
