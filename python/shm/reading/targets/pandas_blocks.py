"""Columns as the blocks that a pandas data frame keeps them in.

A frame of thousands of blocks is slow to use, so that columns of one dtype share one.
"""

from __future__ import annotations

import numpy
import pandas

from .arrays import Stack

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Block = tuple[object, numpy.ndarray]


def frame_of_columns(
    names: Sequence[str],
    columns: Sequence[object],
    rows: int,
    stacks: Sequence[Stack] = (),
) -> pandas.DataFrame:
    """
    Return a data frame of these columns.

    Parameters
    ----------
    names, columns : sequence
    rows : int
    stacks : sequence of Stack
        Where rows of one are columns, they become a block without a copy.
    """
    index = pandas.RangeIndex(rows)
    labels = pandas.Index(list(names)) if names else pandas.Index([], dtype=object)
    try:
        from pandas.api.internals import create_dataframe_from_blocks
    except ImportError:  # pandas 2
        frame = pandas.DataFrame(
            dict(enumerate(columns)), index=index, columns=range(len(columns)), copy=False
        )
        frame.columns = labels
        return frame
    blocks = list(_blocks_of(columns, stacks))
    return create_dataframe_from_blocks(blocks, index=index, columns=labels)


def _blocks_of(columns: Sequence[object], stacks: Sequence[Stack]) -> Iterator[Block]:
    # A column that was made into something else since is no row of its stack any more.
    positions = {id(column): position for position, column in enumerate(columns)}
    stacked = set()
    for stack in stacks:
        kept = [
            (row, positions[id(array)])
            for row, array in enumerate(stack.rows)
            if id(array) in positions
        ]
        stacked.update(position for _, position in kept)
        yield from _runs(stack, kept)
    loose: dict[numpy.dtype, list[int]] = {}
    for position, column in enumerate(columns):
        if position in stacked:
            continue
        if isinstance(column, numpy.ndarray):
            loose.setdefault(column.dtype, []).append(position)
        else:
            yield column, numpy.array([position])
    for group in loose.values():
        yield numpy.stack([columns[position] for position in group]), numpy.array(group)


def _runs(stack: Stack, kept: Sequence[tuple[int, int]]) -> Iterator[Block]:
    """Split the rows of a stack that are columns into runs without a gap."""
    begin = 0
    for end in range(1, len(kept) + 1):
        if end < len(kept) and kept[end][0] == kept[end - 1][0] + 1:
            continue
        first, last = kept[begin][0], kept[end - 1][0]
        where = numpy.array([position for _, position in kept[begin:end]])
        yield stack.values[first : last + 1], where
        begin = end
