"""Snapshots: copies of the whole tenant under names, each a database file in the state folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from localtenant import durable
from localtenant.errors import LocalTenantError

if TYPE_CHECKING:
    from pathlib import Path

    from localtenant.store import Store

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_ENDING = ".sqlite3"


class SnapshotError(LocalTenantError):
    """A snapshot that cannot be taken or is not there; the text is for the reader."""


class NoSnapshotError(SnapshotError):
    """There is no snapshot of that name."""


@dataclass(frozen=True)
class Snapshot:
    """A snapshot that is there: its name, when it was taken (ISO 8601, UTC), its size."""

    name: str
    takenAt: str  # noqa: N815 - the names of JSON
    bytes: int


class Snapshots:
    """The snapshots in a state folder.

    A snapshot is there whole or not at all. It holds the tenant's keys and its clients' secrets, as
    the tenant itself does.
    """

    def __init__(self, state: Path) -> None:
        """Look after those of the state folder ``state``, whose lock is held.

        What a process has left unfinished that was killed goes.
        """
        self._folder = state / "snapshots"
        for left in self._folder.glob(f"*{durable.PARTIAL}*"):
            left.unlink(missing_ok=True)

    def take(self, store: Store, name: str) -> Snapshot:
        """Copy what ``store`` holds; a snapshot of the same name gives way."""
        path = self._path(name)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        unfinished = durable.partial(path)
        unfinished.unlink(missing_ok=True)
        unfinished.touch(0o600)
        store.copy_to(unfinished)
        durable.put_in_place(unfinished, path)
        return _described(path)

    def find(self, name: str) -> Path:
        """The file of a snapshot. Raises :class:`NoSnapshotError`."""
        path = self._path(name)
        if not path.exists():
            message = f"There is no snapshot '{name}'. There are: {self._names() or 'none'}."
            raise NoSnapshotError(message)
        return path

    def delete(self, name: str) -> None:
        """Take a snapshot away. Raises :class:`NoSnapshotError`."""
        self.find(name).unlink()

    def all(self) -> list[Snapshot]:
        """Those that are there, by name."""
        return [_described(path) for path in sorted(self._folder.glob(f"*{_ENDING}"))]

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            message = (
                f"A snapshot's name is 1 to 64 lower-case letters, digits, '.', '_' and '-', and "
                f"begins with a letter or digit; '{name}' is not."
            )
            raise SnapshotError(message)
        return self._folder / f"{name}{_ENDING}"

    def _names(self) -> str:
        return ", ".join(snapshot.name for snapshot in self.all())


def _described(path: Path) -> Snapshot:
    found = path.stat()
    taken = datetime.fromtimestamp(found.st_mtime, UTC).isoformat(timespec="seconds")
    return Snapshot(path.name.removesuffix(_ENDING), taken.replace("+00:00", "Z"), found.st_size)
