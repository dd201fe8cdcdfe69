"""Taking a running tenant back: reset and snapshots over HTTPS."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from localtenant.odata.types import Json
from localtenant.ready import Client
from localtenant.testing import running_tenant
from localtenant.testing_client import FLOWS, Graph, StateKnobs, refused
from localtenant.testing_tenant import EVERYTHING, LocalTenant

pytestmark = pytest.mark.local_only

LISTS = ("/applications", "/servicePrincipals", FLOWS, "/organization", "/domains")


def held(graph: Graph) -> dict[str, list[Json]]:
    """Read what the tenant holds, but for the times at which it was made."""
    lists = {path: graph.read(path, {"$top": 100})["value"] for path in LISTS}
    for objects in lists.values():
        for one in objects:
            one.pop("createdDateTime", None)
            for credential in one.get("passwordCredentials", ()):
                del credential["keyId"], credential["startDateTime"]
    return lists


def deleted(graph: Graph) -> list[str]:
    """Read the IDs of the applications in the recycle bin."""
    path = "/directory/deletedItems/microsoft.graph.application"
    return [one["id"] for one in graph.read(path)["value"]]


def state_of(tenant: LocalTenant) -> Path:
    """The state folder of a tenant."""
    return Path(tenant.ready.caFile).parent


def test_reset_leaves_a_new_tenant_that_is_the_same_one(local_tenant: LocalTenant) -> None:
    """What anyone made is gone, what was changed is back, and tokens and IDs go on being good."""
    graph = local_tenant.graph
    new = held(graph)
    graph.application()
    graph.principal()
    graph.flow()
    graph.delete(f"/applications/{graph.application()['id']}")
    mine = f"/applications(appId='{graph.client.clientId}')"
    assert graph.patch(mine, {"displayName": "another name"}).status_code == 204
    assert held(graph) != new

    local_tenant.states.reset()

    assert held(graph) == new
    assert deleted(graph) == []
    assert local_tenant.client(graph.client).read("/organization")["value"]


def test_reset_brings_back_a_client_that_was_deleted(local_tenant: LocalTenant) -> None:
    """The credentials that the tenant told at its start are good again."""
    client = local_tenant.graph.client
    local_tenant.graph.delete(f"/applications(appId='{client.clientId}')")
    with pytest.raises(httpx.HTTPStatusError):
        local_tenant.client(client)

    local_tenant.states.reset()

    assert local_tenant.client(client).read("/organization")["value"]


def test_a_snapshot_brings_back_objects_links_secrets_and_deleted_items(
    local_tenant: LocalTenant,
) -> None:
    """The tenant is in every respect as it was when the snapshot was taken."""
    graph = local_tenant.graph
    principal = local_tenant.client().principal()
    application = f"/applications(appId='{principal['appId']}')"
    password = f"{application}/addPassword"
    before = graph.made(password, {"passwordCredential": {}})["secretText"]
    binned = graph.application()["id"]
    graph.delete(f"/applications/{binned}")
    then, owners = held(graph), graph.read(f"{application}/owners")["value"]
    assert owners

    local_tenant.states.take("then")
    after = graph.made(password, {"passwordCredential": {}})["secretText"]
    graph.delete(application)
    graph.delete(f"/directory/deletedItems/{binned}")
    graph.application()
    assert held(graph) != then
    local_tenant.states.restore("then")

    assert held(graph) == then
    assert graph.read(f"{application}/owners")["value"] == owners
    assert deleted(graph) == [binned]
    assert local_tenant.client(Client(principal["appId"], before, "")).token
    with pytest.raises(httpx.HTTPStatusError):
        local_tenant.client(Client(principal["appId"], after, ""))


def test_snapshots_are_taken_anew_listed_and_deleted(local_tenant: LocalTenant) -> None:
    """One of a name gives way to the next; what is deleted cannot be gone back to."""
    graph, states = local_tenant.graph, local_tenant.states
    states.take("a")
    made = graph.application()["id"]
    states.take("a")
    states.take("b")
    assert states.names() == ["a", "b"]
    states.reset()
    states.restore("a")
    assert graph.get(f"/applications/{made}").status_code == 200

    states.delete("a")
    states.delete("b")

    assert states.names() == []
    answer = graph.http.post("/-/snapshots/a")
    refused(answer, 404, "Refused", "There is no snapshot 'a'. There are: none.")
    assert graph.http.delete("/-/snapshots/a").status_code == 404


@pytest.mark.parametrize("name", ["A", "..", ".hidden", "a%20b", "a" * 65])
def test_wrong_names_of_snapshots_are_refused(graph: Graph, name: str) -> None:
    """A name is a plain file name on every system."""
    answer = graph.http.put(f"/-/snapshots/{name}")

    assert answer.status_code in {400, 404}
    assert not any(Path(graph.ready.caFile).parent.rglob("*.sqlite3.partial"))


@pytest.mark.parametrize("header", [{"Host": "evil.example"}, {"Origin": "https://localhost:3000"}])
def test_no_page_of_the_web_takes_a_tenant_back(graph: Graph, header: dict[str, str]) -> None:
    """A browser that a page sends here says where the page is from, or which name it asked for."""
    application = graph.application()["id"]

    answer = graph.http.post("/-/reset", headers=header)

    refused(answer, 403, "Refused", "Only this machine administers the local tenant.")
    assert graph.get(f"/applications/{application}").status_code == 200


def test_a_snapshot_of_another_tenant_changes_nothing(
    local_tenant: LocalTenant, local_tenant_session: LocalTenant
) -> None:
    """A copied file is good for the tenant that it is of."""
    local_tenant_session.states.take("copied")
    other = state_of(local_tenant_session) / "snapshots" / "copied.sqlite3"
    local_tenant.states.take("own")
    shutil.copy(other, state_of(local_tenant) / "snapshots")
    application = local_tenant.graph.application()["id"]

    answer = local_tenant.graph.http.post("/-/snapshots/copied")

    other_id = local_tenant_session.ready.tenantId
    words = f"The snapshot 'copied' is of another tenant ({other_id})."
    refused(answer, 400, "Refused", words)
    assert local_tenant.graph.get(f"/applications/{application}").status_code == 200
    local_tenant.states.delete("copied")


def test_a_snapshot_of_an_earlier_version_is_understood(local_tenant: LocalTenant) -> None:
    """Its tables become today's."""
    application = local_tenant.graph.application()["id"]
    local_tenant.states.take("old")
    file = state_of(local_tenant) / "snapshots" / "old.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute("ALTER TABLE objects DROP COLUMN made")
        database.execute("DROP TABLE streams")
    local_tenant.states.reset()

    local_tenant.states.restore("old")

    assert local_tenant.graph.get(f"/applications/{application}").status_code == 200


def test_clients_that_came_after_a_snapshot_stay(tmp_path: Path) -> None:
    """Whoever the tenant was started for can sign in, whatever state it is taken back to."""
    clients = {"early": ("Organization.Read.All",), "late": ("Organization.Read.All",)}
    with (
        running_tenant(tmp_path, clients={"early": clients["early"]}) as ready,
        closing(StateKnobs(ready)) as states,
    ):
        states.take("early")
    with running_tenant(tmp_path, clients=clients) as ready:
        with closing(StateKnobs(ready)) as states:
            states.restore("early")

        for client in ready.clients.values():
            with closing(Graph(ready, client)) as graph:
                assert graph.read("/organization")["value"]


def test_a_snapshot_under_load_is_of_one_moment(local_tenant: LocalTenant) -> None:
    """It holds what was acknowledged before it, and of what came later a beginning at most."""
    names = [f"loaded {number:04}" for number in range(300)]
    half = threading.Event()
    written: list[str] = []

    def write() -> None:
        graph = local_tenant.client(EVERYTHING)
        for name in names:
            graph.application(displayName=name)
            written.append(name)
            if len(written) == len(names) // 2:
                half.set()

    writer = threading.Thread(target=write)
    writer.start()
    half.wait(30)
    before = len(written)
    local_tenant.states.take("loaded")
    after = len(written) + 1
    writer.join()
    local_tenant.states.restore("loaded")

    options = {"$filter": "startswith(displayName,'loaded')", "$top": 999}
    found = sorted(
        one["displayName"] for one in local_tenant.graph.read("/applications", options)["value"]
    )
    assert found == names[: len(found)]
    assert before <= len(found) <= after
