"""Other identity providers in a real Chromium: a second local tenant, and Google by a stand-in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from customer_browser import PASSWORD, address, asking, customer
from document_blocks import blocks
from federating import CITY, EMAIL, REQUIRED_EMAIL, issuer_of, openid, registered, shop_with, social
from pages_in_chromium import arrived, begin, enter, heading, press, usable
from playwright.sync_api import expect

from engine.places import PROJECT
from localtenant.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from provider_fixture import Offer

    from localtenant.testing_client import Graph

PAGE = PROJECT / "docs" / "clients.md"

pytestmark = pytest.mark.local_only


def state(graph: Graph) -> str:
    """Name the state folder of a tenant."""
    return str(Path(graph.ready.caFile).parent)


def documented(names: dict[str, str]) -> list[list[str]]:
    """Read the commands that docs/clients.md shows for a stand-in, with other names in them."""
    (block,) = (b for b in blocks(PAGE) if "--tenant OTHER" in b.text)
    lines = (line.removeprefix("python -m localtenant ") for line in block.text.splitlines())
    return [[names.get(word, word) for word in line.split()] for line in lines]


def press_provider(page: Page, name: str) -> None:
    """Press the button of a provider."""
    page.get_by_role("link", name=f"Sign in with {name}").click()


def sign_in_there(page: Page, other: Graph, email: str) -> None:
    """Sign in at the other tenant, whose page has come."""
    expect(page).to_have_url(re.compile(re.escape(issuer_of(other).removesuffix("/v2.0"))))
    enter(page, "Email address", email)
    enter(page, "Password", PASSWORD)
    press(page, "No")


def test_a_customer_of_another_tenant_signs_up_and_in(
    page: Page, graph: Graph, other_tenant: Graph, offer: Offer, callback: str
) -> None:
    """With what it knows of him filled in; after a sign-out the same account signs in."""
    email, client = address(), registered(graph, other_tenant)
    customer(other_tenant, email, displayName="Ada Lovelace", givenName="Ada", surname="Lovelace")
    authentication = {
        "@odata.type": "#microsoft.graph.oidcClientSecretAuthentication",
        "clientSecret": client.secret,
    }
    body = openid(
        issuer_of(other_tenant),
        displayName="Contoso",
        clientId=client.client_id,
        clientAuthentication=authentication,
        inboundClaimMapping={"email_verified": "xms_edov"},
    )
    key = offer(body)
    attributes = asking(
        REQUIRED_EMAIL,
        {**CITY, "attribute": "givenName", "label": "First name", "required": True},
        CITY,
    )
    app = shop_with(graph, EMAIL, key, callback=callback, **attributes)
    begin(page, graph, app)
    press_provider(page, "Contoso")
    sign_in_there(page, other_tenant, email)
    heading(page, "Add details")
    expect(page.get_by_label("First name")).to_have_value("Ada")
    usable(page, "details-vouched")
    page.get_by_label("City").fill("Oslo")
    press(page, "Continue")
    arrived(page, app)
    (made,) = graph.read("/users", {"$filter": f"mail eq '{email}'"})["value"]
    assert (made["displayName"], made["givenName"]) == ("Ada Lovelace", "Ada")

    page.goto(f"{graph.url}/{graph.tenant_id}/oauth2/v2.0/logout")
    begin(page, graph, app)
    heading(page, "Sign in")
    press_provider(page, "Contoso")
    arrived(page, app)
    begin(page, graph, app, prompt="select_account")
    expect(page.get_by_role("button", name=re.compile(f"{email} Ada Lovelace"))).to_be_visible()
    assert len(graph.read("/users", {"$filter": f"mail eq '{email}'"})["value"]) == 1


def test_a_customer_of_google_by_a_stand_in(
    page: Page,
    graph: Graph,
    other_tenant: Graph,
    offer: Offer,
    callback: str,
    stood_in: list[str],
) -> None:
    """By the documented commands; before, he gives up, and a wrong secret is told of."""
    email, client = address(), registered(graph, other_tenant)
    key = offer(social("Google", "shop.apps.googleusercontent.com"))
    app = shop_with(graph, key, callback=callback, **asking(REQUIRED_EMAIL))
    folders = {"DIR": state(graph), "OTHER": state(other_tenant), "ada@example.com": email}
    stood_in.append("google")
    add, stand_in = documented(folders)
    assert main(add) == 0
    wrong = ["--client-id", client.client_id, "--client-secret", "wrong"]
    trusted = ["--trust", other_tenant.ready.caFile]
    place = ["stand-in", "--state", folders["DIR"], "set", "google", issuer_of(other_tenant)]
    assert main([*place, *trusted, *wrong]) == 0
    begin(page, graph, app)
    usable(page, "others-alone")
    press_provider(page, "Google")
    press(page, "Cancel")
    heading(page, "Sign in")
    press_provider(page, "Google")
    sign_in_there(page, other_tenant, email)
    expect(page.get_by_role("alert")).to_contain_text("AADSTS40015")
    expect(page.get_by_role("alert")).to_contain_text("AADSTS7000215")
    usable(page, "provider-error")

    assert main(stand_in) == 0
    page.get_by_role("link", name="Back to sign-in").click()
    press_provider(page, "Google")
    arrived(page, app)

    wanted = {"$filter": f"mail eq '{email}'", "$select": "identities"}
    (made,) = graph.read("/users", wanted)["value"]
    assert [i["issuer"] for i in made["identities"]] == ["google.com", graph.domain]
    begin(page, graph, app, prompt="login", domain_hint="Google")
    expect(page).to_have_url(re.compile(re.escape(issuer_of(other_tenant).removesuffix("/v2.0"))))
