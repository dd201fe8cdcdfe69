"""`WebApp`: a web application that signs customers in on its server.

It makes the application with its redirect URIs, its service principal, its secret, and the
permissions it uses with their admin consent (steps 5 to 8 of the seed's page).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urlsplit

import pulumi
import pulumi_azuread as azuread

from components.args import Args, checked
from components.client_secret import ClientSecretArgs, client_secret
from components.lookups import microsoft_graph
from components.permissions import (
    ApiReferenceArgs,
    DelegatedPermissions,
    grant,
    required_resource_accesses,
)
from components.registration import RegistrationArgs, register
from components.settings.references import Names, Parts
from components.settings.web_app import WebAppSettings


@dataclass(kw_only=True)
class WebAppArgs(Args):
    """What a web application is."""

    settings = WebAppSettings
    kind: ClassVar[str] = "webApp"

    display_name: pulumi.Input[str]
    """The application's name; at most 256 characters, and no other application may have it."""
    redirect_uris: Sequence[pulumi.Input[str]]
    """Where customers return to after signing in, at least one; the first goes to the app."""
    description: pulumi.Input[str] | None = None
    post_logout_redirect_uri: pulumi.Input[str] | None = None
    """Where customers return to after signing out; by default the first redirect URI's origin."""
    api_permissions: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """Values of the scopes that the client uses, by key of the API in `apis`."""
    graph_permissions: Sequence[str] = ("openid", "offline_access")
    """Delegated permissions of Microsoft Graph that the client uses."""
    secret: ClientSecretArgs = field(default_factory=ClientSecretArgs)
    apis: Mapping[str, ApiReferenceArgs] = field(default_factory=dict[str, ApiReferenceArgs])
    """The APIs that `api_permissions` names. A `CustomerTenant` adds its own under their keys."""
    graph: ApiReferenceArgs | None = None
    """Microsoft Graph; by default looked up in the tenant."""
    deployer: pulumi.Input[str] | None = None
    """Object ID of the application's first owner; by default the identity that deploys."""


class WebApp(pulumi.ComponentResource):
    """A web application that signs customers in on its server."""

    kind: ClassVar[str] = WebAppArgs.kind

    client_id: pulumi.Output[str]
    """The client ID (Graph: appId)."""
    object_id: pulumi.Output[str]
    """Object ID of the application."""
    service_principal_id: pulumi.Output[str]
    """Object ID of the service principal."""
    redirect_uris: Sequence[pulumi.Input[str]]
    """Where customers return to after signing in."""
    post_logout_redirect_uri: pulumi.Output[str]
    """Where customers return to after signing out."""
    client_secret: pulumi.Output[str]
    """The secret to use now; a secret."""
    secret_expires: pulumi.Output[str]
    """When that secret ends: RFC 3339, UTC."""
    previous_client_secret: pulumi.Output[str] | None
    """The secret of the rotation before, where it is kept; a secret."""
    scopes: dict[str, dict[str, pulumi.Output[str]]]
    """The full name of each scope that the client uses, by key of the API and by value."""

    def __init__(
        self, name: str, args: WebAppArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Register the web application `name`; ArgsError when its Args cannot be used."""
        names = Names(apis=args.apis, root="")
        args = checked(f"WebApp '{name}'", args, Parts(clients={name: args}), names)
        super().__init__("ciam:index:WebApp", name, None, opts)
        of_apis = _of_apis(args)
        permissions = [*self._of_graph(args), *of_apis]
        registration = register(
            name,
            self,
            RegistrationArgs(
                display_name=args.display_name,
                description=args.description,
                deployer=args.deployer,
                required_resource_accesses=required_resource_accesses(permissions),
                web=azuread.ApplicationWebArgs(redirect_uris=args.redirect_uris),
            ),
        )
        for granted in permissions:
            grant(name, self, registration.service_principal, granted)
        secret = client_secret(name, self, registration.application, args.secret)
        # Out of the service principal, so that whatever uses it comes after the service principal.
        self.client_id = registration.service_principal.client_id
        self.object_id = registration.application.object_id
        self.service_principal_id = registration.service_principal.object_id
        self.redirect_uris = list(args.redirect_uris)
        self.post_logout_redirect_uri = _post_logout_redirect_uri(args)
        self.client_secret = secret.value
        self.secret_expires = secret.expires
        self.previous_client_secret = secret.previous
        self.scopes = {permission.key: permission.scope_uris() for permission in of_apis}
        self.register_outputs(
            {
                "clientId": self.client_id,
                "objectId": self.object_id,
                "servicePrincipalId": self.service_principal_id,
                "redirectUris": self.redirect_uris,
                "postLogoutRedirectUri": self.post_logout_redirect_uri,
                "clientSecret": self.client_secret,
                "secretExpires": self.secret_expires,
                "previousClientSecret": self.previous_client_secret,
                "scopes": self.scopes,
            }
        )

    def _of_graph(self, args: WebAppArgs) -> list[DelegatedPermissions]:
        if not args.graph_permissions:
            return []
        graph = args.graph if args.graph is not None else microsoft_graph(self)
        # No key of an API holds a full stop.
        return [DelegatedPermissions("Microsoft.Graph", graph, args.graph_permissions)]


def web_app_args(settings: WebAppSettings) -> WebAppArgs:
    """The web application that the stack's configuration describes."""
    return WebAppArgs(
        display_name=settings.display_name,
        redirect_uris=settings.redirect_uris,
        description=settings.description,
        post_logout_redirect_uri=settings.post_logout_redirect_uri,
        api_permissions=settings.api_permissions,
        graph_permissions=settings.graph_permissions,
        secret=ClientSecretArgs(**dict(settings.secret)),
    )


def _of_apis(args: WebAppArgs) -> list[DelegatedPermissions]:
    return [
        DelegatedPermissions(key, args.apis[key], scopes)
        for key, scopes in args.api_permissions.items()
        if scopes
    ]


def _post_logout_redirect_uri(args: WebAppArgs) -> pulumi.Output[str]:
    if args.post_logout_redirect_uri is not None:
        return pulumi.Output.from_input(args.post_logout_redirect_uri)
    return pulumi.Output.from_input(args.redirect_uris[0]).apply(_origin)


def _origin(uri: str) -> str:
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else uri
