"""Fuzz the codec: `make fuzz`, or `python fuzz/run.py --seconds 60 [target ...]`.

Builds the targets under AddressSanitizer and UndefinedBehaviorSanitizer, with libFuzzer
where clang++ is there, else with the driver of fuzz/standalone.cc. What a run finds worth
keeping stays in build/fuzzing/corpus; an input that breaks a target stays beside it and
is named at the end. Seeds: the tests' small images, and those of the corpus of genuine
files where it is there (STATA_PYDATA_CORPUS).
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "fuzzing"
TARGETS = ("fuzz_reader", "fuzz_table", "fuzz_kernels")
LARGEST_SEED = 65_536
sys.path.insert(0, str(ROOT / "tests"))


def build() -> bool:
    """Build all targets; return whether libFuzzer drives them."""
    clang = shutil.which("clang++")
    compiler = [f"-DCMAKE_CXX_COMPILER={clang}"] if clang else []
    configure = ["cmake", "--preset", "fuzz", *compiler]
    subprocess.run(configure, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", "--preset", "fuzz"], cwd=ROOT, check=True)
    cache = (BUILD / "CMakeCache.txt").read_text()
    return "STATA_PYDATA_HAS_LIBFUZZER:INTERNAL=1" in cache


def genuine_images() -> Iterator[tuple[str, bytes]]:
    """Yield the small images of the corpus; say so where it is not there."""
    from corpus import CORPUS, corpus

    if not CORPUS.is_dir():
        print(
            f"no corpus of genuine files at {CORPUS}: the tests' images alone are seeds"
        )
        return
    for name, image in corpus().items():
        if len(image) <= LARGEST_SEED:
            yield name.replace("/", "_"), image


def make_seeds() -> Path:
    """Fill the folder of seeds."""
    seeds = BUILD / "seeds"
    subprocess.run([BUILD / "fuzz" / "make_seeds", seeds], check=True)
    for name, image in genuine_images():
        (seeds / name).write_bytes(image)
    return seeds


def command(target: str, seeds: Path, seconds: int, libfuzzer: bool) -> list[str]:
    """Return the words that run a target for some seconds."""
    program, kept = str(BUILD / "fuzz" / target), BUILD / "corpus" / target
    kept.mkdir(parents=True, exist_ok=True)
    if not libfuzzer:
        runs = ["-runs=1000000000", f"-seconds={seconds}"]
        return [program, *runs, f"-save={kept}.last", str(seeds)]
    limits = [f"-max_total_time={seconds}", f"-max_len={LARGEST_SEED}", "-timeout=20"]
    quiet = ["-print_final_stats=1", "-verbosity=0", "-rss_limit_mb=4096"]
    return [program, *limits, *quiet, f"-artifact_prefix={kept}-", str(kept), str(seeds)]


def main() -> int:
    """Run the targets that the command line chooses, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=300, help="for each target")
    parser.add_argument("targets", nargs="*", metavar="target")
    arguments = parser.parse_args()
    chosen = arguments.targets or TARGETS
    if unknown := set(chosen) - set(TARGETS):
        parser.error(f"no target {', '.join(unknown)} among {', '.join(TARGETS)}")
    libfuzzer = build()
    seeds = make_seeds()
    broken = []
    for target in chosen:
        driver = "libFuzzer" if libfuzzer else "random changes"
        print(f"{target}: {arguments.seconds} s of {driver}", flush=True)
        run = command(target, seeds, arguments.seconds, libfuzzer)
        if subprocess.run(run).returncode:
            broken.append(target)
    for target in broken:
        print(f"{target} broke; its input: {BUILD / 'corpus' / target}-* or .last")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
