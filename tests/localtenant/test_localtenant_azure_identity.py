"""Microsoft's azure-identity, unmodified: each of its credentials that needs no user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import (
    CertificateCredential,
    ClientAssertionCredential,
    ClientSecretCredential,
    DefaultAzureCredential,
    EnvironmentCredential,
    WorkloadIdentityCredential,
)
from token_requests import token_holder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from azure.core.credentials import TokenCredential
    from signers import Signer
    from token_issuer import TokenIssuer

    from localtenant.testing import Ready
    from localtenant.testing_client import FaultKnobs

PASSWORD = b"of the file"

pytestmark = [pytest.mark.local_only, pytest.mark.usefixtures("shell")]


def by_azure_identity(ready: Ready, credential: TokenCredential) -> str:
    """Sign in by a credential; which application Graph sees."""
    return token_holder(ready, credential.get_token(f"{ready.url}/.default").token)


@pytest.mark.parametrize("kind", [EnvironmentCredential, DefaultAzureCredential])
def test_environment_with_a_secret(ready: Ready, kind: Callable[..., TokenCredential]) -> None:
    """The variables of ``make env`` are all that is wanted, beside no discovery of instances."""
    credential = kind(disable_instance_discovery=True)

    assert by_azure_identity(ready, credential) == ready.env["AZURE_CLIENT_ID"]


def test_default_credential_tries_no_sign_in_of_the_user() -> None:
    """A tenant that refuses is not to be the reason to sign in to a real one with 'az login'."""
    credential = DefaultAzureCredential(disable_instance_discovery=True)

    tried = {type(one).__name__ for one in credential.credentials}
    assert tried == {"EnvironmentCredential", "FailedDACCredential", "ManagedIdentityCredential"}


@pytest.mark.parametrize("kind", [EnvironmentCredential, DefaultAzureCredential])
def test_environment_with_a_certificate(
    ready: Ready,
    signer: Signer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: Callable[..., TokenCredential],
) -> None:
    """A certificate in the place of the secret needs its path, and the secret unset."""
    file = tmp_path / "client.pem"
    file.write_text(signer.certificate.private_pem + signer.certificate.public_pem)
    monkeypatch.delenv("AZURE_CLIENT_SECRET")
    monkeypatch.setenv("AZURE_CLIENT_ID", signer.client_id)
    monkeypatch.setenv("AZURE_CLIENT_CERTIFICATE_PATH", str(file))

    credential = kind(disable_instance_discovery=True)

    assert by_azure_identity(ready, credential) == signer.client_id


@pytest.mark.parametrize("chain", [True, False])
def test_certificate_credential(ready: Ready, signer: Signer, *, chain: bool) -> None:
    """A PKCS #12 file with a password signs in, with the certificate in the header or without."""
    credential = CertificateCredential(
        ready.tenantId,
        signer.client_id,
        certificate_data=signer.certificate.pkcs12(PASSWORD),
        password=PASSWORD,
        send_certificate_chain=chain,
        disable_instance_discovery=True,
    )

    assert by_azure_identity(ready, credential) == signer.client_id


def test_client_assertion_credential(ready: Ready, signer: Signer) -> None:
    """An assertion of the client's own making signs in."""
    credential = ClientAssertionCredential(
        ready.tenantId,
        signer.client_id,
        lambda: signer.certificate.assertion(ready, signer.client_id),
        disable_instance_discovery=True,
    )

    assert by_azure_identity(ready, credential) == signer.client_id


@pytest.mark.parametrize("kind", [WorkloadIdentityCredential, DefaultAzureCredential])
def test_workload_identity(
    ready: Ready,
    issuer: TokenIssuer,
    workload: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: Callable[..., TokenCredential],
) -> None:
    """A token in a file, as a cluster gives it to a workload, signs in."""
    file = tmp_path / "token"
    file.write_text(issuer.token())
    monkeypatch.delenv("AZURE_CLIENT_SECRET")
    monkeypatch.setenv("AZURE_CLIENT_ID", workload)
    monkeypatch.setenv("AZURE_FEDERATED_TOKEN_FILE", str(file))

    credential = kind(disable_instance_discovery=True)

    assert by_azure_identity(ready, credential) == workload


def test_azure_identity_tells_a_refusal(ready: Ready) -> None:
    """What Entra says is what a user of the library reads."""
    credential = ClientSecretCredential(
        ready.tenantId, ready.env["AZURE_CLIENT_ID"], "wrong", disable_instance_discovery=True
    )

    with pytest.raises(ClientAuthenticationError, match="AADSTS7000215: Invalid client secret"):
        credential.get_token(f"{ready.url}/.default")


def test_azure_identity_waits_out_throttling(ready: Ready, knobs: FaultKnobs) -> None:
    """A throttled sign-in is asked for again after the time that the answer names."""
    credential = EnvironmentCredential(disable_instance_discovery=True)
    knobs.set("throttle,at=sign-in,path=/oauth2,times=1,retry-after=1")

    assert by_azure_identity(ready, credential) == ready.env["AZURE_CLIENT_ID"]
    assert [(f["seen"], f["hits"]) for f in knobs.report()] == [(2, 1)]
