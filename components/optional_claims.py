"""Claims that an application's tokens gain: optional ones, and a user's groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_azuread as azuread

from components.args import Args
from components.settings.enums import GroupClaim
from components.settings.optional_claims import (
    ClaimsSettings,
    OptionalClaimSettings,
    OptionalClaimsSettings,
)


@dataclass(kw_only=True)
class OptionalClaimArgs(Args):
    """A claim to add to a token. Graph: `optionalClaim`."""

    settings = OptionalClaimSettings

    name: pulumi.Input[str]
    source: pulumi.Input[str] | None = None
    """`user` for an extension property of the user; by default a predefined claim."""
    essential: pulumi.Input[bool] = False
    additional_properties: Sequence[pulumi.Input[str]] = ()


@dataclass(kw_only=True)
class OptionalClaimsArgs(Args):
    """Claims to add to tokens. Graph: `optionalClaims`."""

    settings = OptionalClaimsSettings

    access_token: Sequence[OptionalClaimArgs] = ()
    id_token: Sequence[OptionalClaimArgs] = ()


@dataclass(kw_only=True)
class ClaimsArgs(Args):
    """What an application's tokens say beyond the usual."""

    settings = ClaimsSettings

    group_claims: Sequence[pulumi.Input[GroupClaim]] = ()
    """Which of a user's groups tokens name, by their object IDs."""
    optional_claims: OptionalClaimsArgs = field(default_factory=OptionalClaimsArgs)


def optional_claims_args(settings: OptionalClaimsSettings) -> OptionalClaimsArgs:
    """The claims that the stack's configuration asks for."""
    return OptionalClaimsArgs(
        access_token=[OptionalClaimArgs(**dict(claim)) for claim in settings.access_token],
        id_token=[OptionalClaimArgs(**dict(claim)) for claim in settings.id_token],
    )


def optional_claims(claims: OptionalClaimsArgs) -> azuread.ApplicationOptionalClaimsArgs | None:
    """None without claims: an empty block differs from what Graph answers."""
    if not claims.access_token and not claims.id_token:
        return None
    return azuread.ApplicationOptionalClaimsArgs(
        access_tokens=[
            azuread.ApplicationOptionalClaimsAccessTokenArgs(
                name=claim.name,
                source=claim.source,
                essential=claim.essential,
                additional_properties=claim.additional_properties,
            )
            for claim in claims.access_token
        ],
        id_tokens=[
            azuread.ApplicationOptionalClaimsIdTokenArgs(
                name=claim.name,
                source=claim.source,
                essential=claim.essential,
                additional_properties=claim.additional_properties,
            )
            for claim in claims.id_token
        ],
    )
