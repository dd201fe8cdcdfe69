"""What clients of every kind are: a registration, its permissions with consent, its credentials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pulumi

from components.application import ApplicationArgs
from components.args import Args, checked
from components.client_secret import ClientSecret
from components.lookups import microsoft_graph
from components.permissions import (
    MICROSOFT_GRAPH,
    ApiPermissions,
    ApiReferenceArgs,
    assign,
    grant,
    permissions_at,
    required_resource_accesses,
)
from components.registration import Platform, Registration, register
from components.settings.client import ClientSettings, SignedInSettings
from components.settings.permissions import (
    ApiPermissionsSettings,
    ApiRolesSettings,
    GraphPermissionsSettings,
)
from components.settings.references import Names, Parts


@dataclass(kw_only=True)
class ApiPermissionsArgs(Args):
    """Scopes of APIs that an application uses for the user who is signed in."""

    settings = ApiPermissionsSettings

    api_permissions: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """Values of the scopes that it uses, by key of the API in `apis`."""


@dataclass(kw_only=True)
class GraphPermissionsArgs(Args):
    """Scopes of Microsoft Graph that an application uses for the user who is signed in."""

    settings = GraphPermissionsSettings

    graph_permissions: Sequence[str] = ("openid", "offline_access")
    """Delegated permissions of Microsoft Graph that the client uses."""
    graph: ApiReferenceArgs | None = None
    """Microsoft Graph; by default looked up in the tenant."""


@dataclass(kw_only=True)
class ApiRolesArgs(Args):
    """App roles of APIs that an application has as itself, without a user."""

    settings = ApiRolesSettings

    api_roles: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """Values of the app roles that it has, by key of the API in `apis`."""
    grant_api_roles: bool = True
    """Whether to grant them, which takes a tenant owner's power, or to declare them only."""


@dataclass(kw_only=True)
class SignedInArgs(Args):
    """A client that customers come back to in a browser."""

    settings = SignedInSettings

    redirect_uris: Sequence[pulumi.Input[str]]
    """Where customers return to after signing in, at least one; the first goes to the app."""
    post_logout_redirect_uri: pulumi.Input[str] | None = None
    """Where customers return to after signing out; by default the first redirect URI's origin, with
    a slash where it is registered with one."""
    logout_url: pulumi.Input[str] | None = None
    """Where the application ends its own session (front-channel logout)."""

    def after_logout(self) -> pulumi.Output[str]:
        """Where customers return to after signing out."""
        if self.post_logout_redirect_uri is not None:
            return pulumi.Output.from_input(self.post_logout_redirect_uri)
        return pulumi.Output.all(*self.redirect_uris).apply(_after_logout)


@dataclass(kw_only=True)
class ClientArgs(ApplicationArgs):
    """What every client is."""

    settings = ClientSettings
    kind: ClassVar[str]

    apis: Mapping[str, ApiReferenceArgs] = field(default_factory=dict[str, ApiReferenceArgs])
    """The APIs that permissions name. A `CustomerTenant` adds its own under their keys."""


class Client(pulumi.ComponentResource):
    """A client of any kind."""

    kind: ClassVar[str]

    client_id: pulumi.Output[str]
    """The client ID (Graph: appId)."""
    object_id: pulumi.Output[str]
    """Object ID of the application."""
    service_principal_id: pulumi.Output[str]
    """Object ID of the service principal."""
    redirect_uris: Sequence[pulumi.Input[str]] = ()
    """Where customers return to after signing in; none where nobody signs in."""
    post_logout_redirect_uri: pulumi.Output[str] | None = None
    """Where customers return to after signing out, in a browser."""
    client_secret: pulumi.Output[str] | None = None
    """The secret to use now; a secret. None where it has none."""
    secret_expires: pulumi.Output[str] | None = None
    """When that secret ends: RFC 3339, UTC."""
    previous_client_secret: pulumi.Output[str] | None = None
    """The secret of the rotation before, where it is kept; a secret."""
    scopes: dict[str, dict[str, pulumi.Output[str]]]
    """The full name of each scope that the client uses, by key of the API and by value."""
    default_scopes: dict[str, pulumi.Output[str]]
    """What it asks for to call an API as itself, by key of each API that it has app roles of."""

    def begin(self, name: str, args: Any, opts: pulumi.ResourceOptions | None) -> Any:  # noqa: ANN401 -- the Args of the kind, in and out
        """Check the Args and declare the component; return the Args to go on with.

        Raises ArgsError when the Args cannot be used, before anything is declared.
        """
        what = f"{type(self).__name__} '{name}'"
        names = Names(apis=args.apis, root="")
        args = checked(what, args, Parts(clients={name: args}), names)
        super().__init__(f"ciam:index:{type(self).__name__}", name, None, opts)
        return args

    def register(self, name: str, args: ClientArgs, platform: Platform) -> Registration:
        """Register the client with its permissions, and grant them."""
        permissions = [*self._of_graph(args), *_of_apis(args)]
        platform.required_resource_accesses = required_resource_accesses(permissions)
        registration = register(name, self, args, platform)
        principal = registration.service_principal
        for granted in permissions:
            grant(name, self, principal, granted)
            if isinstance(args, ApiRolesArgs) and args.grant_api_roles:
                assign(name, self, principal, granted)
        # Out of the service principal, so that whatever uses it comes after the service principal.
        self.client_id = principal.client_id
        self.object_id = registration.application.object_id
        self.service_principal_id = principal.object_id
        self.scopes = {one.key: one.scope_uris() for one in _of_apis(args) if one.scopes}
        self.default_scopes = {
            one.key: pulumi.Output.concat(one.api.identifier_uri, "/.default")
            for one in _of_apis(args)
            if one.roles
        }
        return registration

    def keep(self, secret: ClientSecret | None) -> None:
        """Tell the client's secret."""
        if secret is not None:
            self.client_secret = secret.value
            self.secret_expires = secret.expires
            self.previous_client_secret = secret.previous

    def end(self) -> None:
        """Tell what the component has come to."""
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

    def _of_graph(self, args: ClientArgs) -> list[ApiPermissions]:
        if not isinstance(args, GraphPermissionsArgs) or not args.graph_permissions:
            return []
        graph = args.graph if args.graph is not None else microsoft_graph(self)
        return [ApiPermissions(MICROSOFT_GRAPH, graph, args.graph_permissions)]


def _of_apis(args: ClientArgs) -> list[ApiPermissions]:
    scopes: Mapping[str, Sequence[str]] = {}
    roles: Mapping[str, Sequence[str]] = {}
    if isinstance(args, ApiPermissionsArgs):
        scopes = args.api_permissions
    if isinstance(args, ApiRolesArgs):
        roles = args.api_roles
    return permissions_at(args.apis, scopes, roles)


def _after_logout(redirect_uris: Sequence[str]) -> str:
    """The origin of the first: exactly as it is registered, for only so the service leads there."""
    first = redirect_uris[0]
    parts = urlsplit(first)
    if not parts.netloc:
        return first
    origin = f"{parts.scheme}://{parts.netloc}"
    return f"{origin}/" if f"{origin}/" in redirect_uris else origin
