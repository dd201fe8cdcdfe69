"""Permissions at APIs: declared on the caller's application, granted by admin consent.

Customers of an External ID tenant never see a consent page, so that what a client declares must
also be granted for everybody.
Sources: https://learn.microsoft.com/graph/api/resources/oauth2permissiongrant and
.../resources/approleassignment
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pulumi
import pulumi_azuread as azuread

from components.settings.problems import nearest

MICROSOFT_GRAPH: Final = "Microsoft.Graph"
"""Names Microsoft Graph among the APIs, in the state: no key of an API holds a full stop."""


@dataclass(kw_only=True)
class ApiReferenceArgs:
    """An API that clients call: `WebApi.reference`, or one that something else made."""

    client_id: pulumi.Input[str]
    """The API's client ID."""
    service_principal_id: pulumi.Input[str]
    """Object ID of the API's service principal."""
    identifier_uri: pulumi.Input[str]
    """The API's Application ID URI, which begins every scope's full name."""
    scope_ids: pulumi.Input[Mapping[str, str]]
    """The id of each of the API's scopes, by value."""
    role_ids: pulumi.Input[Mapping[str, str]] = field(default_factory=dict[str, str])
    """The id of each of the API's app roles, by value."""


@dataclass(frozen=True)
class ApiPermissions:
    """What an application may do at one API."""

    key: str
    """Names the API among the application's, in the state."""
    api: ApiReferenceArgs
    scopes: Sequence[str] = ()
    """Values of scopes: what it does for the user who is signed in."""
    roles: Sequence[str] = ()
    """Values of app roles: what it does as itself."""

    def scope_uris(self) -> dict[str, pulumi.Output[str]]:
        """The full name of each scope, as a client asks for it."""
        return {
            scope: pulumi.Output.concat(self.api.identifier_uri, "/", scope)
            for scope in self.scopes
        }

    def scope_ids(self) -> list[pulumi.Output[str]]:
        """The id of each scope."""
        kind = "scope (delegated permission)"
        return [_id(self.key, kind, one, self.api.scope_ids) for one in self.scopes]

    def role_ids(self) -> list[pulumi.Output[str]]:
        """The id of each app role."""
        return [_id(self.key, "app role", one, self.api.role_ids) for one in self.roles]


def permissions_at(
    apis: Mapping[str, ApiReferenceArgs],
    scopes: Mapping[str, Sequence[str]],
    roles: Mapping[str, Sequence[str]],
) -> list[ApiPermissions]:
    """What an application may do at each of the APIs of which it uses a scope or a role."""
    return [
        ApiPermissions(key, apis[key], scopes.get(key, ()), roles.get(key, ()))
        for key in dict.fromkeys([*scopes, *roles])
        if scopes.get(key) or roles.get(key)
    ]


def required_resource_accesses(
    permissions: Iterable[ApiPermissions],
) -> list[azuread.ApplicationRequiredResourceAccessArgs]:
    """What an application declares. Graph: `requiredResourceAccess`."""
    access = azuread.ApplicationRequiredResourceAccessResourceAccessArgs
    return [
        azuread.ApplicationRequiredResourceAccessArgs(
            resource_app_id=needed.api.client_id,
            resource_accesses=[
                *(access(id=one, type="Scope") for one in needed.scope_ids()),
                *(access(id=one, type="Role") for one in needed.role_ids()),
            ],
        )
        for needed in permissions
    ]


def grant(
    name: str,
    parent: pulumi.Resource,
    client: azuread.ServicePrincipal,
    permissions: ApiPermissions,
) -> None:
    """Admin consent for all users. Graph: `oauth2PermissionGrant`, one per client and API.

    Both service principals are inputs, so that it comes after them.
    """
    if permissions.scopes:
        azuread.ServicePrincipalDelegatedPermissionGrant(
            # No key holds a full stop, so that two clients and APIs never share a name.
            f"{name}.{permissions.key}",
            service_principal_object_id=client.object_id,
            resource_service_principal_object_id=permissions.api.service_principal_id,
            claim_values=list(permissions.scopes),
            opts=pulumi.ResourceOptions(parent=parent),
        )


def assign(
    name: str,
    parent: pulumi.Resource,
    client: azuread.ServicePrincipal,
    permissions: ApiPermissions,
) -> None:
    """Admin consent to what the client does as itself. Graph: `appRoleAssignment`, one per role."""
    for role, role_id in zip(permissions.roles, permissions.role_ids(), strict=True):
        azuread.AppRoleAssignment(
            f"{name}.{permissions.key}.{role}",
            app_role_id=role_id,
            principal_object_id=client.object_id,
            resource_object_id=permissions.api.service_principal_id,
            opts=pulumi.ResourceOptions(parent=parent),
        )


def _id(
    key: str, kind: str, value: str, known: pulumi.Input[Mapping[str, str]]
) -> pulumi.Output[str]:
    def find(ids: Mapping[str, str]) -> str:
        if value in ids:
            return ids[value]
        raise pulumi.RunError(f"{key} has no {kind} {value}{nearest(value, ids)}")

    # Microsoft Graph has hundreds, which `Output` would look into one by one, each time.
    if isinstance(known, Mapping):
        return pulumi.Output.from_input(find(known))
    return pulumi.Output.from_input(known).apply(find)
