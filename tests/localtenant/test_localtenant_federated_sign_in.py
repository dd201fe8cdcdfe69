"""Customers who come by another identity provider: they sign up, sign in, and are told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_browser import address, asking, customer, without_sign_up
from federating import EMAIL, SECRET, come_back, go, redirect_uri, shop_with

if TYPE_CHECKING:
    from customer_browser import Browse
    from federating import Provider

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only


def test_who_is_new_is_asked_for_the_attributes(
    graph: Graph, provider: Provider, browse: Browse
) -> None:
    """They are filled in with what the provider knows, and he stays known."""
    app, email = shop_with(graph, EMAIL, provider.key), address()
    browser = browse(app).begin(scope="openid profile")
    asked = go(browser, provider.key)
    provider.vouch(asked, sub="Ada-1", email=email, name="Ada L", address={"locality": "Oslo"})

    come_back(browser, asked)

    assert browser.step == "details"
    assert 'value="Oslo"' in browser.text
    assert 'type="password"' not in browser.text
    browser.send(more={"attribute.city": "Bergen"})
    claims = browser.who()
    user = graph.read(f"/users/{claims['oid']}?$select=identities,city,displayName,mail")
    assert (claims["idp"], claims["name"]) == (provider.issuer.url, "Ada L")
    assert claims["preferred_username"] == f"{claims['oid']}@{graph.domain}"
    assert (user["city"], user["mail"], user["displayName"]) == ("Bergen", email, "Ada L")
    assert {
        "signInType": "federated",
        "issuer": provider.issuer.url,
        "issuerAssignedId": "Ada-1",
    } in user["identities"]
