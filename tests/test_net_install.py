"""The package of stata/ installs as a user would install it, and is found afterwards."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADOHOST = ROOT / "build" / "bin" / "adohost"
SESSION = """
which shm
which shm_use
which shm_save
which shm_describe
which shm_dir
which shm_drop
which _shm_find
findfile stata_pydata.plugin
capture noisily shm_use using nosuch.txt
assert _rc == 601
quietly set obs 3
generate x = _n
shm_save using here
shm: append using here
shm_describe using here
shm_dir
shm_use using here, clear
shm_drop here
display "all done"
"""
PLUGIN = ROOT / "stata" / "stata_pydata.plugin"  # the build puts it there


def test_the_package_installs_and_its_commands_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "stata"
    shutil.copytree(ROOT / "stata", folder)
    assert (folder / PLUGIN.name).exists()
    (tmp_path / "test.do").write_text(
        f'net install stata_pydata, from("{folder}")\n' + SESSION
    )
    run = subprocess.run(
        [ADOHOST, "-q", "test.do"],
        cwd=tmp_path,
        env=os.environ
        | {
            "HOME": str(tmp_path),
            "S_ADO": "PLUS",
            "STATA_PYDATA_DIR": str(tmp_path / "segments"),
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    plus = f"{tmp_path}/ado/plus"
    assert "installation complete." in run.stdout
    for name in ("shm", "shm_use", "shm_save", "shm_describe", "shm_dir", "shm_drop"):
        assert f"\n{plus}/s/{name}.ado\n" in run.stdout
    assert f"\n{plus}/_/_shm_find.ado\n" in run.stdout
    assert f"\n{plus}/s/stata_pydata.plugin\n" in run.stdout
    assert "\nall done\n" in run.stdout, run.stdout


def test_the_certification_comes_along(tmp_path: Path) -> None:
    (tmp_path / "test.do").write_text(f'net get stata_pydata, from("{ROOT}/stata")\n')
    subprocess.run([ADOHOST, "-q", "test.do"], cwd=tmp_path, check=True)
    got = (tmp_path / "certify.do").read_bytes()
    assert got == (ROOT / "stata" / "certify.do").read_bytes()
