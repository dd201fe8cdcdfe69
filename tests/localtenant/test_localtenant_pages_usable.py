"""Each page of a sign-in, in every state that looks different, can be used by everybody.

In a real Chromium, narrow and wide, in light and in dark. The fields of a sign-up are in
``test_localtenant_pages_attributes_chromium.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from accessibility import faults_of
from customer_browser import (
    PASSWORD,
    address,
    application,
    by_passcode,
    customer,
    in_flow,
    without_sign_up,
)
from pages_in_chromium import arrived, begin, code, enter, heading, press, usable
from playwright.sync_api import expect

from localtenant.pages import lockout, passcode_steps, proof, sign_up_steps

if TYPE_CHECKING:
    from customer_browser import App, Browse
    from playwright.sync_api import Page

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

NEW = "Other-horse-8"
DEVICE = "/common/oauth2/deviceauth"


@pytest.fixture(scope="module")
def todo(graph: Graph, callback: str) -> App:
    """Make an application in a flow with email and password, and the city."""
    return in_flow(graph, application(graph, callback))


def alerted(page: Page, text: str) -> None:
    """Check that a page tells of an error."""
    expect(page.get_by_text(text)).to_be_visible()


def test_signing_in(page: Page, graph: Graph, todo: App, browse: Browse) -> None:
    """The address and the password, wrong, locked and disabled; staying, and the accounts."""
    email = address()
    user = customer(graph, email)
    begin(page, graph, todo)
    usable(page, "email")
    enter(page, "Email address", "nobody")
    alerted(page, proof.NO_ADDRESS)
    usable(page, "email-wrong")
    enter(page, "Email address", email)
    heading(page, "Enter password")
    usable(page, "password")
    enter(page, "Password", "wrong")
    alerted(page, "incorrect")
    usable(page, "password-wrong")
    enter(page, "Password", PASSWORD)
    heading(page, "Stay signed in?")
    usable(page, "stay")
    press(page, "Yes")
    arrived(page, todo)
    begin(page, graph, todo, prompt="select_account")
    heading(page, "Pick an account")
    usable(page, "accounts")
    page.goto(f"{graph.url}/{graph.tenant_id}/oauth2/v2.0/logout")
    heading(page, "You signed out of your account")
    usable(page, "signed-out")

    graph.patch(f"/users/{user['id']}", {"accountEnabled": False})
    begin(page, graph, todo, login_hint=email)
    press(page, "Next")
    enter(page, "Password", PASSWORD)
    alerted(page, proof.DISABLED)
    usable(page, "password-disabled")
    guesser = browse(todo).begin().send(email=email)
    for _ in range(lockout.MOST_FAILURES):
        guesser.send(password="wrong")
    enter(page, "Password", PASSWORD)
    alerted(page, proof.LOCKED)
    usable(page, "password-locked")


def test_signing_up(page: Page, graph: Graph, todo: App) -> None:
    """The address and the code, wrong and too often, and an address that has an account."""
    email = address()
    customer(graph, email)
    begin(page, graph, todo, prompt="create")
    heading(page, "Create account")
    usable(page, "create")
    enter(page, "Email address", "nobody")
    alerted(page, proof.NO_ADDRESS)
    usable(page, "create-wrong")
    enter(page, "Email address", email)
    heading(page, "Enter code")
    usable(page, "code")
    enter(page, "Code", "1")
    alerted(page, passcode_steps.WRONG_CODE)
    usable(page, "code-wrong")
    enter(page, "Code", code(graph, email))
    alerted(page, sign_up_steps.TAKEN)
    usable(page, "email-taken")


def test_new_passwords(page: Page, graph: Graph, todo: App) -> None:
    """After a reset and when one is due, with what is wrong; and a code that is asked too often."""
    email = address()
    profile = {"password": PASSWORD, "forceChangePasswordNextSignIn": True}
    customer(graph, email, passwordProfile=profile)
    begin(page, graph, todo)
    enter(page, "Email address", email)
    enter(page, "Password", PASSWORD)
    heading(page, "Update your password")
    usable(page, "password-due")
    begin(page, graph, todo)
    enter(page, "Email address", email)
    press(page, "Forgot password?")
    enter(page, "Code", code(graph, email))
    heading(page, "Reset password")
    usable(page, "new-password")
    enter(page, "Confirm password", "x")
    alerted(page, "Use 8 to 256 characters")
    usable(page, "new-password-weak")
    page.get_by_label("New password").fill(NEW)
    enter(page, "Confirm password", "x")
    alerted(page, "Passwords do not match.")
    usable(page, "new-password-mismatch")
    begin(page, graph, todo, prompt="create")
    enter(page, "Email address", address())
    for _ in range(5):
        press(page, "Send a new code")
    alerted(page, proof.TOO_MANY_CODES)
    usable(page, "code-too-many")


@pytest.mark.usefixtures("passcode")
def test_flows_of_other_kinds(page: Page, graph: Graph, callback: str, google: str) -> None:
    """Other identity providers, and nobody signed up."""
    closed = in_flow(graph, application(graph, callback), **without_sign_up())
    begin(page, graph, closed, prompt="create")
    heading(page, "Sign-up is not available")
    usable(page, "no-sign-up")
    method = by_passcode()["onAuthenticationMethodLoadStart"]
    method["identityProviders"].append({"id": google})
    app = application(graph, callback)
    social = in_flow(graph, app, onAuthenticationMethodLoadStart=method)
    begin(page, graph, social)
    expect(page.get_by_role("link", name="Sign in with Google")).to_be_visible()
    usable(page, "email-or-others")
    page.get_by_role("link", name="Sign in with Google").click()
    heading(page, "Google is not on this machine")
    usable(page, "elsewhere")


def test_devices(page: Page, graph: Graph, callback: str) -> None:
    """The code of a device, a wrong one, and both ends."""
    app = application(graph, callback)
    (found,) = graph.read("/applications", {"$filter": f"appId eq '{app.client_id}'"})["value"]
    graph.patch(f"/applications/{found['id']}", {"isFallbackPublicClient": True})
    form = {"client_id": app.client_id, "scope": "openid"}
    asked: dict[str, Any] = graph.http.post(
        f"/{graph.tenant_id}/oauth2/v2.0/devicecode", data=form
    ).json()
    page.goto(f"{graph.url}{DEVICE}")
    usable(page, "device")
    enter(page, "Code", "ABCDEFGHJ")
    alerted(page, "That code is not right")
    usable(page, "device-wrong")
    enter(page, "Code", asked["user_code"])
    heading(page, "Sign in")
    usable(page, "email-for-device")
    press(page, "Cancel")
    heading(page, "You did not sign in")
    usable(page, "device-declined")
    page.goto(f"{graph.url}{DEVICE}/done")
    heading(page, "You have signed in")
    usable(page, "device-done")


def test_what_needs_no_sign_in(page: Page, graph: Graph, todo: App) -> None:
    """Errors, a sign-in that is over, and the mailbox with and without mails."""
    page.goto(f"{graph.url}/{graph.tenant_id}/signin/nothing")
    heading(page, "Start again")
    usable(page, "over")
    begin(page, graph, todo, redirect_uri=f"https://evil.example/{'x' * 200}")
    alerted(page, "AADSTS50011")
    usable(page, "error")
    email = address()
    page.goto(f"{graph.url}/-/mailbox?to={email}")
    alerted(page, f"No mails to {email} yet.")
    usable(page, "mailbox-empty")
    begin(page, graph, todo, prompt="create")
    enter(page, "Email address", email)
    page.goto(f"{graph.url}/-/mailbox?to={email}")
    expect(page.get_by_role("article")).to_have_count(1)
    usable(page, "mailbox")


SMALL = "min-height: 0; min-width: 0; padding: 0; margin: -5px; flex: none; font: 6px/1 serif"
FAULTS = {
    "document.querySelector('label').remove()": "label: ",
    "document.querySelector('.lead').style.color = '#888'": "color-contrast: ",
    "document.documentElement.removeAttribute('lang')": "html-has-lang: ",
    "document.querySelector('h1').outerHTML = '<h3>Sign in</h3>'": "page-has-heading-one: ",
    f"document.querySelectorAll('button').forEach(e => e.style = '{SMALL}')": "target-size: ",
    "document.querySelector('.card').style.minWidth = '400px'": "scrolls sideways (1.4.10)",
    "document.querySelector('#email').style.borderColor = '#ddd'": "hard to see (1.4.11)",
    "document.querySelector('#email').ariaInvalid = 'true'": "does not tell of (3.3.1)",
    "document.querySelector('#email').setAttribute('aria-describedby', 'x')": "by nothing, x",
}


def test_the_checker_finds_what_is_broken(page: Page, graph: Graph, todo: App) -> None:
    """Each way in which a page is spoilt is told of, and the page as it is has none."""
    begin(page, graph, todo)
    assert faults_of(page) == []
    for spoil, said in FAULTS.items():
        begin(page, graph, todo)
        page.evaluate(f"() => {{ {spoil} }}")
        assert said in "\n".join(faults_of(page)), spoil
