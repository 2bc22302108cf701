"""What holds the repository together: who may include whom, and lists kept by hand."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STATA = ROOT / "stata"
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
PRINTS = re.compile(
    r"\b(?:std::(?:cout|cerr|clog)|(?:f|v|vf)?printf|f?puts|putchar|perror|abort|exit)\b"
)
PYTHON = r"^(Python|numpy|nanobind|pybind11)\b"
STATA_SIDE = r"(^|/)(spi|stata|commands|segment_plan|mock_stata|stplugin)\.h$"


def sources(folder: str) -> list[Path]:
    found = [p for ext in ("h", "cc") for p in sorted((ROOT / folder).rglob(f"*.{ext}"))]
    assert found, f"no sources in {folder}"
    return found


def included_by(path: Path) -> Iterator[str]:
    for match in INCLUDE.finditer(path.read_text(encoding="utf-8")):
        yield match[2]


def offenders(folder: str, banned: str) -> list[str]:
    pattern = re.compile(banned)
    return [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources(folder)
        for name in included_by(path)
        if pattern.search(name)
    ]


def test_core_includes_neither_python_nor_stata_nor_the_host() -> None:
    assert offenders("core", PYTHON) == []
    assert offenders("core", STATA_SIDE) == []
    assert offenders("core", r"^(host|base|lang|plugin|commands)/") == []


def test_host_includes_nothing_of_the_other_folders() -> None:
    assert offenders("host", r"stata_pydata/|(^|/)(core|python|stata)/") == []
    assert offenders("host", PYTHON) == []
    names = {Path(name).name for path in sources("host") for name in included_by(path)}
    others = {path.name for path in sources("core") + sources("stata")}
    assert names & others <= {path.name for path in sources("host")}


def test_only_the_bindings_include_nanobind() -> None:
    for folder in ("core", "stata", "host"):
        assert offenders(folder, r"^nanobind/") == []
    native = [p for p in (ROOT / "python").rglob("*.cc") if p.parent.name != "bindings"]
    assert native == []


def test_the_plugin_includes_nothing_of_python_or_the_host() -> None:
    assert offenders("stata", PYTHON) == []
    assert offenders("stata", r"^(host|base|lang|data|output)/") == []


def test_core_and_plugin_print_nothing_and_never_end_the_process() -> None:
    found = []
    for path in sources("core") + sources("stata"):
        if path.stem.endswith("_test"):
            continue
        text = STRING.sub('""', COMMENT.sub("", path.read_text(encoding="utf-8")))
        found += [
            f"{path.relative_to(ROOT)}: {match[0]}" for match in PRINTS.finditer(text)
        ]
        found += [
            f"{path.name}: <iostream>" for name in included_by(path) if name == "iostream"
        ]
    assert found == []


def test_the_check_on_printing_finds_what_prints() -> None:
    for code in ("std::cout << x", "printf(x)", "std::fprintf(f, x)", "abort();"):
        assert PRINTS.search(code), code
    assert not PRINTS.search("std::snprintf(text, n, x)")


def package_lines(kind: str) -> list[list[str]]:
    lines = (STATA / "stata_pydata.pkg").read_text(encoding="utf-8").splitlines()
    return [line.split()[1:] for line in lines if line.split()[:1] == [kind]]


def test_the_package_lists_the_folder() -> None:
    listed = {name for line in package_lines("f") for name in line}
    present = {p.name for p in STATA.iterdir() if p.suffix in (".ado", ".sthlp")}
    present.add("certify.do")
    assert listed == present
    assert package_lines("g") == [["LINUX64", "stata_pydata.plugin"]]
    assert package_lines("h") == []  # images need no plugin
    assert (STATA / "stata_pydata.plugin").exists(), "make build puts it there"


def test_the_table_of_contents_names_the_package() -> None:
    lines = (STATA / "stata.toc").read_text(encoding="utf-8").splitlines()
    assert [line.split()[1] for line in lines if line.startswith("p ")] == [
        "stata_pydata"
    ]


ADO_FILES = sorted(STATA.glob("*.ado"))
COMMANDS = [path for path in ADO_FILES if not path.name.startswith("_")]
HELP_FILES = sorted(STATA.glob("*.sthlp"))


def version_of_python() -> str:
    text = (ROOT / "python/shm/_version.py").read_text(encoding="utf-8")
    return re.search(r'= "(.+)"', text)[1]


@pytest.mark.parametrize("ado", ADO_FILES, ids=lambda p: p.name)
def test_an_ado_file_has_its_program_and_version(ado: Path) -> None:
    text = ado.read_text(encoding="utf-8")
    version = version_of_python()
    assert text.startswith(f"*! version {version} ")
    assert set(re.findall(r'local wanted "(.+)"', text)) <= {version}
    first = re.search(r"^program .*\n\t.*$", text, re.MULTILINE)[0]
    assert re.fullmatch(rf"program {ado.stem}(, [rs]class)?\n\tversion 14\.1", first), (
        first
    )
    assert not re.search(r"^\s*mata\b", text, re.MULTILINE)
    assert max(map(len, text.expandtabs(4).splitlines())) <= 96


@pytest.mark.parametrize("ado", COMMANDS, ids=lambda p: p.name)
def test_a_command_has_its_help(ado: Path) -> None:
    help_text = ado.with_suffix(".sthlp").read_text(encoding="utf-8")
    assert f"{{* *! version {version_of_python()} " in help_text


@pytest.mark.parametrize("path", HELP_FILES, ids=lambda p: p.name)
def test_help_lines_are_short_and_balanced(path: Path) -> None:
    raw = path.read_bytes()
    assert raw.startswith(b"{smcl}\n")
    assert b"\r" not in raw
    assert b"\t" not in raw
    for number, line in enumerate(raw.splitlines(), 1):
        assert len(line) < 160, f"line {number}"
        assert line.count(b"{") == line.count(b"}"), f"line {number}"


def options_of(ado: Path) -> list[tuple[str, str]]:
    """The options of the first `syntax` with any: the capitals, and the rest."""
    text = ado.read_text(encoding="utf-8").replace(" ///\n\t\t", " ")
    syntax = re.search(r"^\tsyntax .*\[, (.*)\]$", text, re.MULTILINE)
    if syntax is None:
        return []
    return re.findall(r"(no[A-Z]+|[A-Z]+|[a-z]+)([a-z]*)(?:\(\w+(?: \w+)?\))?", syntax[1])


@pytest.mark.parametrize("path", HELP_FILES, ids=lambda p: p.name)
def test_help_has_every_option_with_its_abbreviation_and_every_jump(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    markers = set(re.findall(r"{marker (\w+)}", text))
    assert set(re.findall(rf'viewerjumpto "[^"]+" "{path.stem}##(\w+)"', text)) == markers
    for short, rest in options_of(path.with_suffix(".ado")):
        shown = f"{short.lower()}:{rest}" if rest else short
        assert f"{{synopt:{{opt {shown}" in text, shown


def test_the_options_of_a_command_are_read_off_its_syntax() -> None:
    options = options_of(STATA / "shm_use.ado")
    assert ("COMP", "ress") in options
    assert ("noL", "abel") in options
    assert ("THR", "eads") in options
