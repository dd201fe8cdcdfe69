"""Every kind of client, on the real engine: it is made, signs in, and changes in place."""

from __future__ import annotations

import base64
from contextlib import closing
from typing import Any

import httpx
import pytest
from client_certificates import ClientCertificate
from stack_fixture import Stack
from stack_sign_ins import (
    api_calls_the_other,
    daemon_signs_in,
    device_signs_in,
    spa_signs_in,
    trust,
)
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
        with closing(httpx.Client(verify=trust(stack))) as http:
            daemon_signs_in(stack, outputs, jobs, issuer.token(), http)
            spa_signs_in(stack, outputs, http)
        token = device_signs_in(stack, outputs)
        api_calls_the_other(stack, outputs, token)
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
