"""The second factor on the pages: asked for after a password, remembered, and what is refused."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING

import pytest
from customer_browser import (
    PASSWORD,
    address,
    application,
    by_passcode,
    customer,
    email_on,
    in_flow,
)

from localtenant.pages import lockout, passcode_steps, proof

if TYPE_CHECKING:
    from customer_browser import App, Browse, Customer
    from customer_fixture import Demand

    from localtenant.testing_client import Graph

pytestmark = [pytest.mark.local_only, pytest.mark.usefixtures("passcode")]

NEW = "Other-horse-8"
CHANGED = (
    "Due to a configuration change made by your administrator, or because you moved to a new "
    "location, you must {} multi-factor authentication to access '{}'."
)


def prove(browser: Customer, email: str) -> Customer:
    """Have the code sent, and enter it."""
    assert browser.step == "second-factor", browser.text
    browser.send()
    assert browser.step == "passcode", browser.text
    return browser.send(code=browser.code(email))


def interrupted(browser: Customer, number: int, text: str) -> None:
    """Check that the application was told that somebody has to be asked."""
    told = browser.returned
    assert told["error"] == "interaction_required"
    assert told["error_description"].startswith(f"AADSTS{number}: {text} Trace ID: ")


def methods(browser: Customer) -> list[str]:
    """How the customer has signed in, as Microsoft Graph is told."""
    form = {
        "grant_type": "authorization_code",
        "client_id": browser.app.client_id,
        "client_secret": browser.app.secret,
        "code": browser.returned["code"],
        "redirect_uri": browser.app.redirect_uri,
    }
    answer = browser.http.post(f"/{browser.graph.tenant_id}/oauth2/v2.0/token", data=form)
    payload = answer.json()["access_token"].split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=="))["amr"]


def test_a_code_is_asked_for_after_the_password(
    at_password: Customer, shop: App, demand: Demand
) -> None:
    """Eight digits by mail, before which nothing is given; the token tells of both proofs."""
    demand(shop)
    email = email_on(at_password)
    at_password.send(password=PASSWORD)
    assert at_password.step == "second-factor"
    assert at_password.mails(email) == []
    at_password.send("stay", keep="no")
    assert at_password.step == "second-factor"
    at_password.send()
    code = at_password.code(email)
    assert re.fullmatch(r"\d{8}", code)
    assert passcode_steps.WRONG_CODE in at_password.send(code="1").text

    at_password.send(code=code)

    assert at_password.step == "stay"
    assert methods(at_password.send(keep="no")) == ["pwd", "otp", "mfa"]


def test_a_password_does_not_give_more_tries_for_the_code(
    graph: Graph, shop: App, browse: Browse, demand: Demand
) -> None:
    """Wrong codes are counted on until both factors were right."""
    demand(shop)
    email = address()
    customer(graph, email)
    for tries in (5, lockout.MOST_FAILURES - 5):
        browser = browse(shop).begin().send(email=email).send(password=PASSWORD)
        browser.send()
        for _ in range(tries):
            browser.send(code="1")

    assert proof.LOCKED in browser.send(code=browser.code(email)).text


def test_it_is_asked_for_once_in_a_session(
    at_password: Customer, shop: App, demand: Demand
) -> None:
    """Whether the application asks again aloud or in silence, or the account is picked."""
    demand(shop)
    email = email_on(at_password)
    prove(at_password.send(password=PASSWORD), email).send(keep="no")
    oid = at_password.who()["oid"]

    assert "code" in at_password.begin().returned
    assert "code" in at_password.begin(prompt="none").returned
    assert "code" in at_password.begin(prompt="select_account").send(account=oid).returned
    assert len(at_password.mails(email)) == 1


@pytest.mark.parametrize("picked", [False, True])
def test_another_application_asks_for_it_alone(
    graph: Graph, at_password: Customer, shop: App, demand: Demand, *, picked: bool
) -> None:
    """Not for the password again; the session stays the one that it was, in both."""
    bank = application(graph)
    demand(bank)
    email = email_on(at_password)
    at_password.send(password=PASSWORD).send(keep="yes")
    first = at_password.who()
    at_password.app = bank
    interrupted(at_password.begin(prompt="none"), 50076, CHANGED.format("use", bank.client_id))

    if picked:
        at_password.begin(prompt="select_account").send(account=first["oid"])
    else:
        at_password.begin()
    prove(at_password, email)

    again = at_password.who()
    assert (again["oid"], again["sid"]) == (first["oid"], first["sid"])
    assert "code" in at_password.begin(prompt="none").returned
    at_password.app = shop
    assert at_password.begin(prompt="none").returned


@pytest.mark.parametrize("state", ["enabledForReportingButNotEnforced", "disabled"])
def test_nobody_is_asked_unless_it_is_enforced(
    at_password: Customer, shop: App, demand: Demand, state: str
) -> None:
    """Nor refused what could not be proved."""
    demand(shop, state=state)
    demand(shop, "block", state=state)

    at_password.send(password=PASSWORD)

    assert at_password.step == "stay"
    assert methods(at_password.send(keep="no")) == ["pwd"]


def test_a_passcode_is_not_both_factors(graph: Graph, browse: Browse, demand: Demand) -> None:
    """Who signs in by one has no other method; he may go back to the application."""
    app = in_flow(graph, application(graph), **by_passcode())
    email = address()
    assert graph.http.post("/-/users", json={"email": email}).status_code == 201
    browser = browse(app).begin().send(email=email)
    browser.send(code=browser.code(email)).send(keep="no")
    demand(app)

    text = CHANGED.format("enroll in", app.client_id)
    interrupted(browser.begin(prompt="none"), 50079, text)
    assert browser.begin().step == "second-factor"
    assert f"AADSTS50079: {text}" in browser.text
    assert browser.answer.status_code == 400
    browser.send()
    assert browser.returned["error"] == "access_denied"


def test_a_tenant_without_the_passcode_has_no_second_factor(
    graph: Graph, at_password: Customer, shop: App, demand: Demand
) -> None:
    """The policy on authentication methods has to allow it."""
    demand(shop)
    graph.delete("/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/email")
    email = email_on(at_password)

    at_password.send(password=PASSWORD)

    assert "AADSTS50079" in at_password.text
    at_password.send("passcode", again="yes")
    assert at_password.mails(email) == []


def test_whoever_signs_up_is_asked(graph: Graph, shop: App, browse: Browse, demand: Demand) -> None:
    """After the account is made; the address is proved once more."""
    demand(shop)
    email = address()
    browser = browse(shop).begin(prompt="create").send(email=email)
    browser.send(code=browser.code(email))
    browser.send(password=PASSWORD, confirmation=PASSWORD, more={"attribute.city": "Oslo"})

    prove(browser, email).send(keep="no")

    assert methods(browser) == ["pwd", "otp", "mfa"]
    assert graph.read("/users", {"$filter": f"mail eq '{email}'"})["value"]


def test_a_new_password_is_no_second_factor(
    at_password: Customer, shop: App, demand: Demand
) -> None:
    """Whoever resets it is asked as whoever knows it."""
    demand(shop)
    email = email_on(at_password)
    at_password.send("reset")
    at_password.send(code=at_password.code(email)).send(password=NEW, confirmation=NEW)

    prove(at_password, email).send(keep="no")

    assert "code" in at_password.returned


def test_a_code_goes_to_the_address_of_the_account(
    graph: Graph, shop: App, browse: Browse, demand: Demand
) -> None:
    """Which is that of the profile, and none that was entered."""
    demand(shop)
    other, email = address(), address()
    customer(graph, email, mail=other)
    browser = browse(shop).begin().send(email=email).send(password=PASSWORD)

    assert f"***{other.partition('@')[0][-1]}@" in browser.text
    prove(browser, other)

    assert browser.step == "stay"
    assert browser.mails(email) == []
