"""Claims that tokens gain: optional ones by name, and the groups and roles of the user."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from components.settings.base import SettingsModel, Switch, Text
from components.settings.enums import GroupClaim
from components.settings.shorthand import shorthand


class OptionalClaimSettings(SettingsModel):
    """A claim to add to a token. Graph: `optionalClaim`."""

    name: Text = Field(description="The claim's name, such as idtyp. Graph: name.")
    source: Literal["user"] | None = Field(
        default=None,
        description=(
            "`user` for an extension property of the user. Default: a predefined claim. "
            "Graph: source."
        ),
    )
    essential: Switch = Field(
        default=False,
        description="Whether the client asks for the claim as essential. Default: false. "
        "Graph: essential.",
    )
    additional_properties: tuple[Text, ...] = Field(
        default=(),
        description="What to change about the claim. Default: nothing. "
        "Graph: additionalProperties.",
    )


_Claims = tuple[
    Annotated[
        OptionalClaimSettings,
        BeforeValidator(shorthand("name"), json_schema_input_type=str | OptionalClaimSettings),
    ],
    ...,
]


class OptionalClaimsSettings(SettingsModel):
    """Claims to add to tokens, each as its name or as a mapping. Graph: `optionalClaims`."""

    access_token: _Claims = Field(
        default=(),
        description="For access tokens; `idtyp` tells an application's token (value `app`) from a "
        "user's. Default: none. Graph: accessToken.",
    )
    id_token: _Claims = Field(
        default=(), description="For ID tokens. Default: none. Graph: idToken."
    )


class ClaimsSettings(SettingsModel):
    """What an application's tokens say beyond the usual."""

    group_claims: tuple[GroupClaim, ...] = Field(
        default=(),
        description=(
            "Which of a user's groups tokens name in `groups`, by their object IDs: "
            "SecurityGroup, DirectoryRole, ApplicationGroup, All or None. Default: none. "
            "Graph: groupMembershipClaims."
        ),
    )
    optional_claims: OptionalClaimsSettings = Field(
        default_factory=OptionalClaimsSettings,
        description="Claims to add to tokens. Default: none. Graph: optionalClaims.",
    )
