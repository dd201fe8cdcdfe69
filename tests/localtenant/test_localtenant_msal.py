"""MSAL for Python, unmodified: secrets, certificates, assertions, its cache and its errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import pytest
from msal import ConfidentialClientApplication
from token_requests import token_holder

if TYPE_CHECKING:
    from collections.abc import Callable

    from client_certificates import ClientCertificate
    from signers import Signer
    from token_issuer import TokenIssuer

    from localtenant.testing import Ready

pytestmark = [pytest.mark.local_only, pytest.mark.usefixtures("shell")]


class Client:
    """A confidential client as MSAL has it, of which the tenant is the authority."""

    def __init__(self, ready: Ready, client_id: str, credential: object, **options: Any) -> None:
        """Make the client, with ``options`` in the place of the usual authority."""
        usual: dict[str, Any] = {
            "authority": f"{ready.url}/{ready.tenantId}",
            "instance_discovery": False,
        }
        self._ready = ready
        self._client = ConfidentialClientApplication(
            client_id, client_credential=credential, **(options or usual)
        )

    def ask(self) -> dict[str, Any]:
        """Ask for a token for Graph; MSAL's result."""
        scopes = [f"{self._ready.url}/.default"]
        return cast("dict[str, Any]", self._client.acquire_token_for_client(scopes))

    def sign_in(self) -> str:
        """Sign in; which application Graph sees."""
        result = self.ask()
        assert "access_token" in result, result
        return token_holder(self._ready, result["access_token"])


@pytest.mark.parametrize("authority", ["{url}/{tenant}", "{url}/contoso.onmicrosoft.com"])
def test_msal_with_a_secret(ready: Ready, authority: str) -> None:
    """The tenant may be named by its ID and by its domain; discovery gives the rest."""
    client = ready.env["AZURE_CLIENT_ID"]
    asking = Client(
        ready,
        client,
        ready.env["AZURE_CLIENT_SECRET"],
        authority=authority.format(url=ready.url, tenant=ready.tenantId),
        instance_discovery=False,
    )

    assert asking.sign_in() == client


def test_msal_with_an_oidc_authority(ready: Ready) -> None:
    """With the issuer as its authority MSAL checks the issuer, and asks nobody else about it."""
    client = ready.env["AZURE_CLIENT_ID"]
    asking = Client(
        ready,
        client,
        ready.env["AZURE_CLIENT_SECRET"],
        oidc_authority=f"{ready.url}/{ready.tenantId}/v2.0",
    )

    assert asking.sign_in() == client


def test_msal_keeps_a_token(ready: Ready) -> None:
    """A second request is answered from MSAL's cache."""
    asking = Client(ready, ready.env["AZURE_CLIENT_ID"], ready.env["AZURE_CLIENT_SECRET"])

    first, second = (asking.ask() for _ in range(2))

    assert (first["token_source"], second["token_source"]) == ("identity_provider", "cache")
    assert (first["access_token"], first["expires_in"]) == (second["access_token"], 3599)


CREDENTIALS: dict[str, Callable[[ClientCertificate], dict[str, str]]] = {
    "thumbprint": lambda c: {"private_key": c.private_pem, "thumbprint": c.sha1.hex()},
    "certificate": lambda c: {"private_key": c.private_pem, "public_certificate": c.public_pem},
    "both": lambda c: {
        "private_key": c.private_pem,
        "thumbprint": c.sha1.hex(),
        "public_certificate": c.public_pem,
    },
}


@pytest.mark.parametrize("form", CREDENTIALS)
def test_msal_with_a_certificate(ready: Ready, signer: Signer, form: str) -> None:
    """RS256 with a SHA-1 thumbprint, PS256 with SHA-256, and the certificate sent along."""
    credential = CREDENTIALS[form](signer.certificate)

    assert Client(ready, signer.client_id, credential).sign_in() == signer.client_id


def test_msal_with_an_assertion(ready: Ready, issuer: TokenIssuer, workload: str) -> None:
    """An assertion may be another issuer's token."""
    credential = {"client_assertion": issuer.token}

    assert Client(ready, workload, credential).sign_in() == workload


def test_msal_tells_a_refusal(ready: Ready, issuer: TokenIssuer, workload: str) -> None:
    """An error result has the text, the number, and the IDs to ask about."""
    credential = {"client_assertion": lambda: issuer.token(sub="another")}
    asking = Client(ready, workload, credential)

    result = asking.ask()

    assert (result["error"], result["error_codes"]) == ("invalid_client", [700213])
    assert str(UUID(result["correlation_id"])) == result["correlation_id"]
    assert result["error_description"].startswith("AADSTS700213: No matching federated identity")
    assert f"Trace ID: {result['trace_id']}" in result["error_description"]
