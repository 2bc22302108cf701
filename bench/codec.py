"""The image codec beside the machine's limits: GB/s of image, for each type and kernel.

Writing goes into a new file in shared memory, as an image is first made, planning
included. Reading goes from a mapped image into memory that no page has been touched of. A
limit is the plainest loop that moves the same bytes on the same threads: it checks
nothing and converts nothing. Texts have no such loop; they stand beside pwrite and
memcpy.
"""

import ctypes
import hashlib
import mmap
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from measure import Row, rounds, seconds
from tabulate import tabulate

LIBRARY = Path(__file__).resolve().parent.parent / "build" / "bench" / "bench_codec.so"
FOLDER = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path()
TITLE = "The codec, {rows:,} x {variables} doubles or the same bytes of another type"
WIDTHS = {"byte": 1, "int": 2, "long": 4, "float": 4, "double": 8}
TEXT_WIDTHS = {"str8": 8, "str40": 40, "strL": 8}
LONGEST_TEXT = 40  # as codec/table.cc makes them
WRITE_LIMIT, READ_LIMIT = "transpose and pwrite", "gather"
PWRITE, MEMCPY = "pwrite alone", "memcpy into warm memory"


class Case:
    """A table of variables of one kind, and the image that the last writer made of it."""

    def __init__(self, codec: ctypes.CDLL, kind: str, cell_bytes: int) -> None:
        width = (WIDTHS | TEXT_WIDTHS)[kind]
        self.codec, self.kind = codec, kind
        self.variables = max(1, 24 // width)
        self.rows = cell_bytes // (width * self.variables)
        self.cell_bytes = self.rows * width * self.variables
        self.threads = len(os.sched_getaffinity(0))
        self.path = FOLDER / f"stata-pydata-bench-{os.getpid()}.dta"
        codec.bench_table.restype = codec.bench_fresh.restype = ctypes.c_void_p
        rows = ctypes.c_int64(self.rows)
        self.table = ctypes.c_void_p(
            codec.bench_table(kind.encode(), rows, self.variables)
        )

    def close(self) -> None:
        self.codec.bench_free(self.table)
        self.path.unlink(missing_ok=True)

    def timed(self, function: str, kernels: str, *arguments: object) -> float:
        def call() -> None:
            fixed = (self.table, kernels.encode(), self.threads)
            if getattr(self.codec, f"bench_{function}")(*fixed, *arguments):
                raise RuntimeError(f"{function} failed on {self.kind}")

        return seconds(call)

    def write(self, function: str, kernels: str = "") -> float:
        """Time a writer into a new file."""
        self.path.unlink(missing_ok=True)
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            return self.timed(function, kernels, fd)
        finally:
            os.close(fd)

    @contextmanager
    def image(self) -> Iterator[np.ndarray]:
        """Map the image, its pages with it."""
        flags = mmap.MAP_SHARED | mmap.MAP_POPULATE
        with open(self.path, "rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, flags=flags, prot=mmap.PROT_READ)
        yield np.frombuffer(mapped, np.uint8)

    @contextmanager
    def fresh(self) -> Iterator[tuple[int, int]]:
        """Address and size of untouched memory for all that a reader makes."""
        longest = WIDTHS.get(self.kind, LONGEST_TEXT)
        size = self.variables * (self.rows + 2) * (8 + longest)
        memory = self.codec.bench_fresh(ctypes.c_int64(size))
        try:
            yield memory, size
        finally:
            self.codec.bench_unmap(ctypes.c_void_p(memory), ctypes.c_int64(size))

    def read(self, image: np.ndarray, function: str, kernels: str = "") -> float:
        """Time a reader into fresh memory."""
        with self.fresh() as (memory, _):
            return self.timed(function, kernels, *self.reading(image, memory))

    def read_hash(self, image: np.ndarray, function: str, kernels: str = "") -> bytes:
        with self.fresh() as (memory, size):
            self.timed(function, kernels, *self.reading(image, memory))
            found = (ctypes.c_char * size).from_address(memory)
            return hashlib.blake2b(found).digest()

    @staticmethod
    def reading(image: np.ndarray, memory: int) -> tuple:
        address = ctypes.c_void_p(image.ctypes.data)
        return address, ctypes.c_int64(image.nbytes), ctypes.c_void_p(memory)

    def copy(self, source: np.ndarray, target: np.ndarray) -> float:
        addresses = (ctypes.c_void_p(a.ctypes.data) for a in (source, target))
        size = ctypes.c_int64(self.cell_bytes)
        return seconds(lambda: self.codec.bench_copy(*addresses, size, self.threads))


def check(case: Case, kernels: list[str]) -> None:
    """Every kernel writes and reads the same bytes, the limit reads what they read."""
    images, found = set(), set()
    for name in kernels:
        case.write("write", name)
        images.add(hashlib.blake2b(case.path.read_bytes()).digest())
    with case.image() as image:
        for name in kernels:
            found.add(case.read_hash(image, "read", name))
        if case.kind in WIDTHS:
            found.add(case.read_hash(image, "plain_read"))
    if len(images) != 1 or len(found) != 1:
        raise RuntimeError(f"{case.kind}: {images=} {found=}")


def rows_of(case: Case, kernels: list[str], repeats: int) -> list[Row]:
    """Measure one kind of variable: all writers in turn, then all readers."""
    plain = case.kind in WIDTHS
    writers = {f"write, {name}": ("write", name) for name in kernels}
    readers = {f"read, {name}": ("read", name) for name in kernels}
    if plain:
        writers[WRITE_LIMIT], readers[READ_LIMIT] = ("plain_write",), ("plain_read",)
    writers[PWRITE] = ("pwrite",)
    best = rounds(
        {what: lambda call=call: case.write(*call) for what, call in writers.items()},
        repeats,
    )
    case.write("write", kernels[-1])
    image_bytes = case.path.stat().st_size
    source, target = (np.ones(case.cell_bytes, np.uint8) for _ in range(2))
    with case.image() as image:
        contenders: dict[str, Callable[[], float]] = {
            what: lambda call=call: case.read(image, *call)
            for what, call in readers.items()
        }
        contenders[MEMCPY] = lambda: case.copy(source, target)
        best |= rounds(contenders, repeats)
    moved = dict.fromkeys(best, case.cell_bytes)
    moved |= {w: image_bytes for w in best if w.startswith(("write,", "read,"))}
    speeds = {what: moved[what] / taken / 1e9 for what, taken in best.items()}
    rows = []
    for what, speed in speeds.items():
        writing = what in writers
        if plain:
            limit = WRITE_LIMIT if writing else READ_LIMIT
        else:
            limit = PWRITE if writing else MEMCPY
        ratio = speed / speeds[limit]
        rows.append(Row(f"{case.kind}: {what}", speed, "GB/s", ratio, limit))
    return rows


def run(rows: int, variables: int, repeats: int) -> list[Row]:
    """Measure every kind, each as many bytes of cells as rows x variables doubles."""
    codec = ctypes.CDLL(str(LIBRARY))
    codec.bench_kernels.restype = ctypes.c_char_p
    kernels = [name.decode() for name in iter_kernels(codec)]
    figures = []
    for kind in [*WIDTHS, *TEXT_WIDTHS]:
        case = Case(codec, kind, rows * variables * 8)
        try:
            check(case, kernels)
            figures += rows_of(case, kernels, repeats)
        finally:
            case.close()
    return figures


def iter_kernels(codec: ctypes.CDLL) -> Iterator[bytes]:
    number = 0
    while name := codec.bench_kernels(number):
        yield name
        number += 1


def table(title: str, rows: list[Row]) -> str:
    """Return the best kernel of each type, and how far it is from the limit."""
    found = {row.what: row for row in rows}
    best = [what.partition(": write, ")[2] for what in found if ": write, " in what][-1]

    def cells(kind: str, way: str) -> list[str]:
        row = found[f"{kind}: {way}, {best}"]
        return [f"{row.value:.2f} GB/s", f"{row.ratio:.2f} of {row.against}"]

    body = [
        [kind, *cells(kind, "write"), *cells(kind, "read")]
        for kind in [*WIDTHS, *TEXT_WIDTHS]
    ]
    head = (title, "writing", "", "reading", "")
    align = ("left", "right", "left", "right", "left")
    return tabulate(body, headers=head, tablefmt="github", colalign=align)
