"""What service principals are linked to: policies, what they own and made, groups, users."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from localtenant.testing_client import missing, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

DEFINITION = {"ClaimsMappingPolicy": {"Version": 1, "IncludeBasicClaimSet": "true"}}
DEFAULT_ACCESS = "00000000-0000-0000-0000-000000000000"


def policy_reference(graph: Graph, key: str) -> Json:
    """Build the body of a ``$ref`` to a policy, as the azuread plugin writes it."""
    return {"@odata.id": f"{graph.url}/v1.0/policies/claimsMappingPolicies/{key}"}


def user(graph: Graph) -> Json:
    """Make a user."""
    body = {
        "accountEnabled": True,
        "displayName": f"user {uuid4()}",
        "mailNickname": "user",
        "passwordProfile": {"password": f"Aa1!{uuid4()}"},
        "userPrincipalName": f"{uuid4()}@{graph.domain}",
    }
    return graph.made("/users", body)


def group(graph: Graph) -> Json:
    """Make a security group."""
    body = {"displayName": f"group {uuid4()}", "mailEnabled": False, "securityEnabled": True}
    return graph.made("/groups", body | {"mailNickname": uuid4().hex})


def test_claims_mapping_policy_is_assigned(graph: Graph) -> None:
    """A policy is assigned once, listed, seen from its own end, and taken away."""
    policies = "/policies/claimsMappingPolicies"
    body = {"definition": [json.dumps(DEFINITION)], "displayName": "claims"}
    policy, principal = graph.made(policies, body), graph.principal()
    path = f"/servicePrincipals/{principal['id']}/claimsMappingPolicies"
    link = policy_reference(graph, policy["id"])

    assert graph.post(f"{path}/$ref", link).status_code == 204
    twice = (
        "One or more added object references already exist for the following modified "
        "properties: 'claimsMappingPolicies'."
    )
    refused(graph.post(f"{path}/$ref", link), 400, "Request_BadRequest", twice)
    assert [p["id"] for p in graph.read(path)["value"]] == [policy["id"]]
    applies = graph.read(f"{policies}/{policy['id']}/appliesTo")["value"]
    assert [p["id"] for p in applies] == [principal["id"]]
    assert graph.delete(f"{path}/{policy['id']}/$ref").status_code == 204
    assert graph.read(path)["value"] == []
    gone = graph.delete(f"{path}/{policy['id']}/$ref")
    refused(gone, 404, "Request_ResourceNotFound", missing(policy["id"]))


def test_policy_is_of_the_type_that_is_asked_for(graph: Graph) -> None:
    """Another object, or none, cannot be assigned as a policy."""
    principal, nobody = graph.principal(), str(uuid4())
    path = f"/servicePrincipals/{principal['id']}/claimsMappingPolicies/$ref"

    answer = graph.post(path, policy_reference(graph, nobody))
    refused(answer, 404, "Request_ResourceNotFound", missing(nobody))
    answer = graph.post(path, graph.reference(principal["id"]))
    message = (
        f"The reference target 'ServicePrincipal_{principal['id']}' of type 'ServicePrincipal' is "
        "invalid for the 'claimsMappingPolicies' reference."
    )
    refused(answer, 400, "Request_BadRequest", message)


@pytest.mark.local_only
@pytest.mark.parametrize("alone", ["Application.ReadWrite.All", "Policy.Read.All"])
def test_assigning_needs_two_permissions(holder: Callable[..., Graph], alone: str) -> None:
    """One permission for the principal and one for policies; neither is enough alone."""
    path = f"/servicePrincipals/{uuid4()}/claimsMappingPolicies/$ref"

    answer = holder(alone).post(path, {"@odata.id": "x"})

    message = "Insufficient privileges to complete the operation."
    refused(answer, 403, "Authorization_RequestDenied", message)


def test_principal_owns_and_made_its_objects(graph: Graph) -> None:
    """What it made it owns, until it gives the ownership up; it still made it."""
    made = graph.application()
    mine = f"/servicePrincipals/{graph.object_id}"

    def has(collection: str) -> bool:
        by_id = {"$filter": f"id eq '{made['id']}'"}
        found = graph.read(f"{mine}/{collection}/microsoft.graph.application", by_id)["value"]
        return made["id"] in {f["id"] for f in found}

    assert (has("ownedObjects"), has("createdObjects")) == (True, True)
    graph.delete(f"/applications/{made['id']}/owners/{graph.object_id}/$ref")
    assert (has("ownedObjects"), has("createdObjects")) == (False, True)
    by_id = {"$filter": f"id eq '{made['id']}'"}
    (found,) = graph.read(f"{mine}/createdObjects", by_id)["value"]
    assert found["@odata.type"] == "#microsoft.graph.application"


def test_principal_is_a_member_of_groups(graph: Graph) -> None:
    """Memberships are seen from the principal, direct ones and those through other groups."""
    principal, inner, outer = graph.principal(), group(graph), group(graph)
    for holder, member in ((inner, principal), (outer, inner)):
        link = graph.reference(member["id"])
        assert graph.post(f"/groups/{holder['id']}/members/$ref", link).status_code == 204
    path = f"/servicePrincipals/{principal['id']}"

    for collection, groups in (("memberOf", [inner]), ("transitiveMemberOf", [inner, outer])):
        found = graph.read(f"{path}/{collection}")["value"]
        assert [f["id"] for f in found] == [g["id"] for g in groups]
    answer = graph.post(f"{path}/getMemberGroups", {"securityEnabledOnly": True})
    assert answer.json()["value"] == [inner["id"], outer["id"]]


def test_user_may_own_an_application(graph: Graph) -> None:
    """A user is added as owner beside the application that made it; a group cannot be."""
    application, owner, no_owner = graph.application(), user(graph), group(graph)
    path = f"/applications/{application['id']}/owners"

    link = graph.reference(owner["id"])
    assert graph.post(f"{path}/$ref", link).status_code == 204
    found = graph.read(path, {"$filter": f"id eq '{owner['id']}'"})["value"]
    assert [o["@odata.type"] for o in found] == ["#microsoft.graph.user"]
    answer = graph.post(f"{path}/$ref", graph.reference(no_owner["id"]))
    message = (
        f"The reference target 'Group_{no_owner['id']}' of type 'Group' is invalid for the "
        "'owners' reference."
    )
    refused(answer, 400, "Request_BadRequest", message)


@pytest.mark.parametrize("kind", ["User", "Group"])
def test_role_is_assigned_to_people(graph: Graph, kind: str) -> None:
    """A role that is open to users is assigned to a user or a group, and says to whom."""
    roles = [
        {"allowedMemberTypes": [t], "displayName": t, "description": t, "id": str(uuid4())}
        for t in ("User", "Application")
    ]
    resource = graph.principal(appRoles=roles)
    principal = user(graph) if kind == "User" else group(graph)
    path = f"/servicePrincipals/{resource['id']}/appRoleAssignedTo"
    body = {"principalId": principal["id"], "resourceId": resource["id"]}

    made = graph.made(path, body | {"appRoleId": roles[0]["id"]})
    refusals = [graph.post(path, body | {"appRoleId": r}) for r in (roles[1]["id"], DEFAULT_ACCESS)]

    assert (made["principalType"], made["principalDisplayName"]) == (kind, principal["displayName"])
    message = "Permission being assigned was not found on application"
    for answer in refusals:
        refused(answer, 400, "Request_BadRequest", message)
    mine = f"/{kind.lower()}s/{principal['id']}/appRoleAssignments"
    assert [a["id"] for a in graph.read(mine)["value"]] == [made["id"]]


def test_people_get_default_access_where_no_role_is_for_them(graph: Graph) -> None:
    """The all-zero role is for a resource none of whose roles is open to users."""
    role = {"allowedMemberTypes": ["Application"], "displayName": "a", "description": "a"}
    resource = graph.principal(appRoles=[role | {"id": str(uuid4())}])
    body = {"principalId": user(graph)["id"], "resourceId": resource["id"]}

    path = f"/servicePrincipals/{resource['id']}/appRoleAssignedTo"
    assert graph.post(path, body | {"appRoleId": DEFAULT_ACCESS}).status_code == 201
