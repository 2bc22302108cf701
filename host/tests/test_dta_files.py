"""The host's reader and writer against others: genuine files, pandas and pyreadstat.

What the host has read and saved again must look the same to another reader, and what
another writer wrote must arrive in the host. The corpus of genuine files is not part of
the project: STATA_PYDATA_CORPUS names its folder.
"""

import gzip
import os
import subprocess
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ADOHOST = os.environ.get("ADOHOST", str(ROOT / "build" / "bin" / "adohost"))
CORPUS = Path(os.environ.get("STATA_PYDATA_CORPUS", ROOT.parent / "shared/dta-corpus"))

MORE = "set maxvar 120000"  # one file has 32,999 variables

# (file, reader): why the reader has nothing to say of it.
NOT_READ = {
    ("myproject2.dtas!persons~0000.dta", "pandas"): "it does not know release 120",
    ("myproject2.dtas!persons~0000.dta", "pyreadstat"): "it does not know release 120",
    ("stata_strl.dta", "pyreadstat"): "it takes a binary strL for text",
    ("statacar.dta", "pandas"): "a cell holds minus infinity, which it can't show",
    ("stata1_119.dta.gz", "pyreadstat"): "32,999 variables take it seconds, pandas not",
}


def images() -> Iterator[tuple[str, Path]]:
    """Yield the name of each image of the corpus and the file that it is in."""
    for path in sorted(CORPUS.rglob("*")):
        if path.suffix == ".dtas":
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    if member.endswith(".dta"):
                        yield f"{path.name}!{member}", path
        elif path.suffix == ".dta" or path.name.endswith(".dta.gz"):
            yield path.name, path


@cache
def corpus() -> dict[str, Path]:
    return dict(images()) if CORPUS.is_dir() else {}


def image_bytes(name: str) -> bytes:
    path = corpus()[name]
    if path.suffix == ".dtas":
        with zipfile.ZipFile(path) as archive:
            return archive.read(name.split("!")[1])
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def run_host(folder: Path, *commands: str) -> str:
    (folder / "test.do").write_text("\n".join(commands) + "\n", encoding="utf-8")
    run = subprocess.run(
        [ADOHOST, "-q", "test.do"], cwd=folder, capture_output=True, timeout=120
    )
    printed = run.stdout.decode(errors="replace")
    assert run.returncode == 0, printed
    return printed


class Seen:
    """What a reader shows of a file: cells, labels, formats, notes."""

    def __init__(self, reader: str, path: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            getattr(self, reader)(path)

    def pandas(self, path: Path) -> None:
        with pd.read_stata(path, iterator=True) as reader:
            self.cells = reader.read(
                convert_dates=False, convert_categoricals=False, convert_missing=True
            )
            self.about = (
                reader.variable_labels(),
                reader.data_label,
                {k: v for k, v in reader.value_labels().items() if v},
            )

    def pyreadstat(self, path: Path) -> None:
        # One byte, one character: texts are compared as the bytes that they are.
        self.cells, meta = pyreadstat.read_dta(
            str(path), disable_datetime_conversion=True, encoding="LATIN1"
        )
        self.about = (
            meta.column_names_to_labels,
            meta.file_label,
            meta.original_variable_types,
            sorted(meta.notes),  # their order in the file means nothing
            meta.variable_to_label,
            {k: v for k, v in meta.value_labels.items() if v},
        )


def same_cells(before: pd.DataFrame, after: pd.DataFrame) -> None:
    assert list(before.columns) == list(after.columns)
    assert len(before) == len(after)
    for name in before.columns:
        a, b = before[name].to_numpy(object), after[name].to_numpy(object)
        differs = [
            i
            for i in range(len(a))
            if not (a[i] == b[i] or (a[i] != a[i] and b[i] != b[i]))
        ]
        assert not differs, (name, differs[:3], a[differs[:3]], b[differs[:3]])


@pytest.mark.skipif(
    not corpus(), reason="no corpus: STATA_PYDATA_CORPUS names its folder"
)
@pytest.mark.parametrize("name", sorted(corpus()))
def test_a_genuine_file_is_the_same_after_use_and_save(name: str, tmp_path: Path) -> None:
    before, after = tmp_path / "before.dta", tmp_path / "after.dta"
    before.write_bytes(image_bytes(name))
    run_host(tmp_path, MORE, "use before", "save after, orphans emptyok")
    for reader in ("pandas", "pyreadstat"):
        if (name, reader) in NOT_READ:
            continue
        first, second = Seen(reader, before), Seen(reader, after)
        same_cells(first.cells, second.cells)
        assert first.about == second.about


@pytest.mark.skipif(
    not corpus(), reason="no corpus: STATA_PYDATA_CORPUS names its folder"
)
def test_saved_again_a_genuine_file_is_the_same_to_the_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735725600")
    for name in sorted(corpus()):
        (tmp_path / "a.dta").write_bytes(image_bytes(name))
        run_host(
            tmp_path,
            MORE,
            "use a",
            "save b, replace orphans emptyok",
            "use b",
            "save c, replace orphans emptyok",
        )
        assert (tmp_path / "b.dta").read_bytes() == (tmp_path / "c.dta").read_bytes(), (
            name
        )


FRAME = pd.DataFrame(
    {
        "b": np.array([-127, 0, 100], np.int8),
        "i": np.array([-32767, 5, 32740], np.int16),
        "l": np.array([-2147483647, 5, 2147483620], np.int32),
        "f": np.array([1.5, np.nan, -2.25e38 / 2], np.float32),
        "d": [1 / 3, np.nan, -1e300],
        "s": ["", "é ü", "two words"],
        "when": [datetime(1960, 1, 1), datetime(2024, 2, 29, 12, 30), None],
        "kind": pd.Categorical(["low", "high", "low"], ["low", "high"], ordered=True),
    }
)


@pytest.mark.parametrize("version", [114, 117, 118, 119])
@pytest.mark.parametrize("byteorder", ["little", "big"])
def test_what_pandas_writes_arrives(tmp_path: Path, version: int, byteorder: str) -> None:
    frame = FRAME.copy()
    options = {}
    if version >= 117:
        frame["text"] = ["x" * 3000, "", "ü"]
        options["convert_strl"] = ["text"]
    frame.to_stata(
        tmp_path / "f.dta",
        version=version,
        byteorder=byteorder,
        write_index=False,
        data_label="From pandas",
        variable_labels={"b": "A byte"},
        convert_dates={"when": "tc"},
        **options,
    )
    printed = run_host(
        tmp_path,
        "use f",
        *(f"display %21x {v}[{i}]" for v in "bilfd" for i in (1, 2, 3)),
        *(f"display %20.0f when[{i}]" for i in (1, 2, 3)),
        "display \"[`: variable label b'] [`: data label'] [`: format when']\"",
        "decode kind, generate(word)",
        "display word[1] word[2]",
        "save g",
    ).splitlines()
    shown = [line for line in printed if line and not line.startswith((".", "file "))]
    expected = [
        "." if value != value else float(value)
        for v in "bilfd"
        for value in frame[v].tolist()
    ]
    assert shown[0] == "(From pandas)"
    assert [from_hex(text) for text in shown[1:16]] == expected
    since_1960 = FRAME["when"][1] - datetime(1960, 1, 1)
    milliseconds = str(round(since_1960.total_seconds() * 1000))
    assert [text.strip() for text in shown[16:18]] == ["0", milliseconds]
    assert "[A byte] [From pandas] [%tc]" in shown
    assert "lowhigh" in shown
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # texts of release 114 are no UTF-8
        back = pd.read_stata(tmp_path / "g.dta", convert_categoricals=False)
    assert back["s"].tolist() == frame["s"].tolist()
    assert back["when"].isna().tolist() == [False, False, True]
    if version >= 117:
        assert back["text"].tolist() == frame["text"].tolist()


def from_hex(text: str) -> float | str:
    """Read Stata's %21x, +1.8000000000000X+001, in which `.` is 2 to the 1023."""
    mantissa, exponent = text.strip().split("X")
    sign = "-" if mantissa[0] == "-" else ""
    value = float.fromhex(f"{sign}0x{mantissa[1:]}p{int(exponent, 16)}")
    return "." if value == 2.0**1023 else value


def test_more_variables_than_maxvar_are_refused(tmp_path: Path) -> None:
    printed = run_host(
        tmp_path,
        MORE,
        "quietly set obs 1",
        "forvalues i = 0/5000 {",
        "quietly generate v`i' = `i'",
        "}",
        "quietly save f",
        "clear",
        "set maxvar 5000",
        "capture noisily use f",
        "display _rc",
        "use v1-v3 using f",
        "display c(k)",
        MORE,
        "use f, clear",
        "display c(k)",
    )
    assert "no room to add more variables\n    Up to 5,000 variables" in printed
    shown = [line for line in printed.splitlines() if line.isdigit()]
    assert shown == ["900", "3", "5001"]
