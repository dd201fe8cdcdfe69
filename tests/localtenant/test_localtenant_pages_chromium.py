"""The pages in a real Chromium: whole journeys, with the pointer and with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from customer_browser import (
    PASSWORD,
    address,
    application,
    by_passcode,
    customer,
    in_flow,
    without_sign_up,
)
from pages_in_chromium import arrived, begin, code, enter, heading, press
from playwright.sync_api import expect

from localtenant.pages import lockout, passcode_steps, proof, sign_in_steps

if TYPE_CHECKING:
    from customer_browser import App, Browse
    from playwright.sync_api import Page

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

NEW = "Other-horse-8"


@pytest.fixture(scope="module")
def todo(graph: Graph, callback: str) -> App:
    """Make an application in a flow with email and password, and the city."""
    return in_flow(graph, application(graph, callback))


def signed_in(page: Page, graph: Graph, app: App, email: str, *, keep: str = "No") -> None:
    """Sign in with the address and the password."""
    begin(page, graph, app, prompt="login")
    enter(page, "Email address", email)
    enter(page, "Password", PASSWORD)
    press(page, keep)
    arrived(page, app)


def test_a_customer_signs_up_signs_out_and_signs_in(page: Page, graph: Graph, todo: App) -> None:
    """The whole journey, with mistakes on the way."""
    email = address()
    begin(page, graph, todo)
    heading(page, "Sign in")
    page.get_by_role("link", name="Create one").click()
    heading(page, "Create account")
    enter(page, "Email address", "nobody")
    expect(page.get_by_text(proof.NO_ADDRESS)).to_be_visible()
    expect(page.get_by_label("Email address")).to_be_focused()
    enter(page, "Email address", email)
    heading(page, "Enter code")
    enter(page, "Code", "00000000")
    expect(page.get_by_text(passcode_steps.WRONG_CODE)).to_be_visible()
    enter(page, "Code", code(graph, email))
    heading(page, "Add details")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Re-enter password").fill(NEW)
    press(page, "Continue")
    expect(page.get_by_text("Passwords do not match.")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Re-enter password").fill(PASSWORD)
    page.get_by_label("City").fill("Oslo")
    press(page, "Continue")
    arrived(page, todo)
    (made,) = graph.read("/users", {"$filter": f"mail eq '{email}'", "$select": "city"})["value"]
    assert made["city"] == "Oslo"
    begin(page, graph, todo)
    arrived(page, todo)

    page.goto(f"{graph.url}/{graph.tenant_id}/oauth2/v2.0/logout")

    heading(page, "You signed out of your account")
    begin(page, graph, todo)
    heading(page, "Sign in")
    enter(page, "Email address", email)
    enter(page, "Password", "wrong")
    expect(page.get_by_text(sign_in_steps.WRONG_PASSWORD)).to_be_visible()
    enter(page, "Password", PASSWORD)
    heading(page, "Stay signed in?")
    press(page, "No")
    arrived(page, todo)


def test_a_forgotten_password_is_reset(page: Page, graph: Graph, todo: App) -> None:
    """By a code that is read in the mailbox; the old password is no longer good."""
    email = address()
    customer(graph, email)
    begin(page, graph, todo)
    enter(page, "Email address", email)
    press(page, "Forgot password?")
    heading(page, "Enter code")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Open the mailbox").click()
    mailbox = opened.value
    heading(mailbox, "Mailbox")
    enter(mailbox, "To", email)
    read = mailbox.locator("p.code").inner_text()
    enter(page, "Code", read)
    heading(page, "Reset password")
    page.get_by_label("New password").fill(NEW)
    enter(page, "Confirm password", NEW)
    arrived(page, todo)

    begin(page, graph, todo, prompt="login")
    enter(page, "Email address", email)
    enter(page, "Password", PASSWORD)
    expect(page.get_by_text(sign_in_steps.WRONG_PASSWORD)).to_be_visible()
    enter(page, "Password", NEW)
    heading(page, "Stay signed in?")


@pytest.mark.usefixtures("passcode")
def test_a_customer_signs_in_with_a_passcode(page: Page, graph: Graph, callback: str) -> None:
    """There is no password anywhere, and a new code ends the one before."""
    app = in_flow(graph, application(graph, callback), **by_passcode())
    email = address()
    graph.http.post("/-/users", json={"email": email}).raise_for_status()
    begin(page, graph, app)
    enter(page, "Email address", email)
    heading(page, "Enter code")
    old = code(graph, email)
    press(page, "Send a new code")
    enter(page, "Code", old)
    expect(page.get_by_text(passcode_steps.WRONG_CODE)).to_be_visible()
    enter(page, "Code", code(graph, email))
    press(page, "No")
    arrived(page, app)


def test_guessing_locks_an_account(page: Page, graph: Graph, todo: App, browse: Browse) -> None:
    """Whoever guesses, in whichever browser, the account's own customer has to wait."""
    email = address()
    customer(graph, email)
    guesser = browse(todo).begin().send(email=email)
    for _ in range(lockout.MOST_FAILURES - 1):
        guesser.send(password="wrong")
    begin(page, graph, todo)
    enter(page, "Email address", email)
    enter(page, "Password", "wrong")
    expect(page.get_by_text(sign_in_steps.WRONG_PASSWORD)).to_be_visible()

    enter(page, "Password", PASSWORD)

    expect(page.get_by_role("alert")).to_have_text(proof.LOCKED)


def test_a_flow_may_sign_nobody_up(page: Page, graph: Graph, callback: str) -> None:
    """There is no link to it, and an application that asks for it leads to a page that says so."""
    app = in_flow(graph, application(graph, callback), **without_sign_up())
    begin(page, graph, app)
    expect(page.get_by_label("Email address")).to_be_visible()
    expect(page.get_by_text("No account?")).to_have_count(0)

    begin(page, graph, app, prompt="create")

    heading(page, "Sign-up is not available")
    page.get_by_role("link", name="Sign in").click()
    heading(page, "Sign in")


def test_the_keyboard_is_enough(page: Page, graph: Graph, todo: App) -> None:
    """Without a pointer; the first field has the focus, and the order is that of the page."""
    email = address()
    customer(graph, email)
    begin(page, graph, todo)
    expect(page.get_by_label("Email address")).to_be_focused()
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    page.keyboard.type(PASSWORD)
    for name in ("Sign in", "Cancel", "Forgot password?"):
        page.keyboard.press("Tab")
        focused = page.get_by_role("button", name=name)
        expect(focused).to_be_focused()
        assert focused.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    heading(page, "Stay signed in?")
    page.keyboard.press("Enter")
    arrived(page, todo)


@pytest.mark.parametrize(("keep", "lasting"), [("Yes", True), ("No", False)])
def test_staying_signed_in_outlasts_the_browser(
    page: Page, graph: Graph, todo: App, keep: str, *, lasting: bool
) -> None:
    """Cookies without an end are gone with the browser; no script ever sees any."""
    email = address()
    customer(graph, email)
    signed_in(page, graph, todo, email, keep=keep)
    cookies = {c.get("name"): c for c in page.context.cookies(graph.url)}

    assert (cookies["__Host-session"].get("expires", 0) > 0) is lasting
    assert all(c.get("httpOnly") and c.get("secure") for c in cookies.values())
    assert {c.get("sameSite") for c in cookies.values()} == {"Lax"}


def test_one_of_several_accounts_is_picked(
    page: Page, graph: Graph, todo: App, browse: Browse
) -> None:
    """With one press; a third one can be added."""
    emails = [address(), address()]
    ids = [customer(graph, email)["id"] for email in emails]
    for email in emails:
        signed_in(page, graph, todo, email)
    begin(page, graph, todo)
    heading(page, "Pick an account")
    expect(page.locator("ul.people li")).to_have_count(2)

    page.get_by_role("button", name=emails[0]).click()

    arrived(page, todo)
    (returned,) = parse_qs(urlsplit(page.url).query)["code"]
    assert browse(todo).who(returned)["oid"] == ids[0]
    begin(page, graph, todo, prompt="select_account")
    page.get_by_role("link", name="Use another account").click()
    heading(page, "Sign in")


def test_giving_up_leads_back_to_the_application(page: Page, graph: Graph, todo: App) -> None:
    """The browser goes back with an error."""
    begin(page, graph, todo)
    press(page, "Cancel")
    arrived(page, todo, "error=access_denied&error_description")
