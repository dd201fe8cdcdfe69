"""`ciam:apis`: the APIs that clients call."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from components.settings.application import NamedSettings
from components.settings.base import Form, Key, SettingsModel, Switch, Text
from components.settings.credentials import ClientSecretSettings, CredentialsSettings
from components.settings.enums import AppRoleMemberType, ScopeType
from components.settings.links import AppearanceSettings
from components.settings.optional_claims import ClaimsSettings
from components.settings.permissions import (
    ApiPermissionsSettings,
    ApiRolesSettings,
    Permissions,
    PermissionValue,
)

_IdentifierUri = Annotated[
    str,
    Form(
        r"[A-Za-z][A-Za-z0-9+.-]*:(?:[^\s{}]|\{clientId\})*(?:[^\s{}/]|\{clientId\})",
        "an absolute URI that does not end with a slash, with {clientId} as its only placeholder",
    ),
]


class ScopeSettings(SettingsModel):
    """A scope (delegated permission) of an API. Graph: `permissionScope`."""

    value: PermissionValue = Field(
        description="What a token carries in `scp`, such as ToDoList.Read. Graph: value."
    )
    admin_consent_description: Text = Field(
        description="What the permission allows, for administrators. "
        "Graph: adminConsentDescription."
    )
    admin_consent_display_name: Text | None = Field(
        default=None,
        description=(
            "The permission's name for administrators. Default: its value. "
            "Graph: adminConsentDisplayName."
        ),
    )
    type: ScopeType = Field(
        default=ScopeType.ADMIN,
        description=(
            "Who may consent: Admin (administrators only) or User. Customers never see a consent "
            "page. Default: Admin. Graph: type."
        ),
    )
    user_consent_display_name: Text | None = Field(
        default=None,
        description="The permission's name for users. Default: none. "
        "Graph: userConsentDisplayName.",
    )
    user_consent_description: Text | None = Field(
        default=None,
        description=(
            "What the permission allows, for users. Default: none. Graph: userConsentDescription."
        ),
    )
    enabled: Switch = Field(
        default=True,
        description="Whether tokens can carry the scope. Default: true. Graph: isEnabled.",
    )


class RoleSettings(SettingsModel):
    """An app role of an API. Graph: `appRole`."""

    value: PermissionValue = Field(
        description="What a token carries in `roles`, such as ToDoList.Read.All. Graph: value."
    )
    description: Text = Field(
        description="What the role allows, for administrators. Graph: description."
    )
    display_name: Text | None = Field(
        default=None,
        description="The role's name for administrators. Default: its value. Graph: displayName.",
    )
    allowed_member_types: tuple[AppRoleMemberType, ...] = Field(
        default=(AppRoleMemberType.APPLICATION,),
        min_length=1,
        description=(
            "What the role can be assigned to: Application, User. Default: [Application]. "
            "Graph: allowedMemberTypes."
        ),
    )
    enabled: Switch = Field(
        default=True,
        description="Whether tokens can carry the role. Default: true. Graph: isEnabled.",
    )


class OfferedSettings(SettingsModel):
    """What an API offers to those that call it."""

    identifier_uri: _IdentifierUri = Field(
        default="api://{clientId}",
        description=(
            "The Application ID URI, which begins every scope's full name; {clientId} stands for "
            "the API's client ID. Default: api://{clientId}. Graph: identifierUris."
        ),
    )
    scopes: tuple[ScopeSettings, ...] = Field(
        default=(),
        description="Delegated permissions of the API. Default: none. "
        "Graph: api.oauth2PermissionScopes.",
    )
    roles: tuple[RoleSettings, ...] = Field(
        default=(),
        description="App roles of the API, for users and for callers without one. Default: none. "
        "Graph: appRoles.",
    )


class WebApiSettings(
    AppearanceSettings,
    ClaimsSettings,
    CredentialsSettings,
    ApiRolesSettings,
    ApiPermissionsSettings,
    OfferedSettings,
    NamedSettings,
):
    """An API: an application with scopes and app roles, and its service principal."""

    api_permissions: Permissions = Field(
        default={},
        description=(
            "Scopes of other APIs that this one uses on behalf of the user who has called it, by "
            "key of ciam:apis; granted by admin consent. Default: none. Graph: "
            "requiredResourceAccess and oauth2PermissionGrants."
        ),
    )
    graph_permissions: tuple[PermissionValue, ...] | None = Field(
        default=None,
        description=(
            "Delegated permissions of Microsoft Graph that it uses on behalf of the user; granted "
            "by admin consent. Default: [openid, offline_access], for which MSAL asks with every "
            "other scope, where there are apiPermissions, else none. Graph: requiredResourceAccess "
            "and oauth2PermissionGrants."
        ),
    )
    secret: ClientSecretSettings | None = Field(
        default=None,
        description=(
            "Its secret and how it rotates; `{}` for one with the defaults. Default: one is made "
            "where the API calls others and has neither a certificate nor a federated credential. "
            "Graph: passwordCredentials."
        ),
    )
    known_clients: tuple[Key, ...] = Field(
        default=(),
        description=(
            "Keys of the ciam:clients with which consent to this API and to those that it calls "
            "is given at once. Default: none. Graph: api.knownClientApplications."
        ),
    )
    pre_authorized_clients: Permissions = Field(
        default={},
        description=(
            "Scopes of this API for which a client never needs consent, by key of ciam:clients. "
            "Default: none. Graph: api.preAuthorizedApplications."
        ),
    )
