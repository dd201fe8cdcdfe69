"""Microsoft's azure-identity, unmodified: each of its credentials that acts for a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import (
    AuthorizationCodeCredential,
    DeviceCodeCredential,
    OnBehalfOfCredential,
)
from client_certificates import ClientCertificate
from customer_api import Api, todo_api
from customer_browser import PASSWORD, App, address, application, customer
from token_requests import claims_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

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
    """Make an API with consent for the web application, and for its own use of Graph."""
    made = todo_api(graph, shop)
    graph.made(
        "/oauth2PermissionGrants",
        {
            "clientId": made.principal,
            "consentType": "AllPrincipals",
            "resourceId": graph.graph_principal()["id"],
            "scope": "User.Read",
        },
    )
    return made


def signed_in(graph: Graph, browser: Customer, scope: str) -> tuple[str, str]:
    """Sign a new customer in; the code that the application is given, and who it is."""
    email = address()
    user = customer(graph, email)
    browser.begin(scope=scope).send(email=email).send(password=PASSWORD).send(keep="no")
    return browser.returned["code"], user["id"]


def by_code(ready: Ready, app: App, code: str, secret: str = "") -> AuthorizationCodeCredential:
    """A credential that redeems a code."""
    return AuthorizationCodeCredential(
        ready.tenantId,
        app.client_id,
        code,
        app.redirect_uri,
        client_secret=secret or app.secret,
        disable_instance_discovery=True,
    )


def test_code(ready: Ready, graph: Graph, shop: App, api: Api, browse: Browse) -> None:
    """It is redeemed once; what asks for claims passes the cache, by the refresh token."""
    scope = f"{api.scope} openid offline_access"
    code, user = signed_in(graph, browse(shop), scope)
    credential = by_code(ready, shop, code)

    first = credential.get_token(api.scope)
    again = credential.get_token(api.scope)
    renewed = credential.get_token(api.scope, claims='{"access_token":{}}')

    claims, other = claims_of(ready, first.token), claims_of(ready, renewed.token)
    assert again.token == first.token
    assert renewed.token != first.token
    assert (claims["oid"], claims["aud"], claims["azp"]) == (user, api.client_id, shop.client_id)
    assert (claims["scp"], other["oid"], other["sid"]) == ("Todo.Read", user, claims["sid"])


def test_code_with_a_wrong_secret(
    ready: Ready, graph: Graph, shop: App, api: Api, browse: Browse
) -> None:
    """Entra's text is what the caller sees."""
    code, _ = signed_in(graph, browse(shop), api.scope)

    with pytest.raises(ClientAuthenticationError, match="AADSTS7000215: Invalid client secret"):
        by_code(ready, shop, code, "wrong").get_token(api.scope)


def test_device_code(ready: Ready, graph: Graph, shop: App, api: Api, browse: Browse) -> None:
    """The customer signs in in another browser while the credential waits."""
    (made,) = graph.read("/applications", {"$filter": f"appId eq '{shop.client_id}'"})["value"]
    place = f"/applications/{made['id']}"
    graph.patch(place, {"isFallbackPublicClient": True}).raise_for_status()
    email = address()
    user = customer(graph, email)["id"]

    def enter(place: str, user_code: str, expires: datetime) -> None:
        del expires
        browser = browse(shop).open(place.removeprefix(graph.url))
        browser.send(user_code=user_code)
        browser.send(email=email).send(password=PASSWORD).send(keep="no")

    credential = DeviceCodeCredential(
        shop.client_id,
        tenant_id=ready.tenantId,
        prompt_callback=enter,
        disable_instance_discovery=True,
    )
    record = credential.authenticate(scopes=[api.scope])

    claims = claims_of(ready, credential.get_token(api.scope).token)
    assert (claims["oid"], claims["azp"], claims["azpacr"]) == (user, shop.client_id, "0")
    assert record.home_account_id == f"{user}.{ready.tenantId}"
    assert record.tenant_id == ready.tenantId


def by_secret(graph: Graph, api: Api) -> Mapping[str, Any]:
    """Let the API have a secret."""
    place = f"/applications/{api.id}/addPassword"
    return {"client_secret": graph.made(place, {"passwordCredential": {}})["secretText"]}


def by_certificate(graph: Graph, api: Api) -> Mapping[str, Any]:
    """Let the API have a certificate."""
    certificate = ClientCertificate.made()
    body = {"keyCredentials": [certificate.credential()]}
    graph.patch(f"/applications/{api.id}", body).raise_for_status()
    return {"client_certificate": (certificate.private_pem + certificate.public_pem).encode()}


def by_assertion(graph: Graph, api: Api) -> Mapping[str, Any]:
    """Let the API sign its own assertions."""
    certificate = ClientCertificate.made()
    body = {"keyCredentials": [certificate.credential()]}
    graph.patch(f"/applications/{api.id}", body).raise_for_status()
    return {"client_assertion_func": lambda: certificate.assertion(graph.ready, api.client_id)}


@pytest.mark.parametrize("proof", [by_secret, by_certificate, by_assertion])
def test_on_behalf_of(
    ready: Ready, graph: Graph, shop: App, api: Api, browse: Browse, proof: Any
) -> None:
    """The API that a customer called reads at Graph who he is."""
    code, user = signed_in(graph, browse(shop), api.scope)
    token = by_code(ready, shop, code).get_token(api.scope).token

    credential = OnBehalfOfCredential(
        ready.tenantId,
        api.client_id,
        user_assertion=token,
        disable_instance_discovery=True,
        **proof(graph, api),
    )
    for_graph = credential.get_token("https://graph.microsoft.com/User.Read").token

    assert graph.with_token(for_graph).read("/me")["id"] == user
    assert claims_of(ready, for_graph)["appid"] == api.client_id


def test_on_behalf_of_nobody(ready: Ready, graph: Graph, api: Api) -> None:
    """What is no token of the tenant is refused with Entra's text."""
    credential = OnBehalfOfCredential(
        ready.tenantId,
        api.client_id,
        user_assertion="no.token.atall",
        disable_instance_discovery=True,
        **by_secret(graph, api),
    )

    with pytest.raises(ClientAuthenticationError, match="AADSTS50013: Assertion failed"):
        credential.get_token("https://graph.microsoft.com/User.Read")
