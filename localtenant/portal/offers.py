"""What an application can ask for when it signs somebody in: its scopes, and its redirect URIs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from localtenant.conditions import key_is
from localtenant.entities.principals.permission_grant import GRANT
from localtenant.entities.principals.role_assignment import ASSIGNMENT
from localtenant.entities.principals.service_principal import SERVICE_PRINCIPAL
from localtenant.odata.types import children
from localtenant.signin.scopes import CONNECT
from localtenant.tenant import GRAPH_CLIENT_ID

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.portal.applications import Application
    from localtenant.transaction import Transaction

_EMAIL = "email"


@dataclass(frozen=True)
class Offer:
    """A scope: as it is asked for, of which API, whether it is consented to, and chosen first."""

    scope: str
    api: str
    consented: bool
    chosen: bool


def scopes(tx: Transaction, app: Application) -> list[Offer]:
    """OpenID Connect's scopes, and those that the application was granted or is registered for."""
    granted = _granted(tx, app.principal)
    graph = tx.lookup_id(SERVICE_PRINCIPAL.filed_as, "appId", GRAPH_CLIENT_ID)
    in_graph = bool(granted.get(graph or ""))
    offers = [Offer(s, "OpenID Connect", in_graph, s != _EMAIL) for s in CONNECT]
    for key, values in _wanted(tx, app.doc, granted).items():
        resource = tx.get(SERVICE_PRINCIPAL.filed_as, key)
        if resource is None:
            continue
        # Without scopes of an API the token is for Graph.
        first = not any(o.chosen and o.api != "OpenID Connect" for o in offers)
        of_graph = resource["appId"] == GRAPH_CLIENT_ID
        prefix = "" if of_graph else f"{_identifier(resource)}/"
        for value in sorted(values - set(CONNECT)):
            consented = value in granted.get(key, set())
            chosen = consented and first and not of_graph
            offers.append(Offer(f"{prefix}{value}", resource["displayName"], consented, chosen))
    return offers


def resources(tx: Transaction, app: Application) -> list[tuple[str, str]]:
    """The APIs of which an application has roles: what a scope calls them, and their names."""
    if app.principal is None:
        return []
    rows = tx.find(ASSIGNMENT.filed_as, key_is("principalId", app.principal["id"]))
    found = (tx.get(SERVICE_PRINCIPAL.filed_as, r.doc["resourceId"]) for r in rows)
    return list(dict.fromkeys((_identifier(r), str(r["displayName"])) for r in found if r))


def _granted(tx: Transaction, principal: Json | None) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    if principal is not None:
        for row in tx.find(GRANT.filed_as, key_is("clientId", principal["id"])):
            values = (row.doc["scope"] or "").split()
            found.setdefault(row.doc["resourceId"], set()).update(values)
    return found


def _wanted(
    tx: Transaction, application: Json, granted: dict[str, set[str]]
) -> dict[str, set[str]]:
    """Values of scopes by object ID of their resource: those granted, and those registered."""
    found = {key: set(values) for key, values in granted.items()}
    for one in children(application, "requiredResourceAccess"):
        resource = tx.lookup(SERVICE_PRINCIPAL.filed_as, "appId", one["resourceAppId"])
        if resource is not None:
            ids = {a["id"] for a in children(one, "resourceAccess") if a["type"] == "Scope"}
            values = {s["value"] for s in resource["oauth2PermissionScopes"] if s["id"] in ids}
            found.setdefault(resource["id"], set()).update(values)
    return found


def _identifier(resource: Json) -> str:
    """What a scope calls a resource: its first identifier URI, else its client ID."""
    names = [n for n in resource["servicePrincipalNames"] if n != resource["appId"]]
    if resource["appId"] == GRAPH_CLIENT_ID:
        return "https://graph.microsoft.com"
    return str(next(iter(names), resource["appId"]))
