"""The C++ library, installed, and the examples built against it as a user would."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEADERS = ROOT / "core" / "include" / "stata_pydata"


def run(*command: object, **options: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    prefix = tmp_path_factory.mktemp("prefix")
    run("cmake", "--install", ROOT / "build", "--prefix", prefix, "--component", "core")
    return prefix


def test_every_public_header_is_installed(installed: Path) -> None:
    headers = {path.name for path in (installed / "include/stata_pydata").iterdir()}
    assert headers == {path.name for path in HEADERS.glob("*.h")}


def test_the_examples_build_against_the_installed_library(
    installed: Path, tmp_path: Path
) -> None:
    source, build = tmp_path / "examples", tmp_path / "build"
    shutil.copytree(ROOT / "examples", source)
    configure = ["cmake", "-S", source, "-B", build, f"-DCMAKE_PREFIX_PATH={installed}"]
    run(*configure, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug")
    run("cmake", "--build", build)
    image = tmp_path / "households.dta"
    run(build / "write_image", image)
    assert run(build / "read_image", image).splitlines() == [
        "3 observations",
        "income       double   Monthly income",
        "             mean 2175.25",
        "children     long     ",
        "             mean 1",
        "city         str8     ",
    ]
