"""The pages in a real Chromium: whole journeys, the keyboard, narrow screens, contrast, policy."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from accessibility import faults_of
from customer_browser import PASSWORD, address, application, asking, customer, in_flow
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from customer_browser import App
    from playwright.sync_api import Browser, Page

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

NEW = "Other-horse-8"


@pytest.fixture(scope="module")
def todo(graph: Graph, callback: str) -> App:
    """Make an application whose flow asks for a field of each kind."""
    options = [{"label": "Basic", "value": "basic"}, {"label": "Plus", "value": "plus"}]
    many = [{"label": f"Country {n}", "value": f"C{n}"} for n in range(9)]
    several = {"inputType": "checkboxMultiSelect", "options": options}
    inputs = (
        {"attribute": "displayName", "label": "Display Name", "required": True},
        {"attribute": "city", "label": "Plan", "inputType": "radioSingleSelect"}
        | {"options": options, "required": True},
        {"attribute": "country", "label": "Country/Region", "options": many}
        | {"inputType": "radioSingleSelect"},
        {"attribute": "state", "label": "Topics", **several},
        {"attribute": "jobTitle", "label": "I accept the terms", "inputType": "boolean"}
        | {"required": True},
    )
    return in_flow(graph, application(graph, callback), **asking(*inputs))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page on a narrow screen; it complains of nothing, least of all of its policy."""
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 360, "height": 740})
    said: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.set_default_timeout(10_000)
    yield page
    context.close()
    # A page that refuses what was entered is answered with status 400, which Chromium mentions.
    assert [s for s in said if "status of 400" not in s] == []


def begin(page: Page, graph: Graph, app: App, **parameters: str) -> None:
    """Go where the application sends the browser to sign in."""
    asked = {
        "client_id": app.client_id,
        "redirect_uri": app.redirect_uri,
        "response_type": "code",
        "scope": "openid",
        **parameters,
    }
    page.goto(f"{graph.url}/{graph.tenant_id}/oauth2/v2.0/authorize?{urlencode(asked)}")


def heading(page: Page, text: str) -> None:
    """Check that a page has come, fits the screen and is accessible, in light and in dark."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert faults_of(page) == []
        _picture(page, f"{text}-{scheme}")
    page.emulate_media(color_scheme="light")


def _picture(page: Page, name: str) -> None:
    folder = os.environ.get("PICTURES")
    if folder:
        file = re.sub(r"\W+", "-", name.lower()).strip("-")
        page.screenshot(path=Path(folder) / f"{file}.png", full_page=True)


def enter(page: Page, label: str, text: str) -> None:
    """Fill a field and send the form with the keyboard."""
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Enter")


def code(graph: Graph, email: str) -> str:
    """Read the newest mail to an address."""
    return graph.http.get("/-/mails", params={"to": email}).json()["mails"][0]["code"]


def arrived(page: Page, app: App) -> None:
    """Check that the application has the customer back, with a code."""
    page.wait_for_url(re.compile(f"{re.escape(app.redirect_uri)}\\?.*code="))


def test_a_customer_signs_up_signs_in_anew_and_resets_the_password(
    page: Page, graph: Graph, todo: App
) -> None:
    """The whole journey, with mistakes on the way."""
    email = address()
    begin(page, graph, todo)
    heading(page, "Sign in")
    page.get_by_role("link", name="Create one").click()
    heading(page, "Create account")
    enter(page, "Email address", "nobody")
    expect(page.get_by_text("Enter a valid email address.")).to_be_visible()
    expect(page.get_by_label("Email address")).to_be_focused()
    enter(page, "Email address", email)
    heading(page, "Enter code")
    enter(page, "Code", code(graph, email))
    heading(page, "Add details")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Display Name is required.")).to_be_visible()
    heading(page, "Add details")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Re-enter password").fill(PASSWORD)
    page.get_by_label("Display Name").fill("Ada")
    page.get_by_label("Plus").first.check()
    page.get_by_label("Country/Region").select_option("C3")
    page.get_by_label("Basic").last.check()
    page.get_by_label("I accept the terms").check()
    page.get_by_role("button", name="Continue").click()
    arrived(page, todo)
    (made,) = graph.read("/users", {"$filter": f"mail eq '{email}'"})["value"]
    names = ("displayName", "city", "country", "state", "jobTitle")
    kept = graph.read(f"/users/{made['id']}", {"$select": ",".join(names)})
    assert [kept[n] for n in names] == ["Ada", "plus", "C3", "basic", "true"]

    begin(page, graph, todo, prompt="select_account")
    heading(page, "Pick an account")
    page.get_by_role("link", name="Use another account").click()
    enter(page, "Email address", email)
    heading(page, "Enter password")
    enter(page, "Password", "wrong")
    expect(page.get_by_text("Your email address or password is incorrect.")).to_be_visible()
    page.get_by_role("button", name="Forgot password?").click()
    heading(page, "Enter code")
    enter(page, "Code", code(graph, email))
    heading(page, "Reset password")
    page.get_by_label("New password").fill(NEW)
    enter(page, "Confirm password", NEW)
    arrived(page, todo)

    begin(page, graph, todo)
    arrived(page, todo)


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
        expect(page.get_by_role("button", name=name)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    heading(page, "Stay signed in?")
    page.keyboard.press("Enter")
    arrived(page, todo)
    cookies = {c.get("name"): c for c in page.context.cookies(graph.url)}
    assert cookies["__Host-session"].get("expires", 0) > 0
    assert all(c.get("httpOnly") and c.get("secure") for c in cookies.values())


def test_signing_out_ends_the_session(page: Page, graph: Graph, todo: App) -> None:
    """Whoever comes next has to sign in."""
    email = address()
    customer(graph, email)
    begin(page, graph, todo)
    enter(page, "Email address", email)
    enter(page, "Password", PASSWORD)
    page.get_by_role("button", name="No").click()
    arrived(page, todo)

    page.goto(f"{graph.url}/{graph.tenant_id}/oauth2/v2.0/logout")

    heading(page, "You signed out of your account")
    begin(page, graph, todo)
    heading(page, "Sign in")


def test_errors_and_mails_have_pages(page: Page, graph: Graph, todo: App) -> None:
    """What needs no sign-in is as accessible as the rest."""
    page.goto(f"{graph.url}/{graph.tenant_id}/signin/nothing")
    heading(page, "Start again")
    begin(page, graph, todo, redirect_uri="https://evil.example/")
    expect(page.get_by_text("AADSTS50011")).to_be_visible()
    heading(page, "Sign in")
    page.goto(f"{graph.url}/-/mailbox?to=nobody@customer.example")
    expect(page.get_by_text("No mails to nobody@customer.example yet.")).to_be_visible()
    page.goto(f"{graph.url}/-/mailbox")
    heading(page, "Mailbox")


def test_giving_up_leads_back_to_the_application(page: Page, graph: Graph, todo: App) -> None:
    """The browser goes back with an error."""
    begin(page, graph, todo)
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_url(re.compile(f"{re.escape(todo.redirect_uri)}\\?error=access_denied"))
