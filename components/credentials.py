"""By what an application proves that it is itself: secrets, certificates, tokens of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pulumi
import pulumi_azuread as azuread

from components.args import Args
from components.client_secret import ClientSecret, ClientSecretArgs, client_secret
from components.settings.certificate import canonical, end_of, key_id
from components.settings.credentials import (
    TOKEN_EXCHANGE,
    CertificateSettings,
    CredentialsSettings,
    FederatedCredentialSettings,
    certificate_in,
)
from components.settings.lifetime import ENDS_SOON


@dataclass(kw_only=True)
class CertificateArgs(Args):
    """A certificate, without its private key, in `file` or in `value`. Graph: `keyCredential`."""

    settings = CertificateSettings

    file: str | None = None
    """File of the certificate in PEM form, relative to the program's folder."""
    value: pulumi.Input[str] | None = None
    """The certificate itself in PEM form."""

    def text(self) -> pulumi.Output[str]:
        """The certificate in PEM form, and nothing else: a remark above it makes no other one."""
        given = certificate_in(self.file) if self.file is not None else self.value or ""
        return pulumi.Output.from_input(given).apply(canonical)


@dataclass(kw_only=True)
class FederatedCredentialArgs(Args):
    """Whose tokens stand for the application's own. Graph: `federatedIdentityCredential`."""

    settings = FederatedCredentialSettings

    issuer: pulumi.Input[str]
    """Who issues the tokens, as in their `iss`."""
    subject: pulumi.Input[str]
    """Whom the tokens are about, exactly as in their `sub`."""
    audience: pulumi.Input[str] = TOKEN_EXCHANGE
    """Whom the tokens are for, as in their `aud`."""
    description: pulumi.Input[str] | None = None


@dataclass(kw_only=True)
class CredentialsArgs(Args):
    """By what an application proves that it is itself."""

    settings = CredentialsSettings

    secret: ClientSecretArgs | None = None
    """Its secret; by default one is made where there is no other credential."""
    certificates: Mapping[str, CertificateArgs] = field(default_factory=dict[str, CertificateArgs])
    """Its certificates, by a key of your own."""
    federated_credentials: Mapping[str, FederatedCredentialArgs] = field(
        default_factory=dict[str, FederatedCredentialArgs]
    )
    """Whose tokens it may present, by name."""


def credentials_args(settings: CredentialsSettings) -> dict[str, Any]:
    """The Args' fields for the credentials that the stack's configuration describes."""
    secret = settings.secret
    return {
        "secret": None if secret is None else ClientSecretArgs(**dict(secret)),
        "certificates": {
            key: CertificateArgs(**dict(one)) for key, one in settings.certificates.items()
        },
        "federated_credentials": {
            key: FederatedCredentialArgs(**dict(one))
            for key, one in settings.federated_credentials.items()
        },
    }


def credentials(
    name: str,
    parent: pulumi.Resource,
    application: azuread.Application,
    args: CredentialsArgs,
    *,
    needed: bool = True,
) -> ClientSecret | None:
    """Make the credentials of `application`, and return its secret if it has one.

    Where no credential is asked for, one that is `needed` is a secret.
    """
    below = pulumi.ResourceOptions(parent=parent)
    for key, certificate in args.certificates.items():
        pem = certificate.text()
        azuread.ApplicationCertificate(
            f"{name}-certificate-{key}",
            application_id=application.id,
            type="AsymmetricX509Cert",
            value=pem,
            # By this a run that was interrupted finds the certificate again.
            key_id=pem.apply(key_id),
            opts=below,
        )
    _warn_before_the_end(parent, args.certificates)
    for key, federated in args.federated_credentials.items():
        azuread.ApplicationFederatedIdentityCredential(
            f"{name}-federated-{key}",
            application_id=application.id,
            display_name=key,
            issuer=federated.issuer,
            subject=federated.subject,
            audiences=[federated.audience],
            description=federated.description,
            opts=below,
        )
    secret = args.secret
    if secret is None and needed and not args.certificates and not args.federated_credentials:
        secret = ClientSecretArgs()
    return None if secret is None else client_secret(name, parent, application, secret)


def _warn_before_the_end(
    parent: pulumi.Resource, certificates: Mapping[str, CertificateArgs]
) -> None:
    """Warn when the certificate that lasts longest ends before another one can be brought out."""

    def warn(texts: Mapping[str, str]) -> None:
        last, text = max(texts.items(), key=lambda one: end_of(one[1]))
        end = end_of(text)
        if end - datetime.now(UTC) < ENDS_SOON:
            pulumi.log.warn(
                f"certificate {last} ends on {end:%Y-%m-%d}, and none lasts longer: add the next "
                "one, and take this one out when every application signs with the new one",
                parent,
            )

    if certificates:
        texts = {key: one.text() for key, one in certificates.items()}
        pulumi.Output.all(**texts).apply(warn)
