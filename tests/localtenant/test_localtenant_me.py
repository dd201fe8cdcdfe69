"""Delegated calls: /me, what User.Read reaches, and what a signed-in user makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.testing_client import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

DENIED = "Insufficient privileges to complete the operation."
READ_ONLY_AS_USER = "/me request is only valid with delegated authentication flow."


def test_me_is_who_is_signed_in(graph: Graph, signed_in: Callable[..., Graph]) -> None:
    """A user reads itself at /me, in the context of users, and its properties below."""
    user = graph.user(jobTitle="Clerk")
    theirs = signed_in("User.Read", user=user["id"])

    found = theirs.read("/me")

    assert found["id"] == user["id"]
    assert found["@odata.context"].endswith("/v1.0/$metadata#users/$entity")
    assert theirs.read("/me/jobTitle")["value"] == "Clerk"


@pytest.mark.parametrize("path", ["/me", "/me/memberOf", "/me/manager"])
def test_me_needs_a_user(graph: Graph, path: str) -> None:
    """An application that asks for /me is told that there is no user."""
    refused(graph.get(path), 400, "BadRequest", READ_ONLY_AS_USER)


def test_user_who_is_gone(graph: Graph, signed_in: Callable[..., Graph]) -> None:
    """The token of a deleted user does not do any more."""
    user = graph.user()
    theirs = signed_in("User.Read", user=user["id"])
    graph.delete(f"/users/{user['id']}")

    message = "The identity of the calling application could not be established."
    refused(theirs.get("/me"), 401, "Authorization_IdentityNotFound", message)


def test_user_read_reaches_nobody_else(graph: Graph, signed_in: Callable[..., Graph]) -> None:
    """With User.Read a user reads itself by ID, and no other user nor its groups."""
    user, other = graph.user(), graph.user()
    theirs = signed_in("User.Read", user=user["id"])

    assert theirs.read(f"/users/{user['id']}")["id"] == user["id"]
    for path in (f"/users/{other['id']}", f"/users/{other['id']}/memberOf"):
        refused(theirs.get(path), 403, "Authorization_RequestDenied", DENIED)


def test_user_changes_little_of_itself(graph: Graph, signed_in: Callable[..., Graph]) -> None:
    """With User.ReadWrite a user changes its phone, not its job title, and nobody else."""
    theirs = signed_in("User.ReadWrite", user=graph.user()["id"])

    assert theirs.patch("/me", {"mobilePhone": "555"}).status_code == 204
    assert theirs.read("/me")["mobilePhone"] == "555"
    refused(theirs.patch("/me", {"jobTitle": "Boss"}), 403, "Authorization_RequestDenied", DENIED)
    other = theirs.patch(f"/users/{graph.user()['id']}", {"mobilePhone": "555"})
    refused(other, 403, "Authorization_RequestDenied", DENIED)


def test_organization_for_users(signed_in: Callable[..., Graph]) -> None:
    """With User.Read the organization shows ID, name and verified domains, and null beside."""
    (found,) = signed_in("User.Read").read("/organization")["value"]
    (whole,) = signed_in("User.Read", "Organization.Read.All").read("/organization")["value"]

    for name in ("id", "displayName", "verifiedDomains"):
        assert found[name] == whole[name]
    assert (found["tenantType"], whole["tenantType"]) == (None, "CIAM")


def test_user_owns_what_it_makes(graph: Graph, signed_in: Callable[..., Graph]) -> None:
    """An application and a group of a user are among what the user owns and created."""
    user = graph.user()["id"]
    theirs = signed_in("Application.ReadWrite.All", "Group.ReadWrite.All", user=user)
    application, group = theirs.application(), theirs.group()

    wanted = {application["id"], group["id"]}
    owners = graph.read(f"/applications/{application['id']}/owners")["value"]
    assert [(o["id"], o["@odata.type"]) for o in owners] == [(user, "#microsoft.graph.user")]
    for name in ("ownedObjects", "createdObjects"):
        assert {o["id"] for o in graph.read(f"/users/{user}/{name}")["value"]} == wanted
        found = graph.read(f"/users/{user}/{name}/microsoft.graph.group")["value"]
        assert [g["id"] for g in found] == [group["id"]]


def test_roles_and_grants_of_a_user(graph: Graph, signed_in: Callable[..., Graph]) -> None:
    """A role is assigned to a user if it is open to users; consents of the user are listed."""
    user = graph.user()["id"]
    role = {
        "id": "11111111-1111-4111-8111-111111111111",
        "allowedMemberTypes": ["User"],
        "displayName": "Reader",
        "description": "Reads",
        "value": "Read",
    }
    machine = {**role, "id": "22222222-2222-4222-8222-222222222222", "value": "Run"}
    machine["allowedMemberTypes"] = ["Application"]
    resource = graph.principal(appRoles=[role, machine])
    path = f"/users/{user}/appRoleAssignments"
    body = {"principalId": user, "resourceId": resource["id"], "appRoleId": role["id"]}

    assigned = graph.made(path, body)

    assert (assigned["principalType"], assigned["principalId"]) == ("User", user)
    assert [a["id"] for a in graph.read(path)["value"]] == [assigned["id"]]
    refused(
        graph.post(path, {**body, "appRoleId": machine["id"]}),
        400,
        "Request_BadRequest",
        "Permission being assigned was not found on application",
    )
    grant = {
        "clientId": graph.principal()["id"],
        "resourceId": resource["id"],
        "consentType": "Principal",
        "principalId": user,
        "scope": "read",
    }
    key = graph.made("/oauth2PermissionGrants", grant)["id"]
    mine = signed_in("Directory.Read.All", user=user)
    assert [g["id"] for g in mine.read("/me/oauth2PermissionGrants")["value"]] == [key]
    graph.delete(f"/users/{user}")
    assert graph.delete(f"/directory/deletedItems/{user}").status_code == 204
    assert graph.get(f"/oauth2PermissionGrants/{key}").status_code == 404
    assert graph.read(f"/servicePrincipals/{resource['id']}/appRoleAssignedTo")["value"] == []
