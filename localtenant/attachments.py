"""What is kept beside an object's document: digests of its secrets, contents of its streams."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


class Attachments:
    """The tables of secrets and streams, inside an open transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Work on ``connection``."""
        self._connection = connection

    def keep_secret(self, object_id: str, key_id: str, digest: str) -> None:
        """Keep the digest of a client secret; the secret itself is kept nowhere."""
        self._connection.execute(
            "INSERT INTO secrets VALUES (?, ?, ?)", (object_id, key_id, digest)
        )

    def drop_secret(self, object_id: str, key_id: str) -> None:
        """Forget a client secret."""
        self._connection.execute(
            "DELETE FROM secrets WHERE object_id = ? AND key_id = ?", (object_id, key_id)
        )

    def secrets(self, object_id: str) -> dict[str, str]:
        """The digests of an object's client secrets by key id."""
        return dict(
            self._connection.execute(
                "SELECT key_id, digest FROM secrets WHERE object_id = ?", (object_id,)
            ).fetchall()
        )

    def keep_stream(self, object_id: str, name: str, content_type: str, content: bytes) -> None:
        """Keep the content of an object's media property."""
        self._connection.execute(
            "INSERT OR REPLACE INTO streams VALUES (?, ?, ?, ?)",
            (object_id, name, content_type, content),
        )

    def stream(self, object_id: str, name: str) -> tuple[str, bytes] | None:
        """The content type and the content of an object's media property, or None."""
        return self._connection.execute(
            "SELECT type, content FROM streams WHERE object_id = ? AND name = ?", (object_id, name)
        ).fetchone()

    def drop_stream(self, object_id: str, name: str) -> None:
        """Forget the content of an object's media property."""
        self._connection.execute(
            "DELETE FROM streams WHERE object_id = ? AND name = ?", (object_id, name)
        )

    def detach(self, object_id: str) -> None:
        """Forget all that is kept beside an object's document."""
        self._connection.execute("DELETE FROM secrets WHERE object_id = ?", (object_id,))
        self._connection.execute("DELETE FROM streams WHERE object_id = ?", (object_id,))
