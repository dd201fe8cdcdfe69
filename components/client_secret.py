"""A client's secret, and the one before it while a rotation is under way.

The number of the rotation is part of the resource's name, so that adding one makes a new secret
beside the old one instead of replacing it: applications that run on the old one go on.
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_azuread as azuread

from components.args import Args
from components.settings.credentials import ClientSecretSettings
from components.settings.lifetime import end_of_lifetime


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
