"""Answers that are pages of their own, in a real Chromium: a form that sends itself, a sign-out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from accessibility import faults_of
from customer_browser import PASSWORD, address, application, customer
from pages_in_chromium import arrived, begin, enter, heading, press
from playwright.sync_api import expect

if TYPE_CHECKING:
    from customer_browser import App
    from playwright.sync_api import Browser, Page, Route

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only


@pytest.fixture(scope="module")
def app(graph: Graph, callback: str) -> App:
    """Make an application that is told when its customers sign out."""
    made = application(graph, callback)
    (found,) = graph.read("/applications", {"$filter": f"appId eq '{made.client_id}'"})["value"]
    web = {"logoutUrl": callback}
    assert graph.patch(f"/applications/{found['id']}", {"web": web}).status_code == 204
    return made


def signed_in(page: Page, graph: Graph, app: App, **parameters: str) -> None:
    """Sign in as a new customer."""
    email = address()
    customer(graph, email)
    begin(page, graph, app, **parameters)
    enter(page, "Email address", email)
    enter(page, "Password", PASSWORD)
    press(page, "No")


def test_a_form_takes_the_answer_to_the_application(page: Page, graph: Graph, app: App) -> None:
    """By itself: the policies of the page before it and of its own let it."""
    signed_in(page, graph, app, response_mode="form_post", state="kept")
    heading(page, "code session_state state")


def test_no_page_needs_a_script(browser: Browser, graph: Graph, app: App) -> None:
    """A browser without any signs in, too."""
    with browser.new_context(ignore_https_errors=True, java_script_enabled=False) as context:
        page = context.new_page()
        signed_in(page, graph, app)
        arrived(page, app)


def test_applications_learn_of_a_sign_out(page: Page, graph: Graph, app: App) -> None:
    """From a page that asks each of them in the background, and goes on."""
    signed_in(page, graph, app)
    arrived(page, app)
    asked: list[str] = []
    held: list[Route] = []
    page.route(f"{app.redirect_uri}?iss=*", lambda r: held.append(r))  # noqa: PLW0108 - no built-in will do
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{graph.url}/{graph.tenant_id}/oauth2/v2.0/logout", wait_until="commit")

    expect(page.get_by_text("You are being signed out.")).to_be_visible()
    assert faults_of(page) == []
    assert not any("signedout" in url for url in asked)
    for route in held:
        route.continue_()
    heading(page, "You signed out of your account")
    assert len(held) == 1
