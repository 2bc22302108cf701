"""The fuzz targets, briefly: seeds and some thousand changes of them. Long: make fuzz."""

import subprocess
from pathlib import Path

import pytest
from corpus import CORPUS, corpus

PROGRAMS = Path(__file__).resolve().parent.parent / "build" / "fuzz"
SMALL = 20_000


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds")
    subprocess.run([PROGRAMS / "make_seeds", folder], check=True)
    for name, image in corpus().items() if CORPUS.is_dir() else ():
        if len(image) <= SMALL:
            (folder / name.replace("/", "_")).write_bytes(image)
    return folder


@pytest.mark.parametrize(
    ("target", "runs"), [("reader", 20_000), ("table", 50_000), ("kernels", 500)]
)
def test_random_changes_of_images_break_nothing(
    target: str, runs: int, seeds: Path, tmp_path: Path
) -> None:
    last = tmp_path / "last"
    command = [PROGRAMS / f"fuzz_{target}", f"-runs={runs}", f"-save={last}", seeds]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    broken = last.read_bytes().hex()[:2000] if last.exists() else ""
    assert done.returncode == 0, f"{done.stderr}\nthe input: {broken}"
    assert f"and {runs} changes of them: nothing amiss" in done.stdout
