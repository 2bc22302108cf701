"""The package of stata/ installs as a user would install it, and is found afterwards."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADOHOST = ROOT / "build" / "bin" / "adohost"
PLUGIN = ROOT / "stata" / "stata_pydata.plugin"  # the build puts it there


def test_the_package_installs_and_its_command_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "stata"
    shutil.copytree(ROOT / "stata", folder)
    assert (folder / PLUGIN.name).exists()
    (tmp_path / "test.do").write_text(
        f'net install stata_pydata, from("{folder}")\n'
        "which shm_use\nfindfile stata_pydata.plugin\n"
        "capture noisily shm_use using nosuch.txt\ndisplay _rc\n"
    )
    run = subprocess.run(
        [ADOHOST, "-q", "test.do"],
        cwd=tmp_path,
        env=os.environ | {"HOME": str(tmp_path), "S_ADO": "PLUS"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    plus = f"{tmp_path}/ado/plus/s"
    assert "installation complete." in run.stdout
    assert f"\n{plus}/shm_use.ado\n" in run.stdout
    assert f"\n{plus}/stata_pydata.plugin\n" in run.stdout
    assert "\n601\n" in run.stdout, run.stdout
