"""Signing in with a certificate: how it is named, whom the assertion is for, who may hold it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest
from client_certificates import ClientCertificate, base64url
from signers import Signer, hold, registered
from token_requests import asserted_answer, claims_of, sign_in_refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from localtenant.testing import Ready
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

NAMES: dict[str, Callable[[ClientCertificate], dict[str, Any]]] = {
    "x5t": lambda c: {"x5t": base64url(c.sha1)},
    "x5t#S256": lambda c: {"x5t": None, "x5t#S256": base64url(c.sha256)},
    "padded kid": lambda c: {"x5t": None, "kid": base64.urlsafe_b64encode(c.sha1).decode()},
    "kid": lambda c: {"x5t": None, "kid": base64url(c.sha1)},
    "kid of hex digits": lambda c: {"x5t": None, "kid": c.sha1.hex().upper()},
    "kid of small hex digits": lambda c: {"x5t": None, "kid": c.sha1.hex()},
    "x5c beside": lambda c: {"x5c": [c.credential()["key"]] * 4},
}


@pytest.mark.parametrize("name", NAMES)
def test_certificate_may_be_named_in_each_way(ready: Ready, signer: Signer, name: str) -> None:
    """MSAL, azure-identity and the azuread plugin each name it in another way."""
    header = NAMES[name](signer.certificate)
    assertion = signer.certificate.assertion(ready, signer.client_id, header)

    answer = asserted_answer(ready, signer.client_id, assertion)

    claims = claims_of(ready, answer.json()["access_token"])
    assert (claims["appid"], claims["appidacr"]) == (signer.client_id, "2")


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "PS256", "PS384"])
def test_certificate_may_sign_with_each_algorithm(
    ready: Ready, signer: Signer, algorithm: str
) -> None:
    """Entra takes RSA with either padding."""
    assertion = signer.certificate.assertion(ready, signer.client_id, {"alg": algorithm})

    assert asserted_answer(ready, signer.client_id, assertion).status_code == 200


@pytest.mark.parametrize(
    "audience",
    [
        "{url}/{tenant}/oauth2/v2.0/token",
        "{url}/{tenant}/oauth2/token",
        "{url}/{tenant}/v2.0",
        "{url}/{tenant}/",
        "{url}/contoso.onmicrosoft.com/oauth2/v2.0/token",
        "https://sts.windows.net/{tenant}/",
    ],
)
def test_audience_may_be_an_endpoint_or_an_issuer(
    ready: Ready, signer: Signer, audience: str
) -> None:
    """All of these name this tenant."""
    audience = audience.format(url=ready.url, tenant=ready.tenantId)
    assertion = signer.certificate.assertion(ready, signer.client_id, claims={"aud": audience})

    assert asserted_answer(ready, signer.client_id, assertion).status_code == 200


def test_service_principal_may_hold_the_certificate(ready: Ready, graph: Graph) -> None:
    """A key credential of the service principal alone signs in, too."""
    certificate = ClientCertificate.made()
    principal = graph.principal()
    hold(graph, f"/servicePrincipals/{principal['id']}", certificate.credential())

    assertion = certificate.assertion(ready, principal["appId"])

    assert asserted_answer(ready, principal["appId"], assertion).status_code == 200


def test_other_keys_are_passed_over(ready: Ready, graph: Graph) -> None:
    """A symmetric key beside the certificate is no certificate, and no hindrance."""
    signer = registered(graph, ClientCertificate.made())
    symmetric = {"type": "Symmetric", "usage": "Verify", "key": base64.b64encode(b"key").decode()}
    kept = graph.read(f"/applications/{signer.application}")["keyCredentials"]
    hold(graph, f"/applications/{signer.application}", symmetric, *kept)

    assertion = signer.certificate.assertion(ready, signer.client_id)

    assert asserted_answer(ready, signer.client_id, assertion).status_code == 200


def test_certificate_signs_in_until_it_is_taken_away(ready: Ready, graph: Graph) -> None:
    """Without the key credential the same assertion is refused."""
    signer = registered(graph, ClientCertificate.made())
    assertion = signer.certificate.assertion(ready, signer.client_id)
    assert asserted_answer(ready, signer.client_id, assertion).status_code == 200

    hold(graph, f"/applications/{signer.application}")

    text = (
        "The certificate with identifier used to sign the client assertion is not registered on "
        "application. [Reason - The key was not found., Thumbprint of key used by client: "
        f"'{signer.certificate.sha1.hex().upper()}', {signer.visit()}"
    )
    answer = asserted_answer(ready, signer.client_id, assertion)
    sign_in_refused(answer, 401, "invalid_client", 700027, text)
