"""Signing in with a certificate: how it is named, whom the assertion is for, what is refused."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from client_certificates import ClientCertificate, base64url
from stored_credentials import keep_keys
from token_requests import asserted_answer, claims_of, sign_in_refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from localtenant.testing import Ready
    from localtenant.testing_client import Graph

PAGE = (
    "Review the documentation at "
    "https://learn.microsoft.com/entra/identity-platform/certificate-credentials ."
)


@dataclass(frozen=True)
class Holder:
    """An application with a service principal, and the certificate it signs in with."""

    application: str
    principal: str
    client_id: str
    certificate: ClientCertificate

    def visit(self) -> str:
        """Say where to look for the configured keys, as Entra does."""
        return (
            "Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see "
            f"configured keys for app Id '{self.client_id}'. Review the documentation at "
            "https://docs.microsoft.com/en-us/graph/deployments to determine the corresponding "
            "service endpoint and https://docs.microsoft.com/en-us/graph/api/application-get?"
            "view=graph-rest-1.0&tabs=http to build a query request URL, such as "
            f"'https://graph.microsoft.com/beta/applications/{self.client_id}']."
        )


def registered(graph: Graph, certificate: ClientCertificate, **changes: object) -> Holder:
    """Make an application that signs in with a certificate."""
    application = graph.application()
    principal = graph.made("/servicePrincipals", {"appId": application["appId"]})
    keep_keys(graph.ready, "application", application["id"], certificate.credential(**changes))
    return Holder(application["id"], principal["id"], application["appId"], certificate)


@pytest.fixture(scope="module")
def holder(graph: Graph) -> Holder:
    """Make an application with an RSA certificate."""
    return registered(graph, ClientCertificate.made())


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
def test_certificate_may_be_named_in_each_way(ready: Ready, holder: Holder, name: str) -> None:
    """MSAL, azure-identity and the azuread plugin each name it in another way."""
    header = NAMES[name](holder.certificate)
    assertion = holder.certificate.assertion(ready, holder.client_id, header)

    answer = asserted_answer(ready, holder.client_id, assertion)

    claims = claims_of(ready, answer.json()["access_token"])
    assert (claims["appid"], claims["appidacr"]) == (holder.client_id, "2")


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "PS256", "PS384"])
def test_certificate_may_sign_with_each_algorithm(
    ready: Ready, holder: Holder, algorithm: str
) -> None:
    """Entra takes RSA with either padding."""
    assertion = holder.certificate.assertion(ready, holder.client_id, {"alg": algorithm})

    assert asserted_answer(ready, holder.client_id, assertion).status_code == 200


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
    ready: Ready, holder: Holder, audience: str
) -> None:
    """All of these name this tenant."""
    audience = audience.format(url=ready.url, tenant=ready.tenantId)
    assertion = holder.certificate.assertion(ready, holder.client_id, claims={"aud": audience})

    assert asserted_answer(ready, holder.client_id, assertion).status_code == 200


def test_service_principal_may_hold_the_certificate(ready: Ready, graph: Graph) -> None:
    """A key credential of the service principal alone signs in, too."""
    certificate = ClientCertificate.made()
    principal = graph.principal()
    keep_keys(ready, "servicePrincipal", principal["id"], certificate.credential())

    assertion = certificate.assertion(ready, principal["appId"])

    assert asserted_answer(ready, principal["appId"], assertion).status_code == 200


def test_certificate_signs_in_until_it_is_taken_away(ready: Ready, graph: Graph) -> None:
    """Without the key credential the same assertion is refused."""
    holder = registered(graph, ClientCertificate.made())
    assertion = holder.certificate.assertion(ready, holder.client_id)
    assert asserted_answer(ready, holder.client_id, assertion).status_code == 200

    keep_keys(ready, "application", holder.application)

    text = (
        "The certificate with identifier used to sign the client assertion is not registered on "
        "application. [Reason - The key was not found., Thumbprint of key used by client: "
        f"'{holder.certificate.sha1.hex().upper()}', {holder.visit()}"
    )
    answer = asserted_answer(ready, holder.client_id, assertion)
    sign_in_refused(answer, 401, "invalid_client", 700027, text)


def test_certificate_for_saml_does_not_sign_in(ready: Ready, graph: Graph) -> None:
    """A key credential that signs the tenant's own tokens proves nothing about a client."""
    holder = registered(graph, ClientCertificate.made(), usage="Sign")

    answer = asserted_answer(
        ready, holder.client_id, holder.certificate.assertion(ready, holder.client_id)
    )

    assert answer.json()["error_codes"] == [700027]


def test_expired_certificate(ready: Ready, graph: Graph) -> None:
    """The time of the key credential counts, and is told."""
    dates = {"startDateTime": "2020-01-02T03:04:05Z", "endDateTime": "2020-06-01T00:00:00Z"}
    holder = registered(graph, ClientCertificate.made(), **dates)

    answer = asserted_answer(
        ready, holder.client_id, holder.certificate.assertion(ready, holder.client_id)
    )

    text = (
        "The certificate with identifier used to sign the client assertion is expired on "
        "application. [Reason - The key used is expired., Thumbprint of key used by client: "
        f"'{holder.certificate.sha1.hex().upper()}', Found key 'Start=01/02/2020 03:04:05, "
        f"End=06/01/2020 00:00:00', {holder.visit()}"
    )
    sign_in_refused(answer, 401, "invalid_client", 700027, text)


def test_signature_of_another_key(ready: Ready, holder: Holder) -> None:
    """Naming a registered certificate is not enough."""
    header = {"x5t": base64url(holder.certificate.sha1)}
    assertion = ClientCertificate.made().assertion(ready, holder.client_id, header)

    answer = asserted_answer(ready, holder.client_id, assertion)

    found = holder.certificate.certificate
    text = (
        "Client assertion contains an invalid signature. [Reason - The provided signature value "
        "did not match the expected signature value., Thumbprint of key used by client: "
        f"'{holder.certificate.sha1.hex().upper()}', Found key "
        f"'Start={found.not_valid_before_utc:%m/%d/%Y %H:%M:%S}, "
        f"End={found.not_valid_after_utc:%m/%d/%Y %H:%M:%S}', {holder.visit()}"
    )
    sign_in_refused(answer, 401, "invalid_client", 700027, text)


def test_changed_claims(ready: Ready, holder: Holder) -> None:
    """Claims that were changed after signing do not pass."""
    start, _, end = holder.certificate.assertion(ready, holder.client_id).split(".")
    other = holder.certificate.assertion(ready, holder.client_id).split(".")[1]

    answer = asserted_answer(ready, holder.client_id, f"{start}.{other}.{end}")

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
    ready: Ready, holder: Holder, claims: dict[str, Any], number: int, text: str
) -> None:
    """Issuer, subject and audience have to be the client and this tenant."""
    assertion = holder.certificate.assertion(ready, holder.client_id, claims=claims)

    answer = asserted_answer(ready, holder.client_id, assertion)

    sign_in_refused(answer, 401, "invalid_client", number, text)


def test_certificate_has_to_be_named(ready: Ready, holder: Holder) -> None:
    """Without a thumbprint no certificate is tried."""
    assertion = holder.certificate.assertion(ready, holder.client_id, {"x5t": None})

    answer = asserted_answer(ready, holder.client_id, assertion)

    text = (
        "Invalid JWT token. No certificate SHA-1 thumbprint, certificate SHA-256 thumbprint, nor "
        "keyId specified in token header."
    )
    sign_in_refused(answer, 401, "invalid_client", 5002723, text)
