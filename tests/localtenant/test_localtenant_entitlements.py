"""Scopes, app roles and identifier URIs of applications, each rule with its answer."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from localtenant.testing_client import Graph, refused

ENABLED = "Permission (scope or role) cannot be deleted or updated unless disabled first."


def role(value: str, **properties: Any) -> dict[str, Any]:
    """Build an enabled app role for applications."""
    return {
        "allowedMemberTypes": ["Application"],
        "description": value,
        "displayName": value,
        "id": str(uuid4()),
        "isEnabled": True,
        "value": value,
        **properties,
    }


def scope(value: str, **properties: Any) -> dict[str, Any]:
    """Build an enabled scope that administrators consent to."""
    return {
        "adminConsentDescription": value,
        "adminConsentDisplayName": value,
        "id": str(uuid4()),
        "isEnabled": True,
        "type": "Admin",
        "value": value,
        **properties,
    }


def test_enabled_scope_cannot_be_removed(graph: Graph) -> None:
    """A scope has to be disabled before it is removed."""
    kept = scope("Read")
    path = f"/applications/{graph.application(api={'oauth2PermissionScopes': [kept]})['id']}"

    answer = graph.patch(path, {"api": {"oauth2PermissionScopes": []}})
    refused(answer, 400, "CannotDeleteOrUpdateEnabledEntitlement", ENABLED)

    off = {"api": {"oauth2PermissionScopes": [kept | {"isEnabled": False}]}}
    assert graph.patch(path, off).status_code == 204
    assert graph.patch(path, {"api": {"oauth2PermissionScopes": []}}).status_code == 204


def test_enabled_role_cannot_be_removed(graph: Graph) -> None:
    """An app role has to be disabled before it is removed."""
    path = f"/applications/{graph.application(appRoles=[role('Read.All')])['id']}"

    answer = graph.patch(path, {"appRoles": []})

    refused(answer, 400, "CannotDeleteOrUpdateEnabledEntitlement", ENABLED)


def test_role_value_stands_once(graph: Graph) -> None:
    """Two app roles of the same value are refused with appRoles as target."""
    body = {"displayName": "a", "appRoles": [role("Read.All"), role("Read.All")]}
    answer = graph.post("/applications", body)

    refused(answer, 400, "DuplicateValue", "Request contains a property with duplicate values.")
    assert answer.json()["error"]["details"][0]["target"] == "appRoles"


def test_role_and_scope_share_their_values(graph: Graph) -> None:
    """A role and a scope may have the same value only under the same id."""
    api = {"oauth2PermissionScopes": [scope("Read")]}
    body = {"displayName": "a", "appRoles": [role("Read")], "api": api}

    answer = graph.post("/applications", body)

    refused(answer, 400, "DuplicateValue", "Request contains a property with duplicate values.")


def test_role_and_scope_of_one_id_must_match(graph: Graph) -> None:
    """A role and a scope with the same id are one entry: their texts must be the same."""
    one, other = role("Read"), scope("Other")
    other["id"] = one["id"]
    body = {"displayName": "a", "appRoles": [one], "api": {"oauth2PermissionScopes": [other]}}

    error = graph.post("/applications", body).json()["error"]

    assert error["code"] == "Request_BadRequest"
    assert f"properties with identifier '{one['id']}'" in error["message"]
    same = {"oauth2PermissionScopes": [scope("Read", id=one["id"])]}
    assert graph.post("/applications", body | {"api": same}).status_code == 201


def test_pre_authorized_scope_must_exist(graph: Graph) -> None:
    """A client cannot be pre-authorized for a scope that the API does not have."""
    client = {"appId": str(uuid4()), "delegatedPermissionIds": [str(uuid4())]}
    body = {"displayName": "a", "api": {"preAuthorizedApplications": [client]}}

    message = (
        "Property api.preAuthorizedApplications.delegatedPermissionIds has a Permission Id that "
        "cannot be found in the AppPermissions sets."
    )
    refused(graph.post("/applications", body), 400, "Request_BadRequest", message)


def test_identifier_uri_is_unique(graph: Graph) -> None:
    """An identifier URI that another application holds is refused, naming that application."""
    first, second = graph.application(), graph.application()
    uris = {"identifierUris": [f"api://{first['appId']}"]}
    assert graph.patch(f"/applications/{first['id']}", uris).status_code == 204

    api = {"requestedAccessTokenVersion": 2}
    answer = graph.patch(f"/applications/{second['id']}", {**uris, "api": api})

    message = "Another object with the same value for property identifierUris already exists."
    refused(answer, 400, "Request_BadRequest", message)
    targets = [d["target"] for d in answer.json()["error"]["details"]]
    assert targets == ["identifierUris", f"Application_{first['id']}"]


def test_identifier_uri_needs_a_verified_domain(graph: Graph) -> None:
    """A web address as identifier URI must be on a domain of the tenant."""
    answer = graph.post(
        "/applications",
        {
            "displayName": "a",
            "signInAudience": "AzureADMyOrg",
            "identifierUris": ["https://example.com/api"],
        },
    )

    message = (
        "Values of identifierUris property must use a verified domain of the organization or its "
        "subdomain: 'https://example.com/api'"
    )
    refused(answer, 400, "HostNameNotOnVerifiedDomain", message)


def test_identifier_uri_without_tenant_or_client_id(graph: Graph) -> None:
    """An api:// URI must name the tenant or the application, unless tokens are of version 2."""
    uri = f"api://{uuid4()}"
    body = {"displayName": "a", "signInAudience": "AzureADMyOrg", "identifierUris": [uri]}

    error = graph.post("/applications", body).json()["error"]
    exempt = graph.post("/applications", body | {"api": {"requestedAccessTokenVersion": 2}})

    assert error["message"].startswith(f"Failed to add identifier URI {uri}. All newly added URIs")
    assert exempt.status_code == 201


def test_identifier_uri_cannot_end_with_a_slash(graph: Graph) -> None:
    """An identifier URI with a slash at its end is refused."""
    body = {"displayName": "a", "identifierUris": ["https://contoso.onmicrosoft.com/"]}

    message = "Application alias 'https://contoso.onmicrosoft.com/' value is invalid."
    refused(graph.post("/applications", body), 400, "IdentifierUrisEndsWithSlash", message)
