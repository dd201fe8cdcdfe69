"""Native authentication: what a customer or a client is told who cannot sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_browser import PASSWORD, address, customer
from native_client import (
    INITIATE,
    SCOPE,
    TYPES,
    Native,
    claims,
    flowing,
    native_client,
    native_refused,
    unknown,
)

if TYPE_CHECKING:
    import httpx

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

CHALLENGE = "oauth2/v2.0/challenge"
BROWSER = {"challenge_type": "redirect"}


def test_wrong_password_can_be_entered_again(by_password: Native, with_password: str) -> None:
    """The continuation token stays good."""
    token = by_password.challenged(INITIATE, with_password)

    native_refused(
        by_password.redeemed(token, "password", password="Wrong-horse-7"),
        "invalid_grant",
        50126,
        "Error validating credentials due to invalid username or password.",
    )
    assert claims(by_password.redeemed(token, "password", password=PASSWORD))


def test_nobody_is_told_of(graph: Graph, by_password: Native) -> None:
    """The service says who has no account, and what can be no username."""
    answer = by_password.ask(INITIATE, username=address(), challenge_type=TYPES)
    native_refused(answer, *unknown(graph))
    for name in ("", "nobody"):
        answer = by_password.ask(INITIATE, username=name, challenge_type=TYPES)
        text = "username parameter is empty or not valid."
        native_refused(answer, "invalid_request", 90100, text)


def test_client_that_lacks_a_challenge_type(
    graph: Graph, by_password: Native, with_password: str, without_password: str
) -> None:
    """It has to go on in a browser; a password of a work account does as well."""
    profile = {"password": PASSWORD, "forceChangePasswordNextSignIn": False}
    work = graph.user(passwordProfile=profile)
    for name, types in ((with_password, "oob redirect"), (without_password, "password redirect")):
        assert by_password.told(INITIATE, username=name, challenge_type=types) == BROWSER
        token = by_password.begun(INITIATE, name)
        told = by_password.told(CHALLENGE, continuation_token=token, challenge_type=types)
        assert told == BROWSER
    token = by_password.challenged(INITIATE, work["userPrincipalName"])
    assert claims(by_password.redeemed(token, "password", password=PASSWORD))["oid"] == work["id"]


def test_customer_of_another_identity_provider(graph: Graph, by_password: Native) -> None:
    """He has neither a password nor an address here, so he signs in in a browser."""
    identity = {"signInType": "federated", "issuer": "facebook.com", "issuerAssignedId": address()}
    made = graph.made("/users", {"displayName": "Ada", "identities": [identity]})

    told = by_password.told(INITIATE, username=made["userPrincipalName"], challenge_type=TYPES)

    assert told == BROWSER


@pytest.mark.parametrize(("grant", "name"), [("oob", "password"), ("password", "oob")])
def test_grant_of_the_other_method(
    by_password: Native, with_password: str, without_password: str, grant: str, name: str
) -> None:
    """Who has a password does not sign in by passcode, and the other way round."""
    token = by_password.challenged(
        INITIATE, with_password if name == "password" else without_password
    )

    answer = by_password.redeemed(token, grant, oob="12345678", password=PASSWORD)

    text = f"The grant type '{grant}' is not valid for this request."
    native_refused(answer, "invalid_grant", 400002, text)


@pytest.mark.parametrize("way", ["password", "passcode"])
def test_disabled_customer(graph: Graph, by_password: Native, with_password: str, way: str) -> None:
    """He is told so, once he has proved who he is."""
    name = with_password
    if way == "passcode":
        name = address()
        graph.http.post("/-/users", json={"email": name})
    users = {one["email"]: one["id"] for one in graph.http.get("/-/users").json()["users"]}
    graph.patch(f"/users/{users[name]}", {"accountEnabled": False})
    token = by_password.challenged(INITIATE, name)

    if way == "password":
        answer = by_password.redeemed(token, "password", password=PASSWORD)
    else:
        answer = by_password.redeemed(token, "oob", oob=by_password.code(name))

    native_refused(answer, "invalid_grant", 50057, "The user account is disabled.")


def test_password_that_is_to_be_changed(graph: Graph, by_password: Native) -> None:
    """A client knows by the number that it has to be reset."""
    name = address()
    profile = {"password": PASSWORD, "forceChangePasswordNextSignIn": True}
    customer(graph, name, passwordProfile=profile)
    token = by_password.challenged(INITIATE, name)

    answer = by_password.redeemed(token, "password", password=PASSWORD)

    native_refused(answer, "invalid_request", 50142, "Password change is required.")


@pytest.mark.parametrize("name", ["scope", "password"])
def test_parameter_of_the_token_endpoint_that_is_missing(
    by_password: Native, with_password: str, name: str
) -> None:
    """It is told of as by every grant."""
    token = by_password.challenged(INITIATE, with_password)

    form = {"password": PASSWORD, "scope": SCOPE, name: ""}
    answer = by_password.redeemed(token, "password", **form)

    text = f"The request body must contain the following parameter: '{name}'."
    native_refused(answer, "invalid_request", 900144, text)


def test_consent_is_asked_of_an_administrator(
    graph: Graph, unsigned: httpx.Client, with_password: str
) -> None:
    """Without it there are no tokens, as with every grant."""
    app = flowing(native_client(graph, unsigned))
    own = graph.read(f"/servicePrincipals(appId='{app.client_id}')")["id"]
    for one in graph.read(f"/servicePrincipals/{own}/oauth2PermissionGrants")["value"]:
        graph.delete(f"/oauth2PermissionGrants/{one['id']}")
    token = app.challenged(INITIATE, with_password)

    answer = app.redeemed(token, "password", password=PASSWORD)

    assert answer.json()["suberror"] == "consent_required"
