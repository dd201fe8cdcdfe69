"""One transaction on the tenant's database: documents, the keys they are looked up by, links."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from localtenant.conditions import ANYTHING, Condition, Kinds, fold, key_is, of_kinds
from localtenant.issued import Issued
from localtenant.odata.types import is_array

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator, Iterable, Sequence

    from localtenant.odata.types import Json


@dataclass(frozen=True)
class Row:
    """One stored object: its place in the order of creation, its kind and its document."""

    seq: int
    kind: str
    doc: Json


class Transaction(Issued):
    """Reads, and inside :meth:`Store.write` writes, that see one state of the tenant."""

    def __init__(self, connection: sqlite3.Connection, *, settled: bool = False) -> None:
        """Work on ``connection``, in which a transaction is open.

        What a ``settled`` transaction makes has been there for ages: nothing about it is late.
        """
        super().__init__(connection)
        self._settled = settled

    @contextmanager
    def attempt(self) -> Generator[None]:
        """A part that leaves nothing behind if it raises, while the transaction goes on."""
        self._connection.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK TO attempt")
            raise
        finally:
            self._connection.execute("RELEASE attempt")

    def get(self, kind: str, key: str, *, deleted: bool = False) -> Json | None:
        """The document of kind ``kind`` with the id ``key``, or None."""
        row = self._connection.execute(
            "SELECT doc FROM objects WHERE kind = ? AND id = ? AND (deleted IS NOT NULL) = ?",
            (kind, key, deleted),
        ).fetchone()
        return json.loads(row[0]) if row else None

    def kind_of(self, key: str, *, deleted: bool = False) -> str | None:
        """The kind under which an object with the id ``key`` is filed, or None."""
        row = self._connection.execute(
            "SELECT kind FROM objects WHERE id = ? AND (deleted IS NOT NULL) = ?", (key, deleted)
        ).fetchone()
        return row[0] if row else None

    def age(self, key: str) -> float | None:
        """How many seconds ago the object with the id ``key`` was made, or None."""
        row = self._connection.execute("SELECT made FROM objects WHERE id = ?", (key,)).fetchone()
        return time.time() - row[0] if row else None

    def lookup(self, kind: str, name: str, value: object, *, deleted: bool = False) -> Json | None:
        """The oldest document whose indexed property ``name`` is or holds ``value``, or None."""
        found = self.find(kind, key_is(name, value), deleted=deleted, limit=1)
        return found[0].doc if found else None

    def lookup_id(self, kind: str, name: str, value: object) -> str | None:
        """The id of what :meth:`lookup` finds, whose document may be long and is not read."""
        source = of_kinds(kind, key_is(name, value), deleted=False)
        row = self._connection.execute(
            f"SELECT o.id {source.sql} ORDER BY o.seq LIMIT 1", source.parameters
        ).fetchone()
        return row[0] if row else None

    def find(
        self,
        kind: Kinds,
        where: Condition | None = None,
        *,
        deleted: bool = False,
        order: str = "o.seq",
        limit: int = -1,
    ) -> list[Row]:
        """Objects of one kind or of several that fulfil ``where``.

        They come in the order of their creation unless ``order``, which is SQL, differs.
        """
        source = of_kinds(kind, where or ANYTHING, deleted=deleted)
        rows = self._connection.execute(
            f"SELECT o.seq, o.kind, o.doc {source.sql} ORDER BY {order} LIMIT ?",
            (*source.parameters, limit),
        )
        return [Row(seq, kind, json.loads(doc)) for seq, kind, doc in rows]

    def count(self, kind: Kinds, where: Condition | None = None, *, deleted: bool = False) -> int:
        """How many objects of one kind or of several fulfil ``where``."""
        source = of_kinds(kind, where or ANYTHING, deleted=deleted)
        return self._connection.execute(
            f"SELECT count(*) {source.sql}",
            source.parameters,
        ).fetchone()[0]

    def values(self, seq: int, expressions: Iterable[str]) -> list[Any]:
        """What SQL expressions on ``o`` are for the object at a place in the order of creation."""
        row = self._connection.execute(
            f"SELECT {', '.join(expressions)} FROM objects AS o WHERE o.seq = ?",  # noqa: S608 - as in find
            (seq,),
        ).fetchone()
        return list(row)

    def fulfils(self, doc: Json, key: str, where: Condition) -> bool:
        """Whether an object that is not stored, with this document and key, fulfils ``where``."""
        return bool(
            self._connection.execute(
                f"SELECT 1 FROM (SELECT ? AS doc, ? AS id) AS o WHERE {where.sql}",  # noqa: S608 - as in find
                (_dump(doc), key, *where.parameters),
            ).fetchone()
        )

    def insert(self, kind: str, key: str, doc: Json, indexed: Iterable[str]) -> None:
        """Add an object and the keys it is looked up by."""
        seq = self._connection.execute(
            "INSERT INTO objects (kind, id, doc, made) VALUES (?, ?, ?, ?)",
            (kind, key, _dump(doc), 0.0 if self._settled else time.time()),
        ).lastrowid
        self._index(kind, seq, doc, indexed)

    def replace(self, kind: str, key: str, doc: Json, indexed: Iterable[str]) -> None:
        """Give an object another document."""
        (seq,) = self._connection.execute(
            "UPDATE objects SET doc = ? WHERE kind = ? AND id = ? RETURNING seq",
            (_dump(doc), kind, key),
        ).fetchone()
        self._connection.execute("DELETE FROM keys WHERE seq = ?", (seq,))
        self._index(kind, seq, doc, indexed)

    def keep_newest(self, kind: str, number: int) -> None:
        """Take away all objects of a kind but those that were added last."""
        self._connection.execute(
            "DELETE FROM objects WHERE kind = ? AND seq <= (SELECT seq FROM objects WHERE kind = ?"
            " ORDER BY seq DESC LIMIT 1 OFFSET ?)",
            (kind, kind, number),
        )

    def mark_deleted(self, kind: str, key: str, when: str | None) -> None:
        """Put an object among the deleted items, or with None back among the living."""
        self._connection.execute(
            "UPDATE objects SET deleted = ?, doc = json_set(doc, '$.deletedDateTime', ?)"
            " WHERE kind = ? AND id = ?",
            (when, when, kind, key),
        )

    def remove(self, kind: str, key: str) -> None:
        """Take an object away for good, with its keys, its links both ways, and its secrets."""
        self._connection.execute("DELETE FROM objects WHERE kind = ? AND id = ?", (kind, key))
        self._connection.execute("DELETE FROM links WHERE source = ? OR target = ?", (key, key))
        self.detach(key)

    def link(self, source: str, relation: str, target: str) -> bool:
        """Link two objects; False if they were linked already."""
        return bool(
            self._connection.execute(
                "INSERT OR IGNORE INTO links (source, relation, target) VALUES (?, ?, ?)",
                (source, relation, target),
            ).rowcount
        )

    def unlink(self, source: str, relation: str, target: str) -> bool:
        """Take a link away; False if there was none."""
        return bool(
            self._connection.execute(
                "DELETE FROM links WHERE source = ? AND relation = ? AND target = ?",
                (source, relation, target),
            ).rowcount
        )

    def targets(self, source: str, relation: str) -> list[str]:
        """What ``source`` is linked to, oldest link first."""
        return self._column(
            "SELECT target FROM links WHERE source = ? AND relation = ? ORDER BY seq",
            (source, relation),
        )

    def sources(self, relation: str, target: str) -> list[str]:
        """What is linked to ``target``, oldest link first."""
        return self._column(
            "SELECT source FROM links WHERE relation = ? AND target = ? ORDER BY seq",
            (relation, target),
        )

    def linked(self, source: str, relation: str, target: str) -> bool:
        """Whether the two are linked."""
        sql = "SELECT 1 FROM links WHERE source = ? AND relation = ? AND target = ?"
        return bool(self._column(sql, (source, relation, target)))

    def setting(self, name: str) -> str | None:
        """What is kept under ``name`` for the tenant as a whole, or None."""
        row = self._connection.execute(
            "SELECT value FROM settings WHERE name = ?", (name,)
        ).fetchone()
        return row[0] if row else None

    def keep_setting(self, name: str, value: str) -> None:
        """Keep something for the tenant as a whole, which a reset leaves alone."""
        self._connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def settings(self) -> dict[str, str]:
        """All that is kept for the tenant as a whole, by name."""
        return dict(self._connection.execute("SELECT name, value FROM settings").fetchall())

    def _column(self, sql: str, parameters: Sequence[object]) -> list[Any]:
        return [row[0] for row in self._connection.execute(sql, parameters)]

    def _index(self, kind: str, seq: int | None, doc: Json, indexed: Iterable[str]) -> None:
        rows: list[tuple[str, str, str, int | None]] = []
        for name in indexed:
            value: Any = doc.get(name)
            values: list[Any] = value if is_array(value) else [] if value is None else [value]
            rows += [(kind, name, fold(v), seq) for v in values]
        self._connection.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?, ?, ?)", rows)


def _dump(doc: Json) -> str:
    return json.dumps(doc, ensure_ascii=False, separators=(",", ":"))
