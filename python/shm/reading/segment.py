"""A named image, opened: what it says of its data, views of its cells, frames of it."""

from __future__ import annotations

import errno
import os

from .. import _core
from ..arguments import check_seconds, few, near, thread_count
from ..errors import InvalidInputError, SegmentNotFoundError
from ..metadata import Metadata, metadata_of, original_names
from ..storage.directory import Place, open_image, place_of
from ..storage.waiting import identity_of, wait_for_image
from .describing import image_of, mapped_image

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy
    import pandas
    import polars
    import pyarrow


def open(name: str | os.PathLike[str], *, wait: float | None = None) -> Segment:
    """
    Open a segment, or the ``.dta`` file at a path, without reading its data.

    Parameters
    ----------
    name : str or path
        A segment name, or a path: what has a separator or ends in ``.dta``.
    wait : float, optional
        Seconds to wait until it is there and whole; by default there is no wait.

    Returns
    -------
    Segment

    Raises
    ------
    SegmentNotFoundError
        There is none. WaitTimeoutError after a wait.
    AccessError
        It is another user's.
    DamagedImageError
        It is no ``.dta`` image, or Stata is still saving it.

    Examples
    --------
    >>> import shm
    >>> _ = shm.write({"x": [1, 2], "s": ["a", "b"]}, "opened")
    >>> with shm.open("opened") as segment:
    ...     print(segment.shape, segment.types, segment["x"])
    (2, 2) {'x': 'long', 's': 'str1'} [1 2]
    >>> shm.drop("opened")
    """
    place = place_of(name)
    check_seconds("wait", wait)
    if wait is not None:
        return Segment(place, fd=wait_for_image(place, wait))
    segment = Segment(place)
    segment.image  # noqa: B018 - what can't be opened is told now
    return segment


class Segment:
    """
    An image: its metadata, views of its variables, and data frames of it.

    It is an Arrow stream: ``polars.DataFrame(segment)``, ``pyarrow.table(segment)`` and
    ``duckdb.sql("from segment")`` take it as it is. ``segment["x"]`` is one variable as a
    NumPy array. As a context manager it closes itself, and one that `write` returned is
    removed as well.

    Attributes
    ----------
    name : str or None
        None of an image that was opened by its path.
    path : str
    restores_names : bool
        Whether columns that were renamed for Stata have their original names; to be
        changed before anything is asked for.
    """

    def __init__(
        self, place: Place, *, fd: int | None = None, image: _core.Image | None = None
    ) -> None:
        self.place = place
        self._image = image
        self._identity: tuple | None = None
        self._written = False
        self.restores_names = True
        self._cached: dict[str, object] = {}
        if fd is not None:
            self._map(fd)

    @classmethod
    def of(cls, buffer: object) -> Segment:
        """Return the image in a buffer of bytes, which must not change."""
        return cls(Place("", None), image=image_of(buffer))

    @classmethod
    def written(cls, place: Place) -> Segment:
        """Return the segment that was just published, to be mapped when it is read.

        Its pages serve the next image of the name as long as nobody maps them.
        """
        segment = cls(place)
        segment._written = True
        segment._identity = place.published
        return segment

    @property
    def name(self) -> str | None:
        """The segment name; None of an image that was opened by its path."""
        return self.place.name

    @property
    def path(self) -> str:
        """Where it lies."""
        return self.place.path

    @property
    def image(self) -> _core.Image:
        """The mapped image, for this package's own use."""
        if self._image is None:
            if self._cached.get("closed"):
                raise InvalidInputError(f"{self.place} is closed")
            self._map(open_image(self.place))
        return self._image

    @property
    def identity(self) -> tuple:
        """What tells this image from another of the same name."""
        if self._identity is None:
            self.image  # noqa: B018 - opening it tells
        return self._identity

    @property
    def schema(self) -> dict:
        """What the image says of its data, as the native module gives it."""
        return self._once("schema", lambda: self.image.schema)

    @property
    def variables(self) -> list[str]:
        """Names of the variables; of renamed columns the original ones."""
        return self._once("variables", self._names)

    @property
    def metadata(self) -> Metadata:
        """All metadata as a dict of one's own: see `shm.metadata`."""
        return Metadata(
            self._once("metadata", lambda: metadata_of(self.schema, self.variables))
        )

    @property
    def observations(self) -> int:
        """How many rows there are."""
        return self.image.observations

    @property
    def shape(self) -> tuple[int, int]:
        """Observations and variables."""
        return self.observations, len(self.variables)

    @property
    def nbytes(self) -> int:
        """Bytes of the whole image."""
        return self.image.nbytes

    @property
    def types(self) -> dict[str, str]:
        """Storage types by variable."""
        return self._column(1)

    @property
    def formats(self) -> dict[str, str]:
        """Display formats by variable."""
        return self._column(2)

    @property
    def labels(self) -> dict[str, str]:
        """Variable labels, of the variables that have one."""
        return {name: label for name, label in self._column(3).items() if label}

    @property
    def value_labels(self) -> dict[str, dict]:
        """Value labels by the name of their set."""
        return self.metadata["value_labels"]

    @property
    def notes(self) -> dict[str, list[str]]:
        """Notes by variable, and of the data set under ``"_dta"``."""
        return self.metadata["notes"]

    @property
    def characteristics(self) -> dict[str, dict[str, str]]:
        """Characteristics by variable, of the data set under ``"_dta"``; notes too."""
        found: dict[str, dict[str, str]] = {}
        for owner, name, contents in self.metadata["characteristics"]:
            found.setdefault(owner, {})[name] = contents
        return found

    @property
    def data_label(self) -> str:
        """The label of the data set."""
        return self.schema["data_label"]

    @property
    def timestamp(self) -> str:
        """When it was saved, as Stata writes it."""
        return self.schema["timestamp"]

    @property
    def sorted_by(self) -> list[str]:
        """The variables by which the observations are sorted."""
        return [self.variables[place] for place in self.schema["sorted_by"]]

    @property
    def release(self) -> int:
        """The release of the format."""
        return self.schema["release"]

    @property
    def byte_order(self) -> str:
        """'little' or 'big'."""
        return self.schema["byte_order"]

    def place_in(self, variable: str) -> int:
        """
        Return the position of a variable.

        Raises
        ------
        InvalidInputError
            There is none of this name.
        """
        places = self._once(
            "places", lambda: {name: k for k, name in enumerate(self.variables)}
        )
        if variable not in places:
            raise InvalidInputError(
                f"{self.place} has no variable {variable!r}"
                f"{near(variable, self.variables)}; it has {few(self.variables)}"
            )
        return places[variable]

    def is_view(self, variable: str) -> bool:
        """
        Whether ``segment[variable]`` is a view of the image and no copy.

        The stored bytes must serve as they are: numbers in this machine's byte order,
        none of them missing.

        Parameters
        ----------
        variable : str
            Its name.

        Raises
        ------
        InvalidInputError
            There is none of this name.
        """
        from .targets.arrays import serves_as_view

        return serves_as_view(self, self.place_in(variable))

    def __getitem__(self, variable: str) -> numpy.ndarray:
        """
        Return a variable as a NumPy array.

        A read-only view of the image where `is_view` says so, else a copy: numbers with
        missing values as float64, whose NaNs keep ``.a`` to ``.z``; texts as objects.
        """
        from .targets.arrays import plain_array, view

        place = self.place_in(variable)
        if self.is_view(variable):
            return view(self, place)
        return plain_array(self, place)

    def to_pandas(self, **options: object) -> pandas.DataFrame:
        """Return a pandas data frame; options as of `shm.read`."""
        return self._read("pandas", options)

    def to_polars(self, **options: object) -> polars.DataFrame:
        """Return a polars data frame; options as of `shm.read`."""
        return self._read("polars", options)

    def to_arrow(self, **options: object) -> pyarrow.Table:
        """Return a pyarrow table; options as of `shm.read`."""
        return self._read("arrow", options)

    def to_numpy(self, **options: object) -> numpy.ndarray:
        """Return a structured NumPy array; options as of `shm.read`."""
        return self._read("numpy", options)

    def to_dict(self, **options: object) -> dict[str, numpy.ndarray]:
        """Return NumPy arrays by variable; options as of `shm.read`."""
        return self._read("dict", options)

    def head(self, rows: int = 5, **options: object) -> object:
        """
        Return the first rows.

        Parameters
        ----------
        rows : int, default 5
            How many.
        **options
            Options of `shm.read`, ``as_="polars"`` among them.
        """
        from .read import read

        return read(self, rows=slice(rows), **options)

    def check(self, threads: int | None = None) -> list[tuple[str, int, str]]:
        """
        Verify every value.

        Parameters
        ----------
        threads : int, optional
            How many threads look; by default as many as pay.

        Returns
        -------
        list of (severity, offset, sentence)
            What is wrong, 'error' or 'warning', and at which byte; none of a sound image.

        Raises
        ------
        InvalidInputError
            `threads` is no whole number from 1.
        """
        return self.image.check(thread_count(threads))

    def drop(self) -> None:
        """Remove it, not what may have its name since; what has it open keeps it."""
        from .dropping import drop

        if not self._is_replaced():
            drop(self, missing_ok=True)

    def close(self) -> None:
        """Let go of the image; views of it stay valid and keep its memory."""
        self._image = None
        self._cached = {"closed": True}

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the data as a stream of Arrow record batches."""
        from .targets.arrow_target import capsule

        return capsule(self, batch_rows=_BATCH_ROWS)

    def __len__(self) -> int:
        return self.observations

    def __contains__(self, variable: object) -> bool:
        return variable in self.variables

    def __enter__(self) -> Segment:
        return self

    def __exit__(self, *error: object) -> None:
        if self._written:
            self.drop()
        self.close()

    def __repr__(self) -> str:
        from .segment_text import line

        return line(self)

    def _repr_html_(self) -> str:
        from .segment_text import html

        return html(self)

    def _map(self, fd: int) -> None:
        try:
            found = identity_of(os.fstat(fd))
            if self._identity not in (None, found):
                raise SegmentNotFoundError(
                    errno.ENOENT,
                    f"what this was of {self.place} has been replaced since; "
                    f"shm.open({self.name or self.path!r}) opens what is there now",
                )
            self._image = mapped_image(self.place, fd)
            self._identity = found
        finally:
            os.close(fd)

    def _is_replaced(self) -> bool:
        """Whether something else is at its place."""
        if self._identity is None:
            return False
        try:
            return identity_of(os.stat(self.path)) != self._identity
        except OSError:
            return False

    def _names(self) -> list[str]:
        if self.restores_names:
            return original_names(self.schema)
        return [variable[0] for variable in self.schema["variables"]]

    def _once(self, key: str, make: Callable[[], object]) -> object:
        if key not in self._cached:
            self.image  # noqa: B018 - a closed segment is an error
            self._cached[key] = make()
        return self._cached[key]

    def _column(self, field: int) -> dict[str, str]:
        stored = self.schema["variables"]
        return {
            name: entry[field] for name, entry in zip(self.variables, stored, strict=True)
        }

    def _read(self, as_: str, options: dict) -> object:
        from .read import read

        return read(self, as_=as_, **options)


# Enough rows for a consumer to work on at once, few enough to stay in its caches.
_BATCH_ROWS = 262_144
