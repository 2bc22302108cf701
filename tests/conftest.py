import pytest
from raw_segments import InfoFile
from stata_session import StataSession


@pytest.fixture
def stata(tmp_path) -> StataSession:
    return StataSession(tmp_path)


@pytest.fixture
def info(tmp_path, seed) -> InfoFile:
    """An info file of the original kind, to be filled; its segments go with `seed`."""
    return InfoFile(tmp_path / "info.txt", seed)
