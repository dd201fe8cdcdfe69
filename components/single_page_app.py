"""`SinglePageApp`: an application that runs in the customer's browser.

A public client: its redirect URIs are of the platform for single-page applications, on which Entra
answers the browser itself (CORS), and it has no credential.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pulumi
import pulumi_azuread as azuread

from components.client import (
    ApiPermissionsArgs,
    Client,
    ClientArgs,
    GraphPermissionsArgs,
    SignedInArgs,
)
from components.registration import Platform
from components.settings.single_page_app import SinglePageAppSettings


@dataclass(kw_only=True)
class SinglePageAppArgs(GraphPermissionsArgs, ApiPermissionsArgs, SignedInArgs, ClientArgs):
    """What a single-page application is."""

    settings = SinglePageAppSettings
    kind: ClassVar[str] = "singlePageApp"


class SinglePageApp(Client):
    """An application that runs in the customer's browser."""

    kind: ClassVar[str] = SinglePageAppArgs.kind

    def __init__(
        self, name: str, args: SinglePageAppArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Register the single-page application `name`; ArgsError when its Args cannot be used."""
        args = self.begin(name, args, opts)
        self.register(
            name,
            args,
            Platform(
                single_page_application=azuread.ApplicationSinglePageApplicationArgs(
                    redirect_uris=args.redirect_uris
                ),
                logout_url=args.logout_url,
            ),
        )
        self.redirect_uris = list(args.redirect_uris)
        self.post_logout_redirect_uri = args.after_logout()
        self.end()
