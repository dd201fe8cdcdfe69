"""The folder that a tenant lives in: private to its user, and one process's at a time."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class StateFolderError(Exception):
    """The folder cannot be used; the text is for the reader."""


class StateFolder:
    """A locked state folder. The lock goes with the process, however it ends."""

    def __init__(self, path: Path) -> None:
        """Make ``path`` if need be and lock it; :class:`StateFolderError` if it is in use."""
        self.path = path
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            message = f"The state folder {path} cannot be used: {error.strerror}."
            raise StateFolderError(message) from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(self._lock, 20).decode(errors="replace").strip() or "unknown"
            os.close(self._lock)
            message = (
                f"The state folder {path} is in use by another local tenant (process {holder}). "
                "Stop that one, or name another folder with --state."
            )
            raise StateFolderError(message) from error
        os.ftruncate(self._lock, 0)
        os.write(self._lock, str(os.getpid()).encode())

    @property
    def database(self) -> Path:
        """The database file."""
        return self.path / "tenant.sqlite3"
