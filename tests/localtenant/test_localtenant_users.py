"""Users: what answers show, what must be there, and what may be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.testing_bodies import user_body
from localtenant.testing_client import Graph, missing, refused

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT_SET = {
    "id",
    "businessPhones",
    "displayName",
    "givenName",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
}
DENIED = "Insufficient privileges to complete the operation."


def annotated(answer: dict[str, object]) -> set[str]:
    """Tell the properties of an answer that are no annotations."""
    return {name for name in answer if "@" not in name}


def test_default_properties(graph: Graph) -> None:
    """A new user, a read and a list show eleven properties; others are shown when selected."""
    user = graph.user(department="Sales")
    path = f"/users/{user['id']}"

    assert annotated(user) == DEFAULT_SET
    assert next(n for n in user if "@" not in n) == "id"
    assert annotated(graph.read(path)) == DEFAULT_SET
    listed = graph.read("/users", {"$filter": f"id eq '{user['id']}'"})["value"]
    assert [annotated(u) for u in listed] == [DEFAULT_SET]
    selected = graph.read(
        path, {"$select": "department,accountEnabled,userType,securityIdentifier"}
    )
    assert (selected["department"], selected["accountEnabled"]) == ("Sales", True)
    assert selected["userType"] == "Member"
    assert selected["securityIdentifier"].startswith("S-1-12-1-")


def test_read_by_user_principal_name(graph: Graph) -> None:
    """The user principal name is as good as the object ID, in either form of key."""
    user = graph.user()
    name = user["userPrincipalName"]

    assert graph.read(f"/users/{name.upper()}")["id"] == user["id"]
    assert graph.read(f"/users('{name}')")["id"] == user["id"]


@pytest.mark.parametrize(
    "key", ["nobody@example.com", "nobody", "3f1c1f5e-0000-4000-8000-0123456789ab"]
)
def test_unknown_user(graph: Graph, key: str) -> None:
    """Whatever stands for a user that there is not, is named in the 404."""
    refused(graph.get(f"/users/{key}"), 404, "Request_ResourceNotFound", missing(key))


@pytest.mark.parametrize(
    "name",
    ["accountEnabled", "displayName", "mailNickname", "userPrincipalName", "passwordProfile"],
)
def test_required_properties(graph: Graph, name: str) -> None:
    """A work account without one of five properties is refused."""
    message = f"A value is required for property '{name}' of resource 'User'."

    refused(
        graph.post("/users", user_body(graph.domain, **{name: None})),
        400,
        "Request_BadRequest",
        message,
    )


def test_taken_user_principal_name(graph: Graph) -> None:
    """A user principal name belongs to one user; the error names that user."""
    user = graph.user()

    answer = graph.post(
        "/users", user_body(graph.domain, userPrincipalName=user["userPrincipalName"].upper())
    )

    message = "Another object with the same value for property userPrincipalName already exists."
    refused(answer, 400, "Request_BadRequest", message)
    assert answer.json()["error"]["details"][1]["target"] == f"User_{user['id']}"


@pytest.mark.parametrize("name", ["a@example.com", "no-domain", "@example.com"])
def test_domain_of_the_user_principal_name(graph: Graph, name: str) -> None:
    """The domain must be one that the tenant has verified."""
    message = (
        "The domain portion of the userPrincipalName property is invalid. You must use one of the "
        "verified domain names in your organization."
    )
    refused(
        graph.post("/users", user_body(graph.domain, userPrincipalName=name)),
        400,
        "Request_BadRequest",
        message,
    )
    path = f"/users/{graph.user()['id']}"
    refused(graph.patch(path, {"userPrincipalName": name}), 400, "Request_BadRequest", message)


@pytest.mark.parametrize(
    ("name", "value"),
    [("displayName", None), ("usageLocation", "Mars"), ("passwordPolicies", "None, Anything")],
)
def test_values_that_do_not_do(graph: Graph, name: str, value: str | None) -> None:
    """A name that is cleared, a country and a policy that there are not, are refused."""
    answer = graph.patch(f"/users/{graph.user()['id']}", {name: value})

    message = f"Invalid value specified for property '{name}' of resource 'User'."
    refused(answer, 400, "Request_BadRequest", message)


def test_update(graph: Graph) -> None:
    """A PATCH sets, merges and clears; also under beta."""
    user = graph.user(jobTitle="Clerk", employeeOrgData={"costCenter": "1", "division": "2"})
    path = f"/users/{user['id']}"

    change = {"jobTitle": None, "surname": "Doe", "employeeOrgData": {"division": "3"}}
    assert graph.patch(path, change).status_code == 204
    assert graph.patch(path, {"showInAddressList": False}, "beta").status_code == 204

    names = "jobTitle,surname,employeeOrgData,showInAddressList"
    found = graph.read(path, {"$select": names})
    assert (found["jobTitle"], found["surname"]) == (None, "Doe")
    assert found["employeeOrgData"] == {"costCenter": "1", "division": "3"}
    assert found["showInAddressList"] is False


@pytest.mark.local_only
def test_narrow_permissions(graph: Graph, holder: Callable[..., Graph]) -> None:
    """A permission for one property changes that property and no other."""
    path = f"/users/{graph.user()['id']}"
    narrow = holder("User.EnableDisableAccount.All")

    assert narrow.patch(path, {"accountEnabled": False}).status_code == 204
    both = {"accountEnabled": True, "jobTitle": "Boss"}
    refused(narrow.patch(path, both), 403, "Authorization_RequestDenied", DENIED)
    assert graph.read(path, {"$select": "accountEnabled"})["accountEnabled"] is False


def test_manager(graph: Graph) -> None:
    """A manager is set, replaced and removed; without one there is nothing to read."""
    first, second, user = graph.user(), graph.user(), graph.user()
    path = f"/users/{user['id']}/manager"

    refused(graph.get(path), 404, "Request_ResourceNotFound", missing("manager"))
    for manager in (first, second):
        assert graph.put(f"{path}/$ref", graph.reference(manager["id"])).status_code == 204
    found = graph.read(path)
    assert (found["id"], found["@odata.type"]) == (second["id"], "#microsoft.graph.user")
    reports = graph.read(f"/users/{second['id']}/directReports")["value"]
    assert [r["id"] for r in reports] == [user["id"]]
    assert graph.read(f"/users/{first['id']}/directReports")["value"] == []
    expanded = graph.read(f"/users/{user['id']}", {"$expand": "manager"})
    assert expanded["manager"]["id"] == second["id"]
    graph.delete(f"/users/{second['id']}")
    assert graph.get(path).status_code == 404


def test_manager_is_a_user(graph: Graph) -> None:
    """A group manages nobody."""
    group = graph.group()["id"]

    answer = graph.put(f"/users/{graph.user()['id']}/manager/$ref", graph.reference(group))

    message = (
        f"The reference target 'Group_{group}' of type 'Group' is invalid for the 'manager' "
        "reference."
    )
    refused(answer, 400, "Request_BadRequest", message)


def test_deleted_user_frees_the_name_and_comes_back(graph: Graph) -> None:
    """A deleted user's name can be taken, and then stands in the way of restoring the user."""
    user = graph.user()
    name, deleted = user["userPrincipalName"], f"/directory/deletedItems/{user['id']}"

    assert graph.delete(f"/users/{name}").status_code == 204
    refused(graph.get(f"/users/{name}"), 404, "Request_ResourceNotFound", missing(name))
    renamed = f"{user['id'].replace('-', '')}{name}"
    assert graph.read(deleted)["userPrincipalName"] == renamed
    other = graph.user(userPrincipalName=name)
    message = "Another object with the same value for property userPrincipalName already exists."
    refused(graph.post(f"{deleted}/restore"), 400, "Request_BadRequest", message)
    graph.delete(f"/users/{other['id']}")

    assert graph.made(f"{deleted}/restore", None)["userPrincipalName"] == name
    assert graph.read(f"/users/{name}")["id"] == user["id"]


def test_sessions_are_revoked(graph: Graph) -> None:
    """Revoking sign-in sessions answers true and moves the moment from which they count."""
    path = f"/users/{graph.user()['id']}"

    answer = graph.post(f"{path}/revokeSignInSessions")

    assert (answer.status_code, answer.json()["value"]) == (200, True)
    names = "signInSessionsValidFromDateTime,createdDateTime"
    found = graph.read(path, {"$select": names})
    assert found["signInSessionsValidFromDateTime"] >= found["createdDateTime"]
