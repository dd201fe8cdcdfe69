"""User flows that offer other identity providers: who is let in, and who is led where at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_browser import address, without_sign_up
from error_texts import check_page
from federating import EMAIL, Provider, coming_by, shop_with

from localtenant.signin.grant_errors import user_missing
from localtenant.testing_client import FLOWS
from tests.localtenant.flow_bodies import providers_path, update

if TYPE_CHECKING:
    from customer_browser import App, Browse
    from federating import Coming

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only


def flow_with(graph: Graph, app: App) -> str:
    """Find the user flow of an application."""
    flows = graph.read(FLOWS, {"$top": 999})["value"]
    return next(f["id"] for f in flows if app.client_id in str(f["conditions"]))


def test_flow_that_takes_nobody_new(graph: Graph, provider: Provider, browse: Browse) -> None:
    """It says so to whom a provider vouches for as to everybody else."""
    app = shop_with(graph, EMAIL, provider.key, **without_sign_up())

    browser = coming_by(browse(app).begin(), provider).vouched(email=address())

    text = user_missing(graph.tenant_id).text
    check_page(browser.answer.text, 50034, text)


def test_flow_that_changes_meanwhile(graph: Graph, provider: Provider, browse: Browse) -> None:
    """Who is half way in has to begin again, and a provider that is gone says nothing."""
    app = shop_with(graph, EMAIL, provider.key)
    browser = coming_by(browse(app).begin(), provider).vouched(email=address())
    assert browser.step == "details"
    flow = flow_with(graph, app)
    start = {"onInteractiveAuthFlowStart": without_sign_up()["onInteractiveAuthFlowStart"]}
    assert graph.patch(f"{FLOWS}/{flow}", update(**start)).status_code == 204

    assert browser.send().step == "email"

    coming = coming_by(browser, provider)
    assert graph.delete(f"{providers_path(flow)}/{provider.key}/$ref").status_code == 204
    coming.provider.vouch(coming.asked)
    assert "AADSTS165000" in coming.back().text


def test_flow_with_other_providers_alone(graph: Graph, provider: Provider, browse: Browse) -> None:
    """Its page to sign up has their buttons, and no field."""
    app = shop_with(graph, provider.key)

    text = browse(app).begin(prompt="create").text

    assert f"/by/{provider.key}" in text
    assert "Sign up with Contoso" in text
    assert 'type="email"' not in text


@pytest.mark.parametrize("hint", ["localhost", "{issuer}"])
def test_domain_hint_leads_to_the_provider(
    federated: App, provider: Provider, browse: Browse, hint: str
) -> None:
    """There is no page of the tenant before."""
    browser = browse(federated)
    provider.issuer.publishes["/authorize"] = b"come"

    # The browser goes on to the provider's own page.
    browser.begin(domain_hint=hint.format(issuer=provider.issuer.url))

    assert str(browser.answer.url).startswith(f"{provider.issuer.url}/authorize?")


@pytest.mark.parametrize("hint", ["google.com", "contoso.com", ""])
def test_domain_hint_of_nobody(
    federated: App, provider: Provider, browse: Browse, hint: str
) -> None:
    """It says nothing."""
    assert provider.key
    assert browse(federated).begin(domain_hint=hint).step == "email"


def test_who_has_to_sign_in_anew_goes_to_his_provider(coming: Coming) -> None:
    """When he picks his account, and the application wants to have him proved again."""
    browser = coming.vouched(sub="anew", email=address()).send()
    user = browser.who()["oid"]
    coming.provider.issuer.publishes["/authorize"] = b"come"

    browser.begin(prompt="select_account", max_age="0").send(account=user)

    assert browser.answer.url.path == "/authorize"
