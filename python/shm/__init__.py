"""Data frames handed over between Python and Stata through shared memory.

`write` makes an image of any data frame in shared memory, which Stata's own `use` reads;
`read` brings an image that Stata saved into any kind of data frame. `list`, `info`,
`drop`, `gc` and `doctor` look after what is there; `push` and `pull` work on the Stata
that this Python is attached to.

`write_list`, `write_frame` and `read_frame` are the original interface: numbers in
System V segments, one for each column, named in an info file that `shm_use` takes.
"""

from ._version import __version__
from .original.frames import read_frame, write_frame
from .original.segments import deallocate, write_list
from .stata import stata_path

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from .attached import pull as pull
    from .attached import push as push
    from .checkup import doctor as doctor
    from .missing_values import missing as missing
    from .reading.describing import info as info
    from .reading.dropping import drop as drop
    from .reading.listing import list as list
    from .reading.read import read as read
    from .reading.segment import Segment as Segment
    from .reading.segment import open as open
    from .reading.stata_files import read_stata as read_stata
    from .storage.leftovers import gc as gc
    from .storage.waiting import wait as wait
    from .writing.creating import WritableSegment as WritableSegment
    from .writing.creating import create as create
    from .writing.stata_writing import to_stata as to_stata
    from .writing.write import write as write

# Where each public name is; a module is imported when a name of it is asked for.
_MODULES = {
    "Segment": "reading.segment",
    "WritableSegment": "writing.creating",
    "create": "writing.creating",
    "doctor": "checkup",
    "drop": "reading.dropping",
    "errors": "errors",
    "gc": "storage.leftovers",
    "info": "reading.describing",
    "list": "reading.listing",
    "missing": "missing_values",
    "open": "reading.segment",
    "pull": "attached",
    "push": "attached",
    "read": "reading.read",
    "read_stata": "reading.stata_files",
    "to_stata": "writing.stata_writing",
    "wait": "storage.waiting",
    "write": "writing.write",
}

__all__ = [
    "Segment",
    "WritableSegment",
    "__version__",
    "create",
    "deallocate",
    "doctor",
    "drop",
    "errors",
    "gc",
    "info",
    "list",
    "missing",
    "open",
    "pull",
    "push",
    "read",
    "read_frame",
    "read_stata",
    "stata_path",
    "to_stata",
    "wait",
    "write",
    "write_frame",
    "write_list",
]


def __getattr__(name: str) -> object:
    """Import what is asked for: `import shm` alone loads next to nothing."""
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module 'shm' has no attribute {name!r}")
    from importlib import import_module

    found = import_module(f".{module}", __name__)
    value = found if module == name else getattr(found, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
