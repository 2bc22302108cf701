"""Data frames handed over between Python and Stata through shared memory.

`write_list` and `write_frame` put numbers into System V shared-memory segments and name
them in an info file, `shm_use` in Stata loads them; `read_frame` brings such segments
back. Segments outlive the process that made them: `shm_use ..., deallocate` or
`deallocate` removes them.
"""

from ._version import __version__
from .frames import read_frame, write_frame
from .segments import deallocate, write_list
from .stata import stata_path

__all__ = [
    "__version__",
    "deallocate",
    "read_frame",
    "stata_path",
    "write_frame",
    "write_list",
]
