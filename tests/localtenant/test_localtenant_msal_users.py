"""MSAL for Python, unmodified, signs customers in; PyJWT checks the API's tokens by discovery."""

from __future__ import annotations

import re
import ssl
from typing import TYPE_CHECKING, Any, cast

import httpx
import jwt
import pytest
from customer_api import Api, todo_api
from customer_browser import PASSWORD, App, address, application, customer
from msal import ConfidentialClientApplication, PublicClientApplication

if TYPE_CHECKING:
    from customer_browser import Browse, Customer

    from localtenant.testing import Ready
    from localtenant.testing_client import Graph

pytestmark = [pytest.mark.local_only, pytest.mark.usefixtures("shell")]


@pytest.fixture(scope="module")
def shop(graph: Graph) -> App:
    """Make a web application."""
    return application(graph)


@pytest.fixture(scope="module")
def api(graph: Graph, shop: App) -> Api:
    """Make an API with consent for the web application."""
    return todo_api(graph, shop)


def options(ready: Ready) -> dict[str, Any]:
    """How MSAL finds the tenant."""
    return {"authority": f"{ready.url}/{ready.tenantId}", "instance_discovery": False}


def begun(msal: ConfidentialClientApplication, api: Api, shop: App) -> dict[str, Any]:
    """Have MSAL begin a sign-in."""
    return cast(
        "dict[str, Any]",
        msal.initiate_auth_code_flow(
            [api.scope], redirect_uri=shop.redirect_uri, response_mode="form_post"
        ),
    )


def signed_in(graph: Graph, browser: Customer, url: str) -> dict[str, str]:
    """Sign a new customer in at an address of MSAL's; the form that the application is posted."""
    email = address()
    customer(graph, email)
    browser.open(url.removeprefix(graph.url))
    browser.send(email=email).send(password=PASSWORD).send(keep="no")
    assert f'action="{browser.app.redirect_uri}"' in browser.text
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', browser.text))


def checked(ready: Ready, token: str, audience: str) -> dict[str, Any]:
    """Check a token as an API does: by the keys and the issuer that discovery names."""
    trust = ssl.create_default_context(cafile=ready.caFile)
    place = f"{ready.url}/{ready.tenantId}/v2.0/.well-known/openid-configuration"
    document = httpx.get(place, verify=trust).json()
    keys = jwt.PyJWKClient(document["jwks_uri"], ssl_context=trust)
    return jwt.decode(
        token,
        keys.get_signing_key_from_jwt(token).key,
        algorithms=document["id_token_signing_alg_values_supported"],
        audience=audience,
        issuer=document["issuer"],
    )


def test_web_application_signs_a_customer_in(
    ready: Ready, graph: Graph, shop: App, api: Api, browse: Browse
) -> None:
    """MSAL takes the answer, finds the account, and renews the token silently."""
    msal = ConfidentialClientApplication(
        shop.client_id, client_credential=shop.secret, **options(ready)
    )
    flow = begun(msal, api, shop)

    told = signed_in(graph, browse(shop), flow["auth_uri"])
    result = cast("dict[str, Any]", msal.acquire_token_by_auth_code_flow(flow, told))

    assert "access_token" in result, result
    claims = checked(ready, result["access_token"], api.client_id)
    assert (claims["azp"], claims["scp"]) == (shop.client_id, "Todo.Read")
    assert result["id_token_claims"]["oid"] == claims["oid"]
    (account,) = cast("list[dict[str, Any]]", msal.get_accounts())
    assert account["home_account_id"] == f"{claims['oid']}.{ready.tenantId}"
    renewed = cast(
        "dict[str, Any]",
        msal.acquire_token_silent([api.scope], account, force_refresh=True),
    )
    assert renewed["access_token"] != result["access_token"]
    assert checked(ready, renewed["access_token"], api.client_id)["oid"] == claims["oid"]


def test_state_of_another_sign_in(
    ready: Ready, graph: Graph, shop: App, api: Api, browse: Browse
) -> None:
    """MSAL refuses what belongs to another of its flows; a code then lacks its verifier."""
    msal = ConfidentialClientApplication(
        shop.client_id, client_credential=shop.secret, **options(ready)
    )
    mine, other = begun(msal, api, shop), begun(msal, api, shop)

    told = signed_in(graph, browse(shop), other["auth_uri"])

    with pytest.raises(ValueError, match="state mismatch"):
        msal.acquire_token_by_auth_code_flow(mine, told)
    forged = {**told, "state": mine["state"]}
    result = cast("dict[str, Any]", msal.acquire_token_by_auth_code_flow(mine, forged))
    assert result["error_codes"] == [501481]


def test_device_waits_for_its_customer(
    ready: Ready, graph: Graph, shop: App, api: Api, browse: Browse
) -> None:
    """MSAL polls until the customer has entered the code in another browser."""
    (made,) = graph.read("/applications", {"$filter": f"appId eq '{shop.client_id}'"})["value"]
    place = f"/applications/{made['id']}"
    graph.patch(place, {"isFallbackPublicClient": True}).raise_for_status()
    msal = PublicClientApplication(shop.client_id, **options(ready))
    flow = cast("dict[str, Any]", msal.initiate_device_flow([api.scope]))
    email = address()
    customer(graph, email)

    browser = browse(shop).open(flow["verification_uri"].removeprefix(graph.url))
    browser.send(user_code=flow["user_code"])
    browser.send(email=email).send(password=PASSWORD).send(keep="no")
    result = cast("dict[str, Any]", msal.acquire_token_by_device_flow(flow))

    assert "access_token" in result, result
    assert checked(ready, result["access_token"], api.client_id)["azpacr"] == "0"
