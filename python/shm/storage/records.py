"""What this package tells of segments: plain records with names for their parts."""

from __future__ import annotations

import sys

from ..printing import age_text, count_text, printable, size_text, table_lines

# The type of sys.implementation, without importing types.
SimpleNamespace = type(sys.implementation)


class Record(SimpleNamespace):
    """Named values; `to_dict` gives them as JSON takes them."""

    def to_dict(self) -> dict[str, object]:
        """Return the values by name, records among them as dicts."""
        return {name: _plain(value) for name, value in vars(self).items()}


def _plain(value: object) -> object:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


class SegmentInfo(Record):
    """
    One line of what `shm.list` tells.

    Attributes
    ----------
    name : str or None
        None of an image that was named by a path.
    path : str
    kind : {'file', 'memory'}
        Memory is that of a process, and ends with it.
    nbytes : int
    age : float
        Seconds since it was written.
    owner_pid : int or None
    owner_state : {'alive', 'dead', 'unknown'}
        Whether the process that wrote it is still there. An image of kind 'file' doesn't
        need it any more. Unknown of what Stata wrote.
    release, observations, variables : int or None
        Of the format, and how many there are; None where there is a problem.
    data_label : str or None
    problem : str or None
        What is wrong with it: it is half-saved, damaged, another user's, or its memory is
        gone.
    """

    def __repr__(self) -> str:
        return f"<SegmentInfo {self}>"

    def __str__(self) -> str:
        return f"{self.name or self.path}: {self._contents()}"

    def _contents(self) -> str:
        size, age = size_text(self.nbytes), age_text(self.age)
        if self.problem is not None:
            return f"{self.problem} ({size}, {age} old)"
        observations = count_text(self.observations, "observation")
        variables = count_text(self.variables, "variable")
        return f"{observations}, {variables}, {size}, {age} old"


class VariableInfo(Record):
    """
    A variable of an image.

    Attributes
    ----------
    name : str
        In Stata.
    column : str
        Of the data frame: the name before it was made one that Stata takes.
    type, format, label : str
    value_label : str
        The name of a set of value labels; empty without one.
    """


class ImageInfo(Record):
    """
    What the header of an image says, as `shm.info` tells it.

    Attributes
    ----------
    name, path, kind, nbytes, age, owner_pid, owner_state
        As those of a `SegmentInfo`.
    release : int
    byte_order : {'little', 'big'}
    observations : int
    variables : list of VariableInfo
    data_label, timestamp : str
    sorted_by : list of str
        Names of columns.
    value_labels : dict
        From the name of each set to a dict from value to text.
    notes : dict
        From a column's name, or ``"_dta"``, to a list of texts.
    characteristics : list of (owner, name, text)
        The notes are among them.
    """

    def __repr__(self) -> str:
        return "\n".join([*self._heading(), "", *table_lines(_VARIABLES, self._rows())])

    def _heading(self) -> list[str]:
        observations = count_text(self.observations, "observation")
        variables = count_text(len(self.variables), "variable")
        lines = [
            f"{self.name or self.path}: {observations}, {variables}, "
            f"{size_text(self.nbytes)}, release {self.release}, {age_text(self.age)} old"
        ]
        if self.data_label:
            lines.append(f"label: {printable(self.data_label)}")
        if self.sorted_by:
            lines.append(f"sorted by: {' '.join(self.sorted_by)}")
        return lines

    def _rows(self) -> list[dict[str, object]]:
        return [vars(variable) for variable in self.variables]


_VARIABLES = {
    "name": "variable",
    "type": "type",
    "format": "format",
    "value_label": "value label",
    "label": "label",
}


class InfoFile(Record):
    """
    An info file of `write_frame` and `write_list`, and the segments that it names.

    Attributes
    ----------
    path : str
    segments : list of Record
        Each with name, type, elements, key and id, as the file says; bytes, attached and
        age in seconds, as the system says (None where the segment is gone); and its
        state, 'ready', 'gone', 'replaced' by somebody else's or 'too small'.
    """

    def __repr__(self) -> str:
        return "\n".join(table_lines(_SEGMENTS, map(vars, self.segments)))


_SEGMENTS = {
    "name": "name",
    "type": "type",
    "elements": "elements",
    "key": "key",
    "id": "id",
    "bytes": "bytes",
    "attached": "attached",
    "age": "age (s)",
    "state": "state",
}
