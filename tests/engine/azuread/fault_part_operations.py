"""The operations on what applications hold, each with what it comes to."""

from __future__ import annotations

from typing import Final

from client_certificates import ClientCertificate

from tests.engine.azuread.api_inputs import scope
from tests.engine.azuread.fault_bench import Bench, Made

_CERTIFICATE: Final = ClientCertificate.made(elliptic=True).public_pem


def _certificate(bench: Bench, application: Made) -> Made:
    return bench.made(
        "ApplicationCertificate",
        applicationId=application.id,
        type="AsymmetricX509Cert",
        value=_CERTIFICATE,
    )


def create_certificate(bench: Bench) -> None:
    """Right after its application."""
    application = bench.application()
    bench.meeting(lambda: _certificate(bench, application))


def _federated(bench: Bench, application: Made) -> Made:
    return bench.made(
        "ApplicationFederatedIdentityCredential",
        applicationId=application.id,
        displayName="main",
        issuer="https://ci.example",
        subject="main",
        audiences=["api://AzureADTokenExchange"],
    )


def _trusted(bench: Bench, application: Made) -> int:
    return len(bench.tenant.all(f"{application.id}/federatedIdentityCredentials"))


def create_federated_credential(bench: Bench) -> None:
    """Right after its application, and once."""
    application = bench.application()
    bench.meeting(lambda: _federated(bench, application))
    assert _trusted(bench, application) == 1


def delete_federated_credential(bench: Bench) -> None:
    """The application stays."""
    application = bench.application()
    bench.deleted(_federated(bench, application))
    assert _trusted(bench, application) == 0


def create_pre_authorized(bench: Bench) -> None:
    """Right after both applications."""
    application, client = bench.application(" api"), bench.application(" web")
    bench.meeting(
        lambda: bench.made(
            "ApplicationPreAuthorized",
            applicationId=application.id,
            authorizedClientId=client.outputs["clientId"],
            permissionIds=[scope("Read")["id"]],
        )
    )
