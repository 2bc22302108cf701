"""Data of every kind: as Stata holds them, and as a frame that they are written from."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
from image_specs import LETTERS, Variable, numbers

import shm
from shm.reading.targets.extended import letters_of

Table = dict[str, Variable]

ODD = "\"it's\" `x' $y `=1' \\ 50% größer \U0001f600"
ANSWERS = {1: "yes", 2: ODD, ".a": "refused", ".z": "not asked"}
SECTORS = {0: "public", 1: "private", 2: "never seen"}
LABELS = {"answer": ANSWERS, "sector": SECTORS}
NOTES = {"_dta": ["first " + ODD, "second"], "pay": ["before taxes"]}
CHARACTERISTICS = {"_dta": {"source": ODD}, "answer": {"question": "Do you?"}}
DATA_LABEL = "People " + ODD
RENAMED = {"pay per day": "pay_per_day", "long": "_long"}

MISSING = [".", *(f".{letter}" for letter in LETTERS)]


def people(rows: int, first: int = 1) -> Table:
    """Return variables of all types, with all missing values, as Stata has them."""
    n = range(first, first + rows)
    every = {
        "id": ("long", "%12.0g", list(n)),
        "tiny": ("byte", "%8.0g", [(-127, 100, 0)[i % 3] for i in n]),
        "small": ("int", "%8.0g", [(-32_767, 32_740, i)[i % 3] for i in n]),
        "middle": (
            "long",
            "%12.0g",
            [(1 - 2**31, 2_147_483_620, i)[i % 3] for i in n],
        ),
        "large": ("double", "%10.0g", [(2**53, -(2**53), 2**31 + i)[i % 3] for i in n]),
        "holes": ("int", "%8.0g", ["." if i % 4 == 0 else i for i in n]),
        "half": ("float", "%9.0g", ["." if i % 5 == 0 else i + 0.5 for i in n]),
        "pay": ("double", "%12.2fc", ["." if i % 7 == 0 else i / 7 for i in n]),
        "why": ("double", "%10.0g", [MISSING[i % 27] if i % 2 else i / 3 for i in n]),
        "answer": ("byte", "%8.0g", [(1, 2, ".a", 5, ".z", ".", ".q")[i % 7] for i in n]),
        "sector": ("byte", "%8.0g", [(0, 1, ".")[i % 3] for i in n]),
        "name": ("str", "", [f"{'ÄÖ' * (i % 3)}{i}" for i in n]),
        "odd": ("str", "", [(ODD, "", "`'", '"', "$id", " a ")[i % 6] for i in n]),
        "long": ("strL", "%9s", [("x" * 3000 + str(i), "", ODD)[i % 3] for i in n]),
        "raw": ("strL", "%9s", [(b"\0\xff\0", "", bytes(range(256)))[i % 3] for i in n]),
        "born": ("long", "%td", ["." if i % 6 == 0 else i * 97 - 9000 for i in n]),
        "seen": ("double", "%tc", ["." if i % 8 == 0 else i * 86_399_001 for i in n]),
        "month": ("long", "%tm", ["." if i % 9 == 0 else i - 20 for i in n]),
        "pay per day": ("double", "%10.0g", [i / 8 for i in n]),
    }
    table = {
        name: Variable(name, type, cells, format)
        for name, (type, format, cells) in every.items()
    }
    table["pay"] = replace(table["pay"], label=f"Pay {ODD}")
    table["born"] = replace(table["born"], label="Day of birth")
    for name in LABELS:
        table[name] = replace(table[name], value_label=name)
    return sized(table)


def sized(table: Table) -> Table:
    """Return the table with the widths and formats of texts that their cells ask for."""
    return {name: _sized(variable) for name, variable in table.items()}


def _sized(variable: Variable) -> Variable:
    if not variable.type.startswith("str") or variable.type == "strL":
        return variable
    width = max(1, *(len(cell.encode()) for cell in variable.cells))
    return replace(variable, type=f"str{width}", format=f"%{max(9, width)}s")


def frame_of(table: Table) -> pd.DataFrame:
    """Return the frame that a user has, made without the project."""
    return pd.DataFrame({name: _column(variable) for name, variable in table.items()})


def _column(variable: Variable) -> object:
    cells = [None if cell == "." else cell for cell in variable.cells]
    if variable.name == "sector":
        texts = [None if cell is None else SECTORS[cell] for cell in cells]
        return pd.Categorical(texts, categories=list(SECTORS.values()))
    if variable.name == "raw":  # an empty binary text is an empty text in Stata
        return pd.Series([cell or b"" for cell in variable.cells], dtype=object)
    if variable.type.startswith("str"):
        return pd.Series(variable.cells, dtype=object)
    if variable.format == "%td":
        return [_after(cell, days=1) for cell in cells]
    if variable.format == "%tc":
        return pd.to_datetime([_after(cell, milliseconds=1) for cell in cells])
    if variable.format == "%tm":
        return pd.PeriodIndex.from_ordinals(
            [-(2**63) if cell is None else cell - 120 for cell in cells], freq="M"
        )
    return _numbers(variable, cells)


def _after(cell: float | None, **unit: int) -> dt.datetime | None:
    if cell is None:
        return None
    moment = dt.datetime(1960, 1, 1) + cell * dt.timedelta(**unit)
    return moment.date() if "days" in unit else moment


def _numbers(variable: Variable, cells: list) -> object:
    dtypes = {"tiny": "int8", "small": "int16", "middle": "int64", "large": "int64"}
    if variable.name == "holes":
        return pd.array(cells, dtype="Int16")
    if variable.name in dtypes:
        return np.array(cells, dtypes[variable.name])
    if variable.type in ("float", "double") or variable.name == "answer":
        values = numbers(variable.cells)
        return values.astype("float32") if variable.type == "float" else values
    return np.array(cells)


def write_people(table: Table, name: str, **options: object) -> shm.Segment:
    """Write the frame of such a table with all of its metadata."""
    return shm.write(
        frame_of(table),
        name,
        variable_labels={n: v.label for n, v in table.items() if v.label},
        value_labels={"answer": ANSWERS},
        types={"answer": "byte"},
        formats={"pay": "%12.2fc"},
        **options,
    )


def table_of(segment: shm.Segment) -> Table:
    """Return the variables of a sound image, as this package reads them."""
    assert segment.check() == []
    data, metadata = shm.read(
        segment,
        as_="dict",
        missing="nan",
        convert_dates=False,
        convert_categoricals=False,
        return_metadata=True,
    )
    return {
        name: Variable(
            name,
            entry["type"],
            cells_of(data[name]),
            entry["format"],
            entry["label"],
            entry["value_label"],
        )
        for name, entry in metadata["variables"].items()
    }


def cells_of(values: np.ndarray) -> list:
    """Return cells with the letters of those that are missing; empty ones are texts."""
    if values.dtype.kind != "f":
        return ["" if cell == b"" else cell for cell in values.tolist()]
    letters = letters_of(values.astype(np.float64))
    if letters is None:
        letters = [None] * len(values)
    return [
        (letter or ".") if cell != cell else cell
        for cell, letter in zip(values.tolist(), letters, strict=True)
    ]
