"""`WebApi`: an API that clients call, as its application with scopes and app roles.

It makes the application, its service principal and its Application ID URI (steps 1 to 4 of the
seed's page).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_azuread as azuread

from components.args import Args, checked
from components.identifiers import app_role_id, scope_id
from components.permissions import ApiReferenceArgs
from components.registration import RegistrationArgs, register
from components.settings.enums import AppRoleMemberType, ScopeType
from components.settings.references import Names, Parts
from components.settings.web_api import (
    OptionalClaimSettings,
    OptionalClaimsSettings,
    RoleSettings,
    ScopeSettings,
    WebApiSettings,
)


@dataclass(kw_only=True)
class ScopeArgs(Args):
    """A scope (delegated permission) of an API. Graph: `permissionScope`."""

    settings = ScopeSettings

    value: str
    """What a token carries in `scp`; the scope's id follows from it."""
    admin_consent_display_name: pulumi.Input[str]
    admin_consent_description: pulumi.Input[str]
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
class WebApiArgs(Args):
    """What an API is."""

    settings = WebApiSettings

    display_name: pulumi.Input[str]
    """The application's name; at most 256 characters, and no other application may have it."""
    description: pulumi.Input[str] | None = None
    identifier_uri: pulumi.Input[str] = "api://{clientId}"
    """The Application ID URI; `{clientId}` stands for the API's client ID."""
    scopes: Sequence[ScopeArgs] = ()
    roles: Sequence[RoleArgs] = ()
    optional_claims: OptionalClaimsArgs = field(default_factory=OptionalClaimsArgs)
    deployer: pulumi.Input[str] | None = None
    """Object ID of the application's first owner; by default the identity that deploys."""


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

    def __init__(
        self, name: str, args: WebApiArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Register the API `name`; ArgsError when its Args cannot be used."""
        args = checked(f"WebApi '{name}'", args, Parts(apis={name: args}), Names())
        super().__init__("ciam:index:WebApi", name, None, opts)
        registration = register(
            name,
            self,
            RegistrationArgs(
                display_name=args.display_name,
                description=args.description,
                deployer=args.deployer,
                api=azuread.ApplicationApiArgs(
                    # External ID's tokens are of version 2; Graph's default is version 1.
                    requested_access_token_version=2,
                    oauth2_permission_scopes=[_scope(scope) for scope in args.scopes],
                ),
                app_roles=[_role(role) for role in args.roles],
                optional_claims=_optional_claims(args.optional_claims),
                owned_elsewhere=("identifier_uris",),
            ),
        )
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
            client_id=self.client_id,
            service_principal_id=self.service_principal_id,
            identifier_uri=self.identifier_uri,
            scope_ids={scope.value: scope_id(scope.value) for scope in args.scopes},
        )
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
    return WebApiArgs(
        display_name=settings.display_name,
        description=settings.description,
        identifier_uri=settings.identifier_uri,
        scopes=[ScopeArgs(**dict(scope)) for scope in settings.scopes],
        roles=[RoleArgs(**dict(role)) for role in settings.roles],
        optional_claims=OptionalClaimsArgs(
            access_token=_claim_args(settings.optional_claims.access_token),
            id_token=_claim_args(settings.optional_claims.id_token),
        ),
    )


def _claim_args(claims: Sequence[OptionalClaimSettings]) -> list[OptionalClaimArgs]:
    return [OptionalClaimArgs(**dict(claim)) for claim in claims]


def _scope(scope: ScopeArgs) -> azuread.ApplicationApiOauth2PermissionScopeArgs:
    return azuread.ApplicationApiOauth2PermissionScopeArgs(
        id=scope_id(scope.value),
        value=scope.value,
        admin_consent_display_name=scope.admin_consent_display_name,
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


def _optional_claims(claims: OptionalClaimsArgs) -> azuread.ApplicationOptionalClaimsArgs | None:
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
