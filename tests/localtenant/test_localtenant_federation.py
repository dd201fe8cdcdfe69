"""Signing in with the token of another issuer: what has to match, and whose keys are asked for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from joserfc.jwk import RSAKey
from signers import trusting
from token_issuer import AUDIENCE, DISCOVERY, SUBJECT, TokenIssuer
from token_requests import asserted_answer, claims_of, sign_in_refused

if TYPE_CHECKING:
    from localtenant.testing import Ready
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

CHECK = (
    "Check your federated identity credential Subject, Audience and Issuer against the presented "
    "assertion."
)
PAGE = "https://learn.microsoft.com/entra/workload-id/workload-identity-federation"
OTHER_CASE = SUBJECT.replace("contoso", "Contoso")
IN_OTHER_CASE = (
    "The subject matches with case-insensitive comparison, but not with case-sensitive comparison. "
    f"{CHECK} See documentation at: {PAGE}. See breaking change notification and remediation at: "
    "https://learn.microsoft.com/en-us/entra/identity-platform/reference-breaking-changes"
    "#august-2024."
)
REFUSED = (
    "the local tenant asks no issuer but those on this machine, by https, and not '{url}'. Give an "
    "issuer's public keys with --issuer URL=JWKS_FILE"
)
NO_RECORD = "No matching federated identity record found for presented assertion"


@pytest.mark.parametrize("audience", [AUDIENCE, [AUDIENCE], ["other", AUDIENCE]])
def test_token_of_a_trusted_issuer_signs_in(
    ready: Ready, workload: str, issuer: TokenIssuer, audience: str | list[str]
) -> None:
    """The issuer's keys are found by discovery; its audience may be one or several."""
    answer = asserted_answer(ready, workload, issuer.token(aud=audience))

    claims = claims_of(ready, answer.json()["access_token"])
    assert (claims["appid"], claims["appidacr"]) == (workload, "2")
    assert issuer.asked == [DISCOVERY, "/keys"]


def test_token_may_be_used_again(ready: Ready, workload: str, issuer: TokenIssuer) -> None:
    """A workload's token is good until it expires, as Entra's own libraries need it."""
    token = issuer.token()

    answers = [asserted_answer(ready, workload, token) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.cases("abuse of the sign-in")
@pytest.mark.parametrize(
    ("claims", "number", "text"),
    [
        (
            {"iss": "https://localhost:1"},
            700211,
            f"{NO_RECORD} issuer 'https://localhost:1'. {CHECK} {PAGE}",
        ),
        (
            {"aud": "API://AzureADTokenExchange"},
            700212,
            f"{NO_RECORD} audience 'API://AzureADTokenExchange'. {CHECK} {PAGE}",
        ),
        (
            {"sub": "repo:contoso/shop:environment:live"},
            700213,
            f"{NO_RECORD} subject 'repo:contoso/shop:environment:live'. {CHECK} {PAGE}",
        ),
        (
            {"sub": OTHER_CASE},
            7002138,
            f"{NO_RECORD} subject '{OTHER_CASE}'. {IN_OTHER_CASE}",
        ),
    ],
)
def test_what_does_not_match(
    ready: Ready,
    workload: str,
    issuer: TokenIssuer,
    claims: dict[str, Any],
    number: int,
    text: str,
) -> None:
    """Each of issuer, audience and subject has to be exactly what a credential says."""
    answer = asserted_answer(ready, workload, issuer.token(**claims))

    sign_in_refused(answer, 401, "invalid_client", number, text)
    assert issuer.asked == []


@pytest.mark.cases("abuse of the sign-in")
def test_credential_of_another_application_does_not_count(
    ready: Ready, deployer: Graph, workload: str, issuer: TokenIssuer
) -> None:
    """A credential lets its own application sign in, and no other."""
    del workload
    answer = asserted_answer(ready, deployer.client.clientId, issuer.token())

    assert answer.json()["error_codes"] == [700211]


def test_expired_token_of_an_issuer(ready: Ready, workload: str, issuer: TokenIssuer) -> None:
    """A token whose time is over is refused before its issuer is asked for anything."""
    answer = asserted_answer(ready, workload, issuer.token(exp=int(time.time()) - 1))

    assert answer.json()["error_codes"] == [700024]
    assert issuer.asked == []


@pytest.mark.cases("abuse of the sign-in")
def test_key_that_the_issuer_does_not_publish(
    ready: Ready, workload: str, issuer: TokenIssuer
) -> None:
    """The key that signed has to be among those of the issuer, under its own name."""
    answer = asserted_answer(ready, workload, issuer.token({"kid": "other"}))

    text = (
        "The certificate with identifier other used to sign the federated credential could not be "
        f"found in the metadata of identity provider {issuer.url}. Please validate that your "
        "Identity Provider's metadata exposes the key used to sign the incoming token."
    )
    sign_in_refused(answer, 401, "invalid_client", 7000272, text)


def test_key_that_is_not_named(ready: Ready, workload: str, issuer: TokenIssuer) -> None:
    """A token has to say which key signed it."""
    answer = asserted_answer(ready, workload, issuer.token({"kid": ""}))

    assert answer.json()["error_codes"] == [5002723]


@pytest.mark.cases("abuse of the sign-in")
def test_token_of_somebody_who_claims_to_be_the_issuer(
    ready: Ready, workload: str, issuer: TokenIssuer
) -> None:
    """Another key under the name of the issuer's does not sign in."""
    impostor = TokenIssuer(issuer.url, RSAKey.generate_key(2048))

    token = impostor.token({"kid": issuer.key.kid})
    answer = asserted_answer(ready, workload, token)

    body = answer.json()
    assert (answer.status_code, body["error_codes"]) == (401, [700027])
    assert "The provided signature value did not match" in body["error_description"]


def _redirect(handler: Any) -> None:
    handler.send_response(302)
    handler.send_header("Location", "https://example.com/keys")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


@pytest.mark.parametrize(
    ("path", "published", "why"),
    [
        (DISCOVERY, None, f"{{url}}{DISCOVERY} answered with status 404"),
        (DISCOVERY, _redirect, f"{{url}}{DISCOVERY} answered with status 302"),
        (DISCOVERY, b"<html>", "it holds no JSON"),
        (DISCOVERY, [], "it holds no JSON object"),
        (DISCOVERY, rb'{"issuer": "\ud800"}', "it holds no JSON"),
        (
            DISCOVERY,
            {"issuer": "https://localhost", "jwks_uri": ""},
            "its discovery document is of the issuer 'https://localhost'",
        ),
        (
            DISCOVERY,
            '{"issuer": "URL", "jwks_uri": "https://example.com/keys"}',
            REFUSED.format(url="https://example.com/keys"),
        ),
        ("/keys", {"keys": 7}, "it holds no JSON Web Key Set"),
        ("/keys", {"keys": [{"kty": "RSA"}]}, "it holds no JSON Web Key Set"),
        ("/keys", {"keys": []}, "it holds no JSON Web Key Set"),
    ],
)
def test_issuer_whose_keys_cannot_be_had(
    ready: Ready, workload: str, issuer: TokenIssuer, path: str, published: Any, why: str
) -> None:
    """What is wrong with the issuer is told behind Entra's sentence."""
    if isinstance(published, str):
        published = published.replace("URL", issuer.url).encode()
    issuer.publishes[path] = published

    answer = asserted_answer(ready, workload, issuer.token())

    text = f"Request to External OIDC endpoint failed. {issuer.url}: {why.format(url=issuer.url)}."
    sign_in_refused(answer, 400, "invalid_request", 501661, text)


@pytest.mark.cases("abuse of the sign-in")
@pytest.mark.parametrize(
    ("elsewhere", "why"),
    [
        ("https://example.com", REFUSED.format(url=f"https://example.com{DISCOVERY}")),
        ("http://localhost:1", REFUSED.format(url=f"http://localhost:1{DISCOVERY}")),
        (
            "https://localhost.example.com",
            REFUSED.format(url="https://localhost.example.com" + DISCOVERY),
        ),
        ("ftp://[::1", "Invalid IPv6 URL"),
    ],
)
def test_issuer_elsewhere_is_not_asked(
    ready: Ready, graph: Graph, issuer: TokenIssuer, elsewhere: str, why: str
) -> None:
    """Nothing leaves the machine; the answer says what helps."""
    workload = trusting(graph, elsewhere)

    answer = asserted_answer(ready, workload, issuer.token(iss=elsewhere))

    text = f"Request to External OIDC endpoint failed. {elsewhere}: {why}."
    sign_in_refused(answer, 400, "invalid_request", 501661, text)
