"""Service principals, owners, client secrets, and what OwnedBy allows."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from localtenant.testing_client import Graph, missing, refused

if TYPE_CHECKING:
    from collections.abc import Callable

DENIED = "Insufficient privileges to complete the operation."


def test_principal_follows_its_application(graph: Graph) -> None:
    """A service principal copies its application at creation and at every change."""
    application = graph.application(web={"redirectUris": ["https://a.b/c"]})
    principal = graph.made("/servicePrincipals", {"appId": application["appId"]})
    path = f"/servicePrincipals/{principal['id']}"
    assert principal["displayName"] == principal["appDisplayName"] == application["displayName"]
    assert principal["appOwnerOrganizationId"] == graph.tenant_id
    assert principal["replyUrls"] == ["https://a.b/c"]

    uri = f"api://{application['appId']}"
    changes = {"displayName": f"renamed {uuid4()}", "identifierUris": [uri]}
    graph.patch(f"/applications/{application['id']}", changes)

    after = graph.read(path)
    assert after["displayName"] == changes["displayName"]
    assert after["servicePrincipalNames"] == [uri, application["appId"]]


def test_principal_needs_an_application(graph: Graph) -> None:
    """A client ID without an application is refused, with the detail that clients match."""
    client_id = str(uuid4())
    answer = graph.post("/servicePrincipals", {"appId": client_id})

    message = (
        f"The appId '{client_id}' of the service principal does not reference a valid application "
        "object."
    )
    refused(answer, 400, "Request_BadRequest", message)
    assert answer.json()["error"]["details"][0]["code"] == "NoBackingApplicationObject"


@pytest.mark.local_only
def test_owned_by_cannot_bring_in_a_foreign_application(holder: Callable[..., Graph]) -> None:
    """With OwnedBy alone, the application has to be in the tenant; the text is Graph's own."""
    answer = holder("Application.ReadWrite.OwnedBy").post(
        "/servicePrincipals", {"appId": str(uuid4())}
    )

    message = (
        "When using this permission, the backing application of the service principal being "
        "created must in the local tenant"
    )
    refused(answer, 403, "Authorization_RequestDenied", message)


def test_application_has_one_principal(graph: Graph) -> None:
    """A second service principal of an application is a conflict."""
    client_id = graph.principal()["appId"]

    answer = graph.post("/servicePrincipals", {"appId": client_id})

    message = (
        "The service principal cannot be created, updated, or restored because the service "
        f"principal name {client_id} is already in use."
    )
    refused(answer, 409, "Request_MultipleObjectsWithSameKeyValue", message)


def test_microsoft_graph_has_its_real_permissions(graph: Graph) -> None:
    """Microsoft Graph's principal offers the roles and scopes under their real ids."""
    principal = graph.graph_principal()

    roles = {r["value"]: r["id"] for r in principal["appRoles"]}
    scopes = {s["value"]: s["id"] for s in principal["oauth2PermissionScopes"]}
    assert principal["appOwnerOrganizationId"] == "f8cdef31-a31e-4b4a-93e4-5f571e91255a"
    assert roles["EventListener.ReadWrite.All"] == "0edf5e9e-4ce8-468a-8432-d08631d18c43"
    assert scopes["openid"] == "37f7f235-527c-4136-accd-4a02d197296e"
    assert scopes["offline_access"] == "7427e0e9-2fba-42fe-b0c0-848c9e6a8182"


def test_saml_settings_are_replaced_as_a_whole(graph: Graph) -> None:
    """An empty object clears them, which is how the azuread plugin takes them away."""
    principal = graph.principal()
    path = f"/servicePrincipals/{principal['id']}"

    assert graph.patch(path, {"samlSingleSignOnSettings": {"relayState": "/r"}}).is_success
    assert graph.patch(path, {"samlSingleSignOnSettings": {}}).is_success

    assert graph.read(path)["samlSingleSignOnSettings"] == {"relayState": None}


@pytest.mark.local_only
def test_creator_becomes_an_owner(deployer: Graph) -> None:
    """An application that creates another owns it, and is shown with its type."""
    application = deployer.application()

    owners = deployer.read(f"/applications/{application['id']}/owners")["value"]

    assert [o["@odata.type"] for o in owners] == ["#microsoft.graph.servicePrincipal"]
    assert owners[0]["appId"] == deployer.client.clientId


@pytest.mark.local_only
def test_owners_are_bound_at_creation(graph: Graph, holder: Callable[..., Graph]) -> None:
    """owners@odata.bind adds owners; naming oneself among them is no mistake."""
    me, other = graph.object_id, holder().client.objectId
    urls = [graph.reference(key)["@odata.id"] for key in (me, other)]

    application = graph.application(**{"owners@odata.bind": urls})

    owners = graph.read(f"/applications/{application['id']}/owners")["value"]
    assert [o["id"] for o in owners] == [me, other]


@pytest.mark.local_only
def test_owners_by_reference(graph: Graph, holder: Callable[..., Graph]) -> None:
    """Owners are added once and removed, the last one too; the filter of azuread finds one."""
    key, other = graph.application()["id"], holder().client.objectId
    path = f"/applications/{key}/owners"

    assert graph.post(f"{path}/$ref", graph.reference(other)).status_code == 204
    twice = (
        "One or more added object references already exist for the following modified "
        "properties: 'owners'."
    )
    again = graph.post(f"{path}/$ref", graph.reference(other))
    refused(again, 400, "Request_BadRequest", twice)
    found = graph.read(path, {"$filter": f"id eq '{other}'"})["value"]
    assert [o["id"] for o in found] == [other]
    for owner in (graph.object_id, other):
        assert graph.delete(f"{path}/{owner}/$ref").status_code == 204
    refused(graph.delete(f"{path}/{other}/$ref"), 404, "Request_ResourceNotFound", missing(other))


def test_owner_must_exist_and_fit(graph: Graph) -> None:
    """An owner is an object of the tenant, and no application registration."""
    application = graph.application()
    path, nobody = f"/applications/{application['id']}/owners/$ref", str(uuid4())

    answer = graph.post(path, graph.reference(nobody))
    refused(answer, 404, "Request_ResourceNotFound", missing(nobody))
    wrong = f"Application_{application['id']}"
    message = (
        f"The reference target '{wrong}' of type 'Application' is invalid for the 'owners' "
        "reference."
    )
    answer = graph.post(path, graph.reference(application["id"]))
    refused(answer, 400, "Request_BadRequest", message)


@pytest.mark.local_only
def test_owned_by_changes_only_what_it_owns(graph: Graph, deployer: Graph) -> None:
    """With OwnedBy alone, the objects of others are read and not changed."""
    others, own = graph.application(), deployer.application()
    principal = graph.made("/servicePrincipals", {"appId": others["appId"]})
    path = f"/applications/{others['id']}"

    assert deployer.get(path).status_code == 200
    for answer in (
        deployer.patch(path, {"tags": ["x"]}),
        deployer.post(f"{path}/addPassword", {"passwordCredential": {}}),
        deployer.delete(path),
        deployer.delete(f"{path}/owners/{graph.object_id}/$ref"),
        deployer.patch(f"/servicePrincipals/{principal['id']}", {"tags": ["x"]}),
    ):
        refused(answer, 403, "Authorization_RequestDenied", DENIED)
    assert deployer.patch(f"/applications/{own['id']}", {"tags": ["x"]}).status_code == 204


@pytest.mark.local_only
def test_giving_up_ownership_locks_out(deployer: Graph) -> None:
    """With OwnedBy alone, who leaves the owners can no longer change the application."""
    path = f"/applications/{deployer.application()['id']}"
    me = deployer.read(f"{path}/owners")["value"][0]["id"]

    assert deployer.delete(f"{path}/owners/{me}/$ref").status_code == 204

    refused(deployer.patch(path, {"tags": []}), 403, "Authorization_RequestDenied", DENIED)


@pytest.mark.local_only
def test_owned_by_cannot_ask_for_mapped_claims_at_creation(deployer: Graph) -> None:
    """With OwnedBy alone, acceptMappedClaims is refused by POST and taken by PATCH."""
    body = {"displayName": "mapped", "api": {"acceptMappedClaims": True}}

    refused(deployer.post("/applications", body), 403, "Authorization_RequestDenied", DENIED)
    path = f"/applications/{deployer.application()['id']}"
    assert deployer.patch(path, {"api": body["api"]}).status_code == 204
