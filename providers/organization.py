"""The tenant itself: which one answers, and whether it is an External ID tenant.

Sources: https://learn.microsoft.com/graph/api/organization-list and .../serviceprincipal-get
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from providers.graph import rest
from providers.graph.configuration import Lookup
from providers.graph.errors import GraphError, TenantError
from providers.graph.session import Graph, Session

EXTERNAL = "CIAM"
"""``tenantType`` of an External ID tenant; a workforce tenant has ``AAD``."""

MICROSOFT_GRAPH: Final = "00000003-0000-0000-c000-000000000000"
"""Microsoft Graph's client ID, the same in every tenant."""

_THIS_MACHINE: Final = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class MicrosoftGraph:
    """Microsoft Graph as a tenant has it: its service principal's object ID, and its scopes' ids.

    ``scope_ids`` are those of the delegated permissions, by value (``openid``).
    """

    service_principal_id: str
    scope_ids: Mapping[str, str]


@dataclass(frozen=True)
class Organization:
    """The tenant: its ID (a GUID), name, type, and initial domain (``contoso.onmicrosoft.com``).

    ``microsoft_graph`` is Microsoft Graph in it; None where it could not be read, or was not.
    ``deployer_object_id`` is the object ID of who signs in; empty where the token does not say.
    ``local_host`` is the host (``localhost:8443``) of a tenant on this machine, at which customers
    sign in to it, too; empty for any other.
    """

    tenant_id: str
    display_name: str
    tenant_type: str
    initial_domain: str
    microsoft_graph: MicrosoftGraph | None = None
    deployer_object_id: str = ""
    local_host: str = ""

    @property
    def subdomain(self) -> str:
        """The first part of the initial domain."""
        return self.initial_domain.split(".", 1)[0]


def read_organization(lookup: Lookup) -> Organization:
    """Read the tenant that the azuread configuration signs in to; for before the first write.

    ``lookup`` finds keys of ``azuread:`` in the stack's configuration. Needs the permission
    ``Organization.Read.All``.
    Raises ``TenantError`` where the stack names no tenant, or it is another or no External ID
    tenant, and other ``ProviderError`` where it cannot be read.
    """
    found = Session(lookup).operate("read the tenant", _read, needs="Organization.Read.All")
    check_organization(found, lookup("tenantId"))
    return found


def check_organization(found: Organization, configured: str | None) -> None:
    """Refuse a tenant that is not the ``configured`` one (ID or initial domain), or not external.

    The stack itself has to name its tenant: a refresh runs no program, so nothing but the stack's
    configuration keeps it from looking for a stack's objects where the credentials of the moment
    lead, finding none, and forgetting them all.
    Raises ``TenantError``, which names the tenants and what to set.
    """
    if not configured:
        raise TenantError(
            f"The stack does not name its tenant. The one that answers is {found.tenant_id} "
            f"('{found.display_name}'); if it is the right one, run 'pulumi config set "
            f"azuread:tenantId {found.tenant_id}'. Nothing was changed."
        )
    if configured.lower() not in (
        found.tenant_id.lower(),
        found.initial_domain.lower(),
    ):
        raise TenantError(
            f"The configured tenant is {configured}, but the one that answers is "
            f"{found.tenant_id} ('{found.display_name}'). Set azuread:tenantId and "
            "the credentials of one tenant. Nothing was changed."
        )
    if found.tenant_type != EXTERNAL:
        raise TenantError(
            f"The tenant {found.tenant_id} ('{found.display_name}') is of the type "
            f"'{found.tenant_type}'; user flows for customers need an External ID tenant (type "
            f"'{EXTERNAL}'). Set azuread:tenantId to one. Nothing was changed."
        )


async def _read(graph: Graph) -> Organization:
    listed, microsoft_graph = await asyncio.gather(
        graph.send("read the tenant", lambda: rest.items(graph.http, "/organization")),
        _read_microsoft_graph(graph),
    )
    if not listed:
        raise TenantError("Graph lists no organization for this sign-in. Nothing was changed.")
    tenant = listed[0]
    domains = [
        str(one["name"])
        for one in rest.objects(tenant.get("verifiedDomains"))
        if one.get("isInitial") and one.get("name")
    ]
    return Organization(
        tenant_id=str(tenant.get("id") or ""),
        display_name=str(tenant.get("displayName") or ""),
        tenant_type=str(tenant.get("tenantType") or ""),
        initial_domain=domains[0] if domains else "",
        microsoft_graph=microsoft_graph,
        deployer_object_id=graph.deployer_object_id,
        local_host=_local_host(graph),
    )


def _local_host(graph: Graph) -> str:
    url = graph.http.base_url
    return url.netloc.decode() if url.host in _THIS_MACHINE else ""


async def _read_microsoft_graph(graph: Graph) -> MicrosoftGraph | None:
    """Two properties of it; all of them are half a megabyte, most of it texts."""
    path = rest.query(
        f"/servicePrincipals(appId='{MICROSOFT_GRAPH}')", select="id,oauth2PermissionScopes"
    )
    try:
        found = await graph.send("read Microsoft Graph", lambda: rest.call(graph.http, "GET", path))
    except GraphError:
        return None  # azuread then looks it up for what needs it, and says what is wrong.
    scopes = rest.objects(found.get("oauth2PermissionScopes"))
    return MicrosoftGraph(
        service_principal_id=str(found["id"]),
        scope_ids={str(one["value"]): str(one["id"]) for one in scopes if one.get("value")},
    )
