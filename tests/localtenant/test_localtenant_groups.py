"""Groups: what they show, which kinds there are, how they are changed and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from localtenant.testing_bodies import group_body
from localtenant.testing_client import Graph, missing, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from localtenant.odata.types import Json

UNIFIED: Json = {"groupTypes": ["Unified"], "mailEnabled": True, "securityEnabled": False}


def test_nulls_are_shown(graph: Graph) -> None:
    """A security group shows its whole default set, with null for what it has not."""
    group = graph.group()

    for shown in (group, graph.read(f"/groups/{group['id']}")):
        for name in ("membershipRule", "isAssignableToRole", "visibility", "mail", "description"):
            assert shown[name] is None
        assert (shown["groupTypes"], shown["proxyAddresses"]) == ([], [])
        assert shown["securityIdentifier"].startswith("S-1-12-1-")
        assert "writebackConfiguration" not in shown
    assert "hideFromAddressLists" not in group
    beta = graph.get(f"/groups/{group['id']}", "beta").json()
    assert beta["writebackConfiguration"] is None
    assert beta["membershipRule"] is None


def test_microsoft_365_group_gets_an_address(graph: Graph) -> None:
    """A Microsoft 365 group gets what its mailbox adds: address, visibility, a description."""
    group = graph.group(**UNIFIED)

    address = f"{group['mailNickname']}@{graph.domain}"
    assert (group["mail"], group["proxyAddresses"]) == (address, [f"SMTP:{address}"])
    assert (group["visibility"], group["description"]) == ("Public", group["displayName"])


@pytest.mark.parametrize("name", ["displayName", "mailEnabled", "mailNickname", "securityEnabled"])
def test_required_properties(graph: Graph, name: str) -> None:
    """A group without one of four properties is refused."""
    message = f"A value is required for property '{name}' of resource 'Group'."

    refused(graph.post("/groups", group_body(**{name: None})), 400, "Request_BadRequest", message)


MAIL_ENABLED = "Cannot Create a mail-enabled security groups and or distribution list."
INVALID = "Invalid value specified for property '{}' of resource 'Group'."


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"mailEnabled": True}, MAIL_ENABLED),
        ({"mailEnabled": True, "securityEnabled": False}, MAIL_ENABLED),
        ({"securityEnabled": False}, "A group must be enabled for mail or for security."),
        (
            {"groupTypes": ["Unified"]},
            "A group of the type 'Unified' must be enabled for mail.",
        ),
        ({"groupTypes": ["Other"]}, INVALID.format("groupTypes")),
        ({"groupTypes": ["DynamicMembership"]}, INVALID.format("membershipRule")),
        ({"membershipRule": "user.city -eq 1"}, INVALID.format("membershipRule")),
        ({"mailNickname": "two words"}, INVALID.format("mailNickname")),
        ({"visibility": "Secret"}, INVALID.format("visibility")),
        ({"description": "x" * 1025}, INVALID.format("description")),
    ],
)
def test_groups_that_there_cannot_be(graph: Graph, properties: Json, message: str) -> None:
    """Kinds of groups, and values, that Graph does not make."""
    refused(graph.post("/groups", group_body(**properties)), 400, "Request_BadRequest", message)


def test_update(graph: Graph) -> None:
    """A PATCH changes a group, under beta as well; a required property is not cleared."""
    path = f"/groups/{graph.group(description='old')['id']}"

    assert graph.patch(path, {"description": None}).status_code == 204
    assert graph.patch(path, {"displayName": "new"}, "beta").status_code == 204

    found = graph.read(path)
    assert (found["description"], found["displayName"]) == (None, "new")
    message = INVALID.format("mailNickname")
    refused(graph.patch(path, {"mailNickname": None}), 400, "Request_BadRequest", message)


def test_names_for_mail_are_unique(graph: Graph) -> None:
    """Two Microsoft 365 groups cannot have one nickname; security groups can."""
    name = uuid4().hex
    first = graph.group(mailNickname=name, **UNIFIED)
    graph.group(mailNickname=name)

    answer = graph.post("/groups", group_body(mailNickname=name.upper(), **UNIFIED))

    message = "Another object with the same value for property mailNickname already exists."
    refused(answer, 400, "Request_BadRequest", message)
    assert answer.json()["error"]["details"][1]["target"] == f"Group_{first['id']}"


def test_unique_name_is_a_key(graph: Graph) -> None:
    """A group is read by its unique name, which no other group may have."""
    name = uuid4().hex
    group = graph.group(uniqueName=name)

    assert graph.read(f"/groups(uniqueName='{name}')")["id"] == group["id"]
    message = "Another object with the same value for property uniqueName already exists."
    answer = graph.post("/groups", group_body(uniqueName=name))
    refused(answer, 400, "Request_BadRequest", message)


@pytest.mark.local_only
def test_groups_for_roles(graph: Graph, holder: Callable[..., Graph]) -> None:
    """A group for roles takes a permission of its own to make, and stays one."""
    body = group_body(isAssignableToRole=True)
    message = "Insufficient privileges to complete the operation."
    refused(graph.post("/groups", body), 403, "Authorization_RequestDenied", message)
    privileged = holder("Group.ReadWrite.All", "RoleManagement.ReadWrite.Directory")

    group = privileged.made("/groups", body)

    assert group["isAssignableToRole"] is True
    message = (
        "Property 'isAssignableToRole' can be set when the group is created, and not changed later."
    )
    answer = privileged.patch(f"/groups/{group['id']}", {"isAssignableToRole": False})
    refused(answer, 400, "Request_BadRequest", message)
    message = (
        "A group to which roles can be assigned must be enabled for security, and its members must "
        "be assigned."
    )
    answer = privileged.post("/groups", group_body(isAssignableToRole=True, **UNIFIED))
    refused(answer, 400, "Request_BadRequest", message)


@pytest.mark.parametrize("key", ["nothing", "3f1c1f5e-0000-4000-8000-0123456789ab"])
def test_unknown_group(graph: Graph, key: str) -> None:
    """Whatever stands for a group that there is not, is named in the 404."""
    refused(graph.get(f"/groups/{key}"), 404, "Request_ResourceNotFound", missing(key))


def test_security_group_is_deleted_for_good(graph: Graph) -> None:
    """A security group is not among the deleted items."""
    key = graph.group()["id"]

    assert graph.delete(f"/groups/{key}").status_code == 204

    refused(graph.get(f"/groups/{key}"), 404, "Request_ResourceNotFound", missing(key))
    path = f"/directory/deletedItems/{key}"
    refused(graph.get(path), 404, "Request_ResourceNotFound", missing(key))


def test_microsoft_365_group_comes_back(graph: Graph) -> None:
    """A Microsoft 365 group is restored with its members, unless its nickname is taken by now."""
    user = graph.user()["id"]
    group = graph.group(**UNIFIED)
    path, deleted = f"/groups/{group['id']}", f"/directory/deletedItems/{group['id']}"
    graph.refer(f"{path}/members", user)
    graph.delete(path)
    assert graph.read(f"/users/{user}/memberOf")["value"] == []
    listed = graph.read("/directory/deletedItems/microsoft.graph.group")["value"]
    assert group["id"] in {g["id"] for g in listed}
    taken = graph.group(mailNickname=group["mailNickname"], **UNIFIED)

    message = "Another object with the same value for property mailNickname already exists."
    refused(graph.post(f"{deleted}/restore"), 400, "Request_BadRequest", message)
    graph.delete(f"/groups/{taken['id']}")
    assert graph.made(f"{deleted}/restore", None)["@odata.type"] == "#microsoft.graph.group"

    assert [m["id"] for m in graph.read(f"{path}/members")["value"]] == [user]
