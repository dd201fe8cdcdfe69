"""The folder that a tenant lives in: private to its user, and one process's at a time."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

from localtenant.errors import LocalTenantError

if TYPE_CHECKING:
    from pathlib import Path


class StateFolderError(LocalTenantError):
    """The folder cannot be used; the text is for the reader."""


class StateFolderInUseError(StateFolderError):
    """Another process has the folder; ``url`` is where it serves the tenant, if it does."""

    def __init__(self, message: str, url: str | None) -> None:
        """Say it in the words of ``message``."""
        super().__init__(message)
        self.url = url


class StateFolder:
    """A locked state folder. The lock goes with the process, however it ends.

    The file ``lock`` tells who has it: the process and, once there is one, the tenant's address.
    """

    def __init__(self, path: Path) -> None:
        """Make ``path`` if need be and lock it.

        Raises :class:`StateFolderInUseError` if another process has it, and
        :class:`StateFolderError` if it cannot be used at all.
        """
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
            holder, _, url = os.read(self._lock, 200).decode(errors="replace").partition(" ")
            os.close(self._lock)
            message = (
                f"The state folder {path} is in use by another local tenant (process "
                f"{holder or 'unknown'}). "
                "Stop that one, or name another folder with --state."
            )
            raise StateFolderInUseError(message, url or None) from error
        os.ftruncate(self._lock, 0)
        os.write(self._lock, str(os.getpid()).encode())

    def served_at(self, url: str) -> None:
        """Tell others where the tenant is."""
        os.write(self._lock, f" {url}".encode())

    def close(self) -> None:
        """Leave the folder to others."""
        os.close(self._lock)

    @property
    def database(self) -> Path:
        """The database file."""
        return database(self.path)


def database(folder: Path) -> Path:
    """The database file of a state folder."""
    return folder / "tenant.sqlite3"
