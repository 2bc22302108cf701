"""The package itself: what importing it loads, its signatures, stub and version."""

import ast
import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import shm
from shm import _core

PACKAGE = Path(shm.__file__).parent


def modules_after(code: str) -> set[str]:
    """Return what a fresh interpreter has loaded after `code`."""
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{code}\nimport sys, json; print(json.dumps(list(sys.modules)))",
        ],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(run.stdout))


def test_import_loads_little():
    extra = modules_after("import shm") - modules_after("")
    heavy = {"numpy", "pandas", "pyarrow", "argparse", "typing", "re", "pathlib", "json"}
    assert {name.partition(".")[0] for name in extra} & heavy == set()


def test_lists_need_no_numpy(tmp_path, seed):
    code = f"import shm; shm.write_list([1], 'int', {seed}, {str(tmp_path / 'info')!r})"
    assert not {"numpy", "pandas"} & modules_after(code)


def test_public_names_are_documented():
    for name in shm.__all__:
        value = getattr(shm, name)
        if inspect.isclass(value):
            assert value.__doc__
        elif callable(value):
            for parameter in inspect.signature(value).parameters:
                described = rf"\n    (\w+, )*\**{parameter}(, \w+)*( : .+)?\n        \S"
                assert re.search(described, value.__doc__), (name, parameter)


@pytest.mark.parametrize(
    ("name", "signature"),
    [
        (
            "write_list",
            "(data, dtype, key_seed, info_file='segment_info.txt', *, varname=None)",
        ),
        (
            "write_frame",
            "(frame, info_file='segment_info.txt', key_seed=1, *, threads=None)",
        ),
        ("read_frame", "(info_file='segment_info.txt')"),
        ("deallocate", "(segment_id)"),
    ],
)
def test_signatures(name, signature):
    found = inspect.signature(getattr(shm, name))
    bare = [p.replace(annotation=p.empty) for p in found.parameters.values()]
    assert str(inspect.Signature(bare)) == signature


def declarations(stub: str) -> dict[str, str]:
    """Return the functions, classes and members of a stub with their signatures."""
    found = {}
    for node in ast.parse(stub).body:
        members = node.body if isinstance(node, ast.ClassDef) else [node]
        prefix = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        for member in members:
            if isinstance(member, ast.FunctionDef):
                arguments = ast.unparse(member.args)
                found[prefix + member.name] = (
                    f"{arguments} -> {ast.unparse(member.returns)}"
                )
    return found


def test_stub_is_that_of_the_module(tmp_path):
    """Refresh with `python -m nanobind.stubgen -D -m shm._core -o shm/_core.pyi`."""
    fresh = tmp_path / "core.pyi"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "nanobind.stubgen",
            "-q",
            "-D",
            "-m",
            "shm._core",
            "-o",
            fresh,
        ],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        check=True,
    )
    stub = declarations((PACKAGE / "_core.pyi").read_text())
    assert stub == declarations(fresh.read_text())
    functions = {name for name in dir(_core) if not name.startswith("_")}
    assert {name.partition(".")[0] for name in stub} == functions


def test_typed_and_versioned():
    assert (PACKAGE / "py.typed").exists()
    assert shm.__version__.count(".") == 2


def test_stata_path_holds_the_commands():
    folder = Path(shm.stata_path())
    assert (folder / "shm_use.ado").is_file()
    assert (folder / "stata_pydata.plugin").is_file()
