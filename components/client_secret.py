"""A client's secret, and the one before it while a rotation is under way.

The number of the rotation is part of the resource's name, so that adding one makes a new secret
beside the old one instead of replacing it: applications that run on the old one go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pulumi
import pulumi_azuread as azuread

from components.args import Args
from components.settings.credentials import ClientSecretSettings
from components.settings.lifetime import ENDS_SOON, end_of_lifetime, parse_lifetime


@dataclass(kw_only=True)
class ClientSecretArgs(Args):
    """The client's secret and how it rotates. Graph: `passwordCredential`."""

    settings = ClientSecretSettings

    display_name: pulumi.Input[str] = "client secret"
    """What the secret is called in the admin center; a change waits for the next rotation."""
    lifetime: str = "180d"
    """How long a secret is valid from its creation: days (`180d`) or weeks (`26w`)."""
    rotation: int = 1
    """Number of the secret to use now, from 1; adding one makes a new secret."""
    keep_previous: bool = True
    """Whether the secret of the rotation before stays valid until its own end."""


@dataclass(frozen=True)
class ClientSecret:
    """The secrets of a client."""

    value: pulumi.Output[str]
    """The one to use now; a secret."""
    expires: pulumi.Output[str]
    """When that one ends: RFC 3339, UTC."""
    previous: pulumi.Output[str] | None
    """The one before, where it is kept; a secret."""


def client_secret(
    name: str, parent: pulumi.Resource, application: azuread.Application, args: ClientSecretArgs
) -> ClientSecret:
    """Make the secret of `application`, and keep the one before it where that is wanted."""
    current = _password(name, parent, application, args, args.rotation)
    current.end_date.apply(lambda end: _warn_before_the_end(parent, args, end))
    previous = None
    if args.keep_previous and args.rotation > 1:
        previous = _password(name, parent, application, args, args.rotation - 1)
    return ClientSecret(
        value=pulumi.Output.secret(current.value),
        expires=current.end_date,
        previous=pulumi.Output.secret(previous.value) if previous else None,
    )


def _password(
    name: str,
    parent: pulumi.Resource,
    application: azuread.Application,
    args: ClientSecretArgs,
    rotation: int,
) -> azuread.ApplicationPassword:
    return azuread.ApplicationPassword(
        f"{name}-secret-{rotation}",
        application_id=application.id,
        display_name=args.display_name,
        end_date=end_of_lifetime(args.lifetime),
        # Graph cannot change a credential: a difference in either would replace a secret in use.
        # The end is counted from now, so that it differs on every run.
        opts=pulumi.ResourceOptions(parent=parent, ignore_changes=["display_name", "end_date"]),
    )


def _warn_before_the_end(parent: pulumi.Resource, args: ClientSecretArgs, told: str) -> None:
    """Warn when the secret ends, or has ended, before another one can be brought out.

    Of one that lives shortly that is its last third.
    """
    end = datetime.fromisoformat(told)
    left = end - datetime.now(UTC)
    if left < min(ENDS_SOON, parse_lifetime(args.lifetime) / 3):
        ends = "ends" if left.total_seconds() > 0 else "ended"
        pulumi.log.warn(
            f"the client secret of rotation {args.rotation} {ends} on {end:%Y-%m-%d}: set the "
            f"secret's rotation to {args.rotation + 1}, and bring the new one out",
            parent,
        )
