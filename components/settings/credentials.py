"""By what an application proves that it is itself: secrets, certificates, tokens of others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from components.settings.base import Form, Key, SettingsModel, Switch, Text
from components.settings.certificate import read_certificate
from components.settings.lifetime import LIFETIME_ALLOWED, LIFETIME_PATTERN
from components.settings.shorthand import shorthand

TOKEN_EXCHANGE = "api://AzureADTokenExchange"  # noqa: S105 -- an audience, not a password
"""The audience that Entra recommends for the tokens of other issuers."""


class ClientSecretSettings(SettingsModel):
    """An application's secret and how it rotates. Graph: `passwordCredential`."""

    display_name: Text = Field(
        default="client secret",
        description=(
            "What the secret is called in the admin center. A change takes effect at the next "
            "rotation. Default: client secret. Graph: displayName."
        ),
    )
    lifetime: Annotated[str, Form(LIFETIME_PATTERN, LIFETIME_ALLOWED)] = Field(
        default="180d",
        description=(
            "How long a secret is valid from its creation, in days (180d) or weeks (26w). A change "
            "takes effect at the next rotation. Default: 180d. Graph: endDateTime."
        ),
    )
    rotation: Annotated[int, Field(strict=True, ge=1)] = Field(
        default=1,
        description=(
            "Number of the secret to use now. Adding one makes a new secret. Default: 1. "
            "No counterpart in Graph."
        ),
    )
    keep_previous: Switch = Field(
        default=True,
        description=(
            "Whether the secret of the rotation before stays valid until its own end, so that "
            "running applications go on; false removes it. Default: true. No counterpart in Graph."
        ),
    )


def _certificate_text(value: str) -> str:
    """The PEM text; ValueError for anything but one certificate that is valid."""
    read_certificate(value)
    return value


def _certificate_file(file: str) -> str:
    """The path; ValueError unless there is a certificate that is valid."""
    certificate_in(file)
    return file


def certificate_in(file: str) -> str:
    """The PEM text of the certificate in `file`; ValueError for anything else."""
    try:
        text = Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no text"
        raise ValueError(f"a file below the project's folder that can be read ({reason})") from None
    return _certificate_text(text)


class CertificateSettings(SettingsModel):
    """A certificate, without its private key. Graph: `keyCredential`."""

    file: Annotated[str, AfterValidator(_certificate_file)] | None = Field(
        default=None,
        description=(
            "File of the certificate in PEM form, below the project's folder. Default: none, "
            "where `value` has it. Graph: key."
        ),
    )
    value: Annotated[str, AfterValidator(_certificate_text)] | None = Field(
        default=None,
        description=(
            "The certificate itself in PEM form. Default: none, where `file` names it. Graph: key."
        ),
    )

    @model_validator(mode="after")
    def _in_one_place(self) -> Self:
        if (self.file is None) == (self.value is None):
            raise ValueError("a certificate, in `file` or in `value`")
        return self


class FederatedCredentialSettings(SettingsModel):
    """Whose tokens stand for the application's own. Graph: `federatedIdentityCredential`."""

    issuer: Annotated[str, Form(r"https://\S{1,592}", "an issuer, https://…, as in `iss`")] = Field(
        description="Who issues the tokens, as in their `iss`; at most 600 characters. "
        "Graph: issuer."
    )
    subject: Annotated[str, Form(r"[\s\S]{1,600}", "a text of 1 to 600 characters")] = Field(
        description="Whom the tokens are about, exactly as in their `sub`; at most 600 characters. "
        "Graph: subject."
    )
    audience: Annotated[str, Form(r"[\s\S]{1,600}", "a text of 1 to 600 characters")] = Field(
        default=TOKEN_EXCHANGE,
        description=(
            "Whom the tokens are for, as in their `aud`; at most 600 characters. "
            f"Default: {TOKEN_EXCHANGE}. Graph: audiences, which takes one."
        ),
    )
    description: Annotated[str, Form(r"[\s\S]{1,600}", "a text of 1 to 600 characters")] | None = (
        Field(default=None, description="What it is for. Default: none. Graph: description.")
    )


class CredentialsSettings(SettingsModel):
    """By what an application proves that it is itself."""

    secret: ClientSecretSettings | None = Field(
        default=None,
        description=(
            "Its secret and how it rotates; `{}` for one with the defaults. Default: one is made "
            "where there is neither a certificate nor a federated credential. "
            "Graph: passwordCredentials."
        ),
    )
    certificates: dict[
        Key,
        Annotated[
            CertificateSettings,
            BeforeValidator(shorthand("file"), json_schema_input_type=str | CertificateSettings),
        ],
    ] = Field(
        default={},
        description=(
            "Its certificates by a key of your own, each as its file or as a mapping; during a "
            "rotation the old and the new one. Default: none. Graph: keyCredentials."
        ),
    )
    federated_credentials: dict[Key, FederatedCredentialSettings] = Field(
        default={},
        description=(
            "Whose tokens it may present, such as those of a CI service or of Kubernetes, by "
            "name; at most 20. Default: none. Graph: federatedIdentityCredentials."
        ),
    )
