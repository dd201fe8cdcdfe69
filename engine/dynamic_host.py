"""Stands in for `pulumi-resource-pulumi-python`, the host of a program's dynamic providers.

All it adds to the SDK's own `pulumi.dynamic` is that it ends together with the engine, and ends
quietly.
"""

from __future__ import annotations

import gc
import runpy
import signal
import sys
from importlib import import_module
from pathlib import Path

from engine.lifeline import end_with_engine
from engine.search_path import leave_search_path


def main() -> None:
    """Host dynamic providers until the engine interrupts this process or is gone."""
    # Until the SDK waits for it, an interrupt must not show a traceback of half an import.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    end_with_engine()
    leave_search_path()
    # The engine starts this process in the program's folder, where the modules of its providers
    # are.
    sys.path.insert(0, str(Path.cwd()))
    gc.disable()  # What is imported stays.
    import_module("pulumi.dynamic")
    gc.freeze()
    gc.enable()
    runpy.run_module("pulumi.dynamic", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
