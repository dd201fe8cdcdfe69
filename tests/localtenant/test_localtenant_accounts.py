"""Local and social accounts: identities, the names that they get, and passwords."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from localtenant.entities.people import passwords
from localtenant.entities.people.identities import key_of
from localtenant.store import Store
from localtenant.testing_bodies import user_body
from localtenant.testing_client import Graph, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from localtenant.odata.types import Json

INVALID = "One or more properties contains invalid values."
WEAK = (
    "The specified password does not comply with password complexity requirements. Please provide "
    "a different password."
)


def address() -> str:
    """Make an email address that nobody has."""
    return f"{uuid4().hex[:12]}@example.com"


def identity(sign_in_type: str, assigned: str, issuer: str) -> Json:
    """Build an identity."""
    return {"signInType": sign_in_type, "issuer": issuer, "issuerAssignedId": assigned}


def local_body(graph: Graph, *identities: Json, **properties: object) -> Json:
    """Build the body that makes a customer's account."""
    return {
        "displayName": "A customer",
        "identities": list(identities) or [identity("emailAddress", address(), graph.domain)],
        "passwordProfile": {"password": "Correct-horse-7", "forceChangePasswordNextSignIn": False},
        "passwordPolicies": "DisablePasswordExpiration",
        **properties,
    }


def test_account_of_an_email_address(graph: Graph) -> None:
    """A local account needs no more than a name; its user principal name is made of its ID."""
    mail = address()
    user = graph.made("/users", local_body(graph, identity("emailAddress", mail, graph.domain)))

    name = f"{user['id']}@{graph.domain}"
    assert user["userPrincipalName"] == name
    names = "identities,accountEnabled,mailNickname,creationType,passwordProfile,passwordPolicies"
    found = graph.read(f"/users/{user['id']}", {"$select": names})
    assert found["identities"] == [
        identity("emailAddress", mail, graph.domain),
        identity("userPrincipalName", name, graph.domain),
    ]
    assert (found["accountEnabled"], found["creationType"]) == (True, "LocalAccount")
    assert found["mailNickname"] == user["id"]
    assert found["passwordPolicies"] == "DisablePasswordExpiration"
    assert found["passwordProfile"] == {
        "forceChangePasswordNextSignIn": False,
        "forceChangePasswordNextSignInWithMfa": False,
        "password": None,
    }


def test_work_account_has_the_identity_of_its_name(graph: Graph) -> None:
    """A work account has one identity, its user principal name, also after it changed."""
    user = graph.user()
    path = f"/users/{user['id']}"
    name = f"{uuid4().hex}@{graph.domain}"

    assert graph.patch(path, {"userPrincipalName": name}).status_code == 204

    found = graph.read(path, {"$select": "identities"})["identities"]
    assert found == [identity("userPrincipalName", name, graph.domain)]


def test_social_account_needs_no_password(graph: Graph) -> None:
    """An account of another provider alone is made without a password; a local one is not."""
    social = local_body(
        graph, identity("federated", uuid4().hex, "google.com"), passwordProfile=None
    )
    local = local_body(graph, passwordProfile=None)

    assert graph.post("/users", social).status_code == 201
    message = "A value is required for property 'passwordProfile' of resource 'User'."
    refused(graph.post("/users", local), 400, "Request_BadRequest", message)


@pytest.mark.parametrize(
    "wrong",
    [
        identity("emailAddress", "a@example.com", "another.onmicrosoft.com"),
        identity("emailAddress", "no-address", "{domain}"),
        identity("userName", "name", ""),
        identity("federated", "", "google.com"),
        identity("phone", "+1 555 0100", "{domain}"),
        {"signInType": "emailAddress"},
    ],
)
def test_identities_that_are_none(graph: Graph, wrong: Json) -> None:
    """An identity is of a known type, of this tenant if it is local, and complete."""
    wrong = {name: value.format(domain=graph.domain) for name, value in wrong.items()}

    refused(graph.post("/users", local_body(graph, wrong)), 400, "Request_BadRequest", INVALID)


def test_no_identity_and_no_name(graph: Graph) -> None:
    """Without any identity there is nothing to sign in with."""
    answer = graph.post("/users", {**local_body(graph), "identities": []})

    refused(answer, 400, "Request_BadRequest", INVALID)


@pytest.mark.parametrize(
    ("sign_in_type", "blamed"), [("emailAddress", "proxyAddresses"), ("userName", "identities")]
)
def test_taken_identity(graph: Graph, sign_in_type: str, blamed: str) -> None:
    """An identity belongs to one user, at creation, by update, and in any letter case."""
    mail = address()
    user = graph.made("/users", local_body(graph, identity(sign_in_type, mail, graph.domain)))
    other = graph.made("/users", local_body(graph))
    again = local_body(graph, identity(sign_in_type, mail.upper(), graph.domain))

    message = f"Another object with the same value for property {blamed} already exists."
    refused(graph.post("/users", again), 400, "Request_BadRequest", message)
    change = {"identities": again["identities"]}
    refused(graph.patch(f"/users/{other['id']}", change), 400, "Request_BadRequest", message)
    assert graph.patch(f"/users/{user['id']}", change).status_code == 204


def test_deleted_account_frees_its_identity(graph: Graph) -> None:
    """A deleted user's address can be used again, and then keeps the user from coming back."""
    body = local_body(graph)
    user = graph.made("/users", body)
    graph.delete(f"/users/{user['id']}")
    graph.made("/users", body)

    answer = graph.post(f"/directory/deletedItems/{user['id']}/restore")

    message = "Another object with the same value for property proxyAddresses already exists."
    refused(answer, 400, "Request_BadRequest", message)


@pytest.mark.parametrize(
    "password", ["Short-1", "all lower case", "12345678", "lower-case", "Aa1" * 90]
)
def test_weak_password(graph: Graph, password: str) -> None:
    """A password has 8 to 256 characters of three of four kinds."""
    body = user_body(graph.domain, passwordProfile={"password": password})
    refused(graph.post("/users", body), 400, "Request_BadRequest", WEAK)
    path = f"/users/{graph.user()['id']}"
    change = {"passwordProfile": {"password": password}}
    refused(graph.patch(path, change), 400, "Request_BadRequest", WEAK)


def test_policy_that_allows_weak_passwords(graph: Graph) -> None:
    """DisableStrongPassword asks only for the length, in the body or since earlier."""
    policies = {"passwordPolicies": "DisableStrongPassword, DisablePasswordExpiration"}
    weak = {"password": "lower case alone"}

    user = graph.made("/users", user_body(graph.domain, **policies, passwordProfile=weak))

    path = f"/users/{user['id']}"
    assert graph.patch(path, {"passwordProfile": weak}).status_code == 204
    short = {"passwordProfile": {"password": "short"}}
    refused(graph.patch(path, short), 400, "Request_BadRequest", WEAK)


@pytest.mark.local_only
def test_password_is_kept_as_a_hash(graph: Graph, tmp_path: Path) -> None:
    """The state holds a salted hash that the password matches, and nowhere the password itself."""
    mail, password = address(), "Tr0ub4dor & three"
    body = local_body(
        graph, identity("emailAddress", mail, graph.domain), passwordProfile={"password": password}
    )
    user = graph.made("/users", body)
    other = graph.user(passwordProfile={"password": password})
    for file in Path(graph.ready.caFile).parent.glob("tenant.sqlite3*"):
        shutil.copy(file, tmp_path)
    assert not any(password.encode() in f.read_bytes() for f in tmp_path.iterdir())
    store = Store(tmp_path / "tenant.sqlite3")

    with store.read() as tx:
        found = tx.lookup(
            "user", "identityKeys", key_of("emailAddress", graph.domain, mail.upper())
        )
        assert found is not None
        assert found["id"] == user["id"]
        assert passwords.is_password_of(tx, user["id"], password)
        assert not passwords.is_password_of(tx, user["id"], password.upper())
        assert not passwords.is_password_of(tx, "nobody", password)
        kept = [tx.secrets(u["id"])["password"] for u in (user, other)]
    store.close()
    assert kept[0] != kept[1]


@pytest.mark.local_only
def test_own_password_can_be_changed(graph: Graph, signed_in: Callable[..., Graph]) -> None:
    """Who knows the current password may change it; nobody changes another's."""
    user = graph.user()
    theirs = signed_in("Directory.AccessAsUser.All", user=user["id"])
    change = {"currentPassword": "Correct-horse-7", "newPassword": "Battery-staple-8"}

    assert theirs.post("/me/changePassword", change).status_code == 204

    answer = theirs.post("/me/changePassword", change)
    refused(answer, 400, "Request_BadRequest", "The specified current password is not correct.")
    weak = {"currentPassword": "Battery-staple-8", "newPassword": "weak"}
    refused(theirs.post("/me/changePassword", weak), 400, "Request_BadRequest", WEAK)
    other = f"/users/{graph.user()['id']}/changePassword"
    message = "Insufficient privileges to complete the operation."
    refused(theirs.post(other, change), 403, "Authorization_RequestDenied", message)


@pytest.mark.parametrize(("password", "valid"), [("Correct-horse-7", True), ("weak", False)])
def test_passwords_are_judged(graph: Graph, password: str, *, valid: bool) -> None:
    """Under beta a password can be judged before it is used."""
    answer = graph.post("/users/validatePassword", {"password": password}, "beta")

    assert answer.json()["isValid"] is valid
    assert answer.json()["validationResults"][0]["validationPassed"] is valid
