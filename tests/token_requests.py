"""Requests to a local tenant's token endpoint, and what is asserted of their answers."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import httpx
from error_texts import check_body
from joserfc import jwt
from joserfc.jwk import KeySet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.testing import Ready

JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def token_answer(
    ready: Ready, tenant: str = "", basic: tuple[str, str] | None = None, **changes: str | None
) -> httpx.Response:
    """Ask for a token as the deployer, with parameters changed, or with None left out."""
    form: dict[str, str | None] = {
        "client_id": ready.env["ARM_CLIENT_ID"],
        "client_secret": ready.env["ARM_CLIENT_SECRET"],
        "grant_type": "client_credentials",
        "scope": f"{ready.url}/.default",
        **changes,
    }
    return httpx.post(
        f"{ready.url}/{tenant or ready.tenantId}/oauth2/v2.0/token",
        data={k: v for k, v in form.items() if v is not None},
        auth=basic,
        verify=ssl.create_default_context(cafile=ready.caFile),
    )


def asserted_answer(
    ready: Ready, client_id: str, assertion: str, **changes: str | None
) -> httpx.Response:
    """Ask for a token with a client assertion, with parameters changed as above."""
    changes = {"client_assertion_type": JWT_BEARER, **changes}
    return token_answer(
        ready,
        "",
        None,
        client_id=client_id,
        client_secret=None,
        client_assertion=assertion,
        **changes,
    )


def claims_of(ready: Ready, token: str) -> Mapping[str, Any]:
    """Check a token's signature with the published keys, and read its claims."""
    context = ssl.create_default_context(cafile=ready.caFile)
    document = httpx.get(
        f"{ready.url}/{ready.tenantId}/v2.0/.well-known/openid-configuration", verify=context
    ).json()
    keys = httpx.get(document["jwks_uri"], verify=context).json()
    return jwt.decode(token, KeySet.import_key_set(keys), algorithms=["RS256"]).claims


def token_holder(ready: Ready, token: str) -> str:
    """Check that Graph takes a token, and read which application it is for."""
    answer = httpx.get(
        f"{ready.url}/v1.0/organization",
        headers={"Authorization": f"Bearer {token}"},
        verify=ssl.create_default_context(cafile=ready.caFile),
    )
    assert answer.status_code != 401, answer.text
    return str(claims_of(ready, token)["appid"])


def sign_in_refused(
    answer: httpx.Response, status: int, error: str, number: int, text: str
) -> None:
    """Check that an answer is Entra's error with this status, OAuth error, number and text."""
    body = answer.json()
    assert (answer.status_code, body["error"]) == (status, error), body
    check_body(body, number, text)
    assert answer.headers["x-ms-request-id"] == body["trace_id"]
