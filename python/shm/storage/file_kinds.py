"""Files that are no `.dta` image: what they are, and what reads them."""

from __future__ import annotations

import codecs
import os

_READ_AT_ONCE = 512
_FIELDS_OF_INFO_FILES = 5


class FileKind:
    """
    A kind of file.

    Attributes
    ----------
    text : str
        With its article.
    reader : str
        The function of pandas that reads it, "" where there is none.
    compression : str
        What `read_stata` calls it, "" of what is not compressed.
    """

    __slots__ = ("compression", "reader", "text")

    def __init__(self, text: str, reader: str = "", compression: str = "") -> None:
        self.text = text
        self.reader = reader
        self.compression = compression

    def remedy(self, path: str) -> str:
        """Return what to do with such a file, "" where nobody knows."""
        if self.compression:
            return (
                f"; shm.read_stata({path!r}, compression={self.compression!r}) reads the "
                ".dta file in it, if there is one"
            )
        if self.reader:
            return (
                f"; shm.write(pandas.{self.reader}({path!r}), name) makes a segment of it"
            )
        return ""


_CSV = FileKind("a CSV file", "read_csv")
_EXCEL = FileKind("an Excel file", "read_excel")
_FEATHER = FileKind("a Feather file", "read_feather")
_GZIP = FileKind("a gzip archive", compression="gzip")
_HDF = FileKind("an HDF5 file", "read_hdf")
_PARQUET = FileKind("a Parquet file", "read_parquet")
_PICKLE = FileKind("a Python pickle", "read_pickle")
_R = FileKind("an R file")
_SAS = FileKind("a SAS file", "read_sas")
_SPSS = FileKind("an SPSS file", "read_spss")
_TEXT = FileKind("text")
_WEB_PAGE = FileKind("a web page")
_ZIP = FileKind("a zip archive", compression="zip")
_BEGINNINGS = (
    (b"PK\x03\x04", FileKind("a zip archive, as .xlsx files are", compression="zip")),
    (b"PAR1", _PARQUET),
    (b"ARROW1", _FEATHER),
    (b"FEA1", _FEATHER),
    (b"\xd0\xcf\x11\xe0", _EXCEL),
    (b"\x1f\x8b", _GZIP),
    (b"BZh", FileKind("a bzip2 archive", compression="bz2")),
    (b"\xfd7zXZ\x00", FileKind("an xz archive", compression="xz")),
    (b"\x28\xb5\x2f\xfd", FileKind("a Zstandard archive", compression="zstd")),
    (b"$FL2", _SPSS),
    (b"$FL3", _SPSS),
    (b"HEADER RECORD*******", _SAS),
    (bytes(12) + b"\xc2\xea\x81\x60", _SAS),
    (b"\x89HDF", _HDF),
    (b"\x80\x04\x95", _PICKLE),
    (b"\x80\x05\x95", _PICKLE),
    (b"<!DOCTYPE html", _WEB_PAGE),
    (b"<html", _WEB_PAGE),
)
_ENDINGS = {
    ".csv": _CSV,
    ".tsv": FileKind("a file of tab-separated values", "read_table"),
    ".xls": _EXCEL,
    ".xlsx": _EXCEL,
    ".parquet": _PARQUET,
    ".pq": _PARQUET,
    ".feather": _FEATHER,
    ".arrow": _FEATHER,
    ".json": FileKind("a JSON file", "read_json"),
    ".sav": _SPSS,
    ".sas7bdat": _SAS,
    ".xpt": _SAS,
    ".pkl": _PICKLE,
    ".pickle": _PICKLE,
    ".h5": _HDF,
    ".rds": _R,
    ".rdata": _R,
    ".gz": _GZIP,
    ".zip": _ZIP,
}


def kind_of_bytes(beginning: bytes) -> FileKind | None:
    """
    Return what data are by how they begin; None where nobody knows.

    >>> kind_of_bytes(b"PAR1").text, kind_of_bytes(b"a,b").text, kind_of_bytes(bytes(9))
    ('a Parquet file', 'text', None)
    """
    for known, kind in _BEGINNINGS:
        if beginning.startswith(known):
            return kind
    return _TEXT if _is_text(beginning) else None


def kind_by_ending(name: str) -> FileKind | None:
    """
    Return the kind of file that a name stands for; None of other names.

    >>> kind_by_ending("out.CSV").text, kind_by_ending("wave.2")
    ('a CSV file', None)
    """
    return _ENDINGS.get(os.path.splitext(name)[1].lower())


def kind_of_file(path: str | os.PathLike[str]) -> FileKind | None:
    """Return the kind of a file; None where nobody knows, and of info files."""
    path = os.fsdecode(path)
    try:
        with open(path, "rb") as file:
            beginning = file.read(_READ_AT_ONCE)
    except OSError:
        return None
    first_line = beginning.partition(b"\n")[0]
    if len(first_line.split(b"\t")) == _FIELDS_OF_INFO_FILES:
        return None
    kind = kind_of_bytes(beginning)
    by_ending = kind_by_ending(path)
    if kind is None or kind is _TEXT or by_ending is _EXCEL:
        return by_ending
    return kind


def _is_text(beginning: bytes) -> bool:
    # A character that is cut at the end is none that is wrong.
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(beginning)
    return bool(text) and all(
        char.isprintable() or char in "\r\n\t\ufeff" for char in text
    )
