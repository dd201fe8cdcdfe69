"""Signing in with a user name, which the tenant's policy has to allow."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from customer_browser import PASSWORD, address, application, by_passcode, customer, in_flow
from customer_fixture import allow_names, named

from localtenant.pages import proof, sign_in_steps

if TYPE_CHECKING:
    from customer_browser import App, Browse
    from customer_fixture import Demand

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

NEW = "Other-horse-8"


@pytest.mark.usefixtures("names")
def test_a_user_name_and_the_password_sign_in(graph: Graph, shop: App, browse: Browse) -> None:
    """In any letter case; who has an email address signs in with that as well."""
    email = address()
    name = f"card_{uuid4().hex[:8]}"
    identities = [
        {"signInType": "emailAddress", "issuer": graph.domain, "issuerAssignedId": email},
        {"signInType": "userName", "issuer": graph.domain, "issuerAssignedId": name},
    ]
    user = customer(graph, email, identities=identities)
    for entered in (name, name.upper(), email):
        browser = browse(shop).begin()
        assert "Email address or username" in browser.text
        browser.send(email=entered)
        assert browser.step == "password"
        browser.send(password=PASSWORD).send(keep="no")
        assert browser.who()["oid"] == user["id"]


@pytest.mark.usefixtures("names")
def test_who_has_but_a_name_is_called_by_it(graph: Graph, shop: App, browse: Browse) -> None:
    """In tokens and in the account picker, from which the next sign-in goes on."""
    name = named(graph)
    browser = browse(shop).begin(login_hint=name)
    assert f'value="{name}"' in browser.text
    assert sign_in_steps.WRONG_FOR_NAME in browser.send(email=name).send(password="no").text
    browser.send(password=PASSWORD).send(keep="no")

    assert "code" in browser.begin(prompt="none", login_hint=name).returned
    oid = browser.who()["oid"]
    assert name in browser.begin(prompt="select_account").text
    browser.begin(prompt="login").send("accounts", account=oid)
    assert browser.step == "password"
    browser.send(password=PASSWORD).send(keep="no")
    assert browser.who()["oid"] == oid


def test_a_name_is_nobodys_while_the_policy_is_off(graph: Graph, shop: App, browse: Browse) -> None:
    """As with an address that is none, and with one of nobody."""
    name = named(graph)
    browser = browse(shop).begin()
    assert proof.NO_ADDRESS in browser.send(email=name).text

    allow_names(graph, enabled=True)
    browser.send(email=name)
    allow_names(graph, enabled=False)
    assert sign_in_steps.WRONG_FOR_NAME in browser.send(password=PASSWORD).text


@pytest.mark.usefixtures("names")
def test_what_can_be_no_name_is_refused(shop: App, browse: Browse) -> None:
    """Letters, digits, hyphens and underscores; a name of nobody is told like any other."""
    browser = browse(shop).begin()
    for entered in ("-card", "a b", "<b>", "é", "a" * 65, ""):
        assert proof.NO_NAME in browser.send(email=entered).text, entered
    browser.send(email=f"nobody{uuid4().hex[:6]}")
    assert browser.step == "password"
    assert sign_in_steps.WRONG_FOR_NAME in browser.send(password=PASSWORD).text


@pytest.mark.usefixtures("names")
def test_a_name_does_not_sign_up(shop: App, browse: Browse) -> None:
    """An account of one's own making has an email address."""
    browser = browse(shop).begin(prompt="create")

    assert proof.NO_ADDRESS in browser.send(email="card-1").text


@pytest.mark.usefixtures("names")
def test_a_password_is_reset_by_name(graph: Graph, shop: App, browse: Browse) -> None:
    """The code goes to the account's address, of which the page tells nothing."""
    email = address()
    name = named(graph, mail=email)
    browser = browse(shop).begin().send(email=name)
    browser.send("reset")
    assert f"If <strong>{name}</strong> has an account" in browser.text
    assert "***" not in browser.text
    browser.send(code=browser.code(email)).send(password=NEW, confirmation=NEW)
    assert "code" in browser.returned

    assert browse(shop).begin().send(email=name).send(password=NEW).step == "stay"
    without = browse(shop).begin().send(email=named(graph))
    before = without.mails("")
    assert without.send("reset").step == "passcode"
    assert without.mails("") == before


@pytest.mark.usefixtures("names", "passcode")
def test_a_name_in_a_flow_of_passcodes(graph: Graph, browse: Browse) -> None:
    """Whoever has a password is asked for it; a name of nobody gets no mail."""
    app = in_flow(graph, application(graph), **by_passcode())
    assert browse(app).begin().send(email=named(graph)).step == "password"
    unknown = browse(app).begin()
    before = unknown.mails("")
    assert unknown.send(email="nobody-1").step == "passcode"
    assert unknown.mails("") == before


@pytest.mark.usefixtures("names", "passcode")
def test_a_second_factor_goes_to_the_address_of_the_account(
    graph: Graph, shop: App, browse: Browse, demand: Demand
) -> None:
    """Without one there is none."""
    demand(shop)
    email = address()
    browser = browse(shop).begin().send(email=named(graph, mail=email)).send(password=PASSWORD)
    browser.send()
    assert browser.send(code=browser.code(email)).step == "stay"

    without = browse(shop).begin().send(email=named(graph)).send(password=PASSWORD)
    assert "AADSTS50079" in without.text
