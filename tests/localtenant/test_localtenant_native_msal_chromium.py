"""MSAL for browsers, unmodified, signs customers up and in by native authentication.

What it makes of an error is what its application could ask of it: ``isInvalidCode()`` and the like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from customer_browser import PASSWORD, App, address, asking
from native_client import Native, flowing, native_client
from native_msal import PACKAGES, Msal

from commands.node import install_packages

if TYPE_CHECKING:
    import httpx
    from customer_fixture import Demand
    from playwright.sync_api import Page

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

NEW = "Another-horse-8"
WRONG = "00000000"


@pytest.fixture(scope="module")
def asking_city(graph: Graph, unsigned: httpx.Client) -> Native:
    """Make an application in a flow with email, password and a city that has to be given."""
    wanted = {"attribute": "city", "label": "City", "inputType": "text", "required": True}
    email = {"attribute": "email", "label": "Email", "inputType": "text"}
    pattern = {"validationRegEx": "^[A-Z][a-z]+$"}
    return flowing(native_client(graph, unsigned), **asking(email, {**wanted, **pattern}))


@pytest.fixture
def msal(page: Page, asking_city: Native) -> Msal:
    """Have the library in a page of the application's."""
    install_packages(PACKAGES)
    return Msal(page, asking_city)


def led(answer: dict[str, Any], state: str) -> None:
    """Check where a call has led."""
    assert (answer["state"], answer["error"]) == (state, []), answer


def failed(answer: dict[str, Any], *errors: str) -> None:
    """Check what the library says of an error."""
    assert answer["error"] == list(errors), answer


def test_customer_signs_up(msal: Msal) -> None:
    """With a passcode that is sent twice, a password and an attribute; his tokens are renewed."""
    email = address()
    msal.begin()
    failed(msal.do("signUp", {"username": "nobody"}), "isInvalidUsername")
    led(msal.do("signUp", {"username": email}), "SignUpCodeRequiredState")
    failed(msal.go_on("submitCode", WRONG), "isInvalidCode")
    led(msal.go_on("resendCode"), "SignUpCodeRequiredState")
    led(msal.go_on("submitCode", msal.app.code(email)), "SignUpPasswordRequiredState")
    failed(msal.go_on("submitPassword", "password"), "isInvalidPassword")
    asked = msal.go_on("submitPassword", PASSWORD)
    led(asked, "SignUpAttributesRequiredState")
    options = {"regex": "^[A-Z][a-z]+$"}
    assert asked["attributes"] == [
        {"name": "city", "type": "string", "required": True, "options": options}
    ]
    failed(msal.go_on("submitAttributes", {"city": "x"}), "isAttributesValidationFailed")
    led(msal.go_on("submitAttributes", {"city": "Oslo"}), "SignUpCompletedState")
    led(msal.go_on("signIn"), "SignInCompletedState")

    assert msal.who()["preferred_username"] == email
    renewed = msal.of_account("getAccessToken", {"forceRefresh": True})
    led(renewed, "GetAccessTokenCompletedState")
    assert renewed["token"]


def test_customer_resets_his_password_and_signs_in(graph: Graph, msal: Msal) -> None:
    """The library polls until the password is another one, and signs in with either."""
    email = address()
    body = {"email": email, "password": PASSWORD}
    made = graph.http.post("/-/users", json=body).raise_for_status().json()
    msal.begin()
    failed(msal.do("resetPassword", {"username": address()}), "isUserNotFound")
    led(msal.do("resetPassword", {"username": email}), "ResetPasswordCodeRequiredState")
    failed(msal.go_on("submitCode", WRONG), "isInvalidCode")
    code = msal.app.code(email)
    led(msal.go_on("submitCode", code), "ResetPasswordPasswordRequiredState")
    failed(msal.go_on("submitNewPassword", "short"), "isInvalidPassword")
    led(msal.go_on("submitNewPassword", NEW), "ResetPasswordCompletedState")
    led(msal.go_on("signIn"), "SignInCompletedState")
    assert msal.who()["oid"] == made["id"]

    msal.page.evaluate("sessionStorage.clear()")
    msal.begin()
    led(msal.do("signIn", {"username": email}), "SignInPasswordRequiredState")
    failed(msal.go_on("submitPassword", PASSWORD), "isInvalidPassword")
    led(msal.go_on("submitPassword", NEW), "SignInCompletedState")
    assert msal.who()["oid"] == made["id"]


def test_customer_signs_in_by_passcode(graph: Graph, msal: Msal) -> None:
    """One without a password; a library that knows no passcodes is sent to a browser."""
    email = address()
    made = graph.http.post("/-/users", json={"email": email}).raise_for_status().json()
    msal.begin("password")
    failed(msal.do("signIn", {"username": email}), "isRedirectRequired")
    msal.begin()
    failed(msal.do("signIn", {"username": address()}), "isUserNotFound")
    led(msal.do("signIn", {"username": email}), "SignInCodeRequiredState")
    failed(msal.go_on("submitCode", WRONG), "isInvalidCode")

    led(msal.go_on("submitCode", msal.app.code(email)), "SignInCompletedState")

    assert msal.who()["oid"] == made["id"]


@pytest.mark.usefixtures("passcode")
def test_customer_proves_a_second_factor(graph: Graph, msal: Msal, demand: Demand) -> None:
    """The library lists his methods, has a passcode sent and gives it."""
    email = address()
    body = {"email": email, "password": PASSWORD}
    made = graph.http.post("/-/users", json=body).raise_for_status().json()
    demand(App(msal.app.client_id, ""))
    msal.begin()
    led(msal.do("signIn", {"username": email}), "SignInPasswordRequiredState")
    asked = msal.go_on("submitPassword", PASSWORD)
    led(asked, "MfaAwaitingState")
    (method,) = asked["methods"]
    led(msal.go_on("requestChallenge", method["id"]), "MfaVerificationRequiredState")
    failed(msal.go_on("submitChallenge", WRONG), "isIncorrectChallenge")

    led(msal.go_on("submitChallenge", msal.app.code(email)), "MfaCompletedState")

    assert msal.who()["oid"] == made["id"]
