"""What the clients ask for of APIs, and what an administrator has consented to.

A registration asks (`requiredResourceAccess`), by ids; consent lies with the service principals: to
scopes as `oauth2PermissionGrant`, to app roles as `appRoleAssignment`.
Source: https://learn.microsoft.com/graph/permissions-grant-via-msgraph
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.models.app_role import AppRole
from msgraph.generated.models.application import Application
from msgraph.generated.models.permission_scope import PermissionScope
from msgraph.generated.models.service_principal import ServicePrincipal
from msgraph.generated.oauth2_permission_grants.oauth2_permission_grants_request_builder import (
    Oauth2PermissionGrantsRequestBuilder as Grants,
)

from commands.tenant_map.model import Access, Api, Permission
from providers.graph.paging import all_of
from providers.graph.session import Graph

_EVERYBODY = "AllPrincipals"
_GONE = "a permission that is gone"


@dataclass(frozen=True)
class Registration:
    """An application of the stack, None when the tenant has it no longer."""

    client_id: str
    service_principal_id: str
    application: Application | None


@dataclass
class _Use:
    """What one client uses of one API."""

    granted: set[str] = field(default_factory=set[str])
    wanted: set[str] = field(default_factory=set[str])


async def read_registration(graph: Graph, recorded: Mapping[str, Any]) -> Registration:
    """The application that the stack outputs record."""
    object_id = str(recorded["objectId"])
    item = graph.client.applications.by_application_id(object_id)
    live = await graph.find(f"read the application with object ID {object_id}", item.get)
    return Registration(str(recorded["clientId"]), str(recorded["servicePrincipalId"]), live)


async def read_accesses(
    graph: Graph, clients: Mapping[str, Registration], apis: Mapping[str, Registration]
) -> tuple[list[Access], list[Api]]:
    """What each client uses of each API, and the APIs among them that are not the stack's."""
    directory = _Directory(graph)
    keys = {one.client_id: key for key, one in apis.items()}
    accesses: list[Access] = []
    used: dict[str, set[str]] = {}
    for client, registration in clients.items():
        for resource, use in sorted((await _uses(directory, registration)).items()):
            api = keys.get(resource, resource)
            access = _access(client, api, use)
            accesses.append(access)
            used.setdefault(resource, set()).update(access.granted, access.missing)
    others = [
        _other(resource, await directory.by_client_id(resource), used[resource])
        for resource in sorted(used.keys() - keys.keys())
    ]
    return accesses, others


class _Directory:
    """The service principals of APIs, each read once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._known: dict[str, ServicePrincipal | None] = {}

    async def by_client_id(self, client_id: str) -> ServicePrincipal | None:
        if client_id not in self._known:
            item = self.graph.client.service_principals_with_app_id(client_id)
            what = f"read the service principal of client {client_id}"
            self._known[client_id] = await self.graph.find(what, item.get)
        return self._known[client_id]

    async def by_id(self, object_id: str) -> ServicePrincipal | None:
        for one in self._known.values():
            if one is not None and one.id == object_id:
                return one
        item = self.graph.client.service_principals.by_service_principal_id(object_id)
        found = await self.graph.find(f"read the service principal {object_id}", item.get)
        if found is not None and found.app_id:
            self._known[found.app_id] = found
        return found


async def _uses(directory: _Directory, client: Registration) -> dict[str, _Use]:
    """What a client uses, by client ID of the API."""
    uses: dict[str, _Use] = {}
    if client.application is None:
        return uses
    for required in client.application.required_resource_access or []:
        resource_id = str(required.resource_app_id)
        names = _names(await directory.by_client_id(resource_id))
        asked = [str(one.id) for one in required.resource_access or []]
        uses.setdefault(resource_id, _Use()).wanted |= {names.get(one, _GONE) for one in asked}
    scopes = await _granted_scopes(directory.graph, client.service_principal_id)
    for object_id, values in scopes:
        resource = await directory.by_id(object_id)
        if resource is not None and values:
            uses.setdefault(str(resource.app_id), _Use()).granted |= values
    roles = await _granted_roles(directory.graph, client.service_principal_id)
    for object_id, role in roles:
        resource = await directory.by_id(object_id)
        if resource is not None and role in (names := _names(resource)):
            uses.setdefault(str(resource.app_id), _Use()).granted.add(names[role])
    return uses


async def _granted_scopes(graph: Graph, principal: str) -> list[tuple[str, set[str]]]:
    """Values of scopes, by object ID of the API's service principal."""
    query = Grants.Oauth2PermissionGrantsRequestBuilderGetQueryParameters(
        filter=f"clientId eq '{principal}'"
    )
    found = await graph.send(
        f"read the consent to service principal {principal}",
        lambda: all_of(
            graph.client.oauth2_permission_grants, RequestConfiguration(query_parameters=query)
        ),
    )
    return [
        (str(one.resource_id), set((one.scope or "").split()))
        for one in found
        if one.consent_type == _EVERYBODY
    ]


async def _granted_roles(graph: Graph, principal: str) -> list[tuple[str, str]]:
    """Ids of app roles, by object ID of the API's service principal."""
    item = graph.client.service_principals.by_service_principal_id(principal)
    found = await graph.find(
        f"read the app roles of service principal {principal}",
        lambda: all_of(item.app_role_assignments),
    )
    return [(str(one.resource_id), str(one.app_role_id)) for one in found or []]


def _access(client: str, api: str, use: _Use) -> Access:
    return Access(client, api, tuple(sorted(use.granted)), tuple(sorted(use.wanted - use.granted)))


def _names(resource: ServicePrincipal | None) -> dict[str, str]:
    """What to call an API's scopes and app roles, by id: both may have the same values."""
    if resource is None:
        return {}
    scopes = {str(one.id): str(one.value) for one in resource.oauth2_permission_scopes or []}
    return scopes | {str(one.id): _role(str(one.value)) for one in resource.app_roles or []}


def _role(value: str) -> str:
    return f"{value} (app role)"


def _other(client_id: str, live: ServicePrincipal | None, used: set[str]) -> Api:
    """An API that is not the stack's, with what is used of it."""
    if live is None:
        return Api(client_id, "an API unknown to the tenant", client_id, own=False, exists=False)
    scopes, roles = live.oauth2_permission_scopes or [], live.app_roles or []
    return Api(
        client_id,
        live.display_name or client_id,
        client_id,
        scopes=permissions([one for one in scopes if one.value in used]),
        roles=permissions([one for one in roles if _role(str(one.value)) in used]),
        own=False,
    )


def permissions(defined: Sequence[PermissionScope] | Sequence[AppRole]) -> tuple[Permission, ...]:
    """What an API offers, in the order of the values."""
    enabled = {str(one.value): one.is_enabled is not False for one in defined}
    return tuple(Permission(value, enabled[value]) for value in sorted(enabled))
