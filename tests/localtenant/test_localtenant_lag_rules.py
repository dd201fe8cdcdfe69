"""When replication lag shows and when it does not: age, forms, seed, objects of old."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from localtenant.entities import MODEL
from localtenant.faults import lag
from localtenant.store import SCHEMA, Store
from localtenant.testing_client import FaultKnobs, Graph

if TYPE_CHECKING:
    from pathlib import Path

    from localtenant.transaction import Transaction

pytestmark = pytest.mark.local_only


def test_what_the_tenant_began_with_is_never_late(graph: Graph, knobs: FaultKnobs) -> None:
    """Microsoft Graph's service principal and the seeded clients have long been replicated."""
    knobs.set("lag,seconds=3600")

    assert graph.graph_principal()["displayName"] == "Microsoft Graph"
    client = f"/applications(appId='{graph.client.clientId}')"
    assert graph.get(client).status_code == 200


def test_lag_is_over_when_the_object_is_old_enough(graph: Graph, knobs: FaultKnobs) -> None:
    """An object is late for as long as was asked for, counted from when it was made."""
    knobs.set("lag,seconds=0.4")
    start = time.monotonic()
    path = f"/applications/{graph.application()['id']}"

    seen: list[int] = []
    while not seen or (seen[-1] != 200 and time.monotonic() < start + 5):
        seen.append(graph.get(path).status_code)
        time.sleep(0.02)

    assert set(seen) == {404, 200}
    assert 0.3 < time.monotonic() - start < 2
    assert graph.get(path).status_code == 200


def test_forms_show_only_where_graph_has_them(graph: Graph, knobs: FaultKnobs) -> None:
    """An operation that does not know a form is not struck by it, and not counted."""
    path = f"/applications/{graph.application()['id']}"
    knobs.set("lag,seconds=60,form=403")

    assert graph.patch(path, {"displayName": "renamed"}).status_code == 204
    assert graph.get(path).status_code == 200
    assert knobs.report() == [{"fault": "lag,seconds=60,form=403", "seen": 0, "hits": 0}]


def test_all_forms_are_met_and_repeat_with_the_seed(graph: Graph, knobs: FaultKnobs) -> None:
    """Without a form, the seed takes turns among those that an operation has."""
    runs: list[list[int]] = []
    for _ in range(2):
        path = f"/applications/{graph.application()['id']}"
        knobs.set("lag,seconds=60", seed=4)
        runs.append([graph.patch(path, {"appRoles": []}).status_code for _ in range(12)])

    assert runs[0] == runs[1]
    assert set(runs[0]) == {400, 404, 409}


def test_every_operation_that_lags_exists() -> None:
    """The table of lag names operations of the tenant, and forms that can be asked for."""
    for template, methods in lag.TABLE.items():
        assert methods.keys() <= MODEL.operations[template].keys()
        assert {row.form for rows in methods.values() for row in rows} <= {
            "404",
            "403",
            "400",
            "409",
        }


def test_objects_of_an_older_database_are_old(tmp_path: Path) -> None:
    """A tenant made before objects had an age goes on, and nothing in it is late."""
    file = tmp_path / "tenant.sqlite3"
    old, key = SCHEMA.replace("    made REAL NOT NULL DEFAULT 0,\n", ""), str(uuid4())
    with sqlite3.connect(file) as connection:
        connection.executescript(old)
        connection.execute("INSERT INTO objects (kind, id, doc) VALUES ('a', ?, '{}')", (key,))
    connection.close()

    def age(tx: Transaction, name: str) -> float:
        found = tx.age(name)
        assert found is not None
        return found

    store = Store(file)
    with store.write() as tx:
        tx.insert("a", "new", {}, ())
        assert age(tx, key) > 86_400
        assert age(tx, "new") < 60
    store.close()
