"""The second factor and user names in a real Chromium, each page usable by everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_browser import PASSWORD, address, application, by_passcode, customer, in_flow
from customer_fixture import named
from pages_in_chromium import arrived, begin, code, enter, heading, press, usable
from playwright.sync_api import expect

from localtenant.pages import proof, sign_in_steps

if TYPE_CHECKING:
    from customer_browser import App
    from customer_fixture import Demand
    from playwright.sync_api import Page

    from localtenant.testing_client import Graph

pytestmark = [pytest.mark.local_only, pytest.mark.usefixtures("passcode")]

VERIFY = "Verify your identity"


@pytest.fixture(scope="module")
def bank(graph: Graph, callback: str) -> App:
    """Make an application in a flow with email and password."""
    return in_flow(graph, application(graph, callback))


def test_a_code_is_asked_for_and_then_remembered(
    page: Page, graph: Graph, bank: App, demand: Demand
) -> None:
    """After the password, with the keyboard alone; the next sign-in asks for nothing."""
    demand(bank)
    email = address()
    customer(graph, email)
    begin(page, graph, bank)
    enter(page, "Email address", email)
    enter(page, "Password", PASSWORD)
    heading(page, VERIFY)
    expect(page.get_by_text(f"{email[0]}***{email.partition('@')[0][-1]}@")).to_be_visible()
    expect(page.get_by_role("button", name="Send code")).to_be_focused()
    usable(page, "factor")
    page.keyboard.press("Enter")
    heading(page, "Enter code")
    usable(page, "factor-code")
    enter(page, "Code", code(graph, email))
    heading(page, "Stay signed in?")
    press(page, "No")
    arrived(page, bank)

    begin(page, graph, bank)
    arrived(page, bank)


def test_who_is_signed_in_gives_the_code_alone(
    page: Page, graph: Graph, bank: App, demand: Demand, callback: str
) -> None:
    """To an application that demands it, or he signs in as somebody else."""
    email = address()
    customer(graph, email)
    begin(page, graph, bank)
    enter(page, "Email address", email)
    enter(page, "Password", PASSWORD)
    press(page, "No")
    arrived(page, bank)
    other = application(graph, callback)
    demand(other)
    begin(page, graph, other)
    heading(page, VERIFY)
    page.get_by_role("link", name="Not you?").click()
    heading(page, "Sign in")
    begin(page, graph, other)
    press(page, "Send code")
    enter(page, "Code", code(graph, email))
    arrived(page, other)


def test_who_cannot_go_on_is_told_why(
    page: Page, graph: Graph, bank: App, demand: Demand, callback: str
) -> None:
    """No second factor, and blocked; both lead back to the application."""
    app = in_flow(graph, application(graph, callback), **by_passcode())
    demand(app)
    demand(bank, "block")
    email, other = address(), address()
    assert graph.http.post("/-/users", json={"email": email}).status_code == 201
    customer(graph, other)
    begin(page, graph, app)
    enter(page, "Email address", email)
    enter(page, "Code", code(graph, email))
    heading(page, "More information required")
    expect(page.get_by_role("alert")).to_contain_text("AADSTS50079")
    usable(page, "factor-impossible")
    press(page, "Back to the application")
    arrived(page, app, "error")

    begin(page, graph, bank)
    enter(page, "Email address", other)
    enter(page, "Password", PASSWORD)
    heading(page, "You cannot access this right now")
    usable(page, "blocked")


@pytest.mark.usefixtures("names")
def test_a_user_name_signs_in(page: Page, graph: Graph, bank: App) -> None:
    """What is no name is told beside the field."""
    name = named(graph)
    label = "Email address or username"
    begin(page, graph, bank)
    usable(page, "email-or-username")
    enter(page, label, "no name")
    expect(page.get_by_text(proof.NO_NAME)).to_be_visible()
    usable(page, "email-or-username-wrong")
    enter(page, label, name)
    enter(page, "Password", "wrong")
    expect(page.get_by_text(sign_in_steps.WRONG_FOR_NAME)).to_be_visible()
    enter(page, "Password", PASSWORD)
    press(page, "No")
    arrived(page, bank)
