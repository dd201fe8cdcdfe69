"""`WebApp`: a web application that signs customers in on its server.

It makes the application with its redirect URIs, its service principal, its credentials, and the
permissions it uses with their admin consent (steps 5 to 8 of the seed's page).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pulumi

from components.client import (
    ApiPermissionsArgs,
    ApiRolesArgs,
    Client,
    ClientArgs,
    GraphPermissionsArgs,
    SignedInArgs,
)
from components.credentials import CredentialsArgs, credentials
from components.registration import Platform
from components.settings.web_app import WebAppSettings


@dataclass(kw_only=True)
class WebAppArgs(
    CredentialsArgs,
    ApiRolesArgs,
    GraphPermissionsArgs,
    ApiPermissionsArgs,
    SignedInArgs,
    ClientArgs,
):
    """What a web application is."""

    settings = WebAppSettings
    kind: ClassVar[str] = "webApp"


class WebApp(Client):
    """A web application that signs customers in on its server."""

    kind: ClassVar[str] = WebAppArgs.kind

    def __init__(
        self, name: str, args: WebAppArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Register the web application `name`; ArgsError when its Args cannot be used."""
        args = self.begin(name, args, opts)
        registration = self.register(
            name,
            args,
            Platform(web_redirect_uris=args.redirect_uris, logout_url=args.logout_url),
        )
        self.keep(credentials(name, self, registration.application, args))
        self.redirect_uris = list(args.redirect_uris)
        self.post_logout_redirect_uri = args.after_logout()
        self.end()
