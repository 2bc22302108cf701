"""The plugin as a binary: what it exports, what it needs, how it answers a bare table."""

import ctypes
import re
import subprocess
from pathlib import Path

PLUGIN = Path(__file__).resolve().parent.parent / "stata" / "stata_pydata.plugin"
SYSTEM_LIBRARIES = {"libc.so.6", "libm.so.6", "libpthread.so.0", "ld-linux-x86-64.so.2"}


def output_of(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_exports_exactly_what_stata_calls() -> None:
    lines = output_of("nm", "-D", "--defined-only", PLUGIN).splitlines()
    assert {line.split()[-1] for line in lines} == {"pginit", "stata_call"}


def test_needs_nothing_but_the_system() -> None:
    dynamic = output_of("readelf", "-d", PLUGIN)
    needed = set(re.findall(r"\(NEEDED\).*\[(.+)\]", dynamic))
    assert "libc.so.6" in needed
    assert needed <= SYSTEM_LIBRARIES
    assert "RPATH" not in dynamic
    assert "RUNPATH" not in dynamic


class BareTable:
    """The interface by its offsets (docs/spi.md), without a header of the plugin."""

    TEXT = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p)
    SAVE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p)

    def __init__(self) -> None:
        self.macros: dict[bytes, bytes] = {}
        self.errors: list[bytes] = []
        self.memory = ctypes.create_string_buffer(464)
        self.entries = {80: self.SAVE(self.save), 336: self.TEXT(self.error)}
        for offset, entry in self.entries.items():
            address = ctypes.cast(entry, ctypes.c_void_p).value
            self.memory[offset : offset + 8] = address.to_bytes(8, "little")

    def save(self, name: bytes, value: bytes) -> int:
        self.macros[name] = value
        return 0

    def error(self, text: bytes) -> int:
        self.errors.append(text)
        return 0


def test_answers_a_bare_table() -> None:
    plugin = ctypes.CDLL(str(PLUGIN))
    table = BareTable()
    assert plugin.pginit(table.memory) == 3

    def call(*words: bytes) -> int:
        return plugin.stata_call(len(words), (ctypes.c_char_p * len(words))(*words))

    assert call(b"version") == 0
    assert set(table.macros) == {b"_version"}
    assert call() == 198
    assert call(b"nonsense") == 198
    assert call(b"scan", b"/nonexistent/{file}") == 601
    assert table.errors[1] == b"the plugin has no command nonsense\n"
    assert b"/nonexistent/{c -(}file{c )-}" in table.errors[2]
