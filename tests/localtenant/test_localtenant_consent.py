"""Consent: delegated permission grants and app role assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from localtenant.testing_client import Graph, refused

if TYPE_CHECKING:
    from localtenant.odata.types import Json

ROLE: dict[str, Any] = {
    "allowedMemberTypes": ["Application"],
    "description": "Read.All",
    "displayName": "Read.All",
    "value": "Read.All",
}


def grant_body(graph: Graph, client: Json, **properties: str | None) -> Json:
    """Build consent of everybody to two scopes of Microsoft Graph."""
    return {
        "clientId": client["id"],
        "resourceId": graph.graph_principal()["id"],
        "consentType": "AllPrincipals",
        "scope": "openid offline_access",
        **properties,
    }


def assignment(graph: Graph) -> tuple[Json, str]:
    """Build the assignment of an API's role to another application, and the resource's path."""
    role_id = str(uuid4())
    resource = graph.principal(appRoles=[ROLE | {"id": role_id}])
    body = {
        "principalId": graph.principal()["id"],
        "resourceId": resource["id"],
        "appRoleId": role_id,
    }
    return body, f"/servicePrincipals/{resource['id']}/appRoleAssignedTo"


def test_grant_is_made_changed_and_deleted(graph: Graph) -> None:
    """A grant is created, read by id and from its client, changed in scope, and deleted."""
    client = graph.principal()
    grant = graph.made("/oauth2PermissionGrants", grant_body(graph, client))
    path = f"/oauth2PermissionGrants/{grant['id']}"

    assert grant["principalId"] is None
    assert graph.patch(path, {"scope": "openid"}).status_code == 204
    assert graph.read(path)["scope"] == "openid"
    listed = graph.read(f"/servicePrincipals/{client['id']}/oauth2PermissionGrants")["value"]
    assert [g["id"] for g in listed] == [grant["id"]]
    found = graph.read("/oauth2PermissionGrants", {"$filter": f"clientId eq '{client['id']}'"})
    assert [g["id"] for g in found["value"]] == [grant["id"]]
    assert graph.delete(path).status_code == 204
    assert graph.get(path).status_code == 404


def test_grant_is_one_for_client_and_resource(graph: Graph) -> None:
    """A second grant of the same client and resource is a conflict."""
    body = grant_body(graph, graph.principal())
    graph.made("/oauth2PermissionGrants", body)

    answer = graph.post("/oauth2PermissionGrants", body)

    message = "Permission entry already exists."
    refused(answer, 409, "Request_MultipleObjectsWithSameKeyValue", message)


@pytest.mark.parametrize("end", ["clientId", "resourceId"])
def test_grant_needs_both_ends(graph: Graph, end: str) -> None:
    """Client and resource have to be service principals of the tenant."""
    nobody = str(uuid4())

    answer = graph.post(
        "/oauth2PermissionGrants", grant_body(graph, graph.principal()) | {end: nobody}
    )

    message = (
        f"Resource '{nobody}' does not exist or one of its queried reference-property objects are "
        "not present."
    )
    refused(answer, 404, "Request_ResourceNotFound", message)


@pytest.mark.parametrize(
    ("changes", "prop"),
    [
        ({"consentType": "Nobody"}, "consentType"),
        ({"consentType": "Principal"}, "principalId"),
        ({"principalId": str(uuid4())}, "principalId"),
    ],
)
def test_grant_is_for_everybody_or_for_one(
    graph: Graph, changes: dict[str, str], prop: str
) -> None:
    """A principal belongs to a grant of type Principal, and to no other."""
    answer = graph.post("/oauth2PermissionGrants", grant_body(graph, graph.principal(), **changes))

    message = f"Invalid value specified for property '{prop}' of resource 'OAuth2PermissionGrant'."
    refused(answer, 400, "Request_BadRequest", message)


def test_grant_accepts_the_plugins_type_name(graph: Graph) -> None:
    """The azuread plugin's odd casing of the type is taken."""
    body = grant_body(graph, graph.principal())

    answer = graph.post(
        "/oauth2PermissionGrants", {"@odata.type": "#microsoft.graph.oAuth2PermissionGrant", **body}
    )

    assert answer.status_code == 201


def test_role_is_assigned_and_taken_away(graph: Graph) -> None:
    """An assignment is seen from the resource and from the principal, and can be deleted."""
    body, path = assignment(graph)

    made = graph.made(path, body)

    assert made["principalType"] == "ServicePrincipal"
    assert graph.read(f"{path}/{made['id']}")["appRoleId"] == body["appRoleId"]
    mine = f"/servicePrincipals/{body['principalId']}/appRoleAssignments"
    assert [a["id"] for a in graph.read(mine)["value"]] == [made["id"]]
    assert graph.delete(f"{path}/{made['id']}").status_code == 204
    assert graph.read(path)["value"] == []


def test_role_is_assigned_once(graph: Graph) -> None:
    """The same role of the same principal cannot be assigned twice."""
    body, path = assignment(graph)
    graph.made(path, body)

    message = "Permission being assigned already exists on the object"
    refused(graph.post(path, body), 400, "Request_BadRequest", message)


def test_role_must_be_the_resources(graph: Graph) -> None:
    """A role that the resource does not have cannot be assigned."""
    body, path = assignment(graph)

    answer = graph.post(path, body | {"appRoleId": str(uuid4())})

    message = "Permission being assigned was not found on application"
    refused(answer, 400, "Request_BadRequest", message)


def test_default_access_where_there_are_no_roles(graph: Graph) -> None:
    """The all-zero role is for a resource that has no roles."""
    nothing = "00000000-0000-0000-0000-000000000000"
    resource, principal = graph.principal(), graph.principal()
    body = {"principalId": principal["id"], "resourceId": resource["id"], "appRoleId": nothing}

    path = f"/servicePrincipals/{resource['id']}/appRoleAssignedTo"
    assert graph.post(path, body).status_code == 201
    other, other_path = assignment(graph)
    assert graph.post(other_path, other | {"appRoleId": nothing}).status_code == 400


def test_deleted_principal_takes_its_consent_along(graph: Graph) -> None:
    """Deleting a service principal deletes its grants and assignments."""
    client = graph.principal()
    grant = graph.made("/oauth2PermissionGrants", grant_body(graph, client))

    assert graph.delete(f"/servicePrincipals/{client['id']}").status_code == 204

    assert graph.get(f"/oauth2PermissionGrants/{grant['id']}").status_code == 404
