"""Processes that a CLI has started and that live on after it was killed.

This project's own hosts and plugins end by themselves as soon as they notice; official ones do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import psutil
from rich.console import Console

_PARTS: Final = (
    "pulumi-language-",
    "pulumi-resource-",
    "pulumi.dynamic",
    "engine.language_host",
    "engine.dynamic_host",
    "engine.azuread",
)
"""What stands in the command of everything that the CLI starts: hosts, programs and plugins."""

_SAME: Final = ("PULUMI_HOME", "PULUMI_BACKEND_URL", "PULUMI_STACK")
"""The variables that tell whose a process is: children inherit them from the CLI."""

_BY_THEMSELVES: Final = 10.0
_WHEN_ASKED: Final = 10.0


def end(environment: Mapping[str, str], console: Console) -> bool:
    """Wait until the leftovers of killed runs on this stack have ended; end those that do not.

    Returns whether there were any. `environment` is that of the stack's CLI. No process of another
    stack, and none of a run that is at work, is touched.
    """
    left = [process for process in psutil.process_iter() if _is_left(process, environment)]
    if not left:
        return False
    numbers = ", ".join(str(process.pid) for process in left)
    console.print(f"A killed run has left processes ({numbers}): waiting until they end.")
    _, living = psutil.wait_procs(left, timeout=_BY_THEMSELVES)
    for process in living:
        process.terminate()
    _, living = psutil.wait_procs(living, timeout=_WHEN_ASKED)
    for process in living:
        process.kill()
    psutil.wait_procs(living)
    return True


def _is_left(process: psutil.Process, environment: Mapping[str, str]) -> bool:
    try:
        command = process.cmdline()
        if not any(part in word for word in command for part in _PARTS):
            return False
        variables = process.environ()
        if any(variables.get(name) != environment.get(name) for name in _SAME):
            return False
        return not any(_is_cli(ancestor) for ancestor in process.parents())
    except psutil.Error:
        # It has just ended, or is another user's.
        return False


def _is_cli(process: psutil.Process) -> bool:
    command = process.cmdline()
    return bool(command) and Path(command[0]).name == "pulumi"
