"""The tenant's database: SQLite in one file, one connection that reads and one that writes.

The database is in WAL mode with ``synchronous=FULL``, so what a write transaction committed
outlives a killed process and a power cut. Documents are JSON text, parsed only when they are read.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from localtenant.odata.filter_literals import moment
from localtenant.odata.searches import found_by
from localtenant.transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_SqlValue = str | bytes | int | float | None

SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL COLLATE NOCASE,
    deleted TEXT,
    doc TEXT NOT NULL,
    made REAL NOT NULL DEFAULT 0,
    UNIQUE (kind, id)
);
CREATE INDEX IF NOT EXISTS objects_by_id ON objects (id);
CREATE INDEX IF NOT EXISTS objects_of_kind ON objects (kind, seq);
CREATE TABLE IF NOT EXISTS keys (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES objects (seq) ON DELETE CASCADE,
    PRIMARY KEY (kind, name, value, seq)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS keys_of_object ON keys (seq);
CREATE TABLE IF NOT EXISTS links (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL COLLATE NOCASE,
    relation TEXT NOT NULL,
    target TEXT NOT NULL COLLATE NOCASE,
    UNIQUE (source, relation, target)
);
CREATE INDEX IF NOT EXISTS links_to ON links (relation, target);
CREATE TABLE IF NOT EXISTS secrets (
    object_id TEXT NOT NULL, key_id TEXT NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (object_id, key_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS streams (
    object_id TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (object_id, name)
);
CREATE TABLE IF NOT EXISTS issued (
    kind TEXT NOT NULL, key TEXT NOT NULL, owner TEXT NOT NULL, expires REAL NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS issued_to ON issued (kind, owner);
CREATE INDEX IF NOT EXISTS issued_until ON issued (expires);
"""


class Store:
    """The database file of one tenant."""

    def __init__(self, path: Path) -> None:
        """Open the database at ``path``, or make it; ``folder`` is the one that it is in."""
        self.folder = path.parent
        self._writer = _connect(path)
        self._writer.executescript(SCHEMA)
        if "made" not in self._columns("objects"):
            # A tenant made before objects had an age goes on; its objects are old.
            self._writer.execute("ALTER TABLE objects ADD COLUMN made REAL NOT NULL DEFAULT 0")
        self._reader = _connect(path)

    @contextmanager
    def read(self) -> Generator[Transaction]:
        """A read transaction. Not to be nested."""
        self._reader.execute("BEGIN")
        try:
            yield Transaction(self._reader)
        finally:
            self._reader.execute("ROLLBACK")

    @contextmanager
    def write(self, *, settled: bool = False) -> Generator[Transaction]:
        """A write transaction: on disk when the block ends, undone if it raises."""
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield Transaction(self._writer, settled=settled)
        except BaseException:
            self._writer.execute("ROLLBACK")
            raise
        self._writer.execute("COMMIT")

    @contextmanager
    def rewrite(self, source: Path | None = None) -> Generator[Transaction]:
        """A write transaction that begins with nothing, or with what the database ``source`` holds.

        Until the block ends, and if it raises, everybody else finds the database as it was.
        """
        if source:
            self._writer.execute("ATTACH ? AS source", (str(source),))
        try:
            with self.write(settled=True) as tx:
                self._writer.execute("PRAGMA defer_foreign_keys = ON")
                for table in self._tables():
                    self._writer.execute(f"DELETE FROM main.{table}")  # noqa: S608 - the schema's names
                    # A database of an earlier version lacks what the columns have by default.
                    columns = ", ".join(self._columns(table, "source") if source else ())
                    if columns:
                        self._writer.execute(
                            f"INSERT INTO main.{table} ({columns})"  # noqa: S608 - the schema's names
                            f" SELECT {columns} FROM source.{table}"
                        )
                yield tx
        finally:
            if source:
                self._writer.execute("DETACH source")

    def copy_to(self, path: Path) -> None:
        """Write the state of this moment to a database file of its own; not beside a write."""
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            self._writer.backup(copy)
            # One file holds it all: a copy has no write-ahead log of its own.
            copy.execute("PRAGMA journal_mode = DELETE")

    def _tables(self) -> list[str]:
        return self._column(
            "SELECT name FROM main.sqlite_master"
            " WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        )

    def _columns(self, table: str, schema: str = "main") -> list[str]:
        return self._column("SELECT name FROM pragma_table_info(?, ?)", table, schema)

    def _column(self, sql: str, *parameters: str) -> list[str]:
        return [name for (name,) in self._writer.execute(sql, parameters)]

    def close(self) -> None:
        """Close both connections, folding the write-ahead log into the database."""
        self._reader.close()
        self._writer.close()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
        " PRAGMA busy_timeout = 5000;"
    )
    connection.create_function("fold", 1, _fold_or_null, deterministic=True)
    connection.create_function("moment", 1, _moment_or_null, deterministic=True)
    connection.create_function("found_by", 3, found_by, deterministic=True)
    return connection


def _moment_or_null(value: _SqlValue) -> float | None:
    return moment(value) if isinstance(value, str) else None


def _fold_or_null(value: _SqlValue) -> _SqlValue:
    return value.casefold() if isinstance(value, str) else value
