"""ID tokens of another identity provider: those that will not do, and customers who will not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from customer_browser import address, customer
from federated_errors import CONTACT, nobody, refused_token
from federating import coming_by
from joserfc import jws, jwt
from joserfc.jwk import OctKey, RSAKey
from token_issuer import TokenIssuer

if TYPE_CHECKING:
    from collections.abc import Callable

    from customer_browser import App, Browse
    from federating import Coming

    from localtenant.testing_client import Graph

pytestmark = [pytest.mark.local_only, pytest.mark.cases("abuse of the sign-in")]

NO_EMAIL = "No email address was obtained from the external oidc identity provider."
UNVERIFIED = (
    "No verified email address was obtained from the identity provider. The email address is not "
    "verified in the ID token from the external OIDC identity provider."
)
TAKEN = "It looks like you may already have an account with us using this email address."


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"aud": "another"}, "its audience is not 'shop'"),
        ({"aud": None}, "its audience is not 'shop'"),
        ({"aud": ["shop", "another"]}, "it is for several, and not for 'shop'"),
        ({"nonce": "another"}, "its nonce is not that of the request"),
        ({"nonce": None}, "its nonce is not that of the request"),
        ({"nonce": 7}, "its nonce is not that of the request"),
        ({"iss": "https://evil.example"}, "its issuer is 'https://evil.example', not '{url}'"),
        ({"iss": None}, "its issuer is 'None', not '{url}'"),
        ({"exp": 1}, "it has expired"),
        ({"exp": None}, "it has expired"),
        ({"exp": "soon"}, "it has expired"),
        ({"nbf": 4_000_000_000, "exp": 4_100_000_000}, "it is not valid yet"),
        ({"sub": None}, "it has no 'sub'"),
        ({"sub": ""}, "it has no 'sub'"),
        ({"sub": 7}, "it has no 'sub'"),
    ],
)
def test_token_that_is_for_somebody_else(coming: Coming, claims: dict[str, Any], why: str) -> None:
    """A claim that is not what it has to be; a right signature does not help."""
    url = coming.provider.issuer.url

    refused_token(coming.vouched(email=address(), **claims), why.format(url=url))


def _signed_by_another(coming: Coming) -> str:
    issuer = coming.provider.issuer
    impostor = TokenIssuer(issuer.url, RSAKey.generate_key(2048))
    return impostor.token({"kid": issuer.key.kid}, aud="shop", nonce=coming.asked["nonce"])


def _unsigned(coming: Coming) -> str:
    parts = coming.provider.issuer.token(aud="shop", nonce=coming.asked["nonce"]).split(".")
    return f"eyJhbGciOiJub25lIn0.{parts[1]}."


def _signed_with_the_public_key(coming: Coming) -> str:
    issuer = coming.provider.issuer
    key = OctKey.import_key(str(issuer.key.as_dict(private=False)["n"]).encode())
    claims = {"iss": issuer.url, "aud": "shop", "nonce": coming.asked["nonce"], "sub": "x"}
    header = {"alg": "HS256", "kid": issuer.key.kid}
    return jwt.encode(header, {**claims, "exp": 9999999999}, key, algorithms=["HS256"])


def _of_an_unknown_key(coming: Coming) -> str:
    nonce = coming.asked["nonce"]
    return coming.provider.issuer.token({"kid": "unknown"}, aud="shop", nonce=nonce)


def _half_a_letter(coming: Coming) -> str:
    issuer = coming.provider.issuer
    claims = {"iss": issuer.url, "aud": "shop", "nonce": coming.asked["nonce"], "exp": 9999999999}
    raw = json.dumps({**claims, "sub": "\ud800"}).encode()
    header = {"alg": "RS256", "kid": issuer.key.kid}
    return jws.serialize_compact(header, raw, issuer.key, algorithms=["RS256"])


@pytest.mark.parametrize(
    "made",
    [
        _signed_by_another,
        _unsigned,
        _signed_with_the_public_key,
        _of_an_unknown_key,
        _half_a_letter,
        "no token",
        "e30.e30.e30",
        "",
    ],
)
def test_token_of_an_impostor(coming: Coming, made: Callable[[Coming], str] | str) -> None:
    """Nothing counts but the signature of a key that the provider publishes."""
    token = made if isinstance(made, str) else made(coming)
    coming.provider.issuer.publishes["/token"] = {"id_token": token}

    browser = coming.back()

    check = f"AADSTS40015: {CONTACT} Its ID token was refused: it is not signed by a key of "
    assert f"{check}{coming.provider.issuer.url} (" in browser.text
    assert not browser.returned
    assert "__Host-session" not in browser.http.cookies


@pytest.mark.parametrize(
    ("claims", "number", "text"),
    [
        ({}, 901011, NO_EMAIL),
        ({"email": "nobody"}, 901011, NO_EMAIL),
        ({"email": ["a@b.example"]}, 901011, NO_EMAIL),
        ({"email": "a@b.example", "email_verified": False}, 901012, UNVERIFIED),
        ({"email": "a@b.example", "email_verified": "false"}, 901012, UNVERIFIED),
        ({"email": "a@b.example", "email_verified": None}, 901012, UNVERIFIED),
    ],
)
def test_new_customer_without_a_sure_address(
    coming: Coming, claims: dict[str, Any], number: int, text: str
) -> None:
    """The flow requires one, and the provider has to vouch for it."""
    nobody(coming.vouched(**claims), number, text)


def test_address_that_somebody_signs_in_with(graph: Graph, coming: Coming) -> None:
    """A provider's word makes nobody the owner of an account that is there."""
    email = address()
    customer(graph, email)

    nobody(coming.vouched(email=email.upper()), 1003037, TAKEN)


def test_account_that_is_disabled(
    graph: Graph, coming: Coming, federated: App, browse: Browse
) -> None:
    """It does not sign in, whoever vouches for it."""
    user = coming.vouched(sub="disabled", email=address()).send().who()["oid"]
    graph.patch(f"/users/{user}", {"accountEnabled": False})
    again = coming_by(browse(federated).begin(), coming.provider)

    nobody(again.vouched(sub="disabled"), 50057, "The user account is disabled.")
