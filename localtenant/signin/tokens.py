"""Access tokens: for which resource, and with which claims.

Source: Microsoft identity platform, "access token claims reference", and decoded tokens of the
real service. Tokens for Microsoft Graph are of version 1.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from localtenant.conditions import key_is
from localtenant.odata.types import child, children
from localtenant.signin import claims_mapping, errors, policies
from localtenant.signin.claims_mapping import Parties
from localtenant.tenant import GRAPH_CLIENT_ID

if TYPE_CHECKING:
    from collections.abc import Iterable

    from localtenant.odata.types import Json
    from localtenant.signin.credentials import Client
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

LIFETIME = 3599
"""Seconds. Clients that renew early do so for lifetimes below twenty minutes."""

_V2 = 2


@dataclass(frozen=True)
class Resource:
    """An API that a token is for: what to call it in ``aud``, and the version of its tokens."""

    audience: str
    principal: Json
    version: int


def answer(tenant: Tenant, claims: dict[str, Any], told: int) -> dict[str, Any]:
    """The token endpoint's answer with a token of ``claims``, said to live ``told`` seconds."""
    return {
        "token_type": "Bearer",
        "expires_in": told,
        "ext_expires_in": told,
        "access_token": tenant.key.sign(claims),
    }


def resource(tenant: Tenant, tx: Transaction, name: str) -> Resource:
    """The resource that a scope names: Graph by any of its names, or an API of the tenant.

    Raises SignInError.
    """
    graph = (*tenant.origins, "https://graph.microsoft.com", GRAPH_CLIENT_ID)
    if name.rstrip("/") in graph:
        found = tx.lookup("servicePrincipal", "appId", GRAPH_CLIENT_ID)
        version = 1
    else:
        found = tx.lookup("servicePrincipal", "servicePrincipalNames", name)
        application = tx.lookup("application", "appId", found["appId"]) if found else None
        version = (application or {}).get("api", {}).get("requestedAccessTokenVersion") or 1
    if found is None:
        raise errors.resource_not_found(name, tenant.initial_domain)
    audience = found["appId"] if version == _V2 else name
    return Resource(audience, found, version)


def lifetimes(tenant: Tenant, tx: Transaction, resource: Resource) -> tuple[int, int]:
    """How long an access token for a resource lives, and what its client is told, in seconds."""
    usual = (policies.lifetime(tx, resource.principal) or LIFETIME + 1) - 1
    return tenant.faults.token_lifetime() or (usual, usual)


def assignments(tx: Transaction, holders: Iterable[str], resource: Json) -> list[Json]:
    """What assigns any of ``holders`` to a resource's app roles.

    ``holders`` are object IDs: a service principal's, or a user's and those of his groups.
    """
    rows = (r for h in holders for r in tx.find("appRoleAssignment", key_is("principalId", h)))
    return [r.doc for r in rows if r.doc["resourceId"] == resource["id"]]


def roles(tx: Transaction, holders: Iterable[str], resource: Json) -> list[str]:
    """The values of the resource's app roles that are assigned to any of ``holders``, sorted."""
    values = {r["id"]: r["value"] for r in resource["appRoles"] if r["isEnabled"]}
    assigned = {one["appRoleId"] for one in assignments(tx, holders, resource)}
    return sorted(v for i, v in values.items() if i in assigned and v)


def is_assigned(tx: Transaction, holders: Iterable[str], principal: Json) -> bool:
    """Whether ``holders`` may use an application, which may be for those assigned to it only."""
    wanted = principal["appRoleAssignmentRequired"]
    return not wanted or bool(assignments(tx, holders, principal))


def app_claims(
    tenant: Tenant, tx: Transaction, client: Client, resource: Resource, lifetime: int
) -> dict[str, Any]:
    """The claims of a token for a client by itself, which lives ``lifetime`` seconds.

    Raises SignInError.
    """
    application, principal = client.application, client.principal
    claims = times(tenant, resource, lifetime)
    common = {
        "oid": principal["id"],
        "roles": roles(tx, [principal["id"]], resource.principal),
        "sub": principal["id"],
        "tid": tenant.tenant_id,
        "uti": unique(),
    }
    if resource.version == _V2:
        claims |= {"azp": application["appId"], "azpacr": client.strength, **common, "ver": "2.0"}
    else:
        claims |= {
            "app_displayname": application["displayName"],
            "appid": application["appId"],
            "appidacr": client.strength,
            "idp": issuer(tenant, 1),
            **common,
            "tenant_region_scope": "WW",
            "ver": "1.0",
        }
    if not claims["roles"]:
        if resource.principal["appRoleAssignmentRequired"]:
            client_id, name = application["appId"], application["displayName"]
            raise errors.not_assigned(client_id, name, resource.principal["appId"])
        del claims["roles"]
    if resource.principal["appId"] == GRAPH_CLIENT_ID or _wants_idtyp(tx, resource.principal):
        claims["idtyp"] = "app"
    return claims_mapping.mapped(tx, claims, Parties(None, principal, resource.principal))


def times(tenant: Tenant, resource: Resource, lifetime: int) -> dict[str, Any]:
    """Whom a token is for, who issues it, and when it is valid: from now on, in seconds."""
    issued = int(time.time())
    return {
        "aud": resource.audience,
        "iss": issuer(tenant, resource.version),
        "iat": issued,
        "nbf": issued,
        "exp": issued + lifetime + 1,
    }


def unique() -> str:
    """``uti``: a name of a token that no other has."""
    return uuid4().hex[:22]


def _wants_idtyp(tx: Transaction, resource: Json) -> bool:
    """Whether the API asks for ``idtyp`` among the optional claims of its access tokens."""
    application = tx.lookup("application", "appId", resource["appId"])
    optional = child(application, "optionalClaims")
    return any(c["name"] == "idtyp" for c in children(optional, "accessToken"))


def issuer(tenant: Tenant, version: int) -> str:
    """Who issues tokens of a version: Entra's security token service for 1, the tenant for 2."""
    if version == _V2:
        return f"{tenant.url}/{tenant.tenant_id}/v2.0"
    return f"https://sts.windows.net/{tenant.tenant_id}/"
