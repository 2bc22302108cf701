"""System V segments by bare system calls: the original protocol, no code of ours."""

import ctypes
import struct
from collections.abc import Sequence

_libc = ctypes.CDLL(None, use_errno=True)
_libc.shmat.restype = ctypes.c_void_p
_libc.shmat.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
_libc.shmdt.argtypes = [ctypes.c_void_p]
_libc.shmget.argtypes = [ctypes.c_int, ctypes.c_size_t, ctypes.c_int]

IPC_CREAT, IPC_RMID, IPC_STAT = 0o1000, 0, 2
INT, FLOAT, LONG = 0, 1, 2


def key_of(seed: int) -> int:
    return _libc.ftok(b"/tmp", seed)


def create(seed: int, size: int, mode: int = 0o666) -> int:
    segment_id = _libc.shmget(key_of(seed), size, IPC_CREAT | mode)
    assert segment_id >= 0, f"shmget: errno {ctypes.get_errno()}"
    return segment_id


def write(segment_id: int, data: bytes, offset: int = 0) -> None:
    address = _libc.shmat(segment_id, None, 0)
    assert address != ctypes.c_void_p(-1).value
    ctypes.memmove(address + offset, data, len(data))
    _libc.shmdt(address)


def read(segment_id: int, size: int) -> bytes:
    address = _libc.shmat(segment_id, None, 0o10000)
    assert address != ctypes.c_void_p(-1).value
    data = ctypes.string_at(address, size)
    _libc.shmdt(address)
    return data


def remove(segment_id: int) -> None:
    _libc.shmctl(segment_id, IPC_RMID, None)


def exists(segment_id: int) -> bool:
    return _libc.shmctl(segment_id, IPC_STAT, ctypes.create_string_buffer(256)) >= 0


def longs(values: Sequence[int]) -> bytes:
    return struct.pack(f"={len(values)}q", *values)


def doubles(values: Sequence[float]) -> bytes:
    return struct.pack(f"={len(values)}d", *values)


class InfoFile:
    """Writes segments and their lines as the original program did, from `seed` on."""

    def __init__(self, path, seed: int) -> None:
        self.path, self.seed = path, seed
        self.lines: list[bytes] = []
        self.ids: list[int] = []

    def add(self, name: str | bytes, code: int, data: bytes) -> int:
        """Write one segment; return its id."""
        segment_id = create(self.seed, len(data))
        write(segment_id, data)
        self.add_line(key_of(self.seed), segment_id, code, len(data) // 8, name)
        self.ids.append(segment_id)
        self.seed += 1
        return segment_id

    def add_line(self, *fields) -> None:
        """Write a line of these fields, whatever they are."""
        as_bytes = [f if isinstance(f, bytes) else str(f).encode() for f in fields]
        self.lines.append(b"\t".join(as_bytes))
        self.path.write_bytes(b"".join(line + b"\n" for line in self.lines))
