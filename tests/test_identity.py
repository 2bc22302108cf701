"""Read, then written again, a genuine image is the same but for its slack."""

import struct
import subprocess
from pathlib import Path

import pytest
from corpus import CORPUS, corpus, needs_corpus, written_by_stata
from dta_slack import without_slack

COPY = Path(__file__).resolve().parent.parent / "build" / "tests" / "image_copy"

# What the writer refuses though it read it: no image that Stata wrote.
REFUSED = {
    "jrothbaum+polars_readstat/stata12_119.dta": "release 119 is for more than 32767",
    "jrothbaum+polars_readstat/stata_int_validranges_117.dta": "the variable name 'byte'",
    "jrothbaum+polars_readstat/stata_int_validranges_118.dta": "the variable name 'byte'",
    "jrothbaum+polars_readstat/stata_int_validranges_119.dta": "release 119 is for more",
    "sjewo+readstata13/stata_strl.dta": "the variable name 'svn.rev'",
}
# Decoded values alone don't say which strLs share their text.
SHARED_STRLS = {
    "kshedden+datareader/test1_117.dta",
    "kshedden+datareader/test1_118.dta",
}
MINUS_INFINITY = "sjewo+readstata13/statacar.dta"

pytestmark = needs_corpus


def is_little_endian(image: bytes, releases: tuple[bytes, ...]) -> bool:
    return image[28:31] in releases and image[52:55] == b"LSF"


def candidates() -> list[str]:
    if not CORPUS.is_dir():
        return []
    writable = (b"117", b"118", b"119")
    return sorted(n for n, image in corpus().items() if is_little_endian(image, writable))


def copy(way: str, image: bytes, folder: Path) -> bytes:
    source, target = folder / "in.dta", folder / "out.dta"
    source.write_bytes(image)
    done = subprocess.run([COPY, way, source, target], capture_output=True, text=True)
    if done.returncode:
        raise ValueError(done.stderr)
    return target.read_bytes()


def test_the_corpus_has_images_to_write_again() -> None:
    names = candidates()
    assert sum(map(written_by_stata, names)) > 30
    assert set(REFUSED) | SHARED_STRLS | {MINUS_INFINITY} <= set(names)
    assert not any(map(written_by_stata, REFUSED))


@pytest.mark.parametrize("way", ["cells", "values"])
@pytest.mark.parametrize("name", candidates())
def test_an_image_is_written_as_it_was(name: str, way: str, tmp_path: Path) -> None:
    image = corpus()[name]
    if name in REFUSED:
        with pytest.raises(ValueError, match=REFUSED[name]):
            copy(way, image, tmp_path)
    elif way == "values" and name == MINUS_INFINITY:
        with pytest.raises(ValueError, match="variable max, row 7: -infinity"):
            copy(way, image, tmp_path)
    elif way == "values" and name in SHARED_STRLS:
        assert len(copy(way, image, tmp_path)) > len(without_slack(image))
    else:
        assert copy(way, image, tmp_path) == without_slack(image)


def test_slack_is_all_that_is_zeroed() -> None:
    """The comparison would see a change anywhere else."""
    name = "scunning1975+mixtape/titanic.dta"
    image = corpus()[name]
    plain = without_slack(image)
    changed = [i for i, (a, b) in enumerate(zip(image, plain, strict=False)) if a != b]
    assert changed
    data = struct.unpack_from("<14Q", plain, plain.index(b"<map>") + 5)[9]
    broken = bytearray(image)
    broken[data + 6] ^= 1
    assert without_slack(bytes(broken)) != plain
