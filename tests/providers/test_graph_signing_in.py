"""Each way to sign in that needs no user of this machine, against the local tenant."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from client_certificates import ClientCertificate
from sign_in import trust
from signers import Signer, registered, trusting
from tenant_fixture import Tenant
from token_issuer import AUDIENCE, TokenIssuer, token_issuer
from token_requests import token_holder

from providers.graph.configuration import read_configuration
from providers.graph.environment import resolve_environment
from providers.graph.tokens import make_tokens

PASSWORD = "of the file"


@pytest.fixture(autouse=True)
def trusted(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the tenant's certificate."""
    trust(monkeypatch, tenant)


@pytest.fixture(scope="module")
def signer(tenant: Tenant) -> Signer:
    """Make an application with a certificate."""
    return registered(tenant.admin, ClientCertificate.made())


@pytest.fixture(scope="module")
def issuer(tenant: Tenant) -> Iterator[TokenIssuer]:
    """Run an issuer of tokens."""
    with token_issuer(tenant.ready) as running:
        yield running


@pytest.fixture(scope="module")
def workload(tenant: Tenant, issuer: TokenIssuer) -> str:
    """Make an application that trusts a token of the issuer; its client ID."""
    return trusting(tenant.admin, issuer.url)


def client_of(tenant: Tenant, **keys: str) -> str:
    """Sign in with these settings; which application Graph sees."""
    ready = tenant.ready
    whole = {"tenantId": ready.tenantId, "metadataHost": ready.metadataHost, **keys}
    configuration = read_configuration(whole.get, {})
    tokens = make_tokens(configuration, resolve_environment(configuration))
    return token_holder(ready, tokens.get(f"{ready.url}/.default").text)


def test_certificate(tenant: Tenant, signer: Signer, tmp_path: Path) -> None:
    """A PKCS#12 file signs in, by its path or as text."""
    content = signer.certificate.pkcs12(PASSWORD.encode())
    file = tmp_path / "client.pfx"
    file.write_bytes(content)
    keys = {"clientId": signer.client_id, "clientCertificatePassword": PASSWORD}

    by_path = client_of(tenant, **keys, clientCertificatePath=str(file))
    by_text = client_of(tenant, **keys, clientCertificate=base64.b64encode(content).decode())

    assert by_path == by_text == signer.client_id


def test_federated_token(
    tenant: Tenant, issuer: TokenIssuer, workload: str, tmp_path: Path
) -> None:
    """A token signs in, by itself or from a file that ends its line."""
    file = tmp_path / "token"
    file.write_text(f"{issuer.token()}\n")
    keys = {"clientId": workload, "useOidc": "true"}

    by_text = client_of(tenant, **keys, oidcToken=issuer.token())
    by_file = client_of(tenant, **keys, oidcTokenFilePath=str(file))

    assert by_text == by_file == workload


def test_token_of_github_actions(tenant: Tenant, issuer: TokenIssuer, workload: str) -> None:
    """A pipeline offers its token at an address; it is asked for with Entra's audience."""
    path = "/token?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange"
    issuer.publishes[path] = {"value": issuer.token(aud=AUDIENCE)}

    client = client_of(
        tenant,
        clientId=workload,
        useOidc="true",
        oidcRequestUrl=f"{issuer.url}/token?api-version=2.0",
        oidcRequestToken="pipeline",
    )

    assert client == workload
