"""Images whose cells are filled later, in place, by one process or several."""

from __future__ import annotations

import mmap
import os

from .. import _core
from ..arguments import described, few, is_whole_number, near, thread_count
from ..errors import (
    InvalidInputError,
    OutOfRangeError,
    StorageError,
    UnsupportedTypeError,
)
from ..storage.directory import Place
from ..storage.publishing import new_image, place_for
from .schema_building import stata_timestamp
from .sources.gathering import gather
from .value_remedies import by_column
from .wishes import Wishes, checked_labels

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..reading.segment import Segment
    from .sources.gathered import Gathered


def create(
    name: str | os.PathLike[str] | None,
    schema: Mapping | Segment,
    nobs: int,
    *,
    data_label: str = "",
    value_labels: Mapping | None = None,
    timestamp: object = None,
    fallback: str | None = None,
    threads: int | None = None,
) -> WritableSegment:
    """
    Make an image of `nobs` observations whose cells are all missing, to be filled.

    Nobody sees it before `WritableSegment.publish`.

    Parameters
    ----------
    name : str, path or None
        As in `write`.
    schema : dict or Segment
        From the name of each variable to its storage type, as ``"double"`` or
        ``"str20"``, or to a dict with ``type`` and perhaps ``format``, ``label`` and
        ``value_label``. strL variables can't be filled in place. A segment lends the
        variables that it has.
    nobs : int
        How many observations.
    data_label : str, optional
        The label of the data set; by default none.
    value_labels : dict of str to dict of int to str, optional
        Label sets by their names, which variables refer to by ``value_label``.
    timestamp : datetime or str, optional
        By default now; fixed, the same data give the same bytes.
    fallback : {None, 'memfd'}
        Where the image goes when shared memory is full: nowhere, or into anonymous memory
        of this process (docs/images.md).
    threads : int, optional
        How many threads write the missing values; by default as many as pay.

    Returns
    -------
    WritableSegment
        It can be sent to other processes of this machine, which fill their own rows.

    Raises
    ------
    InvalidInputError
        A name, type or label that can't be used.
    NoSpaceError
        Shared memory is full.

    Examples
    --------
    >>> import numpy, shm
    >>> with shm.create("filled", {"id": "long", "x": "double"}, 4) as seg:
    ...     seg["id"][:] = numpy.arange(4)
    ...     seg.write_rows(2, {"id": [20, 30], "x": [0.5, None]})
    >>> shm.read("filled", as_="dict")["id"].tolist()
    [0, 1, 20, 30]
    >>> shm.drop("filled")
    """
    place = place_for(name)
    if not is_whole_number(nobs) or nobs < 0:
        raise InvalidInputError(
            f"nobs must be a whole number from 0, not {described(nobs)}"
        )
    wanted = {
        "data_label": data_label,
        "timestamp": stata_timestamp(timestamp),
        "variables": _variables(schema),
        "value_labels": [
            (name, checked_labels(name, labels))
            for name, labels in (value_labels or {}).items()
        ],
    }
    return opened(place, wanted, int(nobs), fallback, thread_count(threads))


def opened(
    place: Place, schema: dict, nobs: int, fallback: str | None, threads: int
) -> WritableSegment:
    """Return an image of the schema, as the native module takes it, to be filled."""
    room = _core.empty_bytes(schema, nobs)
    opening = new_image(place, room, fallback, recycle=False)
    image = opening.__enter__()
    try:
        _core.write_empty(schema, nobs, image.fd, threads)
        return WritableSegment(place, f"/proc/{os.getpid()}/fd/{image.fd}", opening)
    except BaseException as error:
        opening.__exit__(type(error), error, error.__traceback__)
        raise


class WritableSegment:
    """
    An image that is being filled; `publish` gives it its name.

    Copies of it that other processes get (it can be pickled) fill the same image: each
    its own rows, at the same time. Only the one that `create` returned publishes.
    ``with`` publishes at the end, or leaves nothing after an error.

    Attributes
    ----------
    variables : list of str
    observations : int
    """

    def __init__(self, place: Place, path: str, opening: object = None) -> None:
        self.place = place
        self._path = path
        self._opening = opening
        self._open()

    def __getstate__(self) -> tuple[Place, str]:
        self._check_open()
        return self.place.path, self.place.name, self._path

    def __setstate__(self, state: tuple) -> None:
        path, name, self._path = state
        self.place = Place(path, name)
        self._opening = None
        self._open()

    def __enter__(self) -> WritableSegment:
        return self

    def __exit__(self, kind: object, *error: object) -> None:
        if self._filler is None:
            return
        if kind is None and self._opening is not None:
            self.publish()
        else:
            self.discard()

    def __repr__(self) -> str:
        state = "done" if self._filler is None else "being filled"
        return f"<WritableSegment {self.place}: {state}>"

    def __len__(self) -> int:
        return self.observations

    def __getitem__(self, variable: str) -> WritableVariable:
        return WritableVariable(self, variable, self._places[self._known(variable)])

    def __setitem__(self, variable: str, values: object) -> None:
        self[variable][:] = values

    @property
    def variables(self) -> list[str]:
        """The names of the variables."""
        return list(self._places)

    def write_rows(
        self, first_row: int, batch: object, *, threads: int | None = None
    ) -> None:
        """
        Write a batch of rows, from `first_row` on.

        Parameters
        ----------
        first_row : int
            The first row of the batch, counted from 0.
        batch : data frame
            Of any kind that `write` takes; its columns are some of the variables.
        threads : int, optional
            How many threads write; by default as many as pay.

        Raises
        ------
        InvalidInputError
            A column is no variable, or there are more rows than the image has left.
        OutOfRangeError
            A value that its variable can't hold; nothing of the batch is written.
        """
        self._check_open()
        threads = thread_count(threads)
        wishes = Wishes(formats=self._formats(batch), in_batches=True)
        wishes.texts = {
            name for name, entry in self._stored.items() if entry[1].startswith("str")
        }
        try:
            gathered = gather(batch, wishes, None, None)
            places = [self._places[self._known(field.name)] for field in gathered.fields]
            self.fill(first_row, places, gathered, wishes, threads)
        except (InvalidInputError, OutOfRangeError, UnsupportedTypeError) as error:
            text = by_column(str(error), {name: name for name in self._places})
            raise type(error)(f"the batch at row {first_row}: {text}") from None

    def fill(
        self,
        first_row: int,
        places: Sequence[int],
        gathered: Gathered,
        wishes: Wishes,
        threads: int = 0,
    ) -> None:
        """Write gathered columns into the variables at these places."""
        rules = [("declared", wishes.inf, wishes.int64 == "double")] * len(places)
        columns = gathered.columns
        self._filler.fill(first_row, list(places), columns, rules, threads)

    def publish(self) -> Segment:
        """
        Give the image its name, whatever had it, and return it.

        Raises
        ------
        InvalidInputError
            It is a copy from another process, or published already.
        """
        from ..reading.segment import Segment

        self._check_open()
        if self._opening is None:
            raise InvalidInputError(
                "only the process that created it publishes a segment"
            )
        self._close()
        opening, self._opening = self._opening, None
        opening.__exit__(None, None, None)
        return Segment(self.place)

    def discard(self) -> None:
        """Let go of the image; the process that created it leaves nothing of it."""
        self._close()
        opening, self._opening = self._opening, None
        if opening is not None:
            _abandon(opening)

    def _open(self) -> None:
        try:
            fd = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
        except OSError as error:
            raise StorageError(
                error.errno,
                f"{self.place} can't be filled from here: {error.strerror}; the process "
                "that created it must be alive, on this machine and of the same user",
            ) from None
        try:
            self._memory = mmap.mmap(fd, 0)
        finally:
            os.close(fd)
        self._filler = _core.Filler(self._memory)
        schema = self._filler.schema
        self.observations = self._filler.observations
        self._places = {entry[0]: k for k, entry in enumerate(schema["variables"])}
        self._stored = {entry[0]: entry for entry in schema["variables"]}

    def _close(self) -> None:
        self._filler = None
        self._memory.close()

    def _check_open(self) -> None:
        if self._filler is None:
            raise InvalidInputError(f"{self.place} is published or discarded already")

    def _known(self, variable: str) -> str:
        if variable not in self._places:
            raise InvalidInputError(
                f"there is no variable {variable!r}{near(variable, self._places)}; there "
                f"are {few(self.variables)}"
            )
        return variable

    def _formats(self, batch: object) -> dict:
        """Dates are counted as the variable's format says."""
        names = getattr(batch, "columns", None)
        if names is None:
            names = getattr(batch, "keys", list)()
        return {
            name: self._stored[name][2]
            for name in names
            if isinstance(name, str) and name in self._stored
        }


class WritableVariable:
    """One variable of an image that is being filled: ``seg["x"][a:b] = values``."""

    def __init__(self, segment: WritableSegment, name: str, place: int) -> None:
        self._segment = segment
        self._name = name
        self._place = place

    def __setitem__(self, rows: slice, values: object) -> None:
        """Write the values of consecutive rows; one value is that of each."""
        if not isinstance(rows, slice) or rows.step not in (None, 1):
            raise InvalidInputError(
                f"rows of {self._name!r} are written by a slice without a step, as [a:b]"
            )
        first, end, _ = rows.indices(self._segment.observations)
        count = max(0, end - first)
        values = _repeated(values, count)
        if len(values) != count:
            raise InvalidInputError(
                f"{self._name!r}: {count} rows can't hold {len(values)} values"
            )
        self._segment.write_rows(first, {self._name: values})


def _repeated(values: object, count: int) -> Sequence:
    if isinstance(values, str | bytes) or not hasattr(values, "__len__"):
        return [values] * count
    return values


def _abandon(opening: object) -> None:
    """End the context of a new image as an error does: nothing is published."""
    error = InvalidInputError("discarded")
    try:
        opening.__exit__(type(error), error, None)
    except InvalidInputError as raised:
        if raised is not error:
            raise


def _variables(schema: object) -> list[tuple[str, str, str, str, str]]:
    """Return the variables of a schema of any kind, as the native module takes them."""
    metadata = getattr(schema, "metadata", schema)
    entries = metadata.get("variables") if hasattr(metadata, "get") else None
    if not hasattr(entries, "items"):
        entries = metadata
    if not hasattr(entries, "items"):
        raise InvalidInputError(
            "the schema must be a dict from variable to storage type, or a segment"
        )
    return [_variable(name, entry) for name, entry in entries.items()]


def _variable(name: object, entry: object) -> tuple[str, str, str, str, str]:
    if isinstance(entry, str):
        entry = {"type": entry}
    if not hasattr(entry, "get") or not entry.get("type"):
        raise InvalidInputError(
            f"variable {name!r} needs a storage type, as 'double' or 'str20'"
        )
    if entry["type"] == "strL":
        raise InvalidInputError(
            f"variable {name!r}: strLs can't be filled in place; str1 to str2045 can"
        )
    fields = ("format", "label", "value_label")
    return (
        str(entry.get("name", name)),
        entry["type"],
        *(entry.get(field, "") for field in fields),
    )
