"""Pulumi's gRPC stubs without the rest of its SDK, which takes twice as long to import.

The CLI starts a language host twice for most commands, and waits for it each time.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType


def leave_sdk_out() -> None:
    """Let `pulumi.runtime.proto` be imported without `pulumi` and `pulumi.runtime` themselves.

    For a process that needs nothing else of them.
    """
    found = find_spec("pulumi")
    folders = [] if found is None else list(found.submodule_search_locations or [])
    for name in ("pulumi", "pulumi.runtime"):
        package = ModuleType(name)
        below = name.split(".")[1:]
        package.__path__ = [str(Path(folder, *below)) for folder in folders]
        sys.modules[name] = package
