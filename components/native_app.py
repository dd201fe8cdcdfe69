"""`NativeApp`: an application on the customer's device: a phone, a desktop, a terminal.

A public client: it has no credential. Its redirect URIs are a resource of their own, because one
may hold the client ID, which is known only once the application is registered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import pulumi

from components.client import ApiPermissionsArgs, Client, ClientArgs, GraphPermissionsArgs
from components.registration import Platform, Registration
from components.settings.native_app import NativeAppSettings
from components.settings.redirect_uri import CLIENT_ID
from providers.application_properties import ApplicationProperties, ApplicationPropertiesArgs


@dataclass(kw_only=True)
class NativeAppArgs(GraphPermissionsArgs, ApiPermissionsArgs, ClientArgs):
    """What a native application is."""

    settings = NativeAppSettings
    kind: ClassVar[str] = "nativeApp"

    redirect_uris: Sequence[pulumi.Input[str]] = ()
    """Where customers return to after signing in; `{clientId}` stands for the client ID."""
    public_client_flows: bool = False
    """Whether customers may sign in by the code of a device."""
    native_authentication: bool = False
    """Whether the application signs customers up and in on pages of its own."""


class NativeApp(Client):
    """An application on the customer's device."""

    kind: ClassVar[str] = NativeAppArgs.kind

    def __init__(
        self, name: str, args: NativeAppArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Register the native application `name`; ArgsError when its Args cannot be used."""
        args = self.begin(name, args, opts)
        registration = self.register(
            name,
            args,
            Platform(
                # Native authentication is a flow of public clients.
                fallback_public_client_enabled=(
                    args.public_client_flows or args.native_authentication
                ),
                owned_elsewhere=("publicClient",),
            ),
        )
        self.redirect_uris = [_spelled_out(uri, registration) for uri in args.redirect_uris]
        if args.redirect_uris or args.native_authentication:
            ApplicationProperties(
                name,
                ApplicationPropertiesArgs(
                    application_id=registration.application.object_id,
                    redirect_uris=self.redirect_uris,
                    native_authentication="all" if args.native_authentication else "none",
                    version=registration.version,
                ),
                pulumi.ResourceOptions(parent=self),
            )
        self.end()


def _spelled_out(uri: pulumi.Input[str], registration: Registration) -> pulumi.Input[str]:
    """The redirect URI with the client ID in the place of its placeholder."""
    if isinstance(uri, str) and CLIENT_ID not in uri:
        return uri
    known = pulumi.Output.all(uri, registration.application.client_id)
    return known.apply(lambda both: both[0].replace(CLIENT_ID, both[1]))
