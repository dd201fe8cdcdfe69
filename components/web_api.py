"""`WebApi`: an API that clients call, as its application with scopes and app roles.

It makes the application, its service principal and its Application ID URI (steps 1 to 4 of the
seed's page).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi
import pulumi_azuread as azuread

from components.api_links import call_others, calls_others, name_clients
from components.application import ApplicationArgs, application_args
from components.args import Args, checked
from components.client import ApiPermissionsArgs, ApiRolesArgs
from components.credentials import CredentialsArgs, credentials, credentials_args
from components.identifiers import app_role_id, scope_id
from components.permissions import ApiReferenceArgs
from components.registration import Platform, register
from components.settings.enums import AppRoleMemberType, ScopeType
from components.settings.references import Names, Parts
from components.settings.web_api import RoleSettings, ScopeSettings, WebApiSettings


@dataclass(kw_only=True)
class ScopeArgs(Args):
    """A scope (delegated permission) of an API. Graph: `permissionScope`."""

    settings = ScopeSettings

    value: str
    """What a token carries in `scp`; the scope's id follows from it."""
    admin_consent_description: pulumi.Input[str]
    admin_consent_display_name: pulumi.Input[str] | None = None
    """By default the value."""
    type: pulumi.Input[ScopeType] = ScopeType.ADMIN
    """Who may consent."""
    user_consent_display_name: pulumi.Input[str] | None = None
    user_consent_description: pulumi.Input[str] | None = None
    enabled: pulumi.Input[bool] = True


@dataclass(kw_only=True)
class RoleArgs(Args):
    """An app role of an API. Graph: `appRole`."""

    settings = RoleSettings

    value: str
    """What a token carries in `roles`; the role's id follows from it."""
    description: pulumi.Input[str]
    display_name: pulumi.Input[str] | None = None
    """By default the value."""
    allowed_member_types: Sequence[pulumi.Input[AppRoleMemberType]] = (
        AppRoleMemberType.APPLICATION,
    )
    enabled: pulumi.Input[bool] = True


@dataclass(kw_only=True)
class WebApiArgs(CredentialsArgs, ApiRolesArgs, ApiPermissionsArgs, ApplicationArgs):
    """What an API is."""

    settings = WebApiSettings

    identifier_uri: pulumi.Input[str] = "api://{clientId}"
    """The Application ID URI; `{clientId}` stands for the API's client ID."""
    scopes: Sequence[ScopeArgs] = ()
    roles: Sequence[RoleArgs] = ()
    graph_permissions: Sequence[str] | None = None
    """Delegated permissions of Microsoft Graph; by default MSAL's own where it calls others."""
    graph: ApiReferenceArgs | None = None
    """Microsoft Graph; by default looked up in the tenant."""
    known_clients: Sequence[str] = ()
    """Keys of the clients with which consent to this API and to those that it calls is given."""
    pre_authorized_clients: Mapping[str, Sequence[str]] = field(
        default_factory=dict[str, Sequence[str]]
    )
    """Values of the scopes for which a client never needs consent, by key of the client."""
    apis: Mapping[str, ApiReferenceArgs] = field(default_factory=dict[str, ApiReferenceArgs])
    """The APIs that permissions name. A `CustomerTenant` adds its own under their keys."""
    clients: Mapping[str, pulumi.Input[str]] = field(default_factory=dict[str, pulumi.Input[str]])
    """Client IDs of the clients that are named. A `CustomerTenant` adds its own."""


class WebApi(pulumi.ComponentResource):
    """An API that clients call."""

    client_id: pulumi.Output[str]
    """The API's client ID (Graph: appId)."""
    object_id: pulumi.Output[str]
    """Object ID of the API's application."""
    service_principal_id: pulumi.Output[str]
    """Object ID of the API's service principal."""
    identifier_uri: pulumi.Output[str]
    """The Application ID URI, known once the application has it."""
    scopes: dict[str, pulumi.Output[str]]
    """The full name of each scope, by value: `{identifierUri}/{value}`."""
    roles: dict[str, str]
    """The id of each app role, by value."""
    reference: ApiReferenceArgs
    """The API as clients refer to it."""
    client_secret: pulumi.Output[str] | None = None
    """The secret with which it calls other APIs; a secret. None where it has none."""
    secret_expires: pulumi.Output[str] | None = None
    """When that secret ends: RFC 3339, UTC."""
    previous_client_secret: pulumi.Output[str] | None = None
    """The secret of the rotation before, where it is kept; a secret."""

    def __init__(
        self, name: str, args: WebApiArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Register the API `name`; ArgsError when its Args cannot be used."""
        names = Names(apis=args.apis, clients=args.clients, root="")
        args = checked(f"WebApi '{name}'", args, Parts(apis={name: args}), names)
        super().__init__("ciam:index:WebApi", name, None, opts)
        registration = register(name, self, args, _platform(args))
        application = registration.application
        identifier = azuread.ApplicationIdentifierUri(
            name,
            application_id=application.id,
            identifier_uri=pulumi.Output.all(args.identifier_uri, application.client_id).apply(
                lambda known: known[0].replace("{clientId}", known[1])
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
        # Out of the service principal, so that whatever uses it comes after the service principal.
        self.client_id = registration.service_principal.client_id
        self.object_id = application.object_id
        self.service_principal_id = registration.service_principal.object_id
        self.identifier_uri = identifier.identifier_uri
        self.scopes = {
            scope.value: pulumi.Output.concat(self.identifier_uri, "/", scope.value)
            for scope in args.scopes
        }
        self.roles = {role.value: app_role_id(role.value) for role in args.roles}
        self.reference = ApiReferenceArgs(
            # Out of the application: to say what it needs, a client waits for nothing more.
            client_id=application.client_id,
            service_principal_id=self.service_principal_id,
            identifier_uri=self.identifier_uri,
            scope_ids={scope.value: scope_id(scope.value) for scope in args.scopes},
            role_ids=self.roles,
        )
        call_others(name, self, registration, args)
        name_clients(name, self, registration, args)
        secret = credentials(name, self, application, args, needed=calls_others(args))
        if secret is not None:
            self.client_secret = secret.value
            self.secret_expires = secret.expires
            self.previous_client_secret = secret.previous
        self.register_outputs(
            {
                "clientId": self.client_id,
                "objectId": self.object_id,
                "servicePrincipalId": self.service_principal_id,
                "identifierUri": self.identifier_uri,
                "scopes": self.scopes,
                "roles": self.roles,
            }
        )


def web_api_args(settings: WebApiSettings) -> WebApiArgs:
    """The API that the stack's configuration describes."""
    given: dict[str, Any] = {
        **{name: getattr(settings, name) for name in WebApiSettings.model_fields},
        **application_args(settings),
        **credentials_args(settings),
        "scopes": [ScopeArgs(**dict(scope)) for scope in settings.scopes],
        "roles": [RoleArgs(**dict(role)) for role in settings.roles],
    }
    return WebApiArgs(**given)


def _platform(args: WebApiArgs) -> Platform:
    # What a resource of its own sets, because it names others that may name this API.
    elsewhere = {
        "identifier_uris": True,
        "required_resource_accesses": calls_others(args),
        "api.knownClientApplications": bool(args.known_clients),
    }
    return Platform(
        api=azuread.ApplicationApiArgs(
            # External ID's tokens are of version 2; Graph's default is version 1.
            requested_access_token_version=2,
            oauth2_permission_scopes=[_scope(scope) for scope in args.scopes],
        ),
        app_roles=[_role(role) for role in args.roles],
        owned_elsewhere=tuple(name for name, is_so in elsewhere.items() if is_so),
    )


def _scope(scope: ScopeArgs) -> azuread.ApplicationApiOauth2PermissionScopeArgs:
    return azuread.ApplicationApiOauth2PermissionScopeArgs(
        id=scope_id(scope.value),
        value=scope.value,
        admin_consent_display_name=scope.value
        if scope.admin_consent_display_name is None
        else scope.admin_consent_display_name,
        admin_consent_description=scope.admin_consent_description,
        type=scope.type,
        user_consent_display_name=scope.user_consent_display_name,
        user_consent_description=scope.user_consent_description,
        enabled=scope.enabled,
    )


def _role(role: RoleArgs) -> azuread.ApplicationAppRoleArgs:
    return azuread.ApplicationAppRoleArgs(
        id=app_role_id(role.value),
        value=role.value,
        display_name=role.value if role.display_name is None else role.display_name,
        description=role.description,
        allowed_member_types=role.allowed_member_types,
        enabled=role.enabled,
    )
