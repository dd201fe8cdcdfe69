"""The audit log: every change leaves a record of what was done, to what, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from localtenant.testing_bodies import group_body, user_body
from localtenant.testing_client import Graph, refused

pytestmark = pytest.mark.local_only

LOG = "/auditLogs/directoryAudits"


@pytest.fixture
def tracked(graph: Graph) -> Graph:
    """Call with one correlation ID, by which the records of a test are found."""
    other = graph.with_token(graph.token)
    other.http.headers["client-request-id"] = str(uuid4())
    return other


def records(graph: Graph) -> list[dict[str, Any]]:
    """Read the records of a tracked client's changes, newest first."""
    correlation = graph.http.headers["client-request-id"]
    return graph.read(LOG, {"$filter": f"correlationId eq '{correlation}'"})["value"]


def test_record_of_a_creation(tracked: Graph) -> None:
    """The record says what was made, when, by whom, and in which request; it is read by its ID."""
    application = tracked.application(displayName="Shop")

    (found,) = records(tracked)

    assert found["activityDisplayName"] == "Add application"
    assert (found["category"], found["result"]) == ("ApplicationManagement", "success")
    assert found["initiatedBy"]["app"] == {
        "appId": tracked.client.clientId,
        "displayName": "everything",
        "servicePrincipalId": tracked.client.objectId,
        "servicePrincipalName": None,
    }
    assert found["initiatedBy"]["user"] is None
    (target,) = found["targetResources"]
    assert (target["id"], target["displayName"]) == (application["id"], "Shop")
    assert target["type"] == "Application"
    assert tracked.read(f"{LOG}/{found['id']}")["id"] == found["id"]


def test_record_of_an_update_has_no_secrets(tracked: Graph) -> None:
    """An update lists the properties that it changed; a password is in no record."""
    user = tracked.made(
        "/users", user_body(tracked.domain, jobTitle="Clerk", passwordProfile=secret("First-1"))
    )
    change = {"jobTitle": "Boss", "passwordProfile": secret("Second-2")}
    tracked.patch(f"/users/{user['id']}", change)

    update, creation = records(tracked)

    assert update["activityDisplayName"] == "Update user"
    changed = {m["displayName"]: m for m in update["targetResources"][0]["modifiedProperties"]}
    assert changed["jobTitle"]["oldValue"] == '"Clerk"'
    assert changed["jobTitle"]["newValue"] == '"Boss"'
    assert "surname" not in changed
    assert "identityKeys" not in changed
    assert "secret word" not in f"{update} {creation}"


def secret(password: str) -> dict[str, str]:
    """Build a password profile of a recognizable password."""
    return {"password": f"secret word {password}"}


def test_record_of_a_reference(tracked: Graph) -> None:
    """A new member and the group are both targets; so they are when the member leaves."""
    user, group = tracked.user(), tracked.group()
    path = f"/groups/{group['id']}/members"
    tracked.refer(path, user["id"])
    tracked.delete(f"{path}/{user['id']}/$ref")

    removal, addition, *_ = records(tracked)

    assert addition["activityDisplayName"] == "Add member to group"
    assert removal["activityDisplayName"] == "Remove member from group"
    for found in (addition, removal):
        assert [t["id"] for t in found["targetResources"]] == [user["id"], group["id"]]
        assert [t["type"] for t in found["targetResources"]] == ["User", "Group"]


CHANGES: list[tuple[Callable[[Graph], object], str]] = [
    (lambda g: g.delete(f"/users/{g.user()['id']}"), "Delete user"),
    (
        lambda g: g.delete(f"/servicePrincipals/{g.principal()['id']}"),
        "Remove service principal",
    ),
    (
        lambda g: g.put(f"/users/{g.user()['id']}/manager/$ref", g.reference(g.user()["id"])),
        "Set user manager",
    ),
    (
        lambda g: g.made(f"/applications/{g.application()['id']}/addPassword", {}),
        "Update application – Certificates and secrets management",  # noqa: RUF001
    ),
    (
        lambda g: g.refer(f"/groups/{g.group()['id']}/owners", g.user()["id"]),
        "Add owner to group",
    ),
    (lambda g: g.flow(), "Add external users self service sign up events flow"),
]


@pytest.mark.parametrize(("change", "name"), CHANGES)
def test_names_of_activities(tracked: Graph, change: Callable[[Graph], object], name: str) -> None:
    """The last change of a test has the name that Entra gives it."""
    change(tracked)

    assert records(tracked)[0]["activityDisplayName"] == name


def test_deleted_items_have_names_of_their_own(tracked: Graph) -> None:
    """Restoring and purging are told apart from adding and deleting."""
    key = tracked.user()["id"]
    for _ in range(2):
        tracked.delete(f"/users/{key}")
        tracked.post(f"/directory/deletedItems/{key}/restore")
    tracked.delete(f"/users/{key}")
    assert tracked.delete(f"/directory/deletedItems/{key}").status_code == 204

    names = [r["activityDisplayName"] for r in records(tracked)]

    assert names[:3] == ["Hard Delete user", "Delete user", "Restore user"]


def test_upserts_have_the_names_of_what_they_do(tracked: Graph) -> None:
    """A PATCH by a unique name is recorded as an addition first, as an update then."""
    for name in ("first", "second"):
        tracked.http.patch(
            f"/v1.0/groups(uniqueName='{tracked.http.headers['client-request-id']}')",
            json=group_body(displayName=name),
            headers={"Prefer": "create-if-missing"},
        ).raise_for_status()

    update, addition = records(tracked)

    assert addition["activityDisplayName"] == "Add group"
    assert update["activityDisplayName"] == "Update group"
    changed = {m["displayName"] for m in update["targetResources"][0]["modifiedProperties"]}
    assert {"displayName", "mailNickname"} == changed


def test_changes_in_a_batch(tracked: Graph) -> None:
    """Each change of a batch leaves a record, under the batch's correlation ID."""
    steps = [
        {
            "id": str(number),
            "method": "POST",
            "url": "/groups",
            "headers": {"Content-Type": "application/json"},
            "body": group_body(),
        }
        for number in range(2)
    ]

    answers = tracked.made("/$batch", {"requests": steps})["responses"]

    made = {a["body"]["id"] for a in answers}
    assert {r["targetResources"][0]["id"] for r in records(tracked)} == made


def test_what_changes_nothing_leaves_no_record(tracked: Graph) -> None:
    """A read, an action that only reads, and a refused change are not in the log."""
    tracked.read("/users")
    assert tracked.post("/directoryObjects/getByIds", {"ids": []}).status_code == 200
    assert tracked.post("/users", {"displayName": "incomplete"}).status_code == 400

    assert records(tracked) == []


def test_record_of_a_users_change(tracked: Graph, signed_in: Callable[..., Graph]) -> None:
    """A change by a signed-in user names the user, and no application."""
    user = tracked.user()
    theirs = signed_in("User.ReadWrite", user=user["id"])
    theirs.http.headers["client-request-id"] = tracked.http.headers["client-request-id"]
    assert theirs.patch("/me", {"mobilePhone": "1"}).status_code == 204

    found = records(tracked)[0]

    assert found["activityDisplayName"] == "Update user"
    assert found["initiatedBy"]["app"] is None
    assert found["initiatedBy"]["user"]["userPrincipalName"] == user["userPrincipalName"]


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        ("activityDisplayName eq 'Add group'", 1),
        ("activityDisplayName eq 'Add user'", 0),
        ("startswith(activityDisplayName, 'Add')", 1),
        ("initiatedBy/app/appId eq '{client}'", 1),
        ("initiatedBy/app/appId eq 'another'", 0),
        ("targetResources/any(t:t/id eq '{group}')", 1),
        ("activityDateTime ge 2020-01-01T00:00:00Z", 1),
        ("activityDateTime le 2020-01-01T00:00:00Z", 0),
    ],
)
def test_filters(tracked: Graph, wanted: str, number: int) -> None:
    """Records are found by activity, time, initiator and target."""
    group = tracked.group()["id"]
    correlation = tracked.http.headers["client-request-id"]
    wanted = wanted.format(client=tracked.client.clientId, group=group)

    found = tracked.read(LOG, {"$filter": f"correlationId eq '{correlation}' and {wanted}"})

    assert len(found["value"]) == number


def test_log_is_not_written_by_clients(graph: Graph) -> None:
    """Nobody adds records."""
    message = "Specified HTTP method is not allowed for the request target."
    refused(graph.post(LOG, {"result": "success"}), 405, "Request_BadRequest", message)
