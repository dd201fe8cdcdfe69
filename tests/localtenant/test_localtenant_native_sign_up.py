"""Native authentication: an application makes an account for a customer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from customer_browser import PASSWORD, address, customer, without_sign_up
from native_client import (
    CREDENTIAL_REQUIRED,
    START,
    TYPES,
    Native,
    claims,
    flowing,
    masked,
    native_client,
    native_refused,
)

from localtenant.pages import sign_up_steps

if TYPE_CHECKING:
    import httpx
    from customer_browser import App, Browse

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only


def test_customer_signs_up_with_a_password(by_password: Native) -> None:
    """Step by step, with each answer as the reference has it."""
    email = address()
    started = by_password.told(START, username=email, challenge_type=TYPES)
    assert started.keys() == {"continuation_token"}
    place = "signup/v1.0/challenge"
    sent = by_password.told(place, continuation_token=started["continuation_token"])
    token = sent.pop("continuation_token")
    assert sent == {
        "interval": 300,
        "challenge_type": "oob",
        "binding_method": "prompt",
        "challenge_channel": "email",
        "challenge_target_label": masked(email),
        "code_length": 8,
    }

    answer = by_password.continued(token, "oob", oob=by_password.code(email))
    body = native_refused(answer, *CREDENTIAL_REQUIRED)
    wanted = by_password.told(place, continuation_token=body["continuation_token"])
    assert wanted.pop("challenge_type") == "password"
    answer = by_password.continued(wanted["continuation_token"], "password", password=PASSWORD)
    token = answer.json()["continuation_token"]
    assert answer.json().keys() == {"continuation_token"}
    answer = by_password.redeemed(token, "continuation_token", username=email)

    assert claims(answer)["preferred_username"] == email
    told = answer.json()
    assert (told["token_type"], told["scope"]) == ("Bearer", "openid profile")
    assert {"access_token", "refresh_token", "client_info"} <= told.keys()
    form = {"grant_type": "refresh_token", "refresh_token": told["refresh_token"]}
    assert by_password.told("oauth2/v2.0/token", **form)["access_token"]


def test_account_is_that_of_the_pages(
    graph: Graph, by_password: Native, shop: App, browse: Browse
) -> None:
    """Nothing tells the two apart, and each signs in where the other did."""
    here, there = address(), address()
    token = by_password.proved(here, password=PASSWORD).json()["continuation_token"]
    mine = claims(by_password.redeemed(token, "continuation_token"))["oid"]
    browser = browse(shop).begin().send("create", email=there)
    browser.send(code=browser.code(there)).send(password=PASSWORD, confirmation=PASSWORD)
    theirs = browser.who()["oid"]

    own, other = _account(graph, mine), _account(graph, theirs)

    assert json.loads(json.dumps(other).replace(there, here).replace(theirs, mine)) == own
    assert browse(shop).begin().send(email=here).send(password=PASSWORD).step == "stay"
    token = by_password.challenged("oauth2/v2.0/initiate", there)
    assert claims(by_password.redeemed(token, "password", password=PASSWORD))["oid"] == theirs


def test_customer_signs_up_with_a_passcode_alone(graph: Graph, by_code: Native) -> None:
    """There is no password to ask for; he signs in by passcode from then on."""
    email = address()

    answer = by_code.proved(email, challenge_type="oob redirect")
    token = answer.json()["continuation_token"]

    who = claims(by_code.redeemed(token, "continuation_token"))
    people = graph.http.get("/-/users").json()["users"]
    assert (who["oid"], "passcode") in [(one["id"], one["method"]) for one in people]


@pytest.mark.parametrize(
    ("password", "why"), [("Ab1-", "short"), ("Ab1-" * 65, "long"), ("password", "weak")]
)
def test_password_that_will_not_do(by_password: Native, password: str, why: str) -> None:
    """It is told why, at the start and later, and the token goes on."""
    form = {"username": address(), "challenge_type": TYPES}
    token = by_password.begun(START, address())

    for answer in (
        by_password.ask(START, password=password, **form),
        by_password.continued(token, "password", password=password),
    ):
        text = f"New password is too {why}."
        native_refused(answer, "invalid_grant", 399246, text, f"password_too_{why}")
    answer = by_password.continued(token, "password", password=PASSWORD)
    native_refused(answer, *CREDENTIAL_REQUIRED)


def test_address_that_is_taken(graph: Graph, by_password: Native) -> None:
    """It is told at once, and once more if somebody else was faster."""
    email = address()
    refusal = ("user_already_exists", 1003037, sign_up_steps.TAKEN)
    token = by_password.challenged(START, email, password=PASSWORD)
    customer(graph, email)

    native_refused(by_password.ask(START, username=email, challenge_type=TYPES), *refusal)
    answer = by_password.continued(token, "oob", oob=by_password.code(email))

    native_refused(answer, *refusal)


def test_flow_that_signs_nobody_up(graph: Graph, unsigned: httpx.Client) -> None:
    """And a client in no flow at all."""
    text = (
        f"The user account {{EmailHidden}} does not exist in the {graph.tenant_id} directory. To "
        "sign into this application, the account must be added to the directory."
    )
    outside = native_client(graph, unsigned)
    closed = flowing(native_client(graph, unsigned), **without_sign_up())
    for app in (outside, closed):
        answer = app.ask(START, username=address(), challenge_type=TYPES)
        native_refused(answer, "invalid_grant", 50034, text)


@pytest.mark.parametrize("types", ["redirect", "oob redirect", "password redirect"])
def test_client_that_lacks_a_challenge_type(by_password: Native, types: str) -> None:
    """It has to go on in a browser: at the start, and when it says so later."""
    assert by_password.told(START, username=address(), challenge_type=types) == {
        "challenge_type": "redirect"
    }
    token = by_password.begun(START, address())
    if "oob" not in types:
        place = "signup/v1.0/challenge"
        told = by_password.told(place, continuation_token=token, challenge_type=types)
        assert told == {"challenge_type": "redirect"}


@pytest.mark.parametrize("grant", ["magic", "continuation_token"])
def test_grant_that_does_not_go_on(by_password: Native, grant: str) -> None:
    """There are three."""
    token = by_password.begun(START, address())

    answer = by_password.continued(token, grant, oob="1")

    text = f"The grant type '{grant}' is not valid for this request."
    native_refused(answer, "invalid_grant", 400002, text)


def test_user_type_of_the_flow(graph: Graph, unsigned: httpx.Client) -> None:
    """A flow may make guests."""
    kind = "#microsoft.graph.onUserCreateStartExternalUsersSelfServiceSignUp"
    start = {"@odata.type": kind, "userTypeToCreate": "guest"}
    app = flowing(native_client(graph, unsigned), onUserCreateStart=start)

    token = app.proved(address(), password=PASSWORD).json()["continuation_token"]

    user = claims(app.redeemed(token, "continuation_token"))["oid"]
    assert graph.read(f"/users/{user}", {"$select": "userType"})["userType"] == "Guest"


def _account(graph: Graph, key: str) -> Json:
    """All of an account but its times and the name that the service makes up."""
    selected = ("accountEnabled", "city", "displayName", "mail", "identities", "userType")
    more = (
        "creationType",
        "passwordPolicies",
        "passwordProfile",
        "otherMails",
        "externalUserState",
    )
    return graph.read(f"/users/{key}", {"$select": ",".join((*selected, *more))})
