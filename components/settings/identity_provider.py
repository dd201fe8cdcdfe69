"""`ciam:identityProviders`: other accounts with which customers sign in, each of one type.

A further type is one file's model, whose `type` is another literal, and one more name in the union.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import AfterValidator, Field

from components.settings.base import Form, Key, SettingsModel, Switch, Text
from components.settings.secret_reference import ConfigSecret

_AN_ID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|.*-[A-Z]{3,}")
"""What Graph's ids of identity providers look like: Google-OAUTH, Apple-Managed-OIDC, a GUID."""


def is_id(value: str) -> bool:
    """Whether a flow names an identity provider by Graph's id, not by a key."""
    return bool(_AN_ID.fullmatch(value)) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", value)


def _no_id(value: str) -> str:
    """ValueError for a key that reads as an id."""
    if is_id(value):
        raise ValueError("a key that does not look like the id of an identity provider")
    return value


IdentityProviderKey = Annotated[Key, AfterValidator(_no_id)]

_HttpsUrl = Annotated[
    str, Form(r"https://[^\s/?#]+[^\s]*", "an absolute URL that begins with https://")
]


class IdentityProviderSettings(SettingsModel):
    """What all identity providers have in common. Graph: `identityProviderBase`."""

    type: Any

    display_name: Text | None = Field(
        default=None,
        description=(
            "Its name on the sign-in page. Default: Google, Facebook, Apple; its key for an issuer "
            "of one's own. Graph: displayName."
        ),
    )
    adopt: Switch = Field(
        default=False,
        description=(
            "Whether to take over one that exists already; one that was taken over is let go of, "
            "not deleted. Default: false. No counterpart in Graph."
        ),
    )
    force_destroy: Switch = Field(
        default=False,
        description=(
            "Whether it may be deleted although it was taken over, or although user flows that "
            "this stack does not know offer it. Default: false. No counterpart in Graph."
        ),
    )


class _RegisteredSettings(IdentityProviderSettings):
    client_id: Text = Field(
        description="Client ID of the application that was registered there. Graph: clientId."
    )
    client_secret: ConfigSecret = Field(
        description=(
            "Its secret, as the name of the configuration key that holds it: "
            "{config: googleClientSecret}. Graph: clientSecret, which it never gives back."
        )
    )


class GoogleSettings(_RegisteredSettings):
    """Google. Graph: `socialIdentityProvider`."""

    type: Literal["google"] = Field(
        description="Whose accounts these are: google. Graph: identityProviderType."
    )


class FacebookSettings(_RegisteredSettings):
    """Facebook. Graph: `socialIdentityProvider`."""

    type: Literal["facebook"] = Field(
        description="Whose accounts these are: facebook. Graph: identityProviderType."
    )


class AppleSettings(IdentityProviderSettings):
    """Apple. Graph: `appleManagedIdentityProvider`."""

    type: Literal["apple"] = Field(description="Whose accounts these are: apple.")
    developer_id: Text = Field(description="The team's ID at Apple. Graph: developerId.")
    service_id: Text = Field(description="The service's ID at Apple. Graph: serviceId.")
    key_id: Text = Field(description="ID of the key that Apple has made. Graph: keyId.")
    private_key: ConfigSecret = Field(
        description=(
            "That key as Apple hands it out, as the name of the configuration key that holds it: "
            "{config: applePrivateKey}. Graph: certificateData, which it never gives back."
        )
    )


class OpenIdConnectSettings(_RegisteredSettings):
    """An issuer of one's own, by OpenID Connect. Graph: `oidcIdentityProvider` (beta)."""

    type: Literal["openIdConnect"] = Field(
        description="Whose accounts these are: openIdConnect, those of an issuer of one's own."
    )
    issuer: _HttpsUrl = Field(
        description="The issuer, as in the `iss` of its tokens: https://…. Graph: issuer."
    )
    well_known_endpoint: _HttpsUrl | None = Field(
        default=None,
        description=(
            "URL of its OpenID configuration. Default: "
            "{issuer}/.well-known/openid-configuration. Graph: wellKnownEndpoint."
        ),
    )
    scope: Text = Field(
        default="openid profile email",
        description="What it is asked for, by blanks. Default: openid profile email. Graph: scope.",
    )
    inbound_claim_mapping: dict[Key, Text] | None = Field(
        default=None,
        description=(
            "The issuer's claim for each property of the user: sub, name, given_name, family_name, "
            "email, … Default: left to Graph. Graph: inboundClaimMapping."
        ),
    )


AnyIdentityProviderSettings: TypeAlias = Annotated[
    GoogleSettings | FacebookSettings | AppleSettings | OpenIdConnectSettings,
    Field(discriminator="type"),
]
