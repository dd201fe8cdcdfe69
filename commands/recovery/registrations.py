"""Finds what an interrupted creation of an azuread resource has made: for each type, by its key.

Each finder gets the resource's inputs as a state holds them and returns the ids, in the azuread
plugin's form, of the objects that look as the creation would have made them.
"""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.applications.applications_request_builder import (
    ApplicationsRequestBuilder as Applications,
)
from msgraph.generated.models.application import Application
from msgraph.generated.models.directory_object import DirectoryObject
from msgraph.generated.oauth2_permission_grants.oauth2_permission_grants_request_builder import (
    Oauth2PermissionGrantsRequestBuilder as Grants,
)
from msgraph.generated.service_principals.service_principals_request_builder import (
    ServicePrincipalsRequestBuilder as ServicePrincipals,
)

from providers.graph.paging import Collection, all_of
from providers.graph.session import Graph

Inputs = Mapping[str, Any]


@dataclass(frozen=True)
class Search:
    """A look into the tenant for what was made after `since`, when the stack had been at rest."""

    graph: Graph
    since: datetime | None


Finder = Callable[[Search, Inputs], Awaitable[list[str]]]


async def _application(search: Search, inputs: Inputs) -> list[str]:
    """By display name, among those that are new and have the owners that they were to have."""
    name, graph = str(inputs["displayName"]), search.graph
    applications = graph.client.applications
    query = Applications.ApplicationsRequestBuilderGetQueryParameters(
        filter=f"displayName eq {_quoted(name)}"
    )
    found = await graph.send(
        f"look for the application '{name}'",
        lambda: all_of(applications, RequestConfiguration(query_parameters=query)),
    )
    return [
        f"/applications/{one.id}"
        for one in found
        # The filter does not tell upper from lower case.
        if one.id
        and one.display_name == name
        and _is_new(one, search.since)
        and await _owned(graph, applications.by_application_id(one.id).owners, inputs)
    ]


async def _service_principal(search: Search, inputs: Inputs) -> list[str]:
    """By client ID, where it has the owners that it was to have."""
    client_id, graph = str(inputs["clientId"]), search.graph
    principals = graph.client.service_principals
    query = ServicePrincipals.ServicePrincipalsRequestBuilderGetQueryParameters(
        filter=f"appId eq {_quoted(client_id)}"
    )
    found = await graph.send(
        f"look for the service principal of client {client_id}",
        lambda: all_of(principals, RequestConfiguration(query_parameters=query)),
    )
    return [
        f"/servicePrincipals/{one.id}"
        for one in found
        if one.id and await _owned(graph, principals.by_service_principal_id(one.id).owners, inputs)
    ]


async def _grant(search: Search, inputs: Inputs) -> list[str]:
    """By client, resource, user and scopes."""
    client, resource = (
        inputs["servicePrincipalObjectId"],
        inputs["resourceServicePrincipalObjectId"],
    )
    graph = search.graph
    grants = graph.client.oauth2_permission_grants
    query = Grants.Oauth2PermissionGrantsRequestBuilderGetQueryParameters(
        filter=f"clientId eq {_quoted(client)}"
    )
    found = await graph.send(
        f"look for the grant to service principal {client}",
        lambda: all_of(grants, RequestConfiguration(query_parameters=query)),
    )
    return [
        f"/oauth2PermissionGrants/{one.id}"
        for one in found
        if one.resource_id == resource
        and (one.principal_id or "") == (inputs.get("userObjectId") or "")
        and set((one.scope or "").split()) == set(inputs["claimValues"])
    ]


async def _identifier_uri(search: Search, inputs: Inputs) -> list[str]:
    """By application and URI."""
    path, uri = str(inputs["applicationId"]), str(inputs["identifierUri"])
    live = await _read(search.graph, path)
    encoded = base64.b64encode(uri.encode()).decode()
    present = live is not None and uri in (live.identifier_uris or [])
    return [f"{path}/identifierUris/{encoded}"] if present else []


async def _secret(search: Search, inputs: Inputs) -> list[str]:
    """By application, name and end, which is counted from the second of the run."""
    path = str(inputs["applicationId"])
    live = await _read(search.graph, path)
    end = inputs.get("endDate")
    return [
        f"{_object_id(path)}/password/{one.key_id}"
        for one in (live.password_credentials if live else None) or []
        if one.display_name == inputs.get("displayName")
        and end is not None
        and one.end_date_time == datetime.fromisoformat(end)
    ]


FINDERS: Final[Mapping[str, Finder]] = {
    "azuread:index/application:Application": _application,
    "azuread:index/servicePrincipal:ServicePrincipal": _service_principal,
    (
        "azuread:index/servicePrincipalDelegatedPermissionGrant:"
        "ServicePrincipalDelegatedPermissionGrant"
    ): _grant,
    "azuread:index/applicationIdentifierUri:ApplicationIdentifierUri": _identifier_uri,
    "azuread:index/applicationPassword:ApplicationPassword": _secret,
}
"""By the type of the resource."""


async def _read(graph: Graph, path: str) -> Application | None:
    """The application at `/applications/{object ID}`; None when it is gone, and all it had."""
    item = graph.client.applications.by_application_id(_object_id(path))
    return await graph.find(f"read {path}", item.get)


async def _owned(graph: Graph, owners: Collection[DirectoryObject], inputs: Inputs) -> bool:
    """Whether the object has the owners that it was to have; one without any is nobody's work."""
    wanted = set(cast("list[str]", inputs.get("owners") or []))
    there = await graph.send("read the owners of an object", lambda: all_of(owners))
    return bool(wanted) and wanted <= {one.id for one in there}


def _is_new(application: Application, since: datetime | None) -> bool:
    made = application.created_date_time
    return since is not None and made is not None and made >= since.replace(microsecond=0)


def _object_id(path: str) -> str:
    return path.rpartition("/")[2]


def _quoted(value: object) -> str:
    escaped = str(value).replace("'", "''")
    return f"'{escaped}'"
