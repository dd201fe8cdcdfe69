"""What holds in a tenant's database at every moment, whatever was under way when it was killed."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from localtenant.entities import MODEL
from localtenant.odata.types import is_array
from localtenant.statefolder import database


def half_written(folder: Path) -> list[str]:
    """What is there in parts only, in the state folder of a tenant; empty if all is whole."""
    with closing(sqlite3.connect(f"file:{database(folder)}?mode=ro", uri=True)) as connection:
        connection.execute("BEGIN")
        # Ids are unique within a kind only: there are an authentication method and a sign-in
        # identifier that are both called "Email".
        objects = [
            _Object(*row)
            for row in connection.execute("SELECT id, seq, kind, deleted, doc FROM objects")
        ]
        return [
            *_damage(connection),
            *_wrong_keys(connection, objects),
            *_wrong_links(connection, objects),
            *_wrong_secrets(connection, objects),
            *_half_deleted(objects),
        ]


class _Object:
    """A stored object."""

    def __init__(self, key: str, seq: int, kind: str, deleted: str | None, doc: str) -> None:
        self.key = key
        self.seq = seq
        self.kind = kind
        self.deleted = deleted is not None
        self.doc: dict[str, Any] = json.loads(doc)


def _damage(connection: sqlite3.Connection) -> Iterator[str]:
    for pragma in ("quick_check", "foreign_key_check"):
        rows = connection.execute(f"PRAGMA {pragma}").fetchall()
        if rows not in ([], [("ok",)]):
            yield f"{pragma} says {rows}"


def _wrong_keys(connection: sqlite3.Connection, objects: list[_Object]) -> Iterator[str]:
    """Objects that are not found by what they hold, and keys that lead to nothing."""
    kept: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for seq, name, value in connection.execute("SELECT seq, name, value FROM keys"):
        kept[seq].add((name, value))
    for one in objects:
        wanted: set[tuple[str, str]] = set()
        for name in MODEL.filed_as(one.kind).type.indexed:
            value: Any = one.doc.get(name)
            values: list[Any] = value if is_array(value) else [value]
            wanted |= {(name, str(each).casefold()) for each in values if each is not None}
        if kept.pop(one.seq, set()) != wanted:
            yield f"{one.kind} {one.key} is not looked up by {sorted(wanted)}"
    if kept:
        yield f"the keys of {sorted(kept)} lead to nothing"


def _wrong_links(connection: sqlite3.Connection, objects: list[_Object]) -> Iterator[str]:
    """Links with loose ends, and objects of the writers that nobody owns."""
    owned: set[str] = set()
    known = {one.key for one in objects}
    links = connection.execute("SELECT source, relation, target FROM links")
    for source, relation, target in links:
        if not {source, target} <= known:
            yield f"the link {relation} from {source} to {target} has a loose end"
        if relation == "owners":
            owned.add(source)
    for one in objects:
        if str(one.doc.get("displayName")).startswith("kill ") and one.key not in owned:
            yield f"{one.kind} {one.key} has no owner"


def _wrong_secrets(connection: sqlite3.Connection, objects: list[_Object]) -> Iterator[str]:
    """Credentials without a secret, and secrets without a credential."""
    kept: dict[str, set[str]] = defaultdict(set)
    for owner, key_id in connection.execute("SELECT object_id, key_id FROM secrets"):
        kept[owner].add(key_id)
    for one in objects:
        held = {credential["keyId"] for credential in one.doc.get("passwordCredentials", ())}
        if kept.pop(one.key, set()) != held:
            yield f"{one.kind} {one.key} has credentials without a secret, or secrets without one"
    if kept:
        yield f"the secrets of {sorted(kept)} belong to nothing"


def _half_deleted(objects: list[_Object]) -> Iterator[str]:
    """Objects that are deleted in one place only, or without what is deleted with them."""
    deleted: dict[str, set[bool]] = defaultdict(set)
    for one in objects:
        if (one.doc.get("deletedDateTime") is not None) != one.deleted:
            yield f"{one.kind} {one.key} is half deleted"
        if one.kind in {"application", "servicePrincipal"}:
            deleted[one.doc["appId"]].add(one.deleted)
    for app_id, states in deleted.items():
        if len(states) > 1:
            yield f"of {app_id} either application or service principal is deleted, not both"
