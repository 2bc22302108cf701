"""net and ado: packages from folders, installed below the home directory."""

import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ADOHOST = os.environ.get("ADOHOST", str(HERE.parents[1] / "build" / "bin" / "adohost"))

TOC = "v 3\nd A folder of packages\np hello says hello\n"
PKG = """v 3
d HELLO: says hello
d
d KW: greetings
f hello.ado
f help/hello.sthlp
f example.do
g MACINTEL64 mac/native.plugin
g LINUX64 linux/native.plugin
g WIN64 win/native.plugin
h native.plugin
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "the package"
    for name, text in {
        "stata.toc": TOC,
        "hello.pkg": PKG,
        "hello.ado": 'program hello\n    display "hello, version 1"\nend\n',
        "help/hello.sthlp": "{smcl}\nHelp\n",
        "example.do": "hello\n",
        "linux/native.plugin": "not really\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def run(home: Path, *commands: str) -> list[str]:
    """Run the commands; return what they print, without echo and blank lines."""
    home.joinpath("test.do").write_text("\n".join(commands) + "\n")
    env = os.environ | {
        "HOME": str(home),
        "S_ADO": "PLUS;.",
        "SOURCE_DATE_EPOCH": "1735725600",
        "TZ": "UTC",
    }
    done = subprocess.run(
        [ADOHOST, "-q", "test.do"],
        cwd=home,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
    )
    lines = done.stdout.splitlines()
    return [line for line in lines if line and not line.startswith((". ", "> "))][:-1]


def test_a_package_is_installed_and_found(tmp_path: Path, package: Path) -> None:
    printed = run(
        tmp_path,
        f'net install hello, from("{package}")',
        "hello",
        "findfile native.plugin",
        "which hello",
        "ado dir",
        "ado",
    )
    plus = f"{tmp_path}/ado/plus/"
    listed = [f"[1] package hello from {package}/", "      HELLO: says hello"]
    assert printed == [
        "checking hello consistency and verifying not already installed...",
        f"installing into {plus}...",
        "installation complete.",
        "hello, version 1",
        f"{plus}n/native.plugin",
        f"{plus}h/hello.ado",
        *listed,
        *listed,
    ]
    assert Path(plus, "h/hello.sthlp").read_text() == "{smcl}\nHelp\n"
    assert not Path(plus, "e").exists()
    tracked = Path(plus, "stata.trk").read_text()
    assert "N hello.pkg\nD 1 Jan 2025\nU 1\nd HELLO: says hello\n" in tracked
    assert "f h/hello.ado\nf h/hello.sthlp\nf n/native.plugin\ne\n" in tracked


def test_what_is_there_already_is_replaced_only_when_asked(
    tmp_path: Path, package: Path
) -> None:
    install = f'net install hello, from("{package}")'
    run(tmp_path, install)
    assert run(tmp_path, install)[1:] == ["all files already exist and are up to date."]
    text = (package / "hello.ado").read_text()
    (package / "hello.ado").write_text(text.replace("1", "2"))
    ado = f"    {tmp_path}/ado/plus/h/hello.ado"
    refused = run(tmp_path, f"capture noisily {install}", "display _rc", "hello")
    assert refused[1:] == [
        "the following files already exist and are different:",
        ado,
        "no files installed or copied",
        "(no action taken)",
        "602",
        "hello, version 1",
    ]
    replaced = run(tmp_path, f"{install} replace", "hello", "ado dir")
    assert replaced[1:6] == [
        "the following files will be replaced:",
        ado,
        f"installing into {tmp_path}/ado/plus/...",
        "installation complete.",
        "hello, version 2",
    ]
    assert replaced[6].startswith("[2] package hello from ")
    assert len(replaced) == 8


def test_ancillary_files_are_copied_where_the_user_is(
    tmp_path: Path, package: Path
) -> None:
    printed = run(tmp_path, f'net get hello, from("{package}")')
    assert printed[1:] == [
        "copying into current directory...",
        "      copying  example.do",
        "ancillary files successfully copied.",
    ]
    assert (tmp_path / "example.do").read_text() == "hello\n"
    (tmp_path / "example.do").unlink()
    run(tmp_path, f'net install hello, from("{package}") all')
    assert (tmp_path / "example.do").exists()


def test_uninstall_takes_the_files_away(tmp_path: Path, package: Path) -> None:
    run(tmp_path, f'net install hello, from("{package}")')
    printed = run(
        tmp_path,
        "ado uninstall hello",
        "capture noisily hello",
        "ado dir",
        "capture noisily ado uninstall hello",
        "display _rc",
    )
    assert printed == [
        f"package hello from {package}/",
        "      HELLO: says hello",
        "(package uninstalled)",
        "command hello is unrecognized",
        "(no packages installed)",
        "package hello not found",
        "111",
    ]
    assert not Path(tmp_path, "ado/plus/h/hello.ado").exists()


def test_describe_and_from(tmp_path: Path, package: Path) -> None:
    described = run(tmp_path, f'net describe hello, from("{package}")')
    assert described[1] == f"package hello from {package}/"
    assert "      HELLO: says hello" in described
    heading = "INSTALLATION FILES" + "(type net install hello)".rjust(61)
    files = described.index(heading)
    assert described[files + 1 : files + 4] == [
        "      hello.ado",
        "      hello.sthlp",
        "      native.plugin",
    ]
    assert described[files + 5] == "      example.do"
    listed = run(tmp_path, f'net from "{package}"')
    assert "    hello             says hello" in listed


def test_the_place_that_was_named_is_remembered(tmp_path: Path, package: Path) -> None:
    run(tmp_path, f'net from "{package}"', "net describe hello", "net install hello")
    assert Path(tmp_path, "ado/plus/h/hello.ado").exists()


@pytest.mark.parametrize(
    ("command", "message", "code"),
    [
        ("net install nosuch, from({p})", "file {p}/nosuch.pkg not found", "601"),
        ("net install hello", "option from() required in adohost", "198"),
        (
            "net install x, from(https://example.com)",
            "adohost does not reach the network: https://example.com",
            "631",
        ),
        ("net sj 1-1", "net sj is not available in adohost", "198"),
        ("ssc install x", "adohost does not reach the network: ssc install x", "631"),
        ("ado update", "ado update is not available in adohost", "198"),
    ],
)
def test_refused(
    tmp_path: Path, package: Path, command: str, message: str, code: str
) -> None:
    folder = f'"{package}"' if "install nosuch" in command else ""
    printed = run(
        tmp_path, "capture noisily " + command.replace("{p}", folder), "display _rc"
    )
    assert printed == [message.replace("{p}", str(package)), code]


def test_a_package_for_other_machines_is_refused(tmp_path: Path, package: Path) -> None:
    text = (package / "hello.pkg").read_text()
    (package / "hello.pkg").write_text(text.replace("g LINUX64", "g SOL64"))
    printed = run(
        tmp_path,
        f'capture noisily net install hello, from("{package}")',
        "display _rc",
    )
    assert printed[1:] == [
        "package hello requires native.plugin, which it does not have for this platform",
        "601",
    ]
    assert not (tmp_path / "ado").exists()


def test_a_missing_file_stops_before_anything_is_copied(
    tmp_path: Path, package: Path
) -> None:
    (package / "help/hello.sthlp").unlink()
    printed = run(
        tmp_path,
        f'capture noisily net install hello, from("{package}")',
        "display _rc",
    )
    assert printed[1:] == [f"file {package}/help/hello.sthlp not found", "601"]
    assert not (tmp_path / "ado").exists()
