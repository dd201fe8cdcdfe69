"""Certificates that do not sign in, each with Entra's own error."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from client_certificates import ClientCertificate, base64url
from signers import Signer, registered
from token_requests import asserted_answer, sign_in_refused

if TYPE_CHECKING:
    from localtenant.testing import Ready
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

PAGE = (
    "Review the documentation at "
    "https://learn.microsoft.com/entra/identity-platform/certificate-credentials ."
)


def test_certificate_for_saml_does_not_sign_in(ready: Ready, graph: Graph) -> None:
    """A key credential that signs the tenant's own tokens proves nothing about a client."""
    signer = registered(graph, ClientCertificate.made(), usage="Sign")

    answer = asserted_answer(
        ready, signer.client_id, signer.certificate.assertion(ready, signer.client_id)
    )

    assert answer.json()["error_codes"] == [700027]


def test_expired_certificate(ready: Ready, graph: Graph) -> None:
    """The time of the key credential counts, and is told."""
    signer = registered(
        graph,
        ClientCertificate.made(start=datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)),
        endDateTime="2020-06-01T00:00:00Z",
    )

    answer = asserted_answer(
        ready, signer.client_id, signer.certificate.assertion(ready, signer.client_id)
    )

    text = (
        "The certificate with identifier used to sign the client assertion is expired on "
        "application. [Reason - The key used is expired., Thumbprint of key used by client: "
        f"'{signer.certificate.sha1.hex().upper()}', Found key 'Start=01/02/2020 03:04:05, "
        f"End=06/01/2020 00:00:00', {signer.visit()}"
    )
    sign_in_refused(answer, 401, "invalid_client", 700027, text)


def test_signature_of_another_key(ready: Ready, signer: Signer) -> None:
    """Naming a registered certificate is not enough."""
    header = {"x5t": base64url(signer.certificate.sha1)}
    assertion = ClientCertificate.made().assertion(ready, signer.client_id, header)

    answer = asserted_answer(ready, signer.client_id, assertion)

    found = signer.certificate.certificate
    text = (
        "Client assertion contains an invalid signature. [Reason - The provided signature value "
        "did not match the expected signature value., Thumbprint of key used by client: "
        f"'{signer.certificate.sha1.hex().upper()}', Found key "
        f"'Start={found.not_valid_before_utc:%m/%d/%Y %H:%M:%S}, "
        f"End={found.not_valid_after_utc:%m/%d/%Y %H:%M:%S}', {signer.visit()}"
    )
    sign_in_refused(answer, 401, "invalid_client", 700027, text)


def test_changed_claims(ready: Ready, signer: Signer) -> None:
    """Claims that were changed after signing do not pass."""
    start, _, end = signer.certificate.assertion(ready, signer.client_id).split(".")
    other = signer.certificate.assertion(ready, signer.client_id).split(".")[1]

    answer = asserted_answer(ready, signer.client_id, f"{start}.{other}.{end}")

    assert answer.json()["error_codes"] == [700027]


def test_elliptic_certificate(ready: Ready, graph: Graph) -> None:
    """Entra takes no elliptic-curve signature, nor an RSA algorithm with such a certificate."""
    elliptic = registered(graph, ClientCertificate.made(elliptic=True))
    by_itself = elliptic.certificate.assertion(ready, elliptic.client_id, {"alg": "ES256"})
    named = {"x5t": base64url(elliptic.certificate.sha1)}
    by_another = ClientCertificate.made().assertion(ready, elliptic.client_id, named)

    text = (
        "Invalid JWT token. 'ES256' is not a supported signature algorithm. Supported signing "
        "algorithms are: 'RS256,RS384,RS512,PS256,PS384,PS512'"
    )
    answer = asserted_answer(ready, elliptic.client_id, by_itself)
    sign_in_refused(answer, 401, "invalid_client", 5002738, text)
    text = "Invalid JWT token. Unsupported key for the signing algorithm."
    answer = asserted_answer(ready, elliptic.client_id, by_another)
    sign_in_refused(answer, 400, "invalid_request", 5002730, text)


@pytest.mark.parametrize(
    ("claims", "number", "text"),
    [
        (
            {"sub": "somebody-else"},
            700021,
            "Client assertion application identifier doesn't match 'client_id' parameter. " + PAGE,
        ),
        (
            {"aud": "https://login.microsoftonline.com/common/oauth2/v2.0/token"},
            700023,
            "Client assertion audience claim does not match Realm issuer. " + PAGE,
        ),
    ],
)
def test_assertion_of_somebody_else(
    ready: Ready, signer: Signer, claims: dict[str, Any], number: int, text: str
) -> None:
    """Issuer, subject and audience have to be the client and this tenant."""
    assertion = signer.certificate.assertion(ready, signer.client_id, claims=claims)

    answer = asserted_answer(ready, signer.client_id, assertion)

    sign_in_refused(answer, 401, "invalid_client", number, text)


@pytest.mark.parametrize("name", ["my key", "a" * 39 + "z", "\u00e4"])
def test_name_that_is_no_thumbprint(ready: Ready, signer: Signer, name: str) -> None:
    """It is told as it stands, as that of a certificate that nobody knows."""
    assertion = signer.certificate.assertion(ready, signer.client_id, {"x5t": None, "kid": name})

    answer = asserted_answer(ready, signer.client_id, assertion)

    text = (
        "The certificate with identifier used to sign the client assertion is not registered on "
        "application. [Reason - The key was not found., Thumbprint of key used by client: "
        f"'{name}', {signer.visit()}"
    )
    sign_in_refused(answer, 401, "invalid_client", 700027, text)


def test_certificate_has_to_be_named(ready: Ready, signer: Signer) -> None:
    """Without a thumbprint no certificate is tried."""
    assertion = signer.certificate.assertion(ready, signer.client_id, {"x5t": None})

    answer = asserted_answer(ready, signer.client_id, assertion)

    text = (
        "Invalid JWT token. No certificate SHA-1 thumbprint, certificate SHA-256 thumbprint, nor "
        "keyId specified in token header."
    )
    sign_in_refused(answer, 401, "invalid_client", 5002723, text)


@pytest.mark.parametrize("critical", [b"null", b'["secret"]', b"7"])
def test_header_that_has_to_be_understood(ready: Ready, signer: Signer, critical: bytes) -> None:
    """A header that demands what nobody knows, or that says so wrongly, is malformed."""
    thumbprint = base64url(signer.certificate.sha1)
    header = b'{"alg": "RS256", "x5t": "%s", "crit": %s}' % (thumbprint.encode(), critical)
    _, claims, signature = signer.certificate.assertion(ready, signer.client_id).split(".")

    answer = asserted_answer(ready, signer.client_id, f"{base64url(header)}.{claims}.{signature}")

    text = "JWT token is invalid or malformed."
    sign_in_refused(answer, 400, "invalid_request", 50027, text)
