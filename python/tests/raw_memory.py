"""Segments by the system's own calls, apart from the code under test."""

import ctypes

_libc = ctypes.CDLL(None, use_errno=True)
_libc.shmat.restype = ctypes.c_void_p
_libc.shmat.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
_libc.shmdt.argtypes = [ctypes.c_void_p]
_libc.shmget.argtypes = [ctypes.c_int, ctypes.c_size_t, ctypes.c_int]
_libc.shmctl.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_void_p]

IPC_CREAT, IPC_RMID, IPC_STAT = 0o1000, 0, 2


class _Status(ctypes.Structure):
    """The start of Linux's struct shmid_ds."""

    _fields_ = [
        ("key", ctypes.c_int),
        ("uid", ctypes.c_uint),
        ("gid", ctypes.c_uint),
        ("cuid", ctypes.c_uint),
        ("cgid", ctypes.c_uint),
        ("mode", ctypes.c_ushort),
        ("rest_of_permissions", ctypes.c_ubyte * 26),
        ("size", ctypes.c_size_t),
        ("rest", ctypes.c_ubyte * 256),
    ]


def key_of(seed: int) -> int:
    """Return ftok("/tmp", seed)."""
    return _libc.ftok(b"/tmp", seed)


def find(seed: int) -> int:
    """Return the id of the seed's segment, -1 where there is none."""
    return _libc.shmget(key_of(seed), 0, 0)


def status(segment_id: int) -> _Status:
    """Return what the system says of a segment."""
    result = _Status()
    assert _libc.shmctl(segment_id, IPC_STAT, ctypes.byref(result)) == 0
    return result


def make(seed: int, content: bytes) -> int:
    """Make a segment with this content, return its id."""
    segment_id = _libc.shmget(key_of(seed), len(content), IPC_CREAT | 0o600)
    assert segment_id >= 0
    address = _libc.shmat(segment_id, None, 0)
    ctypes.memmove(address, content, len(content))
    _libc.shmdt(address)
    return segment_id


def read(segment_id: int) -> bytes:
    """Return all bytes of a segment."""
    address = _libc.shmat(segment_id, None, 0o10000)
    content = ctypes.string_at(address, status(segment_id).size)
    _libc.shmdt(address)
    return content


def remove(segment_id: int) -> None:
    """Remove a segment."""
    assert _libc.shmctl(segment_id, IPC_RMID, None) == 0
