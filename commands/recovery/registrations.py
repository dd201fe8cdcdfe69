"""Finds what an interrupted creation of an azuread resource has made: for each type, by its key.

Each finder gets the resource's inputs as a state holds them and returns the ids, in the azuread
plugin's form, of the objects that look as the creation would have made them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.applications.applications_request_builder import (
    ApplicationsRequestBuilder as Applications,
)
from msgraph.generated.models.directory_object import DirectoryObject
from msgraph.generated.oauth2_permission_grants.oauth2_permission_grants_request_builder import (
    Oauth2PermissionGrantsRequestBuilder as Grants,
)
from msgraph.generated.service_principals.service_principals_request_builder import (
    ServicePrincipalsRequestBuilder as ServicePrincipals,
)

from commands.recovery.search import Finder, Inputs, Search, is_new, quoted
from providers.graph.paging import Collection, all_of
from providers.graph.session import Graph


async def _application(search: Search, inputs: Inputs) -> list[str]:
    """By display name, among those that are new and have the owners that they were to have."""
    name, graph = str(inputs["displayName"]), search.graph
    applications = graph.client.applications
    query = Applications.ApplicationsRequestBuilderGetQueryParameters(
        filter=f"displayName eq {quoted(name)}"
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
        and is_new(one, search.since)
        and await _owned(graph, applications.by_application_id(one.id).owners, inputs)
    ]


async def _service_principal(search: Search, inputs: Inputs) -> list[str]:
    """By client ID, where it has the owners that it was to have."""
    client_id, graph = str(inputs["clientId"]), search.graph
    principals = graph.client.service_principals
    query = ServicePrincipals.ServicePrincipalsRequestBuilderGetQueryParameters(
        filter=f"appId eq {quoted(client_id)}"
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
        filter=f"clientId eq {quoted(client)}"
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


async def _assignment(search: Search, inputs: Inputs) -> list[str]:
    """By app role and principal, among those that are new."""
    resource, graph = str(inputs["resourceObjectId"]), search.graph
    assigned = graph.client.service_principals.by_service_principal_id(
        resource
    ).app_role_assigned_to
    found = await graph.send(
        f"look for the app roles of service principal {resource}", lambda: all_of(assigned)
    )
    return [
        f"/servicePrincipals/{resource}/appRoleAssignedTo/{one.id}"
        for one in found
        if str(one.app_role_id) == inputs["appRoleId"]
        and str(one.principal_id) == inputs["principalObjectId"]
        and is_new(one, search.since)
    ]


FINDERS: Final[Mapping[str, Finder]] = {
    "azuread:index/application:Application": _application,
    "azuread:index/servicePrincipal:ServicePrincipal": _service_principal,
    (
        "azuread:index/servicePrincipalDelegatedPermissionGrant:"
        "ServicePrincipalDelegatedPermissionGrant"
    ): _grant,
    "azuread:index/appRoleAssignment:AppRoleAssignment": _assignment,
}
"""By the type of the resource."""


async def _owned(graph: Graph, owners: Collection[DirectoryObject], inputs: Inputs) -> bool:
    """Whether the object has the owners that it was to have; one without any is nobody's work."""
    wanted = set(cast("list[str]", inputs.get("owners") or []))
    there = await graph.send("read the owners of an object", lambda: all_of(owners))
    return bool(wanted) and wanted <= {one.id for one in there}
