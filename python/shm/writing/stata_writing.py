"""`to_stata`: pandas' own signature on this package's writer."""

from __future__ import annotations

import os

from ..arguments import refuse_swapped
from ..errors import InvalidInputError, UnsupportedTypeError

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence
    from typing import IO

_RELEASES = (117, 118, 119)
_BLOCK = 1 << 20


def to_stata(
    frame: object,
    path: str | os.PathLike[str] | IO[bytes],
    *,
    convert_dates: Mapping | None = None,
    write_index: bool = True,
    byteorder: str | None = None,
    time_stamp: datetime.datetime | None = None,
    data_label: str | None = None,
    variable_labels: Mapping | None = None,
    version: int | None = 118,
    convert_strl: Sequence | None = None,
    compression: str | Mapping | None = "infer",
    value_labels: Mapping | None = None,
    **options: object,
) -> None:
    """
    Write a data frame to a ``.dta`` file, as ``DataFrame.to_stata`` does.

    Parameters
    ----------
    frame : data frame
        pandas or any other kind that `write` takes.
    path : str, path or binary file
        A file that is there is replaced, at once, when the new one is complete.
    convert_dates : dict, optional
        From column to ``'tc' 'td' 'tw' 'tm' 'tq' 'th' 'ty'``.
    write_index : bool, default True
        Whether the index of a pandas frame becomes variables.
    byteorder : {None, '<', 'little'}
        Others are not written.
    time_stamp : datetime, optional
        By default now.
    data_label : str, optional
        The label of the data set; by default none.
    variable_labels : dict, optional
        From column to the label of its variable.
    version : {117, 118, 119, None}
        None leaves it to the number of variables. 114 is not written: 118 is what every
        Stata from 14 on reads.
    convert_strl : list, optional
        Columns of texts to store as strL.
    compression : str or dict, default 'infer'
        As in pandas: by the ending of the path, or ``'gzip'``, ``'zip'`` and so on.
    value_labels : dict, optional
        From column to a dict from value to label.
    **options
        Further options of `write`.

    Raises
    ------
    UnsupportedTypeError, OutOfRangeError, InvalidInputError, NoSpaceError
        As `write`.
    SegmentNotFoundError
        The folder of the path is not there. (A FileNotFoundError.)

    Examples
    --------
    >>> import io, shm
    >>> file = io.BytesIO()
    >>> shm.to_stata({"x": [1, 2]}, file, write_index=False)
    >>> file.getvalue()[:11]
    b'<stata_dta>'
    """
    refuse_swapped("to_stata", frame, path)
    if byteorder not in (None, "<", "little"):
        raise InvalidInputError(f"byteorder {byteorder!r} is not written; '<' is")
    if version is not None and version not in _RELEASES:
        raise InvalidInputError(f"version {version!r} is not written; 117, 118, 119 are")
    options |= {
        "convert_dates": convert_dates,
        "index": write_index,
        "timestamp": time_stamp,
        "data_label": data_label,
        "variable_labels": variable_labels,
        "release": None if version == 118 else version,
        "convert_strl": convert_strl,
        "value_labels": value_labels,
    }
    plain = isinstance(path, str | os.PathLike) and not _compressed(path, compression)
    if plain:
        _write_path(frame, os.fspath(path), options)
    else:
        _write_stream(frame, path, compression, options)


def _write_path(frame: object, path: str, options: dict) -> None:
    from .write import write

    # What has no separator is a path here, too, and no segment name.
    write(frame, path if os.sep in path else os.path.join(".", path), **options)


def _write_stream(
    frame: object, target: object, compression: object, options: dict
) -> None:
    """Write through memory without a name: the image is complete before it is copied."""
    import tempfile

    from .write import write

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "image.dta")
        write(frame, path, **options)
        with open(path, "rb") as image:
            _copy(image, target, compression)


def _copy(image: IO[bytes], target: object, compression: object) -> None:
    if hasattr(target, "write") and compression in (None, "infer"):
        while block := image.read(_BLOCK):
            target.write(block)
        return
    try:
        from pandas.io.common import get_handle
    except ImportError:
        raise UnsupportedTypeError(
            "compressed files are written through pandas, which is not installed"
        ) from None
    with get_handle(target, "wb", compression=compression, is_text=False) as handles:
        while block := image.read(_BLOCK):
            handles.handle.write(block)


def _compressed(path: object, compression: object) -> bool:
    endings = (".gz", ".bz2", ".zip", ".xz", ".zst", ".tar")
    if compression == "infer":
        return os.fspath(path).endswith(endings)
    return compression is not None
