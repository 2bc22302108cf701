"""Where Stata finds this installation's commands."""

from __future__ import annotations

import os


def stata_path() -> str:
    """
    Return the folder with the Stata commands and the plugin of this installation.

    In Stata, ``adopath + "..."`` with this folder makes `shm_use` known.

    Raises
    ------
    FileNotFoundError
        This installation has no Stata files.
    """
    package = os.path.dirname(os.path.abspath(__file__))
    checkout = os.path.dirname(os.path.dirname(package))
    for folder in (os.path.join(package, "stata"), os.path.join(checkout, "stata")):
        if os.path.exists(os.path.join(folder, "shm_use.ado")):
            return folder
    raise FileNotFoundError(f"no Stata files in {package}; is the installation whole?")
