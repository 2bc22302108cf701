"""Codewords of sysdir on the ado-path: in S_ADO, adopath, findfile and c(adopath)."""

import os
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
ADOHOST = os.environ.get("ADOHOST", str(HERE.parents[1] / "build" / "bin" / "adohost"))


def test_codewords_stand_for_directories_below_the_home(tmp_path: Path) -> None:
    for folder, name in (("personal/h", "hello"), ("plus", "again")):
        directory = tmp_path / "ado" / folder
        directory.mkdir(parents=True)
        text = f'program {name}\n    display "{name}"\nend\n'
        (directory / f"{name}.ado").write_text(text, encoding="utf-8")
    do_file = tmp_path / "test.do"
    do_file.write_text(
        "display c(adopath)\nhello\nfindfile hello.ado\ncapture again\ndisplay _rc\n"
        "adopath + plus\nagain\nadopath - PERSONAL\ncapture findfile hello.ado\n"
        'display _rc\nfindfile hello.ado, path("personal")\n',
        encoding="utf-8",
    )
    env = os.environ | {"HOME": str(tmp_path), "S_ADO": "personal;.;/no/such/place"}
    run = subprocess.run(
        [ADOHOST, "-q", do_file], env=env, capture_output=True, text=True, timeout=60
    )
    printed = [line for line in run.stdout.splitlines() if line[:1] not in ("", ".")]
    home = f"{tmp_path}/ado"
    assert printed[:-1] == [
        "PERSONAL;.;/no/such/place",
        "hello",
        f"{home}/personal/h/hello.ado",
        "199",
        f'  [1]  (PERSONAL)  "{home}/personal/"',
        '  [2]              "."',
        '  [3]              "/no/such/place"',
        f'  [4]  (PLUS)      "{home}/plus/"',
        "again",
        '  [1]              "."',
        '  [2]              "/no/such/place"',
        f'  [3]  (PLUS)      "{home}/plus/"',
        "601",
        f"{home}/personal/h/hello.ado",
    ]
