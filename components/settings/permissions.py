"""What a client, or an API that calls others, may do at the APIs of the stack."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from components.settings.base import Form, Key, SettingsModel, Switch

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

Permissions = dict[Key, Annotated[tuple[PermissionValue, ...], Field(min_length=1)]]
"""Values of scopes or app roles, by key of the API."""


class ApiPermissionsSettings(SettingsModel):
    """Scopes of APIs that an application uses for the user who is signed in."""

    api_permissions: Permissions = Field(
        default={},
        description=(
            "Scopes that it uses, by key of ciam:apis; granted by admin consent. "
            "Default: none. Graph: requiredResourceAccess and oauth2PermissionGrants."
        ),
    )


class GraphPermissionsSettings(SettingsModel):
    """Scopes of Microsoft Graph that an application uses for the user who is signed in."""

    graph_permissions: tuple[PermissionValue, ...] = Field(
        default=("openid", "offline_access"),
        description=(
            "Delegated permissions of Microsoft Graph that the client uses; granted by admin "
            "consent. Default: [openid, offline_access]. Graph: requiredResourceAccess and "
            "oauth2PermissionGrants."
        ),
    )


class ApiRolesSettings(SettingsModel):
    """App roles of APIs that an application has as itself, without a user."""

    api_roles: Permissions = Field(
        default={},
        description=(
            "App roles that it has when it calls as itself, without a user, by key of ciam:apis. "
            "Default: none. Graph: requiredResourceAccess and appRoleAssignments."
        ),
    )
    grant_api_roles: Switch = Field(
        default=True,
        description=(
            "Whether the stack grants the apiRoles, for which the deployer needs "
            "AppRoleAssignment.ReadWrite.All, a tenant owner's power, and Application.Read.All; "
            "false declares them only, and an administrator consents. Default: true. "
            "Graph: appRoleAssignments."
        ),
    )
