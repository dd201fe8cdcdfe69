"""Devices that wait for their user, and APIs that act on behalf of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from signing_browser import Browser, refused
from signing_in import GRAPH, consent, graph_principal

from localtenant.signin import completion, device_codes, interactions
from localtenant.signin.errors import SignInError

if TYPE_CHECKING:
    from graph_in_process import Answered
    from signing_in import SignIns
    from starlette.responses import Response

pytestmark = pytest.mark.local_only

_POLL = "urn:ietf:params:oauth:grant-type:device_code"
_ON_BEHALF = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@pytest.fixture
def device(signing: SignIns) -> dict[str, Any]:
    """Let the native application have a device code."""
    signing.changed(f"/applications/{signing.native.id}", {"isFallbackPublicClient": True})
    answer = signing.token_at("devicecode", client_id=signing.native.client_id, scope=signing.scope)
    assert answer.status == 200, answer.body
    return answer.body


def polled(signing: SignIns, device: dict[str, Any], grant_type: str = _POLL) -> Answered:
    """Ask whether the user has signed in."""
    return signing.token(
        grant_type=grant_type,
        client_id=signing.native.client_id,
        device_code=device["device_code"],
    )


def entered(signing: SignIns, device: dict[str, Any], *, wanted: bool = True) -> Response:
    """Enter the user's code, in small letters, and sign in or cancel."""
    tenant, browser = signing.caller.tenant, Browser(signing)
    with tenant.store.write() as tx:
        asked = device_codes.requested(tx, f" {device['user_code'].lower()} ")
        found = interactions.begin(tx, asked, browser.cookies)
        if not wanted:
            return completion.cancel(tenant, tx, found)
        key = signing.user["id"]
        return completion.complete(tenant, tx, found, key, methods=["pwd"], keep=False)


@pytest.mark.parametrize("grant_type", [_POLL, "device_code"])
def test_device_waits_for_its_user(
    signing: SignIns, device: dict[str, Any], grant_type: str
) -> None:
    """It polls until the user has signed in, and gets his tokens once."""
    assert (device["expires_in"], device["interval"]) == (900, 5)
    assert device["verification_uri"] == "https://localhost/common/oauth2/deviceauth"
    assert device["message"] == (
        "To sign in, use a web browser to open the page "
        f"https://localhost/common/oauth2/deviceauth and enter the code {device['user_code']} to "
        "authenticate."
    )
    refused(
        polled(signing, device, grant_type),
        400,
        "authorization_pending",
        70016,
        "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
    )

    answer = entered(signing, device)

    assert answer.headers["location"] == "/common/oauth2/deviceauth/done"
    body = polled(signing, device, grant_type).body
    assert signing.claims(body["id_token"])["oid"] == signing.user["id"]
    assert signing.claims(body["access_token"])["scp"] == "Todo.Read"
    assert "refresh_token" in body
    assert polled(signing, device).body["error"] == "bad_verification_code"


def test_user_declines(signing: SignIns, device: dict[str, Any]) -> None:
    """The device learns it."""
    answer = entered(signing, device, wanted=False)

    assert answer.headers["location"] == "/common/oauth2/deviceauth/declined?code=65004"
    refused(
        polled(signing, device),
        400,
        "authorization_declined",
        90120,
        "The request was already authorized or declined.",
    )


@pytest.mark.cases("abuse of the sign-in")
def test_device_code_expires(
    signing: SignIns, device: dict[str, Any], clock: dict[str, float]
) -> None:
    """After a quarter of an hour."""
    clock["later"] = 901

    refused(
        polled(signing, device),
        400,
        "expired_token",
        70020,
        "The provided value for the input parameter 'device_code' is not valid. This device code "
        "has expired.",
    )
    with pytest.raises(SignInError, match="70019"):
        entered(signing, device)


@pytest.mark.cases("abuse of the sign-in")
def test_wrong_user_code(signing: SignIns) -> None:
    """No device waits with it."""
    with signing.caller.tenant.store.read() as tx, pytest.raises(SignInError, match="70018"):
        device_codes.requested(tx, "AAAAAAAAA")


@pytest.mark.cases("abuse of the sign-in")
def test_device_code_of_another_client(signing: SignIns, device: dict[str, Any]) -> None:
    """Only the client that asked for it polls."""
    entered(signing, device)

    answer = signing.token(
        grant_type=_POLL,
        client_id=signing.web.client_id,
        device_code=device["device_code"],
        **signing.web.credential,
    )

    refused(answer, 400, "invalid_grant", 70000, "Provided grant is invalid or malformed.")


@pytest.mark.cases("abuse of the sign-in")
def test_public_client_flows_have_to_be_allowed(signing: SignIns, device: dict[str, Any]) -> None:
    """Otherwise the application has to prove who it is."""
    signing.changed(f"/applications/{signing.native.id}", {"isFallbackPublicClient": False})

    assert polled(signing, device).body["error_codes"] == [7000218]


def on_behalf(signing: SignIns, assertion: str, **more: str) -> Answered:
    """Ask, as the API, for a token for Graph on behalf of a user."""
    answer = signing.caller.json(
        "POST", f"/v1.0/applications/{signing.api.id}/addPassword", {"passwordCredential": {}}
    )
    form = {
        "grant_type": _ON_BEHALF,
        "client_id": signing.api.client_id,
        "client_secret": answer.body["secretText"],
        "assertion": assertion,
        "requested_token_use": "on_behalf_of",
        "scope": "https://graph.microsoft.com/openid",
        **more,
    }
    return signing.token(**form)


def test_api_acts_for_its_user(signing: SignIns) -> None:
    """With consent it gets a token of the same user, of which it is the client."""
    token = signing.tokens(signing.web)["access_token"]
    without = on_behalf(signing, token)
    granted = consent(signing, signing.api, graph_principal(signing), "openid")

    answer = on_behalf(signing, token)
    signing.caller.ask("DELETE", f"/v1.0/oauth2PermissionGrants/{granted['id']}")

    assert (without.body["error_codes"], without.body["suberror"]) == ([65001], "consent_required")
    claims = signing.claims(answer.body["access_token"])
    assert (claims["oid"], claims["appid"]) == (signing.user["id"], signing.api.client_id)
    assert (claims["scp"], claims["appidacr"]) == ("openid", "1")


@pytest.mark.cases("abuse of the sign-in")
def test_assertion_that_will_not_do(signing: SignIns, clock: dict[str, float]) -> None:
    """A tampered token, one for somebody else, an ID token, an application's own, an old one."""
    body = signing.tokens(signing.web)
    token = body["access_token"]
    for_graph = signing.tokens(signing.web, scope="openid")["access_token"]
    own_id = signing.claims(token) | {"aud": signing.api.client_id}
    id_token = signing.caller.tenant.key.sign({n: v for n, v in own_id.items() if n != "azp"})
    of_app = signing.caller.tenant.key.sign({n: v for n, v in own_id.items() if n != "scp"})
    header, payload, signature = token.split(".")
    tampered = f"{header}.{payload}.{signature[:-6]}AAAAAA"

    assert signing.claims(for_graph)["aud"] == GRAPH
    refused(
        on_behalf(signing, tampered),
        400,
        "invalid_grant",
        50013,
        "Assertion failed signature validation.",
    )
    refused(
        on_behalf(signing, for_graph),
        400,
        "invalid_grant",
        500131,
        "Assertion audience does not match the Client app presenting the assertion.",
    )
    refused(
        on_behalf(signing, id_token),
        400,
        "invalid_request",
        240002,
        f"Input id_token cannot be used as '{_ON_BEHALF}' grant.",
    )
    refused(
        on_behalf(signing, of_app),
        400,
        "invalid_grant",
        7000114,
        f"Application '{signing.web.client_id}' is not allowed to make application on-behalf-of "
        "calls.",
    )
    clock["later"] = 4000
    refused(
        on_behalf(signing, token),
        400,
        "invalid_grant",
        500133,
        "Assertion is not within its valid time range.",
    )
