"""Finds what an interrupted creation has added to an application: URIs, credentials, entries."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgraph.generated.models.application import Application

from commands.recovery.search import Finder, Inputs, Search
from providers.graph.paging import all_of
from providers.graph.session import Graph


async def _identifier_uri(search: Search, inputs: Inputs) -> list[str]:
    """By application and URI."""
    path, uri = str(inputs["applicationId"]), str(inputs["identifierUri"])
    live = await _application(search.graph, path)
    encoded = base64.b64encode(uri.encode()).decode()
    present = live is not None and uri in (live.identifier_uris or [])
    return [f"{path}/identifierUris/{encoded}"] if present else []


async def _secret(search: Search, inputs: Inputs) -> list[str]:
    """By application, name and end, which is counted from the second of the run."""
    path = str(inputs["applicationId"])
    live = await _application(search.graph, path)
    end = inputs.get("endDate")
    return [
        f"{_object_id(path)}/password/{one.key_id}"
        for one in (live.password_credentials if live else None) or []
        if one.display_name == inputs.get("displayName")
        and end is not None
        and one.end_date_time == datetime.fromisoformat(end)
    ]


async def _certificate(search: Search, inputs: Inputs) -> list[str]:
    """By application and key ID, which follows from the certificate."""
    path, key_id = str(inputs["applicationId"]), str(inputs.get("keyId"))
    live = await _application(search.graph, path)
    keys = (live.key_credentials if live else None) or []
    return [
        f"{_object_id(path)}/certificate/{one.key_id}" for one in keys if str(one.key_id) == key_id
    ]


async def _federated(search: Search, inputs: Inputs) -> list[str]:
    """By application and name, where it trusts the tokens that it was to trust."""
    path, graph = str(inputs["applicationId"]), search.graph
    item = graph.client.applications.by_application_id(_object_id(path))
    if await _application(graph, path) is None:
        return []
    found = await graph.send(
        f"look for the federated credentials of {path}",
        lambda: all_of(item.federated_identity_credentials),
    )
    return [
        f"{_object_id(path)}/federatedIdentityCredential/{one.id}"
        for one in found
        if one.name == inputs["displayName"]
        and (one.issuer, one.subject) == (inputs["issuer"], inputs["subject"])
        and one.audiences == inputs["audiences"]
    ]


async def _api_access(search: Search, inputs: Inputs) -> list[str]:
    """By application and API, where it has the permissions that it was to have."""
    path, api = str(inputs["applicationId"]), str(inputs["apiClientId"])
    live = await _application(search.graph, path)
    wanted = {*inputs.get("scopeIds", ()), *inputs.get("roleIds", ())}
    return [
        f"{path}/apiAccess/{api}"
        for one in (live.required_resource_access if live else None) or []
        if one.resource_app_id == api
        and {str(access.id) for access in one.resource_access or []} == wanted
    ]


async def _pre_authorized(search: Search, inputs: Inputs) -> list[str]:
    """By application and client, where it has the scopes that it was to have."""
    path, client = str(inputs["applicationId"]), str(inputs["authorizedClientId"])
    live = await _application(search.graph, path)
    api = live.api if live else None
    return [
        f"{_object_id(path)}/preAuthorizedApplication/{client}"
        for one in (api.pre_authorized_applications if api else None) or []
        if one.app_id == client
        and set(one.delegated_permission_ids or []) == set(inputs["permissionIds"])
    ]


FINDERS: Final[Mapping[str, Finder]] = {
    "azuread:index/applicationApiAccess:ApplicationApiAccess": _api_access,
    "azuread:index/applicationCertificate:ApplicationCertificate": _certificate,
    (
        "azuread:index/applicationFederatedIdentityCredential:"
        "ApplicationFederatedIdentityCredential"
    ): _federated,
    "azuread:index/applicationIdentifierUri:ApplicationIdentifierUri": _identifier_uri,
    "azuread:index/applicationPassword:ApplicationPassword": _secret,
    "azuread:index/applicationPreAuthorized:ApplicationPreAuthorized": _pre_authorized,
}
"""By the type of the resource."""


async def _application(graph: Graph, path: str) -> Application | None:
    """The application at `/applications/{object ID}`; None when it is gone, and all it had."""
    item = graph.client.applications.by_application_id(_object_id(path))
    return await graph.find(f"read {path}", item.get)


def _object_id(path: str) -> str:
    return path.rpartition("/")[2]
