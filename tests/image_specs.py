"""Arbitrary data sets with arbitrary metadata, and their images."""

import os
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from shm import _core

LETTERS = "abcdefghijklmnopqrstuvwxyz"
RANGES = {
    "byte": (-127, 100),
    "int": (-32_767, 32_740),
    "long": (-2_147_483_647, 2_147_483_620),
}
FLOAT_MAX = float(np.frombuffer(bytes.fromhex("ffffff7e"), "<f4")[0])
DOUBLE_MAX = float.fromhex("0x1.fffffffffffffp1022")
NUMERIC_FORMATS = ("%9.0g", "%12.2f", "%8.0gc", "%-10.3e", "%21x", "%05.1f")


@dataclass(frozen=True)
class Variable:
    """A variable: cells are numbers, "." and ".a" to ".z" for missing ones, or texts."""

    name: str
    type: str
    cells: list[Any]
    format: str = ""
    label: str = ""
    value_label: str = ""


@dataclass(frozen=True)
class DataSet:
    """What an image holds."""

    release: int
    variables: list[Variable]
    data_label: str = ""
    timestamp: str = ""
    value_labels: dict[str, dict[int, str]] = field(default_factory=dict)
    characteristics: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def observations(self) -> int:
        return len(self.variables[0].cells)


def tagged_nan(cell: str) -> float:
    """Return the NaN that stands for a missing value outside Stata."""
    tag = "." + LETTERS
    payload = 0 if cell == "." else 0x5D5A << 5 | tag.index(cell[1])
    bits = 0x7FF8000000000000 | payload << 29
    return struct.unpack("<d", struct.pack("<Q", bits))[0]


def numbers(cells: list[Any]) -> np.ndarray:
    return np.array([tagged_nan(c) if isinstance(c, str) else c for c in cells], float)


def write(data: DataSet, path: Path, share: str = "none") -> None:
    """Write the image of a data set with every type declared."""
    columns = _core.Columns()
    for variable in data.variables:
        if variable.type.startswith("str"):
            cells = np.array([*variable.cells, None], object)[:-1]
            columns.add_objects(variable.name, cells, (), as_texts=True)
        else:
            columns.add_numbers(variable.name, [(numbers(variable.cells), None)])
    schema = {
        "release": data.release,
        "data_label": data.data_label,
        "timestamp": data.timestamp,
        "variables": [
            (v.name, v.type, v.format, v.label, v.value_label) for v in data.variables
        ],
        "value_labels": [(k, list(v.items())) for k, v in data.value_labels.items()],
        "characteristics": data.characteristics,
    }
    rules = [("declared", "error", False)] * len(data.variables)
    plan = _core.Plan(columns, schema, rules, share)
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        plan.write(fd)
    finally:
        os.close(fd)


def texts(ascii_only: bool, most: int, least: int = 0) -> st.SearchStrategy[str]:
    allowed = (
        st.characters(min_codepoint=32, max_codepoint=126)
        if ascii_only
        else st.characters(exclude_characters="\0", exclude_categories=["Cs", "Cc"])
    )
    return st.text(allowed, min_size=least, max_size=most)


MISSING = st.sampled_from([".", *(f".{letter}" for letter in LETTERS)])


def cells_of(kind: str, ascii_only: bool) -> st.SearchStrategy[Any]:
    if kind in RANGES:
        low, high = RANGES[kind]
        edges = st.sampled_from([low, high, 0, 1])
        return st.integers(low, high) | edges | MISSING
    if kind == "float":
        finite = st.floats(-FLOAT_MAX, FLOAT_MAX, width=32, allow_subnormal=False)
        return finite | st.sampled_from([FLOAT_MAX, -FLOAT_MAX]) | MISSING
    if kind == "double":
        finite = st.floats(-DOUBLE_MAX, DOUBLE_MAX, allow_subnormal=False)
        return finite | st.sampled_from([DOUBLE_MAX]) | MISSING
    text = texts(ascii_only, 12)
    return (
        text | texts(ascii_only, 1, 1).map(lambda c: c * 700) if kind == "strL" else text
    )


NAMES = st.text("abcXYZ_09", min_size=1, max_size=30).map(lambda s: f"v{s}")


@st.composite
def data_sets(draw: st.DrawFn, *, empty: bool = True) -> DataSet:
    """Draw a data set that an image can hold."""
    release = draw(st.sampled_from([117, 118, 118]))
    ascii_only = release == 117
    rows = draw(st.integers(0 if empty else 1, 6))
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique_by=str.lower))
    label = texts(ascii_only, 60)
    sets = draw(
        st.dictionaries(
            NAMES,
            st.dictionaries(
                st.integers(-(2**31) + 1, 2_147_483_620), label.filter(bool), min_size=1
            ),
            max_size=2,
        )
    )
    variables = []
    for name in names:
        kind = draw(st.sampled_from([*RANGES, "float", "double", "str", "strL"]))
        cells = draw(st.lists(cells_of(kind, ascii_only), min_size=rows, max_size=rows))
        numeric = not kind.startswith("str")
        variables.append(
            Variable(
                name,
                kind,
                cells,
                draw(st.sampled_from(("", *NUMERIC_FORMATS))) if numeric else "",
                draw(label),
                draw(st.sampled_from(["", *sets])) if numeric else "",
            )
        )
    owners = st.sampled_from(["_dta", *names])
    characteristics = draw(
        st.lists(
            st.tuples(owners, NAMES, texts(ascii_only, 80)),
            max_size=4,
            unique_by=lambda c: c[:2],
        )
    )
    stamp = draw(st.sampled_from(["", " 4 Aug 2024 07:02", "31 Dec 1999 23:59"]))
    return DataSet(release, variables, draw(label), stamp, sets, characteristics)
