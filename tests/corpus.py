"""The corpus of genuine .dta files: STATA_PYDATA_CORPUS names its folder.

It is not part of the project; where it is not there, the tests that need it say so.
"""

import csv
import gzip
import os
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("STATA_PYDATA_CORPUS", ROOT.parent / "shared/dta-corpus"))


def packed_images(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.suffix == ".gz":
        yield path.name, gzip.decompress(path.read_bytes())
    elif path.suffix == ".dtas":
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                if member.endswith(".dta"):
                    yield f"{path.name}!{member}", archive.read(member)
    elif path.suffix == ".dta":
        yield path.name, path.read_bytes()


@cache
def corpus() -> dict[str, bytes]:
    files = sorted(path for path in CORPUS.rglob("*") if path.is_file())
    return {
        f"{path.parent.name}/{name}": image
        for path in files
        for name, image in packed_images(path)
    }


def written_by_stata(name: str) -> bool:
    """Return whether the corpus' index holds an image to be Stata's own."""
    with (CORPUS / "index.tsv").open(encoding="utf-8") as index:
        rows = {row["file"]: row for row in csv.DictReader(index, delimiter="\t")}
    row = rows.get(name) or rows[f"{name}!gunzip"]
    return row["writer"].startswith("Stata")


needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"no corpus: STATA_PYDATA_CORPUS, {CORPUS}"
)
every_image = pytest.mark.parametrize("name", sorted(corpus()) if CORPUS.is_dir() else [])
