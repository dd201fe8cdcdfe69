"""Every kind of client, on the real engine: it is made, signs in, and changes in place."""

from __future__ import annotations

import base64
import ssl
from contextlib import closing
from typing import Any, cast

import httpx
import jwt
import pytest
from client_certificates import ClientCertificate
from customer_browser import PASSWORD, App, Customer, address, customer
from msal import ConfidentialClientApplication, PublicClientApplication
from signing_browser import CHALLENGE, VERIFIER
from stack_fixture import Stack
from token_issuer import SUBJECT, token_issuer

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def scope(value: str) -> dict[str, str]:
    """A scope of the configuration."""
    return {
        "value": value,
        "adminConsentDisplayName": value,
        "adminConsentDescription": f"Allow the app to {value}",
    }


def sections(issuer: str) -> dict[str, Any]:
    """Two APIs that call each other, and a client of each kind."""
    return {
        "apis": {
            "orders": {
                "displayName": "Orders API",
                "scopes": [scope("Orders.Read")],
                "roles": [{"value": "Orders.Read.All", "description": "Read all orders"}],
                "apiPermissions": {"stock": ["Stock.Read"]},
                "knownClients": ["shop", "phone"],
                "preAuthorizedClients": {"spa": ["Orders.Read"]},
            },
            "stock": {
                "displayName": "Stock API",
                "scopes": [scope("Stock.Read")],
                "apiPermissions": {"orders": ["Orders.Read"]},
                "certificates": {"first": "stock.pem"},
            },
        },
        "clients": {
            "shop": {
                "kind": "webApp",
                "displayName": "Shop",
                "redirectUris": ["https://shop.example/back"],
                "logoutUrl": "https://shop.example/logout",
                "apiPermissions": {"orders": ["Orders.Read"]},
                "groupClaims": ["SecurityGroup"],
                "optionalClaims": {"idToken": ["email"]},
                "logo": "logo.png",
                "links": {"homepage": "https://shop.example/", "support": "https://shop.example/s"},
                "secret": {"lifetime": "90d"},
            },
            "spa": {
                "kind": "singlePageApp",
                "displayName": "Shop in the browser",
                "redirectUris": ["https://spa.example/"],
                "apiPermissions": {"orders": ["Orders.Read"]},
            },
            "phone": {
                "kind": "nativeApp",
                "displayName": "Shop on the phone",
                "redirectUris": ["msal{clientId}://auth", "http://localhost"],
                "apiPermissions": {"orders": ["Orders.Read"]},
                "publicClientFlows": True,
                "nativeAuthentication": True,
            },
            "jobs": {
                "kind": "daemonApp",
                "displayName": "Nightly jobs",
                "apiRoles": {"orders": ["Orders.Read.All"]},
                "certificates": {"first": "jobs.pem"},
                "federatedCredentials": {"ci": {"issuer": issuer, "subject": SUBJECT}},
            },
        },
        "userFlows": {"customers": {"clients": ["shop", "spa", "phone"]}},
    }


def owner(stack: Stack) -> dict[str, Any]:
    """The variables of one who may also grant app roles, which the deployer may not."""
    admin = stack.tenant.ready.clients["admin"]
    return {"ARM_CLIENT_ID": admin.clientId, "ARM_CLIENT_SECRET": admin.clientSecret}


def up(stack: Stack, *arguments: str) -> str:
    """Bring the stack up as an owner."""
    return stack.pulumi("up", "--yes", "--skip-preview", *arguments, **owner(stack))


def test_every_kind_of_client_is_made_and_signs_in(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From one configuration: registrations, consent and credentials with which each signs in."""
    ready = stack.tenant.ready
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", ready.caFile)
    jobs, stock = ClientCertificate.made(), ClientCertificate.made()
    (stack.folder / "jobs.pem").write_text(jobs.public_pem)
    (stack.folder / "stock.pem").write_text(stock.public_pem)
    (stack.folder / "logo.png").write_bytes(PNG)
    with token_issuer(ready) as issuer:
        stack.configure(**sections(issuer.url))
        up(stack)
        outputs = stack.outputs()
        _is_registered(stack, outputs)
        with closing(httpx.Client(verify=_trust(stack))) as http:
            _daemon_signs_in(stack, outputs, jobs, issuer.token(), http)
            _spa_signs_in(stack, outputs, http)
        token = _device_signs_in(stack, outputs)
        _api_calls_the_other(stack, outputs, token)
        with stack.tenant.wire() as wire:
            stack.pulumi("preview", "--expect-no-changes")
            stack.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
        assert wire.writes() == []
        _changes_in_place(stack, issuer.url)
    stack.pulumi("destroy", "--yes", "--skip-preview", **owner(stack))
    assert stack.resources() == []


def _is_registered(stack: Stack, outputs: dict[str, Any]) -> None:
    """What Graph says of each, and what the outputs say."""
    clients = outputs["clients"]
    shop, phone = stack.application("Shop"), stack.application("Shop on the phone")
    orders, jobs = stack.application("Orders API"), stack.application("Nightly jobs")
    assert {key: one["kind"] for key, one in clients.items()} == {
        "shop": "webApp",
        "spa": "singlePageApp",
        "phone": "nativeApp",
        "jobs": "daemonApp",
    }
    assert shop["web"]["logoutUrl"] == "https://shop.example/logout"
    assert shop["web"]["homePageUrl"] == "https://shop.example/"
    assert shop["info"]["supportUrl"] == "https://shop.example/s"
    assert shop["info"]["logoUrl"]
    assert shop["groupMembershipClaims"] == "SecurityGroup"
    assert set(clients["phone"]["redirectUris"]) == set(phone["publicClient"]["redirectUris"])
    assert f"msal{phone['appId']}://auth" in phone["publicClient"]["redirectUris"]
    assert phone["isFallbackPublicClient"] is True
    assert _native(stack) == "all"
    assert set(orders["api"]["knownClientApplications"]) == {shop["appId"], phone["appId"]}
    (authorized,) = orders["api"]["preAuthorizedApplications"]
    assert authorized["appId"] == clients["spa"]["clientId"]
    assert (clients["jobs"]["redirectUris"], len(jobs["keyCredentials"])) == ([], 1)
    assert set(outputs["clientSecrets"]) == {"shop"}
    assert set(outputs["apiSecrets"]) == {"orders"}
    uri = outputs["apis"]["orders"]["identifierUri"]
    assert outputs["environments"]["jobs"]["SCOPES"] == f"{uri}/.default"
    assert "REDIRECT_URI" not in outputs["environments"]["jobs"]
    assert outputs["environmentSecrets"]["spa"] == {}


def _native(stack: Stack) -> str:
    """Whether the phone's native authentication is on, which Graph shows when asked for it."""
    phone = stack.application("Shop on the phone")
    selected = "?$select=nativeAuthenticationApisEnabled"
    return stack.tenant.one(f"/applications/{phone['id']}{selected}")[
        "nativeAuthenticationApisEnabled"
    ]


def _trust(stack: Stack) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=stack.tenant.ready.caFile)


def _told(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


def _msal(stack: Stack) -> dict[str, Any]:
    ready = stack.tenant.ready
    return {"authority": f"{ready.url}/{ready.tenantId}", "instance_discovery": False}


def _daemon_signs_in(
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


def _spa_signs_in(stack: Stack, outputs: dict[str, Any], http: httpx.Client) -> None:
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


def _device_signs_in(stack: Stack, outputs: dict[str, Any]) -> str:
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


def _api_calls_the_other(stack: Stack, outputs: dict[str, Any], token: str) -> None:
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


def _changes_in_place(stack: Stack, issuer: str) -> None:
    """A rotation of certificates, other redirect URIs and clients, a new name: no new object."""
    before = {one["urn"]: one["id"] for one in stack.resources() if one.get("id")}
    (stack.folder / "next.pem").write_text(ClientCertificate.made().public_pem)
    changed = sections(issuer)
    clients, orders = changed["clients"], changed["apis"]["orders"]
    clients["jobs"]["certificates"]["second"] = "next.pem"
    clients["jobs"]["federatedCredentials"]["ci"]["subject"] = "repo:contoso/jobs"
    clients["phone"] |= {"displayName": "Phone", "redirectUris": ["msauth://com.contoso.shop/x"]}
    clients["phone"]["nativeAuthentication"] = False
    orders["knownClients"] = ["spa"]
    orders["preAuthorizedClients"] = {"shop": ["Orders.Read"]}
    stack.configure(**changed)
    up(stack)
    after = {one["urn"]: one["id"] for one in stack.resources() if one.get("id")}
    kept = {urn: one for urn, one in after.items() if urn in before}
    assert kept == {urn: before[urn] for urn in kept}
    assert len(stack.application("Nightly jobs")["keyCredentials"]) == 2
    phone = stack.application("Phone")
    assert phone["publicClient"]["redirectUris"] == ["msauth://com.contoso.shop/x"]
    spa, shop = stack.application("Shop in the browser"), stack.application("Shop")
    api = stack.application("Orders API")["api"]
    assert api["knownClientApplications"] == [spa["appId"]]
    assert [one["appId"] for one in api["preAuthorizedApplications"]] == [shop["appId"]]
    stack.pulumi("preview", "--expect-no-changes")
