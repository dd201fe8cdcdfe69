"""Customers who come by another identity provider: they sign up, sign in, and are told apart."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

import pytest
from customer_browser import address, asking
from federating import (
    CITY,
    EMAIL,
    REQUIRED_EMAIL,
    SECRET,
    Provider,
    coming_by,
    go,
    openid,
    redirect_uri,
    shop_with,
)

if TYPE_CHECKING:
    from customer_browser import App, Browse
    from federating import Coming
    from provider_fixture import Offer

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only


def test_what_a_provider_is_asked(graph: Graph, coming: Coming) -> None:
    """The authorization code flow with a state, a nonce and a proof key, posted back."""
    asked = coming.asked

    assert asked["place"] == f"{coming.provider.issuer.url}/authorize"
    assert asked["redirect_uri"] == redirect_uri(graph)
    fixed = ("client_id", "response_type", "scope", "response_mode", "code_challenge_method")
    assert [asked[n] for n in fixed] == [
        "shop",
        "code",
        "openid profile email",
        "form_post",
        "S256",
    ]
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert all(len(asked[n]) >= 43 for n in ("state", "nonce", "code_challenge"))


def test_what_a_provider_is_shown_for_the_code(graph: Graph, coming: Coming) -> None:
    """The client's secret and the verifier of the proof key, in the form."""
    coming.vouched(email=address())

    form = coming.provider.form
    hashed = hashlib.sha256(form.pop("code_verifier").encode()).digest()
    challenge = base64.urlsafe_b64encode(hashed).decode().rstrip("=")
    assert challenge == coming.asked["code_challenge"]
    assert form == {
        "client_id": "shop",
        "client_secret": SECRET,
        "grant_type": "authorization_code",
        "code": "a-code",
        "redirect_uri": redirect_uri(graph),
    }


def test_provider_that_hashes_no_verifier(
    federated: App, provider: Provider, browse: Browse
) -> None:
    """It is asked without a proof key, and without what it cannot do."""
    provider.publish(code_challenge_methods_supported=["plain"], response_modes_supported=["query"])
    browser = browse(federated).begin(login_hint="ada@customer.example", prompt="login")

    asked = go(browser, provider.key)

    assert not {"code_challenge", "code_challenge_method", "response_mode"} & set(asked)
    assert (asked["login_hint"], asked["prompt"]) == ("ada@customer.example", "login")


def test_who_is_new_is_asked_for_the_attributes(graph: Graph, coming: Coming) -> None:
    """They are filled in with what the provider knows; no password is asked for."""
    email, issuer = address(), coming.provider.issuer.url
    known = {"email": email, "name": "Ada L", "address": {"locality": "Oslo"}}

    browser = coming.vouched(sub="Ada-1", **known)

    assert browser.step == "details"
    assert 'value="Oslo"' in browser.text
    assert 'type="password"' not in browser.text
    browser.send(more={"attribute.city": "Bergen"})
    claims = browser.who()
    user = graph.read(f"/users/{claims['oid']}?$select=identities,city,displayName,mail,userType")
    assert (claims["idp"], claims["name"]) == (issuer, "Ada L")
    assert claims["preferred_username"] == f"{claims['oid']}@{graph.domain}"
    assert (user["city"], user["mail"], user["displayName"]) == ("Bergen", email, "Ada L")
    assert user["identities"][0] == {
        "signInType": "federated",
        "issuer": issuer,
        "issuerAssignedId": "Ada-1",
    }


def test_who_is_known_signs_in(
    graph: Graph, coming: Coming, federated: App, browse: Browse
) -> None:
    """Under whatever address, verified or not: an ID at a provider is one account."""
    first = coming.vouched(sub="known", email=address()).send().who()["oid"]
    again = coming_by(browse(federated).begin(), coming.provider)

    browser = again.vouched(sub="known", email="other@customer.example", email_verified=False)

    assert browser.returned["state"] == "kept"
    assert browser.who()["oid"] == first
    assert browser.begin(prompt="none").who()["idp"] == coming.provider.issuer.url
    assert graph.read(f"/users/{first}")["mail"] != "other@customer.example"


def test_ids_that_differ_in_letter_case(coming: Coming, federated: App, browse: Browse) -> None:
    """They are two people's: nobody signs in to another's account."""
    coming.vouched(sub="case-a", email=address()).send()

    other = coming_by(browse(federated).begin(), coming.provider)

    assert other.vouched(sub="case-A", email=address()).step == "details"


@pytest.mark.parametrize("hidden", [True, False])
def test_attribute_that_nobody_enters(
    graph: Graph, provider: Provider, browse: Browse, *, hidden: bool
) -> None:
    """It is what the provider says; a flow that asks for nothing shows no page."""
    city = {**CITY, "hidden": hidden, "editable": False}
    app = shop_with(graph, EMAIL, provider.key, **asking(REQUIRED_EMAIL, city))

    browser = coming_by(browse(app).begin(), provider).vouched(locality="Oslo", email=address())

    user = graph.read(f"/users/{browser.who()['oid']}?$select=city")
    assert user["city"] == "Oslo"


def test_provider_with_other_claims(
    graph: Graph, offer: Offer, provider: Provider, browse: Browse
) -> None:
    """They are mapped, those of the address too; what is not mapped keeps its name."""
    mapping = {"sub": "uid", "email": "mail", "email_verified": "checked"}
    whole = {**mapping, "address": {"locality": "town"}}
    mapped = Provider(
        provider.issuer, offer(openid(provider.issuer.url, inboundClaimMapping=whole))
    )
    app = shop_with(graph, EMAIL, mapped.key)
    claims = {"uid": "u1", "mail": address(), "checked": "true", "town": "Oslo", "name": "Ada"}

    browser = coming_by(browse(app).begin(), mapped).vouched(
        **claims, email="no", email_verified=False
    )

    assert 'value="Oslo"' in browser.text
    user = graph.read(f"/users/{browser.send().who()['oid']}?$select=identities,mail,displayName")
    assert user["identities"][0]["issuerAssignedId"] == "u1"
    assert (user["mail"], user["displayName"]) == (claims["mail"], "Ada")


def test_address_that_a_flow_does_not_require(
    graph: Graph, provider: Provider, browse: Browse
) -> None:
    """Who has none, or none that is his for certain, signs up without; his name is shown."""
    app = shop_with(graph, EMAIL, provider.key, **asking({**REQUIRED_EMAIL, "required": False}))

    browser = coming_by(browse(app).begin(), provider).vouched(
        name="Ada L", email=address(), email_verified=False
    )

    assert graph.read(f"/users/{browser.who()['oid']}")["mail"] is None
    assert '<span class="name">Ada L</span>' in browser.begin(prompt="select_account").text
