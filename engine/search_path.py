"""Keeps the project folder out of the search path of what a stand-in runs for somebody else.

A stand-in is started with the project folder on `PYTHONPATH`, because its own code lies there. The
official parts have no such folder: a program or a provider that could be imported only thanks to it
would work with the stand-in and fail with the official engine.
"""

from __future__ import annotations

import os
import sys

from engine.places import PROJECT


def leave_search_path() -> None:
    """Take the project folder off `PYTHONPATH` and off `sys.path`.

    Where the user's own `PYTHONPATH` names it, too, it stays.
    """
    project = str(PROJECT)
    entries = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if entries[0] == project:
        del entries[0]
    if any(entries):
        os.environ["PYTHONPATH"] = os.pathsep.join(entries)
    else:
        os.environ.pop("PYTHONPATH", None)
    if project not in entries:
        sys.path[:] = [entry for entry in sys.path if entry != project]
