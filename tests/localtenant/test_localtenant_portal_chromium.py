"""The tenant's own pages in Chromium: usable everywhere, live, and a sign-in through all of it."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

import pytest
from customer_browser import PASSWORD, address, application, customer, in_flow
from pages_in_chromium import enter, heading, picture, press, usable
from playwright.sync_api import expect

from engine.places import PROJECT

if TYPE_CHECKING:
    from customer_browser import App
    from playwright.sync_api import Browser, Page

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

CLIENT = "00000000-0000-0000-0000-000000000000"
_LARGEST = 150_000
"""Bytes of a picture in the documentation."""


@pytest.fixture(scope="module")
def todo(graph: Graph) -> App:
    """Make an application in a user flow."""
    return in_flow(graph, application(graph))


@pytest.fixture(scope="module")
def email(graph: Graph) -> str:
    """Make a customer; the address."""
    email = address()
    customer(graph, email)
    return email


def sign_in(page: Page, email: str) -> None:
    """Sign in on the ordinary pages."""
    enter(page, "Email address", email)
    enter(page, "Password", PASSWORD)
    press(page, "No")


def chosen(page: Page, graph: Graph, app: App) -> None:
    """Choose an application with the keyboard alone."""
    page.goto(f"{graph.url}/-/try?q={app.client_id}")
    link = page.get_by_role("link", name="Todo list")
    link.focus()
    link.press("Enter")
    heading(page, "Try sign-in to Todo list")


def test_the_tenant_page_is_usable(page: Page, graph: Graph, todo: App, email: str) -> None:
    """It tells what there is, and leads to the other pages."""
    page.goto(f"{graph.url}/?q={todo.client_id}")
    page.locator("summary").press("Enter")
    expect(page.get_by_text("https://app.example/callback")).to_be_visible()
    expect(page.get_by_role("cell", name="allowed").first).to_be_visible()
    expect(page.get_by_text(email)).to_be_visible()
    usable(page, "tenant-page")
    page.get_by_role("link", name="Mailbox").first.click()
    heading(page, "Mailbox")
    expect(page.get_by_role("link", name="Mailbox")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Tenant").click()
    page.goto(f"{graph.url}/-/applications/{todo.client_id}")
    usable(page, "application")


@pytest.mark.parametrize("mode", ["", "query", "fragment", "form_post"])
def test_a_sign_in_shows_the_tokens(
    page: Page, graph: Graph, todo: App, email: str, mode: str
) -> None:
    """In each response mode: the ordinary pages, then the tokens with what their claims mean."""
    chosen(page, graph, todo)
    if not mode:
        usable(page, "try-form")
    page.get_by_label("Response mode").select_option(mode)
    page.get_by_label("Login hint").fill(email)
    press(page, "Sign in")
    expect(page.get_by_label("Email address")).to_have_value(email)
    sign_in(page, email)

    heading(page, "Signed in")
    expect(page).to_have_url(re.compile(r"/-/try/outcome/[\w-]{40,}$"))
    expect(page.get_by_role("heading", level=2)).to_have_text(
        ["Access token", "ID token", "Refresh token", "What was sent"]
    )
    expect(page.get_by_text("verified with the published keys")).to_have_count(2)
    expect(page.get_by_text("as it was sent")).to_be_visible()
    audience = page.get_by_role("row", name=re.compile(r"^aud ")).last
    expect(audience).to_contain_text(todo.client_id)
    expect(audience).to_contain_text("Whom the token is for")
    expect(page.get_by_role("row", name=re.compile(r"^exp ")).first).to_contain_text(" UTC")
    if not mode:
        usable(page, "try-outcome")


def test_a_refusal_says_what_to_do(page: Page, graph: Graph, todo: App) -> None:
    """By its code, and by our own words; the request is laid open."""
    chosen(page, graph, todo)
    page.get_by_label("Prompt").select_option("none")
    press(page, "Sign in")
    heading(page, "Refused")
    expect(page.get_by_role("alert")).to_contain_text("AADSTS50058")
    expect(page.get_by_text("sign in once without it")).to_be_visible()
    expect(page.get_by_text("https://app.example/callback")).to_be_visible()
    usable(page, "try-refused")


def test_the_log_is_live_and_opens_to_the_exchange(page: Page, graph: Graph) -> None:
    """What comes while it is looked at is on top, without a reload."""
    page.goto(f"{graph.url}/-/log?kind=graph&q=seen-live")
    expect(page.get_by_text("Nothing fits.")).to_be_visible()
    graph.http.get("/v1.0/users/seen-live")
    row = page.get_by_role("row", name=re.compile("seen-live"))
    expect(row).to_contain_text("404")
    graph.http.get("/v1.0/groups/seen-live")
    expect(page.get_by_role("row").nth(1)).to_contain_text("/v1.0/groups/seen-live")
    expect(row).to_have_count(2)
    usable(page, "log")
    row.first.get_by_role("link").press("Enter")
    heading(page, re.compile(r"Request \d+"))
    expect(page.get_by_text("GET /v1.0/groups/seen-live")).to_be_visible()
    expect(page.get_by_text("Request_ResourceNotFound")).to_be_visible()
    usable(page, "exchange")


def test_without_a_script_a_reload_shows_what_is_new(browser: Browser, graph: Graph) -> None:
    """The page is whole as the server made it."""
    with browser.new_context(ignore_https_errors=True, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{graph.url}/-/log?q=seen-later")
        graph.http.get("/v1.0/users/seen-later")
        page.get_by_role("button", name="Show").press("Enter")
        expect(page.get_by_role("row", name=re.compile("seen-later"))).to_have_count(1)


@pytest.mark.cases("abuse of the sign-in")
def test_another_site_in_the_same_browser_gets_nothing(
    browser: Browser, graph: Graph, callback: str
) -> None:
    """It frames no page, reads none, and its form begins no sign-in."""
    with browser.new_context(ignore_https_errors=True) as context:
        page = context.new_page()
        page.goto(f"{graph.url}/-/try?client={CLIENT}")
        page.goto(callback)
        read = "url => fetch(url, {credentials: 'include'}).then(() => 'read', () => 'refused')"
        assert page.evaluate(read, f"{graph.url}/-/log") == "refused"
        with page.expect_response(f"{graph.url}/") as framed:
            page.evaluate(
                "url => document.body.append("
                "Object.assign(document.createElement('iframe'), {src: url}))",
                f"{graph.url}/",
            )
        assert framed.value.status == 403
        with page.expect_navigation() as answer:
            page.evaluate(
                "url => { document.body.innerHTML = `<form method=post action=${url}></form>`;"
                " document.forms[0].submit() }",
                f"{graph.url}/-/try",
            )
        assert answer.value.status == 403
        assert "for a browser on this machine" in answer.value.text()


def test_the_pictures_of_the_documentation(page: Page, graph: Graph, email: str) -> None:
    """Each is in the documentation, and small; what other tests did is on none of them."""
    todo = in_flow(graph, application(graph))
    page.set_viewport_size({"width": 1100, "height": 900})
    page.goto(f"{graph.url}/?q={todo.client_id}")
    page.locator("summary").press("Enter")
    page.set_viewport_size({"width": 1100, "height": 1080})
    files = [picture(page, "tenant-page", whole=False)]
    page.set_viewport_size({"width": 1100, "height": 900})
    chosen(page, graph, todo)
    press(page, "Sign in")
    sign_in(page, email)
    heading(page, "Signed in")
    files.append(picture(page, "try-sign-in", whole=False))
    page.goto(f"{graph.url}/-/log?q={todo.client_id}")
    files.append(picture(page, "log", whole=False))

    for file in files:
        assert (PROJECT / "docs" / "pictures" / file.name).is_file()
        assert len(file.read_bytes()) < _LARGEST
        width, height = struct.unpack(">II", file.read_bytes()[16:24])
        assert (width, height) in {(1100, 900), (1100, 1080)}
