"""Signing in on the pages: passwords, passcodes, resets, sessions, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_browser import (
    PASSWORD,
    App,
    address,
    application,
    by_passcode,
    customer,
    email_on,
    in_flow,
)

from localtenant.pages import passcode_steps, proof, sign_in_steps

if TYPE_CHECKING:
    from customer_browser import Browse, Customer

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

NEW = "Other-horse-8"


def test_a_customer_signs_in_with_a_password(graph: Graph, shop: App, browse: Browse) -> None:
    """The application learns who signed in."""
    email = address()
    user = customer(graph, email)
    browser = browse(shop).begin()

    browser.send(email=email).send(password=PASSWORD)

    assert browser.step == "stay"
    browser.send(keep="no")
    assert browser.returned["state"] == "kept"
    assert browser.who()["oid"] == user["id"]


@pytest.mark.parametrize(("answer", "lasting"), [("yes", 1), ("no", 0)])
def test_staying_signed_in_is_what_the_customer_says(
    at_password: Customer, answer: str, lasting: int
) -> None:
    """Without it, the browser forgets the session when it is closed."""
    at_password.send(password=PASSWORD).send(keep=answer)

    cookie = next(
        c for c in at_password.answer.headers.get_list("set-cookie") if "__Host-session" in c
    )
    assert cookie.count("Max-Age") == lasting
    assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=lax"))


def test_a_disabled_account_does_not_sign_in(graph: Graph, shop: App, browse: Browse) -> None:
    """It is told only to who knows the password."""
    email = address()
    customer(graph, email, accountEnabled=False)
    browser = browse(shop).begin().send(email=email)

    assert sign_in_steps.WRONG_PASSWORD in browser.send(password="wrong").text
    assert proof.DISABLED in browser.send(password=PASSWORD).text


def test_a_password_that_is_due_is_changed_first(graph: Graph, shop: App, browse: Browse) -> None:
    """Another one is wanted, and no application hears of the customer before."""
    email = address()
    profile = {"password": PASSWORD, "forceChangePasswordNextSignIn": True}
    customer(graph, email, passwordProfile=profile)
    browser = browse(shop).begin().send(email=email).send(password=PASSWORD)

    assert browser.step == "new-password"
    assert "not used before" in browser.send(password=PASSWORD, confirmation=PASSWORD).text
    browser.send(password=NEW, confirmation=NEW)
    assert "code" in browser.returned
    again = browse(shop).begin().send(email=email).send(password=NEW)
    assert again.step == "stay"


def test_a_forgotten_password_is_reset(at_password: Customer, shop: App, browse: Browse) -> None:
    """By a mailed code; the customer is signed in, and the new password is good."""
    email = email_on(at_password)
    at_password.send("reset")
    at_password.send(code=at_password.code(email))
    assert "Use 8 to 256" in at_password.send(password="weak", confirmation="weak").text
    assert "do not match" in at_password.send(password=NEW, confirmation=PASSWORD).text

    at_password.send(password=NEW, confirmation=NEW)

    assert "code" in at_password.returned
    again = browse(shop).begin().send(email=email)
    assert sign_in_steps.WRONG_PASSWORD in again.send(password=PASSWORD).text
    assert again.send(password=NEW).step == "stay"


@pytest.mark.usefixtures("passcode")
def test_a_customer_signs_in_with_a_passcode(graph: Graph, browse: Browse) -> None:
    """Each sign-in takes a new code; one that was guessed at too often is no longer good."""
    app = in_flow(graph, application(graph), **by_passcode())
    email = address()
    body = {"email": email}
    assert graph.http.post("/-/users", json=body).status_code == 201
    browser = browse(app).begin().send(email=email)
    first = browser.code(email)
    for _ in range(4):
        assert passcode_steps.WRONG_CODE in browser.send(code="1").text
    assert passcode_steps.USED_CODE in browser.send(code="1").text
    assert passcode_steps.USED_CODE in browser.send(code=first).text

    browser.send(again="yes")
    second = browser.code(email)
    browser.send(code=f"{second[:4]} {second[4:]}").send(keep="no")

    assert "code" in browser.returned
    assert len(browser.mails(email)) == 2


def test_who_is_signed_in_is_picked(at_password: Customer, graph: Graph) -> None:
    """Without a password; with another account there are two to pick from."""
    email = email_on(at_password)
    at_password.send(password=PASSWORD).send(keep="no")
    oid = at_password.who()["oid"]
    at_password.begin(prompt="select_account")
    assert at_password.step == "accounts"
    assert email in at_password.text

    at_password.send(account=oid)

    assert at_password.who()["oid"] == oid
    other = customer(graph, address())["id"]
    at_password.begin(prompt="select_account").send(account=other)
    assert at_password.step == "accounts"


def test_who_must_sign_in_anew_is_asked_for_the_password(at_password: Customer) -> None:
    """``prompt=login`` takes no session for an answer."""
    email = email_on(at_password)
    at_password.send(password=PASSWORD).send(keep="no")
    oid = at_password.who()["oid"]

    at_password.begin(prompt="login")

    assert at_password.step == "email"
    at_password.send("accounts", account=oid)
    assert at_password.step == "password"
    assert email in at_password.text
