"""Delegated permissions of a client: declared on its application, granted by admin consent.

Customers of an External ID tenant never see a consent page, so that what a client declares must
also be granted for everybody.
Source: https://learn.microsoft.com/graph/api/resources/oauth2permissiongrant
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_azuread as azuread

from components.settings.problems import nearest


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


@dataclass(frozen=True)
class DelegatedPermissions:
    """The scopes of one API that a client uses."""

    key: str
    """Names the API among the client's, in the state."""
    api: ApiReferenceArgs
    scopes: Sequence[str]
    """Values of the scopes, at least one."""

    def scope_uris(self) -> dict[str, pulumi.Output[str]]:
        """The full name of each scope, as a client asks for it."""
        return {
            scope: pulumi.Output.concat(self.api.identifier_uri, "/", scope)
            for scope in self.scopes
        }


def required_resource_accesses(
    permissions: Iterable[DelegatedPermissions],
) -> list[azuread.ApplicationRequiredResourceAccessArgs]:
    """What a client's application declares. Graph: `requiredResourceAccess`."""
    return [
        azuread.ApplicationRequiredResourceAccessArgs(
            resource_app_id=needed.api.client_id,
            resource_accesses=[
                azuread.ApplicationRequiredResourceAccessResourceAccessArgs(
                    id=_scope_id(needed, scope), type="Scope"
                )
                for scope in needed.scopes
            ],
        )
        for needed in permissions
    ]


def grant(
    name: str,
    parent: pulumi.Resource,
    client: azuread.ServicePrincipal,
    permissions: DelegatedPermissions,
) -> azuread.ServicePrincipalDelegatedPermissionGrant:
    """Admin consent for all users. Graph: `oauth2PermissionGrant`, one per client and API.

    Both service principals are inputs, so that it comes after them.
    """
    return azuread.ServicePrincipalDelegatedPermissionGrant(
        # No key holds a full stop, so that two clients and APIs never share a name.
        f"{name}.{permissions.key}",
        service_principal_object_id=client.object_id,
        resource_service_principal_object_id=permissions.api.service_principal_id,
        claim_values=list(permissions.scopes),
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _scope_id(permissions: DelegatedPermissions, scope: str) -> pulumi.Output[str]:
    def find(ids: Mapping[str, str]) -> str:
        if scope in ids:
            return ids[scope]
        raise pulumi.RunError(
            f"{permissions.key} has no scope (delegated permission) {scope}{nearest(scope, ids)}"
        )

    return pulumi.Output.from_input(permissions.api.scope_ids).apply(find)
