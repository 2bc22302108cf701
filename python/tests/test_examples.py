"""The examples in docstrings are run."""

import doctest
import importlib
import pkgutil

import pytest

import shm

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(shm.__path__, "shm.")
    if module.name not in ("shm.__main__", "shm._core")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name, tmp_path, monkeypatch):
    monkeypatch.setenv("STATA_PYDATA_DIR", str(tmp_path / "segments"))
    monkeypatch.chdir(tmp_path)
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert failed == 0
