"""Writes the images and the info file that certify.do loads.

    python certify_images.py FOLDER

needs the Python package stata-pydata. Afterwards, in Stata: do certify FOLDER
"""

import os
import struct
import sys

import numpy

import shm

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SEEDS = (91, 92, 93)  # of the keys of System V segments: few programs use them
ROWS = 200_000  # of the info file: more than one thread fills them


def missing(letter: str) -> float:
    """Return the NaN that stands for .a to .z (docs/types.md)."""
    payload = 0x5D5A << 5 | (LETTERS.index(letter) + 1)
    return struct.unpack("<d", struct.pack("<Q", 0x7FF8 << 48 | payload << 29))[0]


# The ends of each storage type, then all missing values.
MISSING = [float("nan"), *map(missing, LETTERS)]
ENDS = {
    "byte": (-127, 100),
    "int": (-32767, 32740),
    "long": (-2147483647, 2147483620),
    "float": (-float.fromhex("0x1.fffffep126"), float.fromhex("0x1.fffffep126")),
    "double": (-sys.float_info.max, float.fromhex("0x1.fffffffffffffp1022")),
}

AWKWARD = 'say "hi" `there\' $HOME `"x"\' {it:y}'


def write_types(path: str) -> None:
    """Every numeric type with its ends and all missing values."""
    data = {
        f"a_{kind}": numpy.array([low, high, 0, *MISSING], float)
        for kind, (low, high) in ENDS.items()
    }
    shm.write(data, path, types={f"a_{kind}": kind for kind in ENDS})


def write_texts(path: str) -> None:
    """Strings of all widths, strLs of both kinds, one text in two cells."""
    data = {
        "ascii": ["abc", "", "x"],
        "umlaut": ["größe", "", "日本"],
        "wide": ["w" * 2045, "", "w"],
        "strl": ["L" * 100_000, "", "shared"],
        "bytes": [b"\0\1\2", b"", b"\xff\0\xfe"],
        "again": ["shared", "shared", ""],
    }
    shm.write(data, path, convert_strl=["strl", "again"], share_strls=True)


def write_labels(path: str) -> None:
    """Everything that is said about data, with quotes, backticks and dollars in it."""
    data = {
        "id": [1, 2, 3, 4],
        "answer": numpy.array([-1, 0, missing("a"), missing("z")]),
        "day": [0, 21915, -1, 2936549],
        "time": [0.0, 1.5e12, -1.0, 1.0],
        "month": [0, 720, -1, 1],
    }
    shm.write(
        data,
        path,
        data_label=AWKWARD,
        variable_labels={"id": AWKWARD, "day": "größe " * 10},
        value_labels={"answer": {-1: AWKWARD, 0: "zero", ".a": "refused", ".z": "z"}},
        formats={"day": "%td", "time": "%tc", "month": "%tm", "answer": "%8.2f"},
        types={"id": "byte", "answer": "int", "time": "double"},
        notes={"_dta": ["first", AWKWARD], "id": ["of id"]},
        characteristics={"_dta": {"certify": AWKWARD}, "id": {"certify": "x" * 60_000}},
        metadata={"sorted_by": ["id"]},
    )


def write_shapes(folder: str) -> None:
    """No observations; more variables than release 118 can count; release 117."""
    none = {"x": numpy.zeros(0), "s": numpy.array([], "U5")}
    shm.write(none, f"{folder}/empty.dta", types={"s": "str5"})
    wide = {f"v{i}": numpy.array([i, -i]) for i in range(33_000)}
    shm.write(wide, f"{folder}/wide.dta", types=dict.fromkeys(wide, "long"))
    shm.write({"x": [1.5], "s": ["text"]}, f"{folder}/old.dta", release=117)


def write_damaged(folder: str) -> None:
    """Write a release that no Stata knows yet, and a variable without a format."""
    shm.write({"x": [1.5]}, f"{folder}/newer.dta", formats={"x": "%7.3f"})
    with open(f"{folder}/newer.dta", "rb") as file:
        image = file.read()
    with open(f"{folder}/newer.dta", "wb") as file:
        file.write(image.replace(b"<release>118", b"<release>122"))
    with open(f"{folder}/formatless.dta", "wb") as file:
        file.write(image.replace(b"%7.3f", bytes(5)))


def write_info(path: str) -> None:
    """Three segments of the original kind; certify.do removes them."""
    if os.path.exists(path):
        os.remove(path)
    columns = {
        "count": ("int", [i - 5 for i in range(ROWS)]),
        "ratio": ("float", [i / 7 for i in range(ROWS)]),
        "gap": ("float", [float("nan")] * 5 + [1.0] * (ROWS - 5)),
    }
    for seed, (name, (kind, values)) in zip(SEEDS, columns.items(), strict=True):
        shm.write_list(values, kind, seed, path, varname=name)


def main() -> None:
    """Write all of it into the folder that was named."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    folder = os.path.abspath(sys.argv[1])
    os.makedirs(folder, exist_ok=True)
    write_types(f"{folder}/types.dta")
    write_texts(f"{folder}/texts.dta")
    write_labels(f"{folder}/labels.dta")
    write_shapes(folder)
    write_damaged(folder)
    write_info(f"{folder}/info.txt")
    print(f'in Stata:  do certify "{folder}"')


if __name__ == "__main__":
    main()
