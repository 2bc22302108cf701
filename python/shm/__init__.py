"""Data frames handed over between Python and Stata through shared memory.

`write` makes an image of any data frame in shared memory, which Stata's own `use` reads;
`read` brings an image that Stata saved into any kind of data frame. `list`, `info`,
`drop`, `gc` and `doctor` look after what is there; `push` and `pull` work on the Stata
that this Python is attached to.

`write_list`, `write_frame` and `read_frame` are the original interface: numbers in
System V segments, one for each column, named in an info file that `shm_use` takes.
"""

from ._version import __version__
from .frames import read_frame, write_frame
from .segments import deallocate, write_list
from .stata import stata_path

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    from .attached import pull as pull
    from .attached import push as push
    from .checkup import doctor as doctor
    from .creating import WritableSegment as WritableSegment
    from .creating import create as create
    from .describing import info as info
    from .dropping import drop as drop
    from .leftovers import gc as gc
    from .listing import list as list
    from .missing_values import missing as missing
    from .reading import read as read
    from .segment import Segment as Segment
    from .segment import open as open
    from .stata_files import read_stata as read_stata
    from .stata_writing import to_stata as to_stata
    from .waiting import wait as wait
    from .writing import write as write

# Where each public name is; a module is imported when a name of it is asked for.
_MODULES = {
    "Segment": "segment",
    "WritableSegment": "creating",
    "create": "creating",
    "doctor": "checkup",
    "drop": "dropping",
    "errors": "errors",
    "gc": "leftovers",
    "info": "describing",
    "list": "listing",
    "missing": "missing_values",
    "open": "segment",
    "pull": "attached",
    "push": "attached",
    "read": "reading",
    "read_stata": "stata_files",
    "to_stata": "stata_writing",
    "wait": "waiting",
    "write": "writing",
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
