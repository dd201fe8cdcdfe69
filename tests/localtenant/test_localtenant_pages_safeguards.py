"""What the pages refuse, and what they do not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from customer_browser import (
    PASSWORD,
    App,
    address,
    application,
    customer,
    email_on,
    in_flow,
    without_sign_up,
)
from error_texts import check_page

from localtenant.pages import lockout, passcode_steps, proof, sign_in_steps

if TYPE_CHECKING:
    from customer_browser import Browse, Customer

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

NEW = "Other-horse-8"


@pytest.mark.cases("abuse of the sign-in")
def test_who_has_no_account_is_answered_like_who_is_wrong(
    at_password: Customer, shop: App, browse: Browse
) -> None:
    """The answers do not tell which addresses have accounts."""
    email = address()
    unknown = browse(shop).begin().send(email=email)

    at_password.send(password="wrong")
    unknown.send(password="wrong")

    assert at_password.answer.status_code == unknown.answer.status_code == 400
    assert sign_in_steps.WRONG_PASSWORD in at_password.text
    assert sign_in_steps.WRONG_PASSWORD in unknown.text
    assert at_password.step == unknown.step == "password"


@pytest.mark.cases("abuse of the sign-in")
def test_guessing_locks_the_account(at_password: Customer) -> None:
    """After ten wrong passwords the right one does not help, in a new sign-in neither."""
    email = email_on(at_password)
    for _ in range(lockout.MOST_FAILURES):
        at_password.send(password="wrong")

    at_password.send(password=PASSWORD)

    assert at_password.answer.status_code == 400
    assert proof.LOCKED in at_password.text
    at_password.begin().send(email=email).send(password=PASSWORD)
    assert proof.LOCKED in at_password.text


@pytest.mark.cases("abuse of the sign-in")
def test_a_form_from_elsewhere_does_nothing(at_password: Customer) -> None:
    """Without the token of the page, a right password is not taken."""
    at_password.send(password=PASSWORD, forged=True)

    assert at_password.answer.status_code == 400
    assert "This sign-in is over, or it was begun in another browser." in at_password.text


@pytest.mark.cases("abuse of the sign-in")
def test_an_address_that_was_passed_on_does_nothing(
    at_password: Customer, shop: App, browse: Browse
) -> None:
    """A sign-in is the browser's in which it was begun."""
    other = browse(shop).open(f"{at_password.place}/password")

    assert other.answer.status_code == 400
    assert "This sign-in is over, or it was begun in another browser." in other.text


@pytest.mark.cases("abuse of the sign-in")
@pytest.mark.parametrize("step", ["password", "passcode", "details", "new-password", "stay"])
def test_no_step_is_skipped(shop: App, step: str, browse: Browse) -> None:
    """Who comes to a step from nowhere, or sends its form, begins at the beginning."""
    browser = browse(shop).begin()

    assert browser.open(f"{browser.place}/{step}").step == "email"
    browser.send(step, password=PASSWORD, code="1", keep="yes", confirmation=PASSWORD)
    assert browser.step == "email"


@pytest.mark.cases("abuse of the sign-in")
def test_a_code_proves_no_other_address(graph: Graph, shop: App, browse: Browse) -> None:
    """One that was mailed to an address does not reset the password of another."""
    victim, own = address(), address()
    customer(graph, victim)
    customer(graph, own)
    browser = browse(shop).begin().send(email=own).send("reset")
    code = browser.code(own)

    browser.open(f"{browser.place}/email").send(email=victim)
    browser.send("passcode", {"code": code})

    assert browser.step == "email"
    browser.send(email=victim).send("reset").send(code=code)
    assert browser.step == "passcode"
    assert passcode_steps.WRONG_CODE in browser.text


@pytest.mark.cases("abuse of the sign-in")
def test_a_proved_address_cannot_be_exchanged(graph: Graph, shop: App, browse: Browse) -> None:
    """A code proves the address that it was sent to, and no other that is entered later."""
    victim, own = address(), address()
    customer(graph, victim)
    customer(graph, own)
    browser = browse(shop).begin().send(email=own).send("reset")
    browser.send(code=browser.code(own))
    assert browser.step == "new-password"

    browser.open(f"{browser.place}/email").send(email=victim)
    browser.send("new-password", password=NEW, confirmation=NEW)

    assert browser.step == "email"


def test_giving_up_is_told_to_the_application(at_password: Customer) -> None:
    """The application gets an error and its state."""
    at_password.send("cancel")

    assert at_password.returned["error"] == "access_denied"
    assert at_password.returned["error_description"].startswith(
        "AADSTS65004: User declined to consent to access the app."
    )
    assert at_password.returned["state"] == "kept"


@pytest.mark.cases("abuse of the sign-in")
def test_no_reset_is_mailed_to_who_has_no_account(shop: App, browse: Browse) -> None:
    """The page is the same, and no code is good."""
    email = address()
    browser = browse(shop).begin().send(email=email).send("reset")

    assert browser.step == "passcode"
    assert browser.mails(email) == []
    assert passcode_steps.WRONG_CODE in browser.send(code="00000000").text


@pytest.mark.cases("abuse of the sign-in")
def test_pages_allow_nothing_that_they_do_not_need(at_password: Customer) -> None:
    """No script, nothing from elsewhere, no frame around; forms end at the application only."""
    headers = at_password.answer.headers

    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'self' https://app.example; frame-ancestors 'none'"
    )
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "<script" not in at_password.text
    style = at_password.http.get("/-/pages.css")
    assert "immutable" in style.headers["cache-control"]


def check_no_sign_up(graph: Graph, browser: Customer) -> None:
    """Check that whoever is sent to sign up is told that it cannot be, and may sign in."""
    sent = str(uuid4())
    browser.begin(prompt="create", **{"client-request-id": sent})

    assert browser.answer.status_code == 400
    assert "does not let new customers create an account" in browser.text
    text = (
        f"The user account {{EmailHidden}} does not exist in the {graph.tenant_id} directory. To "
        "sign into this application, the account must be added to the directory."
    )
    check_page(browser.answer.text, 50034, text, sent)


def test_an_application_in_no_flow_signs_in_and_signs_nobody_up(
    graph: Graph, browse: Browse
) -> None:
    """There is no link to create an account, and no way either."""
    browser = browse(application(graph)).begin()

    assert "Create one" not in browser.text
    browser.send("create", email=address())
    assert browser.step == "email"
    check_no_sign_up(graph, browser)


@pytest.mark.cases("abuse of the sign-in")
def test_a_flow_may_sign_nobody_up(graph: Graph, browse: Browse) -> None:
    """Whoever is sent to sign up is told so."""
    app = in_flow(graph, application(graph), **without_sign_up())
    browser = browse(app)

    check_no_sign_up(graph, browser)
    email = address()
    assert browse(app).begin().send("create", email=email).step == "email"
    assert browser.mails(email) == []


def test_an_error_without_an_application_is_a_page(shop: App, browse: Browse) -> None:
    """With Entra's text, and the IDs that whoever helps asks for."""
    other = App("00000000-0000-0000-0000-0000000000aa", "")
    sent = str(uuid4())
    browser = browse(other).begin(**{"client-request-id": sent})

    assert browser.answer.status_code == 400
    text = f"Application with identifier '{other.client_id}' was not found in the directory "
    check_page(browser.answer.text, 700016, text, sent)
    wrong = browse(App(shop.client_id, "", "https://evil.example/<script>")).begin()
    assert "AADSTS50011: The redirect URI" in wrong.text
    assert "<script>" not in wrong.answer.text
