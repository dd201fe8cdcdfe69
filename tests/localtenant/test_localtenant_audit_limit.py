"""The audit log keeps a fixed number of records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.entities import MODEL
from localtenant.entities.directory import audit
from localtenant.odata.answers import Answer
from localtenant.odata.call import Call, Caller
from localtenant.odata.observing import Written
from localtenant.odata.paths import resolve
from localtenant.odata.request import Request
from localtenant.store import Store

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.local_only


def test_oldest_records_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than a fixed number of records is kept, the newest."""
    monkeypatch.setattr(audit, "MOST_RECORDS", 3)
    monkeypatch.setattr(audit, "_LEFT_BETWEEN", 1)
    store = Store(tmp_path / "tenant.sqlite3")
    route = resolve(MODEL, "users")
    for number in range(8):
        with store.write() as tx:
            call = Call(
                None,  # pyright: ignore[reportArgumentType] - a record does not need the tenant
                MODEL,
                tx,
                Caller("", "", frozenset()),
                Request("POST", "users"),
                "",
                beta=False,
            )
            audit.record(call, Written(route, route.entity, {"id": str(number)}, Answer(201)))

    with store.read() as tx:
        kept = [row.doc["targetResources"][0]["id"] for row in tx.find("directoryAudit")]
    store.close()
    assert kept == ["5", "6", "7"]
