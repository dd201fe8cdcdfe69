"""Credentials put into the database of a running tenant, for as long as Graph takes none."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from localtenant.entities import MODEL
from localtenant.store import Store

if TYPE_CHECKING:
    from localtenant.testing import Ready


def keep_keys(ready: Ready, kind: str, key: str, *credentials: dict[str, Any]) -> None:
    """Let an application or a service principal have these key credentials."""
    with closing(_store(ready)) as store, store.write() as tx:
        doc = tx.get(kind, key)
        assert doc is not None
        doc["keyCredentials"] = list(credentials)
        tx.replace(kind, key, doc, MODEL.filed_as(kind).type.indexed)


def keep_record(ready: Ready, application: str, **record: object) -> None:
    """Let an application, by object ID, have a federated identity credential."""
    key = str(uuid4())
    doc = {"id": key, "applicationId": application, **record}
    with closing(_store(ready)) as store, store.write() as tx:
        tx.insert("federatedIdentityCredential", key, doc, ["applicationId"])


def _store(ready: Ready) -> Store:
    return Store(Path(ready.caFile).parent / "tenant.sqlite3")
