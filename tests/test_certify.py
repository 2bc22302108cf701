"""certify.do passes on the host: the host answers as we believe that Stata does."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from stata_session import ADOHOST, ROOT

CERTIFY = ROOT / "stata" / "certify.do"


def certify(folder: Path, *arguments: str) -> list[str]:
    """Run it in this folder; return the lines of its result."""
    run = subprocess.run(
        [ADOHOST, "-q", CERTIFY, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout
    result = (folder / "certify_result.txt").read_text("utf-8")
    assert "FAIL" not in result, result + run.stdout
    return result.splitlines()


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("STATA_PYDATA_DIR", str(tmp_path / "segments"))
    user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True)
    monkeypatch.setenv("USER", user.stdout.strip())
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


def test_without_images(place) -> None:
    lines = certify(place)
    assert [line for line in lines if line.startswith("SKIP")] == [
        "SKIP  segments of the original kind  no folder of images, or not Linux",
        "SKIP  images: types  no folder of images",
        "SKIP  images: texts  no folder of images",
        "SKIP  images: labels  no folder of images",
        "SKIP  images: shapes  no folder of images",
    ]
    assert re.fullmatch(r"passed \d\d, failed 0, skipped 5", lines[-1])
    # Nothing of it is left.
    assert [path.name for path in place.iterdir()] == ["certify_result.txt"]
    assert list((place.parent / "segments").iterdir()) == []


def test_with_images(place, seeds) -> None:
    script = (ROOT / "stata" / "certify_images.py").read_text("utf-8")
    script = script.replace("SEEDS = (91, 92, 93)", f"SEEDS = {tuple(seeds)[:3]}")
    (place / "images.py").write_text(script, "utf-8")
    subprocess.run(
        [sys.executable, "-W", "error", place / "images.py", place / "images"],
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "python")},
    )
    lines = certify(place, str(place / "images"))
    assert not [line for line in lines if line.startswith("SKIP")]
    assert re.fullmatch(r"passed \d\d, failed 0, skipped 0", lines[-1])


@pytest.mark.parametrize(
    ("right", "wrong", "failure"),
    [
        (
            "global S_FN\n",
            "global S_FM\n",
            "the name of the data  r(9) an empty S_FN empties c(filename)",
        ),
        (
            "local byte -127 100 -128 101",
            "local byte -127 100 -128 99",
            "storage limits in the plugin  r(9) beyond the ends of byte",
        ),
    ],
)
def test_a_failure_is_reported(place, right, wrong, failure) -> None:
    """The checks see what is wrong: S_FN that stands for nothing, a wider byte."""
    text = CERTIFY.read_text("utf-8")
    assert right in text
    (place / "certify.do").write_text(text.replace(right, wrong), "utf-8")
    subprocess.run([ADOHOST, "-q", "certify.do"], cwd=place, check=True)
    result = (place / "certify_result.txt").read_text("utf-8")
    assert f"FAIL  {failure}\n" in result
    assert "failed 1," in result


def test_it_asks_for_a_stata_without_data_and_log(place) -> None:
    shutil.copy(CERTIFY, place)
    for first, rc in (("quietly set obs 1\ngenerate x = 1", 4), ("log using a.log", 604)):
        (place / "run.do").write_text(f"{first}\ncapture noisily do certify\ndisplay _rc")
        run = subprocess.run(
            [ADOHOST, "-q", "run.do"], cwd=place, capture_output=True, text=True
        )
        assert f"\n{rc}\n" in run.stdout
