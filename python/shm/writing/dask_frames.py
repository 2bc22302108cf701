"""dask data frames into images.

Where every worker sees this machine's shared memory, the partitions are computed twice:
once for how many rows each has and which storage types its values need, once to be
written, by the workers, each into its own rows of one image. Elsewhere the partitions
come here in order and are written as they arrive, a few of them waiting at a time.
"""

from __future__ import annotations

import contextlib
import copy
import os
import sys
from collections import deque

from .. import _core
from ..arguments import few
from ..errors import InvalidInputError, OutOfRangeError, UnsupportedTypeError
from .creating import WritableSegment, opened
from .progress import reported
from .schema_building import build_schema
from .sources.gathering import gather
from .streaming import Stream
from .value_remedies import explained_errors
from .wishes import Wishes

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import dask.dataframe

    from ..storage.directory import Place
    from .schema_building import DatasetOptions

_NUMBERS = ("byte", "int", "long", "float", "double")
_WIDER_THAN_STR = 2046
_AHEAD = 3  # partitions that wait to be written: enough to keep workers busy


class DaskWriter:
    """Writes a dask data frame as an image."""

    def __init__(
        self,
        frame: dask.dataframe.DataFrame,
        wishes: Wishes,
        dataset: DatasetOptions,
        columns: Sequence | None,
        index: bool | None,
    ) -> None:
        self._frame = frame if columns is None else frame[list(columns)]
        self._wishes = wishes
        self._dataset = dataset
        self._index = index

    def write(
        self,
        place: Place,
        *,
        fallback: str | None = None,
        threads: int = 0,
        progress: object = None,
    ) -> None:
        """Write the partitions, in order, and publish the image."""
        partitions = self._frame.to_delayed()
        if not partitions:
            raise InvalidInputError("the dask data frame has no partition")
        if self._wishes.int64 == "str":
            raise InvalidInputError(
                "int64='str' needs all values before the first is written; compute() "
                "collects them"
            )
        schema, wishes = None, self._wishes
        if _workers_share_memory():
            facts = self._facts(partitions)
            schema, wishes = self._schema(facts)
            if all(type != "strL" for _, type, *_ in schema["variables"]):
                counts = [rows for rows, _, _ in facts]
                with (
                    opened(place, schema, sum(counts), fallback, threads) as segment,
                    reported(progress, sum(counts), "write"),
                ):
                    self._fill(segment, partitions, counts, wishes)
                return
        else:
            wishes.in_batches = True
        batches, options = _in_order(partitions), (self._dataset, None, self._index)
        Stream(batches, wishes, *options, schema=schema).write(
            place, fallback=fallback, threads=threads, progress=progress
        )

    def _facts(self, partitions: list) -> list[tuple[int, list[str], list]]:
        """Return rows, storage types and value labels of each partition."""
        import dask

        look = dask.delayed(partition_facts, pure=False)
        tasks = [
            look(part, number, self._wishes, self._index)
            for number, part in enumerate(partitions, 1)
        ]
        return list(dask.compute(*tasks))

    def _fill(
        self,
        segment: WritableSegment,
        partitions: list,
        counts: Sequence[int],
        wishes: Wishes,
    ) -> None:
        import dask

        fill = dask.delayed(fill_partition, pure=False)
        tasks, first = [], 0
        for number, (part, count) in enumerate(zip(partitions, counts, strict=True), 1):
            rows = (first, count)
            tasks.append(fill(part, number, segment, rows, wishes, self._index))
            first += count
        dask.compute(*tasks)

    def _schema(self, facts: list) -> tuple[dict, Wishes]:
        """Return the schema that holds every partition, and wishes for all of them."""
        wishes = copy.copy(self._wishes)
        wishes.value_labels, wishes.texts = dict(wishes.value_labels), set()
        gathered = gather(self._frame._meta, wishes, None, self._index)
        types = [_widest(each) for each in zip(*(t for _, t, _ in facts), strict=True)]
        for place, (field, type) in enumerate(zip(gathered.fields, types, strict=True)):
            field.text = type.startswith("str")
            if field.text:
                wishes.texts.add(field.label)
            labels = _union([labels[place] for _, _, labels in facts])
            if labels:
                wishes.value_labels[field.label] = labels
                field.labels = labels
        schema, rules = build_schema(gathered.fields, wishes, self._dataset)
        schema["variables"] = [
            (name, declared if rule == "declared" else type, *rest)
            for type, (name, declared, *rest), (rule, _, _) in zip(
                types, schema["variables"], rules, strict=True
            )
        ]
        schema["sorted_by"] = []
        return schema, wishes


def partition_facts(
    part: object, number: int, wishes: Wishes, index: bool | None
) -> tuple[int, list[str], list]:
    """Return how many rows a partition has, and types and value labels by column.

    The type is ``""`` where there is nothing but missing values.
    """
    with _named(number) as labels:
        gathered = gather(part, wishes, None, index)
        labels |= {f"v{k}": field.label for k, field in enumerate(gathered.fields)}
        schema = {"variables": [(name, "", "", "", "") for name in labels]}
        rule = "smallest" if wishes.compress else "by_value"
        rules = [(rule, wishes.inf, wishes.int64 == "double")] * len(labels)
        plan = _core.Plan(gathered.columns, schema, rules)
    types = [
        "" if field.nothing else variable[1]
        for field, variable in zip(gathered.fields, plan.schema["variables"], strict=True)
    ]
    return plan.rows, types, [field.labels for field in gathered.fields]


def fill_partition(
    part: object,
    number: int,
    segment: WritableSegment,
    rows: tuple[int, int],
    wishes: Wishes,
    index: bool | None,
) -> None:
    """Write a partition into its rows: the first, and how many there are."""
    first, count = rows
    with _named(number) as labels:
        gathered = gather(part, wishes, None, index)
        if gathered.columns.rows != count:
            raise InvalidInputError(
                f"it had {count} rows when they were counted and has "
                f"{gathered.columns.rows} now; the data must give the same twice"
            )
        found = [field.label for field in gathered.fields]
        labels |= dict(zip(segment.variables, found, strict=True))
        segment.fill(first, range(len(found)), gathered, wishes)


@contextlib.contextmanager
def _named(number: int) -> Iterator[dict[str, object]]:
    """Let errors name the partition; rows are counted within it. See explained_errors."""
    try:
        with explained_errors() as labels:
            yield labels
    except (InvalidInputError, OutOfRangeError, UnsupportedTypeError) as error:
        raise type(error)(f"partition {number}: {error}") from None


def _in_order(partitions: list) -> Iterator[object]:
    """Compute partitions ahead on a cluster, one after the other without one."""
    client = _client()
    if client is None:
        for part in partitions:
            yield part.compute()
        return
    waiting: deque = deque()
    for part in partitions:
        waiting.append(client.compute(part))
        if len(waiting) > _AHEAD:
            yield _taken(waiting.popleft())
    while waiting:
        yield _taken(waiting.popleft())


def _taken(future: object) -> object:
    """Return a result; the cluster lets go of it."""
    result = future.result()
    future.release()
    return result


def _client() -> object | None:
    distributed = sys.modules.get("distributed")
    if distributed is None:
        return None
    try:
        return distributed.get_client()
    except ValueError:
        return None


def _workers_share_memory() -> bool:
    """Whether every worker runs as this user and sees the memory of this process.

    Threads and processes of dask's own do; of a cluster each worker is asked for the same
    open file.
    """
    client = _client()
    if client is None:
        return True
    with open("/proc/self/exe", "rb") as probe:
        path = f"/proc/{os.getpid()}/fd/{probe.fileno()}"
        status = os.fstat(probe.fileno())
        mark = (status.st_dev, status.st_ino, os.uname().nodename, os.geteuid())
        answers = client.run(_mark_of, path)
    return bool(answers) and all(answer == mark for answer in answers.values())


def _mark_of(path: str) -> tuple | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino, os.uname().nodename, os.geteuid()


def _widest(types: Sequence[str]) -> str:
    """Return the storage type that holds the values of all partitions.

    ``""`` is of a partition with nothing but missing values.
    """
    types = [type for type in types if type] or ["byte"]
    texts = [type for type in types if type.startswith("str")]
    if texts and len(texts) == len(types):
        return max(texts, key=_width)
    if texts:
        raise InvalidInputError(
            f"a column has partitions of texts and partitions of numbers: {few(types)}"
        )
    widest = max(types, key=_NUMBERS.index)
    # A float holds neither all longs nor what is beside it in a double.
    return "double" if widest == "float" and "long" in types else widest


def _width(type: str) -> int:
    return _WIDER_THAN_STR if type == "strL" else int(type[3:])


def _union(labels: Sequence[list | None]) -> list[tuple[int, str]] | None:
    """Return the labels of all partitions, the values of the first that has each text."""
    if all(entries is None for entries in labels):
        return None
    texts: dict[str, int] = {}
    for entries in labels:
        for value, text in entries or ():
            if text not in texts:
                taken = value in texts.values()
                texts[text] = max(texts.values()) + 1 if taken else value
    return [(value, text) for text, value in texts.items()]
