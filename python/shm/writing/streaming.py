"""Batches into an image as they come: their number, and that of the rows, is unknown.

The first batch decides the variables. A type is one that holds whatever the source's type
can hold, as later batches may bring any of it: an int64 column is stored as double, texts
as strL unless ``str_width=`` or ``types=`` says otherwise, categories as texts.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import tempfile

from .. import _core
from ..errors import InvalidInputError, OutOfRangeError, UnsupportedTypeError
from ..storage.publishing import new_image
from .progress import reported
from .schema_building import build_schema, labels_by_name
from .sources.gathering import gather
from .value_remedies import explained

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..storage.directory import Place
    from .schema_building import DatasetOptions, Rule
    from .sources.gathered import Field, Gathered
    from .wishes import Wishes


class Stream:
    """
    Batches, and how they are written.

    Where somebody has looked at all of them before, `schema` is what holds them.
    """

    def __init__(
        self,
        batches: Iterable[object],
        wishes: Wishes,
        dataset: DatasetOptions,
        columns: Sequence | None,
        index: bool | None,
        *,
        schema: dict | None = None,
    ) -> None:
        for option, wanted in (
            ("compress", wishes.compress),
            ("int64='str'", wishes.int64 == "str"),
        ):
            if wanted:
                raise InvalidInputError(
                    f"{option} needs all values before the first is written; with "
                    "stream=False batches are collected first"
                )
        self._batches = iter(batches)
        self._wishes = wishes
        self._dataset = dataset
        self._columns = columns
        self._index = index
        self._known = schema

    def write(
        self,
        place: Place,
        *,
        fallback: str | None = None,
        threads: int = 0,
        progress: bool | Callable[[int, int], object] | None = None,
    ) -> None:
        """
        Write every batch and publish the image; after an error there is none.

        Raises
        ------
        InvalidInputError
            There is no batch, or one has other columns than the first.
        OutOfRangeError
            A value that its variable can't hold; the message names the batch and its
            first row.
        NoSpaceError
        """
        first = next(self._batches, None)
        if first is None:
            raise InvalidInputError(
                "there is no batch, and so nobody knows the columns; a stream needs one, "
                "of no rows if need be"
            )
        with _named(1, 0, {}):
            gathered = self._gathered(first)
            schema, rules = self._schema(gathered)
            room = _core.empty_bytes(schema, gathered.columns.rows)
        names = labels_by_name(schema, gathered.fields)
        self._wishes.texts |= {field.label for field in gathered.fields if field.text}
        with (
            new_image(place, room, fallback, recycle=False) as image,
            _strl_file(schema, image.hidden_path) as strl_fd,
            reported(progress, 0, "write") as rows_done,
        ):
            appender = _core.Appender(schema, image.fd, strl_fd)
            for number, batch in enumerate(itertools.chain((first,), self._batches), 1):
                with _named(number, appender.rows, names):
                    if number > 1:
                        gathered = self._gathered(batch)
                        _match(gathered, list(names.values()))
                    appender.append(gathered.columns, rules, threads)
                if rows_done is not None:
                    rows_done(appender.rows)
            appender.finish()

    def _gathered(self, batch: object) -> Gathered:
        return gather(batch, self._wishes, self._columns, self._index)

    def _schema(self, gathered: Gathered) -> tuple[dict, list[Rule]]:
        schema = self._guessed(gathered) if self._known is None else self._known
        rounding = self._wishes.int64 == "double"
        return schema, [("declared", self._wishes.inf, rounding)] * len(gathered.fields)

    def _guessed(self, gathered: Gathered) -> dict:
        """Return a schema that holds whatever later batches may bring."""
        schema, rules = build_schema(gathered.fields, self._wishes, self._dataset)
        schema["variables"] = [
            (name, type if rule == "declared" else field.widest, *rest)
            for field, (name, type, *rest), (rule, _, _) in zip(
                gathered.fields, schema["variables"], rules, strict=True
            )
        ]
        schema["sorted_by"] = []  # nobody knows before the last row
        return schema


@contextlib.contextmanager
def _named(number: int, first_row: int, names: dict) -> Iterator[None]:
    """Let errors name the batch; the rows that they name are counted within it."""
    try:
        yield
    except (InvalidInputError, OutOfRangeError, UnsupportedTypeError) as error:
        text = explained(str(error), names)
        if ": a column of " in text:
            text += "; types= says beforehand what a column becomes"
        raise type(error)(
            f"batch {number}, which begins at row {first_row}: {text}"
        ) from None


def _match(gathered: Gathered, labels: list) -> None:
    """Bring the columns of a batch into the order of the first one's."""
    if [field.label for field in gathered.fields] == labels:
        return
    there = {field.label: place for place, field in enumerate(gathered.fields)}
    lacking = [label for label in labels if label not in there]
    if lacking:
        raise InvalidInputError(
            f"it lacks column {lacking[0]!r}, which the first batch has"
        )
    _refuse_more(gathered.fields, labels)
    gathered.reorder([there[label] for label in labels])


def _refuse_more(fields: Sequence[Field], labels: list) -> None:
    known = set(labels)
    for field in fields:
        if field.label not in known:
            raise InvalidInputError(
                f"it has column {field.label!r}, which the first batch lacks; "
                "columns= chooses the columns to write"
            )


@contextlib.contextmanager
def _strl_file(schema: dict, hidden_path: bytes) -> Iterator[int]:
    """
    Give a file without a name where strLs wait until the rows are complete.

    It is where the image is: beside its hidden path, or without one in this process'
    memory.
    """
    if all(type != "strL" for _, type, *_ in schema["variables"]):
        yield -1
    elif hidden_path:
        directory = os.path.dirname(hidden_path) or b"."
        with tempfile.TemporaryFile(dir=directory) as file:
            yield file.fileno()
    else:
        with open(os.memfd_create("stata-pydata-strls"), "wb") as file:
            yield file.fileno()
