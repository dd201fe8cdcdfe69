"""Sign-ins to the clients of `tests/stack/test_clients_stack.py`, each as its kind does it."""

from __future__ import annotations

import ssl
from contextlib import closing
from typing import Any, cast

import httpx
import jwt
from client_certificates import ClientCertificate
from customer_browser import PASSWORD, App, Customer, address, customer
from msal import ConfidentialClientApplication, PublicClientApplication
from signing_browser import CHALLENGE, VERIFIER
from stack_fixture import Stack


def trust(stack: Stack) -> ssl.SSLContext:
    """What trusts the stack's tenant."""
    return ssl.create_default_context(cafile=stack.tenant.ready.caFile)


def _told(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


def _msal(stack: Stack) -> dict[str, Any]:
    ready = stack.tenant.ready
    return {"authority": f"{ready.url}/{ready.tenantId}", "instance_discovery": False}


def daemon_signs_in(
    stack: Stack,
    outputs: dict[str, Any],
    certificate: ClientCertificate,
    assertion: str,
    http: httpx.Client,
) -> None:
    """With its certificate, and with another issuer's token; its token has the role."""
    client, asked = outputs["clients"]["jobs"], outputs["environments"]["jobs"]["SCOPES"]
    daemon = ConfidentialClientApplication(
        client["clientId"],
        client_credential={
            "private_key": certificate.private_pem,
            "public_certificate": certificate.public_pem,
        },
        **_msal(stack),
    )
    by_certificate = cast("dict[str, Any]", daemon.acquire_token_for_client([asked]))
    assert "access_token" in by_certificate, by_certificate
    ready = stack.tenant.ready
    by_token = http.post(
        f"{ready.url}/{ready.tenantId}/oauth2/v2.0/token",
        data={
            "grant_type": "client_credentials",
            "client_id": client["clientId"],
            "client_assertion": assertion,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "scope": asked,
        },
    ).json()
    for answer in (by_certificate, by_token):
        assert _told(answer["access_token"])["roles"] == ["Orders.Read.All"]


def _signed_in(stack: Stack, browser: Customer) -> Customer:
    email = address()
    customer(stack.tenant.admin, email)
    return browser.send(email=email).send(password=PASSWORD).send(keep="no")


def spa_signs_in(stack: Stack, outputs: dict[str, Any], http: httpx.Client) -> None:
    """It redeems the code in the browser, which Entra allows its platform alone."""
    client = App(outputs["clients"]["spa"]["clientId"], "", "https://spa.example/")
    scopes = outputs["apis"]["orders"]["scopes"]
    browser = Customer(stack.tenant.admin, client)
    with closing(browser.http):
        browser.begin(
            scope=f"openid {scopes['Orders.Read']}",
            code_challenge=CHALLENGE,
            code_challenge_method="S256",
        )
        code = _signed_in(stack, browser).returned["code"]
    ready = stack.tenant.ready
    answer = http.post(
        f"{ready.url}/{ready.tenantId}/oauth2/v2.0/token",
        headers={"Origin": "https://spa.example"},
        data={
            "grant_type": "authorization_code",
            "client_id": client.client_id,
            "code": code,
            "redirect_uri": client.redirect_uri,
            "code_verifier": VERIFIER,
        },
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["access-control-allow-origin"]
    assert _told(answer.json()["access_token"])["scp"] == "Orders.Read"


def device_signs_in(stack: Stack, outputs: dict[str, Any]) -> str:
    """A terminal shows a code, which the customer enters elsewhere; the token for the API."""
    native = PublicClientApplication(outputs["clients"]["phone"]["clientId"], **_msal(stack))
    scopes = outputs["apis"]["orders"]["scopes"]
    flow = cast("dict[str, Any]", native.initiate_device_flow([scopes["Orders.Read"]]))
    browser = Customer(stack.tenant.admin, App(outputs["clients"]["phone"]["clientId"], ""))
    with closing(browser.http):
        browser.open(flow["verification_uri"].removeprefix(stack.tenant.admin.url))
        _signed_in(stack, browser.send(user_code=flow["user_code"]))
    answer = cast("dict[str, Any]", native.acquire_token_by_device_flow(flow))
    assert "access_token" in answer, answer
    return answer["access_token"]


def api_calls_the_other(stack: Stack, outputs: dict[str, Any], token: str) -> None:
    """The API that was called asks for a token of the other, on behalf of the customer."""
    api = outputs["apis"]["orders"]
    middle = ConfidentialClientApplication(
        api["clientId"], client_credential=outputs["apiSecrets"]["orders"], **_msal(stack)
    )
    wanted = outputs["apis"]["stock"]["scopes"]["Stock.Read"]
    answer = cast("dict[str, Any]", middle.acquire_token_on_behalf_of(token, [wanted]))
    assert "access_token" in answer, answer
    claims = _told(answer["access_token"])
    assert (claims["scp"], claims["oid"]) == ("Stock.Read", _told(token)["oid"])
