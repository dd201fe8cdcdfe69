"""What sign-in hands out and takes back, kept by digests of its values until its time is over."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from localtenant.attachments import Attachments

if TYPE_CHECKING:
    from localtenant.odata.types import Json

_REMEMBERED = 86_400
"""Seconds for which something whose time is over is still told from something never made."""


@dataclass(frozen=True)
class Kept:
    """What was kept with something handed out, and the second in which its time is over."""

    key: str
    doc: Json
    expires: float

    @property
    def is_over(self) -> bool:
        """Whether its time is over."""
        return self.expires <= time.time()


def new_value() -> str:
    """A value that nobody guesses: 256 random bits in base64url."""
    return secrets.token_urlsafe(32)


def digest(value: str) -> str:
    """What is kept of such a value. It is random and long, so a plain hash does."""
    return hashlib.sha256(value.encode()).hexdigest()


class Issued(Attachments):
    """The table of what sign-in handed out, inside an open transaction.

    ``kind`` says what it is, ``key`` which one, and ``owner`` to whom it belongs.
    """

    def keep_issued(self, kind: str, key: str, doc: Json, *, owner: str, expires: float) -> None:
        """Keep something, or keep it anew; and forget what has long been over."""
        self._connection.execute(
            "DELETE FROM issued WHERE expires < ?", (time.time() - _REMEMBERED,)
        )
        self._connection.execute(
            "INSERT OR REPLACE INTO issued VALUES (?, ?, ?, ?, ?)",
            (kind, key, owner, expires, json.dumps(doc)),
        )

    def issued(self, kind: str, key: str) -> Kept | None:
        """What is kept under a key, be its time over or not."""
        row = self._connection.execute(
            "SELECT key, doc, expires FROM issued WHERE kind = ? AND key = ?", (kind, key)
        ).fetchone()
        return Kept(row[0], json.loads(row[1]), row[2]) if row else None

    def issued_to(self, kind: str, owner: str) -> list[Kept]:
        """All of a kind that belongs to an owner, in the order of its keys."""
        rows = self._connection.execute(
            "SELECT key, doc, expires FROM issued WHERE kind = ? AND owner = ? ORDER BY key",
            (kind, owner),
        )
        return [Kept(key, json.loads(doc), expires) for key, doc, expires in rows]

    def drop_issued(self, kind: str, key: str) -> None:
        """Forget something."""
        self._connection.execute("DELETE FROM issued WHERE kind = ? AND key = ?", (kind, key))
