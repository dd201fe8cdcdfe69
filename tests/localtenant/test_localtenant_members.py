"""Owners and members of groups, and of which groups an object is a member."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.testing_bodies import group_body
from localtenant.testing_client import Graph, missing, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from localtenant.odata.types import Json

NOBODY = "3f1c1f5e-0000-4000-8000-0123456789ab"


def bound(**links: list[str]) -> Json:
    """Build the part of a body that links to directory objects."""
    base = "https://graph.microsoft.com/v1.0/directoryObjects"
    return {f"{name}@odata.bind": [f"{base}/{k}" for k in keys] for name, keys in links.items()}


def ids(answer: Json) -> list[str]:
    """List the IDs in an answer."""
    return [item["id"] for item in answer["value"]]


def test_first_owners_and_members(graph: Graph) -> None:
    """A POST may name owners and members; they are listed with their types, and by cast."""
    user, principal, inner = graph.user()["id"], graph.principal()["id"], graph.group()["id"]
    links = bound(owners=[user, principal], members=[user, inner, principal])

    path = f"/groups/{graph.group(**links)['id']}"

    assert ids(graph.read(f"{path}/owners")) == [user, principal]
    members = graph.read(f"{path}/members")["value"]
    assert [(m["id"], m["@odata.type"].rpartition(".")[2]) for m in members] == [
        (user, "user"),
        (inner, "group"),
        (principal, "servicePrincipal"),
    ]
    assert ids(graph.read(f"{path}/members/microsoft.graph.user")) == [user]
    expanded = graph.read(path, {"$expand": "members"})
    assert [m["id"] for m in expanded["members"]] == [user, inner, principal]


def test_application_does_not_own_its_groups(graph: Graph) -> None:
    """A group that an application makes has the owners that the body names, here none."""
    assert graph.read(f"/groups/{graph.group()['id']}/owners")["value"] == []


@pytest.mark.local_only
def test_user_who_makes_a_group_owns_it(graph: Graph, signed_in: Callable[..., Graph]) -> None:
    """A user who makes a group is its owner, and must not be named as one besides."""
    user, other = graph.user()["id"], graph.user()["id"]
    theirs = signed_in("Group.ReadWrite.All", user=user)

    group = theirs.group(**bound(owners=[other]))

    assert ids(graph.read(f"/groups/{group['id']}/owners")) == [user, other]
    message = "Request contains a property with duplicate values."
    answer = theirs.post("/groups", group_body(**bound(owners=[user])))
    refused(answer, 400, "Request_BadRequest", message)


def test_at_most_twenty_references(graph: Graph) -> None:
    """A POST and a PATCH link to twenty objects at most."""
    links = bound(members=[NOBODY] * 21)
    message = "At most 20 references to owners and members can be added in one request."

    refused(graph.post("/groups", group_body(**links)), 400, "Request_BadRequest", message)
    path = f"/groups/{graph.group()['id']}"
    refused(graph.patch(path, links), 400, "Request_BadRequest", message)


def test_members_are_added_by_patch(graph: Graph) -> None:
    """A PATCH adds members to those that there are."""
    first, second = graph.user()["id"], graph.user()["id"]
    path = f"/groups/{graph.group(**bound(members=[first]))['id']}"

    assert graph.patch(path, bound(members=[second])).status_code == 204

    assert ids(graph.read(f"{path}/members")) == [first, second]


@pytest.mark.parametrize("navigation", ["owners", "members"])
def test_references_come_and_go(graph: Graph, navigation: str) -> None:
    """An owner or a member is added once, removed once, and missed afterwards."""
    user, other = graph.user()["id"], graph.user()["id"]
    path = f"/groups/{graph.group()['id']}/{navigation}"
    assert graph.refer(path, user).status_code == 204
    assert graph.refer(path, other).status_code == 204

    message = (
        "One or more added object references already exist for the following modified properties: "
        f"'{navigation}'."
    )
    refused(graph.refer(path, user), 400, "Request_BadRequest", message)
    assert graph.delete(f"{path}/{user}/$ref").status_code == 204
    again = graph.delete(f"{path}/{user}/$ref")
    refused(again, 404, "Request_ResourceNotFound", missing(user))
    refused(graph.refer(path, NOBODY), 404, "Request_ResourceNotFound", missing(NOBODY))
    (left,) = graph.read(f"{path}/$ref")["value"]
    assert left["@odata.id"].endswith(f"/directoryObjects/{other}")


def test_last_owner_stays(graph: Graph) -> None:
    """The last owner of a group cannot be removed."""
    user = graph.user()["id"]
    path = f"/groups/{graph.group(**bound(owners=[user]))['id']}/owners/{user}/$ref"

    message = "The group must have at least one owner, hence this owner cannot be removed."
    refused(graph.delete(path), 400, "Request_BadRequest", message)


def test_what_cannot_be_owner_or_member(graph: Graph) -> None:
    """A group owns nothing, an application is no member, and no group is its own member."""
    group, application = graph.group()["id"], graph.application()["id"]
    cases = [
        ("owners", f"Group_{group}", group),
        ("members", f"Application_{application}", application),
    ]

    for navigation, named, key in cases:
        type_ = named.partition("_")[0]
        message = (
            f"The reference target '{named}' of type '{type_}' is invalid for the '{navigation}' "
            "reference."
        )
        answer = graph.refer(f"/groups/{group}/{navigation}", key)
        refused(answer, 400, "Request_BadRequest", message)
    message = "A group cannot be added as a member of itself."
    refused(graph.refer(f"/groups/{group}/members", group), 400, "Request_BadRequest", message)


def test_dynamic_groups_choose_their_members(graph: Graph) -> None:
    """Nobody adds members to a group with a rule."""
    group = graph.group(
        groupTypes=["DynamicMembership"],
        membershipRule='user.city -eq "Oslo"',
        membershipRuleProcessingState="On",
    )

    answer = graph.refer(f"/groups/{group['id']}/members", graph.user()["id"])

    message = "Members cannot be added to a group whose membership is dynamic."
    refused(answer, 400, "Request_BadRequest", message)


@pytest.fixture(scope="module")
def nested(graph: Graph) -> tuple[str, str, str]:
    """Make a user in a group in a group, and the groups members of each other."""
    user = graph.user()["id"]
    inner = graph.group(**bound(members=[user]))["id"]
    outer = graph.group(**bound(members=[inner]))["id"]
    graph.refer(f"/groups/{inner}/members", outer)
    return user, inner, outer


def test_memberships_direct_and_through_groups(graph: Graph, nested: tuple[str, str, str]) -> None:
    """Memberships are seen from both ends; circles come to an end."""
    user, inner, outer = nested

    assert ids(graph.read(f"/users/{user}/memberOf")) == [inner]
    assert ids(graph.read(f"/users/{user}/transitiveMemberOf")) == [inner, outer]
    assert ids(graph.read(f"/groups/{outer}/members")) == [inner]
    assert set(ids(graph.read(f"/groups/{outer}/transitiveMembers"))) == {inner, user, outer}
    assert ids(graph.read(f"/groups/{outer}/memberOf")) == [inner]


@pytest.mark.parametrize("path", ["users", "directoryObjects"])
def test_memberships_are_told(graph: Graph, nested: tuple[str, str, str], path: str) -> None:
    """An object tells the groups that it is in, all or those that are asked about."""
    user, inner, outer = nested
    one = f"/{path}/{user}"
    unified = graph.group(
        groupTypes=["Unified"],
        mailEnabled=True,
        securityEnabled=False,
        **bound(members=[user]),
    )["id"]
    only = {"securityEnabledOnly": True}

    for name in ("getMemberGroups", "getMemberObjects"):
        assert set(graph.made(f"{one}/{name}", {})["value"]) == {inner, outer, unified}
        assert graph.made(f"{one}/{name}", only)["value"] == [inner, outer]
    asked = [outer, NOBODY]
    assert graph.made(f"{one}/checkMemberGroups", {"groupIds": asked})["value"] == [outer]
    assert graph.made(f"{one}/checkMemberObjects", {"ids": asked})["value"] == [outer]
    graph.delete(f"/groups/{unified}")


def test_asking_about_too_many_groups(graph: Graph) -> None:
    """No more than twenty groups are asked about at once."""
    path = f"/users/{graph.user()['id']}/checkMemberGroups"

    answer = graph.post(path, {"groupIds": [NOBODY] * 21})

    message = "Too many elements in the collection 'groupIds'. At most 20 are allowed."
    refused(answer, 400, "Request_BadRequest", message)


def test_deleted_members_are_not_shown(graph: Graph) -> None:
    """A deleted user is no member until it is restored."""
    user = graph.user()["id"]
    path = f"/groups/{graph.group(**bound(members=[user]))['id']}/members"

    graph.delete(f"/users/{user}")
    assert ids(graph.read(path)) == []
    graph.post(f"/directory/deletedItems/{user}/restore")
    assert ids(graph.read(path)) == [user]


def test_roles_of_a_group(graph: Graph) -> None:
    """A role that is open to users is assigned to a group; it goes with the group."""
    role = {
        "id": "11111111-1111-4111-8111-111111111111",
        "allowedMemberTypes": ["User"],
        "displayName": "Reader",
        "description": "Reads",
        "value": "Read",
    }
    resource, group = graph.principal(appRoles=[role])["id"], graph.group()["id"]
    path = f"/groups/{group}/appRoleAssignments"

    made = graph.made(path, {"principalId": group, "resourceId": resource, "appRoleId": role["id"]})

    assert made["principalType"] == "Group"
    assert ids(graph.read(path)) == [made["id"]]
    graph.delete(f"/groups/{group}")
    assert graph.read(f"/servicePrincipals/{resource}/appRoleAssignedTo")["value"] == []
