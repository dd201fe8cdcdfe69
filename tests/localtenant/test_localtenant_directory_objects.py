"""Directory objects of any type: read in bulk, deleted, restored and purged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.testing_client import Graph, missing, refused

if TYPE_CHECKING:
    from collections.abc import Callable

DENIED = "Insufficient privileges to complete the operation."
NOBODY = "3f1c1f5e-0000-4000-8000-0123456789ab"
UNIFIED = {"groupTypes": ["Unified"], "mailEnabled": True, "securityEnabled": False}


def test_objects_by_their_ids(graph: Graph) -> None:
    """Objects of any type are read at once, each with its type; unknown IDs are passed over."""
    made = [graph.user(), graph.group(), graph.application(), graph.principal()]
    keys = [o["id"] for o in made]
    path = "/directoryObjects/getByIds"

    found = graph.made(path, {"ids": [*keys, NOBODY]})

    assert found["@odata.context"].endswith("/v1.0/$metadata#directoryObjects")
    names = ["user", "group", "application", "servicePrincipal"]
    types = [f"#microsoft.graph.{n}" for n in names]
    assert [(o["id"], o["@odata.type"]) for o in found["value"]] == list(
        zip(keys, types, strict=True)
    )
    some = graph.made(path, {"ids": keys, "types": ["group", "user"]})["value"]
    assert [o["id"] for o in some] == keys[:2]
    everything = graph.made(path, {"ids": keys, "types": ["directoryObject"]})["value"]
    assert len(everything) == 4


def test_too_many_ids(graph: Graph) -> None:
    """A thousand IDs are the most."""
    answer = graph.post("/directoryObjects/getByIds", {"ids": [NOBODY] * 1001})

    message = "Too many elements in the collection 'ids'. At most 1000 are allowed."
    refused(answer, 400, "Request_BadRequest", message)


def test_validating_names(graph: Graph) -> None:
    """A name for a group is in order where there is no naming policy."""
    body = {"entityType": "Group", "displayName": "A group", "mailNickname": "a"}

    assert graph.post("/directoryObjects/validateProperties", body).status_code == 204


@pytest.mark.local_only
def test_deleting_by_id_follows_the_type(graph: Graph, holder: Callable[..., Graph]) -> None:
    """Whoever may delete users deletes a user by its ID among all objects, and no application."""
    user, application = graph.user()["id"], graph.application()["id"]
    of_users = holder("User.DeleteRestore.All")

    answer = of_users.delete(f"/directoryObjects/{application}")
    refused(answer, 403, "Authorization_RequestDenied", DENIED)
    assert of_users.delete(f"/directoryObjects/{user}").status_code == 204

    message = missing(user)
    refused(graph.get(f"/users/{user}"), 404, "Request_ResourceNotFound", message)


@pytest.mark.local_only
@pytest.mark.parametrize(
    ("permission", "cast"),
    [
        ("User.DeleteRestore.All", "application"),
        ("User.Read.All", "group"),
        ("Group.Read.All", "user"),
        ("Application.Read.All", "user"),
    ],
)
def test_deleted_items_are_listed_with_the_types_permission(
    holder: Callable[..., Graph], permission: str, cast: str
) -> None:
    """A permission for one type lists no deleted items of another."""
    answer = holder(permission).get(f"/directory/deletedItems/microsoft.graph.{cast}")

    refused(answer, 403, "Authorization_RequestDenied", DENIED)


@pytest.mark.local_only
def test_deleted_items_take_the_types_permission(
    graph: Graph, holder: Callable[..., Graph]
) -> None:
    """Restoring and purging take the permission for the type that the deleted object has."""
    user, application = graph.user()["id"], graph.application()["id"]
    graph.delete(f"/users/{user}")
    graph.delete(f"/applications/{application}")
    of_users, of_applications = (
        holder("User.DeleteRestore.All"),
        holder("Application.ReadWrite.All"),
    )

    for client, key in ((of_users, application), (of_applications, user)):
        path = f"/directory/deletedItems/{key}"
        refused(client.post(f"{path}/restore"), 403, "Authorization_RequestDenied", DENIED)
        refused(client.delete(path), 403, "Authorization_RequestDenied", DENIED)
    assert of_users.post(f"/directory/deletedItems/{user}/restore").status_code == 200
    graph.delete(f"/users/{user}")
    assert of_users.delete(f"/directory/deletedItems/{user}").status_code == 204
    unknown = of_users.post(f"/directory/deletedItems/{NOBODY}/restore")
    refused(unknown, 404, "Request_ResourceNotFound", missing(NOBODY))


@pytest.mark.local_only
def test_purging_a_group_takes_a_user(graph: Graph, signed_in: Callable[..., Graph]) -> None:
    """Only a signed-in user deletes a Microsoft 365 group for good before its time."""
    group = graph.group(**UNIFIED)["id"]
    path = f"/directory/deletedItems/{group}"
    graph.delete(f"/groups/{group}")

    refused(graph.delete(path), 403, "Authorization_RequestDenied", DENIED)
    assert signed_in("Group.ReadWrite.All").delete(path).status_code == 204


@pytest.mark.local_only
def test_deleted_items_of_an_owner(graph: Graph, signed_in: Callable[..., Graph]) -> None:
    """The deleted groups that a user owns are told."""
    user = graph.user()["id"]
    group = signed_in("Group.ReadWrite.All", user=user).group(**UNIFIED)["id"]
    path, body = "/directory/deletedItems/getUserOwnedObjects", {"userId": user, "type": "Group"}
    assert graph.made(path, body)["value"] == []

    graph.delete(f"/groups/{group}")

    assert [g["id"] for g in graph.made(path, body)["value"]] == [group]
    assert graph.made(path, {**body, "type": "Application"})["value"] == []


def test_deleted_user_is_found(graph: Graph) -> None:
    """A deleted user is listed by cast and read by its ID, with when it was deleted."""
    user = graph.user()
    graph.delete(f"/users/{user['id']}")
    path = "/directory/deletedItems"
    query = {"$filter": f"displayName eq '{user['displayName']}'", "$select": "id,deletedDateTime"}

    (found,) = graph.read(f"{path}/microsoft.graph.user", query)["value"]

    assert found["id"] == user["id"]
    assert found["deletedDateTime"]
    assert graph.read(f"{path}/{user['id']}")["@odata.type"] == "#microsoft.graph.user"
