"""Shared by the tests of images: a segment directory of each test's own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def segment_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let segments lie in a directory of the test's own."""
    path = tmp_path / "segments"
    monkeypatch.setenv("STATA_PYDATA_DIR", str(path))
    return path
