"""The code of the pages in docs/ is run as printed, and prints what the page shows.

Blocks of Python share one namespace, blocks of Stata run on the host, in the order of the
page and in one folder. What a block prints is the block of text right behind it, if any.
"""

import contextlib
import io
import re
import sys
import types
from pathlib import Path

import pytest
from stata_session import ROOT, StataSession

PAGES = ["python.md"]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```\n(?:\n?```text\n(.*?)^```\n)?", re.M | re.S)


def blocks(page: str) -> list[tuple[str, str, str | None]]:
    """Return language, code and what it prints, of each block with code."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    return [match.groups() for match in BLOCK.finditer(text)]


def printed_by_python(code: str, namespace: dict) -> str:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(code, "docs", "exec"), namespace)
    return output.getvalue()


def printed_by_stata(code: str, folder: Path) -> str:
    run = StataSession(folder).run(code)
    assert run.rc == 0, run.output
    return run.output.removesuffix(". \nend of do-file\n").rstrip("\n") + "\n"


@pytest.fixture
def attached(tmp_path, monkeypatch) -> None:
    """A stand-in for Stata's module sfi: each line runs on the host, the data stay."""
    folder = tmp_path / "attached"
    folder.mkdir()

    def stata(line: str, echo: bool = False) -> None:
        saved = folder / "memory.dta"
        before = 'quietly use "memory.dta"\n' if saved.exists() else ""
        after = '\nif c(k) > 0 quietly save "memory.dta", replace\n'
        printed_by_stata(before + line + after, folder)

    sfi = types.ModuleType("sfi")
    sfi.SFIToolkit = types.SimpleNamespace(stata=stata)
    monkeypatch.setitem(sys.modules, "sfi", sfi)


@pytest.mark.usefixtures("attached")
@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("page", PAGES)
def test_code_runs_as_printed(page, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("STATA_PYDATA_DIR", str(tmp_path / "segments"))
    monkeypatch.chdir(tmp_path)
    namespace: dict = {"__name__": "docs"}
    for language, code, wanted in blocks(page):
        if language == "python":
            printed = printed_by_python(code, namespace)
        elif language == "stata":
            printed = printed_by_stata(code, tmp_path)
        else:
            continue
        if wanted is not None:
            assert printed == wanted, code


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        assert link.startswith("http") or (ROOT / "docs" / link).exists(), link
