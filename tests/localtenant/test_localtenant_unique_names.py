"""Alternate keys of applications and service principals: upserts, and names held by the deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from localtenant.testing_client import missing, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

UPSERT = {"Prefer": "create-if-missing"}
TAKEN = "Another object with the same value for property {} already exists."


def upsert(graph: Graph, name: str, body: Json | None = None) -> Any:
    """Make or change the application of a unique name."""
    path = f"/v1.0/applications(uniqueName='{name}')"
    return graph.http.patch(path, json=body or {"displayName": name}, headers=UPSERT)


def test_upsert_makes_then_changes(graph: Graph) -> None:
    """The first PATCH makes the application, 201; the next changes it, 204."""
    name = f"it's {uuid4()}"
    quoted = name.replace("'", "''")
    path = f"/applications(uniqueName='{quoted}')"
    refused(graph.patch(path, {"tags": ["x"]}), 404, "Request_ResourceNotFound", missing(name))

    made = upsert(graph, quoted, {"displayName": "first"})
    changed = upsert(graph, quoted, {"displayName": "second"})

    assert (made.status_code, made.json()["uniqueName"]) == (201, name)
    assert made.json()["@odata.context"].endswith("$metadata#applications/$entity")
    assert (changed.status_code, changed.content) == (204, b"")
    read = graph.read(path)
    assert (read["id"], read["displayName"]) == (made.json()["id"], "second")
    assert graph.patch(path, {"tags": ["y"]}).status_code == 204
    assert graph.delete(path).status_code == 204
    assert graph.get(path).status_code == 404


def test_upsert_needs_a_display_name(graph: Graph) -> None:
    """An upsert that makes is held to what a POST is held to."""
    message = "A value is required for property 'displayName' of resource 'Application'."

    refused(upsert(graph, str(uuid4()), {"tags": ["x"]}), 400, "Request_BadRequest", message)


def test_unique_name_is_immutable(graph: Graph) -> None:
    """A body cannot set the unique name, not even one that makes the application."""
    made = upsert(graph, str(uuid4())).json()

    message = "Property 'uniqueName' is read-only and cannot be set."
    body = {"displayName": "a", "uniqueName": "b"}
    for answer in (
        graph.patch(f"/applications/{made['id']}", body),
        graph.post("/applications", body),
        upsert(graph, str(uuid4()), body),
    ):
        refused(answer, 400, "Request_BadRequest", message)


def test_client_id_makes_no_application(graph: Graph) -> None:
    """An upsert by appId changes what is there and makes nothing: nobody chooses a client ID."""
    application, nobody = graph.application(), str(uuid4())
    place = "/v1.0/applications(appId='{}')"

    changed = graph.http.patch(
        place.format(application["appId"]), json={"tags": ["x"]}, headers=UPSERT
    )
    answer = graph.http.patch(place.format(nobody), json={"displayName": "a"}, headers=UPSERT)

    assert changed.status_code == 204
    refused(answer, 404, "Request_ResourceNotFound", missing(nobody))


def test_deleted_application_holds_its_unique_name(graph: Graph) -> None:
    """While it can be restored, no other application gets its name."""
    name = str(uuid4())
    made = upsert(graph, name).json()
    graph.delete(f"/applications/{made['id']}")

    answer = upsert(graph, name)

    refused(answer, 400, "Request_BadRequest", TAKEN.format("uniqueName"))
    assert answer.json()["error"]["details"][1]["target"] == f"Application_{made['id']}"
    graph.delete(f"/directory/deletedItems/{made['id']}")
    assert upsert(graph, name).status_code == 201


def test_deleted_application_gives_its_identifier_uri_away(graph: Graph) -> None:
    """Another application may take the URI; the first cannot come back then."""
    uri = f"api://{graph.tenant_id}/{uuid4()}"
    first = graph.application(identifierUris=[uri])
    graph.delete(f"/applications/{first['id']}")
    second = graph.application(identifierUris=[uri])
    restore = f"/directory/deletedItems/{first['id']}/restore"

    refused(graph.post(restore), 400, "Request_BadRequest", TAKEN.format("identifierUris"))
    graph.delete(f"/applications/{second['id']}")
    assert graph.post(restore).status_code == 200


def test_application_takes_its_principal_along_and_leaves_it(graph: Graph) -> None:
    """Deleting deletes both; each of them is restored by itself."""
    principal = graph.principal()
    application = graph.read(f"/applications(appId='{principal['appId']}')")
    deleted = "/directory/deletedItems"

    graph.delete(f"/applications/{application['id']}")
    assert graph.read(f"{deleted}/{principal['id']}")["appId"] == principal["appId"]
    graph.post(f"{deleted}/{application['id']}/restore")
    assert graph.get(f"/servicePrincipals/{principal['id']}").status_code == 404
    graph.post(f"{deleted}/{principal['id']}/restore")
    assert graph.get(f"/servicePrincipals/{principal['id']}").status_code == 200


def test_principal_cannot_come_back_beside_another(graph: Graph) -> None:
    """A deleted service principal whose application has another by now stays deleted."""
    principal = graph.principal()
    graph.delete(f"/servicePrincipals/{principal['id']}")
    graph.made("/servicePrincipals", {"appId": principal["appId"]})

    answer = graph.post(f"/directory/deletedItems/{principal['id']}/restore")

    message = (
        "The service principal cannot be created, updated, or restored because the service "
        f"principal name {principal['appId']} is already in use."
    )
    refused(answer, 409, "Request_MultipleObjectsWithSameKeyValue", message)


@pytest.mark.local_only
def test_principal_is_upserted_by_client_id(graph: Graph, holder: Callable[..., Graph]) -> None:
    """PATCH by appId makes the principal of an application, and then changes it."""
    client_id = graph.application()["appId"]
    path = f"/v1.0/servicePrincipals(appId='{client_id}')"
    assert graph.http.patch(path, json={"notes": "a"}).status_code == 404

    made = graph.http.patch(path, json={"notes": "a"}, headers=UPSERT)
    changed = graph.http.patch(path, json={"notes": "b"}, headers=UPSERT)
    denied = holder("Application.ReadWrite.OwnedBy").http.patch(
        path, json={"notes": "c"}, headers=UPSERT
    )

    assert (made.status_code, made.json()["appId"], made.json()["notes"]) == (201, client_id, "a")
    assert changed.status_code == 204
    assert graph.read(f"/servicePrincipals/{made.json()['id']}")["notes"] == "b"
    message = "Insufficient privileges to complete the operation."
    refused(denied, 403, "Authorization_RequestDenied", message)
