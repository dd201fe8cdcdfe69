"""The locks by which runs of the CLI keep each other off a stack, in a backend that is a folder.

A lock is a file below `.pulumi/locks` that names its process: `pid`, `username`, `hostname` and
`timestamp`. A CLI that is killed leaves its lock behind. `pulumi cancel` removes all locks, even
those of runs at work, so it is not used here.
Source: `backend/diy/lock.go` of the CLI.
"""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

import psutil
from rich.console import Console

from commands.errors import CommandError

_CLOCKS_DIFFER: Final = 2.0
"""Seconds by which the start of a process, counted from boot, and the clock may disagree."""


@dataclass(frozen=True)
class Lock:
    """A lock that is held, or was left."""

    file: Path
    pid: int
    user: str
    host: str
    taken: datetime

    def holder(self) -> psutil.Process | None:
        """The process that took the lock, if it lives; not another that has its number now."""
        try:
            process = psutil.Process(self.pid)
            if process.status() == psutil.STATUS_ZOMBIE:
                return None
            if process.create_time() > self.taken.timestamp() + _CLOCKS_DIFFER:
                return None
        except psutil.NoSuchProcess:
            return None
        return process


def remove(backend: Path, stack: str, console: Console) -> bool:
    """Remove the locks of `stack` (`ciam/local`) whose processes have ended.

    Returns whether there were any. Raises CommandError when one is held, or was taken on another
    machine.
    """
    files = sorted((backend / ".pulumi" / "locks" / "organization" / stack).glob("*.json"))
    for file in files:
        lock = _read(file)
        # The CLI writes a lock whole or not at all: one that cannot be read is from a power cut.
        if lock is not None:
            _require_ended(lock, stack)
        file.unlink(missing_ok=True)
        file.with_name(f"{file.name}.attrs").unlink(missing_ok=True)
        whose = f"of pulumi process {lock.pid}, which has ended" if lock else "that nobody holds"
        console.print(f"Removed the lock {whose}.")
    return bool(files)


def _require_ended(lock: Lock, stack: str) -> None:
    since = lock.taken.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    if lock.host != socket.gethostname():
        raise CommandError(
            f"The stack {stack} is locked by process {lock.pid} of {lock.user} on the machine "
            f"{lock.host}, since {since}. If that run has ended, delete {lock.file} and try again."
        )
    if lock.holder() is not None:
        raise CommandError(
            f"The stack {stack} is in use by pulumi process {lock.pid} of {lock.user}, since "
            f"{since}. Wait until it ends, or end it with `kill -INT {lock.pid}`; then try again."
        )


def _read(file: Path) -> Lock | None:
    """The lock in `file`; None when it is not whole."""
    try:
        content = cast("dict[str, Any]", json.loads(file.read_text("utf-8")))
        return Lock(
            file,
            int(content["pid"]),
            str(content["username"]),
            str(content["hostname"]),
            datetime.fromisoformat(str(content["timestamp"])),
        )
    except (ValueError, KeyError):
        return None
