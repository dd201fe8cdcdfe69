"""Scopes of users' tokens: which resource they name, whether it has them, who consented.

Source: Microsoft identity platform, "scopes and permissions", and the Graph resource page
"oAuth2PermissionGrant". Customers never consent themselves: an administrator did, or nobody.

OpenID Connect's own scopes are permissions of Microsoft Graph. That consent to any one permission
of Graph covers all four is our own choice; for ``User.Read`` it is what Entra is seen to do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from localtenant.conditions import key_is
from localtenant.signin import authorize_errors, tokens
from localtenant.tenant import GRAPH_CLIENT_ID

if TYPE_CHECKING:
    from collections.abc import Iterable

    from localtenant.odata.types import Json
    from localtenant.signin.tokens import Resource
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

OPENID, OFFLINE = "openid", "offline_access"
CONNECT = (OPENID, "profile", "email", OFFLINE)
_DEFAULT = ".default"


@dataclass
class AskedOf:
    """What is asked of one resource: values of its scopes, and each as it was asked for."""

    resource: Resource
    asked: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Asked:
    """The scopes of a request: OpenID Connect's own, and those of resources, in their order."""

    connect: tuple[str, ...]
    resources: list[AskedOf]


@dataclass(frozen=True)
class Granted:
    """What a token is for: its resource, the values for ``scp``, and what the answer calls them."""

    resource: Resource
    values: list[str]
    told: list[str]


def read(tenant: Tenant, tx: Transaction, application: Json, scopes: Iterable[str]) -> Asked:
    """Find the resources of scopes. Raises SignInError: 500011, and 650053 for an unknown scope."""
    names = list(dict.fromkeys(scopes))
    by_resource: dict[str, AskedOf] = {}
    for scope in names:
        if scope.lower() in CONNECT:
            continue
        name, _, value = scope.rpartition("/")
        resource = tokens.resource(tenant, tx, name or GRAPH_CLIENT_ID)
        if value != _DEFAULT and value not in _published(resource.principal):
            raise authorize_errors.scope_unknown(
                application["displayName"], value, resource.principal["appId"]
            )
        found = by_resource.setdefault(resource.principal["id"], AskedOf(resource))
        found.asked[value] = scope
    connect = tuple(n for n in CONNECT if n in {s.lower() for s in names})
    return Asked(connect, list(by_resource.values()))


def is_consented(tx: Transaction, principal: Json, user_id: str, asked: Asked) -> bool:
    """Whether an administrator consented to all that is asked, for everybody or for this user."""
    if asked.connect:
        graph = tx.lookup_id("servicePrincipal", "appId", GRAPH_CLIENT_ID)
        if graph is None or not _consented(tx, principal, user_id, graph):
            return False
    for one in asked.resources:
        held = _consented(tx, principal, user_id, one.resource.principal["id"])
        if not held or not one.asked.keys() - {_DEFAULT} <= held:
            return False
    return True


def for_token(
    tenant: Tenant, tx: Transaction, principal: Json, user_id: str, asked: Asked
) -> Granted:
    """What a token for the first of the asked resources holds; without any it is for Graph."""
    told = [s for s in asked.connect if s != OFFLINE]
    if not asked.resources:
        return Granted(tokens.resource(tenant, tx, GRAPH_CLIENT_ID), told, told)
    one = asked.resources[0]
    resource = one.resource
    values = dict(one.asked)
    if _DEFAULT in values:
        prefix = values.pop(_DEFAULT).removesuffix(_DEFAULT)
        published = _published(resource.principal)
        held = _consented(tx, principal, user_id, resource.principal["id"])
        for value in sorted(held & published):
            values.setdefault(value, f"{prefix}{value}")
    own = told if resource.principal["appId"] == GRAPH_CLIENT_ID else []
    return Granted(
        resource,
        list(dict.fromkeys([*values, *own])),
        list(dict.fromkeys([*values.values(), *told])),
    )


def _published(resource: Json) -> set[str]:
    scopes = {s["value"] for s in resource["oauth2PermissionScopes"] if s["isEnabled"]}
    return scopes | set(CONNECT) if resource["appId"] == GRAPH_CLIENT_ID else scopes


def _consented(tx: Transaction, principal: Json, user_id: str, resource_id: str) -> set[str]:
    rows = tx.find("oAuth2PermissionGrant", key_is("clientId", principal["id"]))
    return {
        value
        for row in rows
        if row.doc["resourceId"] == resource_id and row.doc["principalId"] in {None, user_id}
        for value in (row.doc["scope"] or "").split()
    }
