"""Certificates, federated credentials and secrets of clients, as components declare them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pulumi
import pytest
from client_certificates import ClientCertificate

from components import (
    CertificateArgs,
    ClientSecretArgs,
    DaemonApp,
    DaemonAppArgs,
    FederatedCredentialArgs,
)
from components.args import ArgsError
from components.settings.certificate import key_id
from tests.components.program import deploy


def certificate(days: int) -> str:
    """A certificate that ends in so many days, in PEM form."""
    start = datetime.now(UTC) - timedelta(days=365 - days)
    return ClientCertificate.made(elliptic=True, start=start).public_pem


def test_a_secret_is_made_where_there_is_no_other_credential() -> None:
    """With a certificate or a federated credential there is none, unless it is asked for."""
    first, second = certificate(300), certificate(300)

    def program() -> object:
        args = DaemonAppArgs(
            display_name="Jobs",
            certificates={
                "first": CertificateArgs(value=first),
                "second": CertificateArgs(value=pulumi.Output.from_input(f"Next one:\n{second}")),
            },
            federated_credentials={
                "ci": FederatedCredentialArgs(issuer="https://ci.example", subject="main")
            },
        )
        return DaemonApp("jobs", args).client_secret

    made = deploy(program)
    added = made["ApplicationCertificate", "jobs-certificate-second"].inputs

    assert made.outputs is None
    assert made.names("ApplicationPassword") == []
    assert added["value"]["value"] == second
    assert added["keyId"] == key_id(second) != key_id(first)
    federated = made["ApplicationFederatedIdentityCredential", "jobs-federated-ci"].inputs
    assert federated["audiences"] == ["api://AzureADTokenExchange"]
    assert federated["displayName"] == "ci"


@pytest.mark.parametrize(
    ("days", "warned"), [((20,), True), ((40,), False), ((20, 300), False), ((20, 25), True)]
)
def test_a_certificate_that_ends_soon_is_a_warning(
    days: tuple[int, ...], *, warned: bool, warnings: list[str]
) -> None:
    """Unless another one lasts: that is a rotation under way."""
    certificates = {f"c{one}": CertificateArgs(value=certificate(one)) for one in days}
    args = DaemonAppArgs(display_name="Jobs", certificates=certificates)
    deploy(lambda: DaemonApp("jobs", args).client_id)

    assert bool(warnings) is warned
    assert all(f"certificate c{max(days)} ends on" in one for one in warnings)


@pytest.mark.parametrize(
    ("lifetime", "left", "said"),
    [
        ("180d", 20, "the client secret of rotation 1 ends on"),
        ("180d", -1, "the client secret of rotation 1 ended on"),
        ("180d", 40, None),
        ("14d", 13, None),
        ("14d", 3, "the client secret of rotation 1 ends on"),
    ],
)
def test_a_secret_that_ends_soon_is_a_warning(
    lifetime: str, left: int, said: str | None, warnings: list[str]
) -> None:
    """Its end is what Graph has, not what a new one would have; one that lives shortly may."""
    end = f"{datetime.now(UTC) + timedelta(days=left, hours=1):%Y-%m-%dT%H:%M:%SZ}"
    args = DaemonAppArgs(display_name="Jobs", secret=ClientSecretArgs(lifetime=lifetime))
    deploy(lambda: DaemonApp("jobs", args).client_id, computed={"endDate": end})

    assert [one.partition(" 20")[0] for one in warnings] == ([said] if said else [])
    assert all("set the secret's rotation to 2" in one for one in warnings)


def test_a_certificate_of_another_resource_is_held_to_the_rules() -> None:
    """As soon as it is known, and nothing of a private key is shown."""
    key = ClientCertificate.made(elliptic=True).private_pem
    given = CertificateArgs(value=pulumi.Output.from_input(key))
    args = DaemonAppArgs(display_name="Jobs", certificates={"first": given})
    with pytest.raises(ArgsError) as error:
        deploy(lambda: DaemonApp("jobs", args).client_id)

    line = (
        "certificates.first.value: given a text that is not shown; allowed: the certificate alone"
    )
    assert line in str(error.value)
    assert "BEGIN" not in str(error.value)
