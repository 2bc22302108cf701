"""What the doctor says of this machine, and of machines in trouble."""

import json
import os

import images
import pytest

from shm import checkup
from shm.checkup import doctor, installed, machine, memory, place, system


@pytest.fixture
def folder(tmp_path, monkeypatch):
    path = tmp_path / "segments"
    path.mkdir(mode=0o700)
    monkeypatch.setenv("STATA_PYDATA_DIR", str(path))
    return path


def one(part, topic: str):
    return next(finding for finding in part.look() if finding.topic == topic)


def test_a_report(folder):
    report = doctor()
    topics = {finding.topic for finding in report.findings}
    assert topics >= {"directory", "leftovers", "space", "libraries", "stata"}
    assert report.ok == all(finding.level != "problem" for finding in report.findings)
    lines = repr(report).splitlines()
    assert lines[0] == f"ok       directory      {folder} (by STATA_PYDATA_DIR), private"
    assert json.loads(json.dumps(report.to_dict()))["findings"][0]["level"] == "ok"


def test_remedies_stand_below_what_they_are_for(monkeypatch):
    finding = checkup.findings.problem("space", "none", "make some")
    report = checkup.Report(ok=False, findings=[finding])
    assert repr(report).splitlines() == [
        "PROBLEM  space  none",
        "                -> make some",
    ]


def test_directories(folder, monkeypatch):
    folder.chmod(0o755)
    finding = one(place, "directory")
    assert (finding.level, finding.remedy) == ("note", f"chmod 700 {folder}")
    folder.rmdir()
    assert "made when it is first needed" in one(place, "directory").text
    monkeypatch.setenv("STATA_PYDATA_DIR", "/proc/nowhere/segments")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    finding = one(place, "directory")
    assert finding.level == "problem"
    assert finding.text.endswith("can't be made: /proc is read-only")


def test_the_default_directory(monkeypatch):
    monkeypatch.delenv("STATA_PYDATA_DIR", raising=False)
    assert "(in shared memory)" in one(place, "directory").text


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_directory_of_another_user(folder):
    os.chown(folder, 12345, 12345)
    report = doctor()
    assert not report.ok
    assert "belongs to user 12345" in report.findings[0].text


def test_leftovers(folder, monkeypatch):
    assert one(place, "leftovers").level == "ok"
    path = folder / ".a.dta.999999999-0.tmp"
    path.write_bytes(bytes(8192))
    assert one(place, "in the making").text.startswith("1 hidden file, 8.0 KB")
    monkeypatch.setattr("shm.storage.leftovers._TIME_TO_LOCK", 0)
    finding = one(place, "leftovers")
    assert (finding.level, finding.text) == ("note", "1 leftover of dead writers, 8.0 KB")
    assert path.exists()


@pytest.mark.parametrize(
    ("total", "free", "level", "words"),
    [
        (64 * 2**20, 60 * 2**20, "problem", "the size that containers have"),
        (100 * 2**20, 90 * 2**20, "problem", "90.0 MB of 100.0 MB free"),
        (10 * 2**30, 2**20, "problem", "1.0 MB of 10.0 GB free"),
        (10 * 2**30, 5 * 2**30, "ok", "5.0 GB of 10.0 GB free"),
    ],
)
def test_space(monkeypatch, total, free, level, words):
    monkeypatch.setattr(machine, "space_of", lambda path: (total, free))
    finding = one(memory, "space")
    assert finding.level == level
    assert words in finding.text
    if total < 2**30:
        assert "--shm-size" in finding.remedy
        assert "medium: Memory" in finding.remedy


def test_limits_of_memory(monkeypatch):
    monkeypatch.setattr(machine, "space_of", lambda path: (2**33, 2**33))
    monkeypatch.setattr(machine, "available_memory", lambda: 2**34)
    monkeypatch.setattr(machine, "memory_limit", lambda: (2**31, 2**30))
    finding = one(memory, "memory limit")
    assert finding.level == "note"
    assert finding.text.startswith("1.0 GB of 2.0 GB left in the control group")
    text = one(memory, "largest image").text
    assert text == "up to 1.0 GB, or 512.0 MB with Stata's copy of the data beside it"
    monkeypatch.setattr(machine, "memory_limit", lambda: None)
    assert one(memory, "largest image").text == "up to 8.0 GB"


@pytest.mark.parametrize(
    ("files", "limit"),
    [
        ({"self": "0::/a/b\n", "/a/memory.max": "1000", "/a/memory.current": "10"}, 1000),
        ({"self": "0::/a\n", "/a/memory.max": "max", "/a/memory.current": "10"}, None),
        ({"self": "0::/gone\n", "/memory.max": "77", "/memory.current": "7"}, 77),
        (
            {
                "self": "4:memory:/a\n",
                "/memory/a/memory.limit_in_bytes": "500",
                "/memory/a/memory.usage_in_bytes": "1",
            },
            500,
        ),
        (
            {
                "self": "4:cpu,memory:/\n",
                "/memory/memory.limit_in_bytes": "9223372036854771712",
                "/memory/memory.usage_in_bytes": "1",
            },
            None,
        ),
        ({}, None),
    ],
)
def test_control_groups(monkeypatch, files, limit):
    def text_of(path):
        key = (
            "self" if path == "/proc/self/cgroup" else path.removeprefix("/sys/fs/cgroup")
        )
        return files.get(key)

    monkeypatch.setattr(machine, "text_of", text_of)
    found = machine.memory_limit()
    assert (found and found[0]) == limit


def test_mounts(monkeypatch, tmp_path):
    monkeypatch.setenv("STATA_PYDATA_DIR", str(tmp_path))
    device = os.stat(tmp_path).st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    lines = (
        f"1 0 {number} / / rw - ext4 /dev/x rw\n"
        f"2 1 {number} / /dev/shm rw shared:1 - tmpfs tmpfs rw,size=5k,huge=always\n"
    )
    monkeypatch.setattr(machine, "text_of", {"/proc/self/mountinfo": lines}.get)
    mount = machine.mount_of(tmp_path)
    assert (mount.kind, mount.point, mount.options["huge"]) == (
        "tmpfs",
        "/dev/shm",
        "always",
    )
    assert one(memory, "huge pages").text == "huge=always at /dev/shm"
    assert one(place, "file system").level == "ok"
    lines = lines.splitlines()[0]
    monkeypatch.setattr(machine, "text_of", {"/proc/self/mountinfo": lines}.get)
    assert one(place, "file system").level == "note"


@pytest.mark.parametrize(
    ("texts", "removes"),
    [
        ({}, True),
        ({"/etc/systemd/logind.conf": "#RemoveIPC=no\n[Login]\nRemoveIPC = no\n"}, False),
        ({"/usr/lib/systemd/logind.conf": "RemoveIPC=no\n"}, False),
    ],
)
def test_logging_out(monkeypatch, texts, removes):
    monkeypatch.setattr(machine, "text_of", texts.get)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os.path, "isdir", lambda path: True)
    monkeypatch.setattr(os.path, "exists", lambda path: False)
    assert machine.logout_removes_ipc("ann") is removes
    finding = next(iter(system.look()))
    assert (finding.level == "note") is removes


def test_many_segments(monkeypatch):
    limits = machine.SegmentLimits(2**25, 4096, 4000)
    monkeypatch.setattr(machine, "segment_limits", lambda: limits)
    finding = one(system, "segments")
    assert finding.level == "note"
    assert finding.text == "4000 of 4096 System V segments, of up to 32.0 MB each"


def test_what_is_installed(monkeypatch):
    assert "numpy " in one(installed, "libraries").text
    monkeypatch.setattr(installed, "_version", lambda library: None)
    assert one(installed, "libraries").text == "none"
    levels = [finding.level for finding in installed.look()]
    assert "problem" in levels

    def no_files():
        raise FileNotFoundError("no Stata files here")

    monkeypatch.setattr(installed, "stata_path", no_files)
    assert one(installed, "stata").level == "problem"


def test_the_machine_as_it_is(folder):
    assert machine.existing_parent(f"{folder}/a/b") == str(folder)
    total, free = machine.space_of(folder)
    assert 0 <= free <= total
    assert machine.available_memory() > 2**20
    assert machine.segment_limits().most > 0
    images.publish(folder / "a.dta")
    assert doctor().findings
