"""`ciam:apis`: the APIs that clients call."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from components.settings.base import (
    ApplicationName,
    Description,
    Form,
    SettingsModel,
    Switch,
    Text,
)
from components.settings.enums import AppRoleMemberType, ScopeType
from components.settings.shorthand import shorthand

PermissionValue = Annotated[
    str,
    Form(
        r"(?!\.)[!#-\[\]-~]{1,249}",
        '1 to 249 letters, digits and punctuation marks without a space, " or \\, '
        "not beginning with a full stop",
    ),
]
"""The value of a scope or app role, as it stands in `scp` and `roles` of a token.

Graph documents 120 characters and takes more, so that the azuread plugin allows 249.
Source: https://github.com/hashicorp/terraform-provider-azuread/issues/1005
"""

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
    admin_consent_display_name: Text = Field(
        description="The permission's name for administrators. Graph: adminConsentDisplayName."
    )
    admin_consent_description: Text = Field(
        description="What the permission allows, for administrators. "
        "Graph: adminConsentDescription."
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


class OptionalClaimSettings(SettingsModel):
    """A claim to add to a token. Graph: `optionalClaim`."""

    name: Text = Field(description="The claim's name, such as idtyp. Graph: name.")
    source: Literal["user"] | None = Field(
        default=None,
        description=(
            "`user` for an extension property of the user. Default: a predefined claim. "
            "Graph: source."
        ),
    )
    essential: Switch = Field(
        default=False,
        description="Whether the client asks for the claim as essential. Default: false. "
        "Graph: essential.",
    )
    additional_properties: tuple[Text, ...] = Field(
        default=(),
        description="What to change about the claim. Default: nothing. "
        "Graph: additionalProperties.",
    )


_Claims = tuple[
    Annotated[
        OptionalClaimSettings,
        BeforeValidator(shorthand("name"), json_schema_input_type=str | OptionalClaimSettings),
    ],
    ...,
]


class OptionalClaimsSettings(SettingsModel):
    """Claims to add to tokens, each as its name or as a mapping. Graph: `optionalClaims`."""

    access_token: _Claims = Field(
        default=(),
        description="For access tokens; `idtyp` tells an application's token (value `app`) from a "
        "user's. Default: none. Graph: accessToken.",
    )
    id_token: _Claims = Field(
        default=(), description="For ID tokens. Default: none. Graph: idToken."
    )


class WebApiSettings(SettingsModel):
    """An API: an application with scopes and app roles, and its service principal."""

    display_name: ApplicationName = Field(
        description="The application's name, once in the tenant; at most 256 characters. "
        "Graph: displayName."
    )
    description: Description | None = Field(
        default=None, description="What the API is for. Default: none. Graph: description."
    )
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
        description="App roles of the API, for callers without a user. Default: none. "
        "Graph: appRoles.",
    )
    optional_claims: OptionalClaimsSettings = Field(
        default_factory=OptionalClaimsSettings,
        description="Claims to add to tokens. Default: none. Graph: optionalClaims.",
    )
