"""Look-up of a service principal: `azuread:index/getServicePrincipal:getServicePrincipal`."""

from __future__ import annotations

from typing import Final

from engine.azuread.connection import Connection
from engine.azuread.errors import StandInError
from engine.azuread.graph import Graph
from engine.azuread.resources.service_principal_body import from_graph, relay_state
from engine.azuread.values import Properties

NAME: Final = "azuread:index/getServicePrincipal:getServicePrincipal"

_FILTERS: Final = {"displayName": "displayName", "clientId": "appId"}
"""Arguments that a service principal is looked up by, and Graph's properties for them."""


async def invoke(connection: Connection, args: Properties) -> Properties:
    """Return the service principal that the argument names.

    Raises StandInError when there is none, when several have the display name, and when not exactly
    one of `clientId`, `displayName` and `objectId` is given.
    """
    principal = await _find(connection.graph, args)
    outputs = from_graph(principal)
    outputs["id"] = f"/servicePrincipals/{principal['id']}"
    settings = principal.get("samlSingleSignOnSettings")
    outputs["samlSingleSignOns"] = (
        [] if settings is None else [{"relayState": relay_state(principal)}]
    )
    return outputs


async def _find(graph: Graph, args: Properties) -> Properties:
    given = [name for name in ("objectId", *_FILTERS) if args.get(name)]
    if len(given) > 1:
        message = f"getServicePrincipal takes one of {', '.join(given)}, not several"
        raise StandInError(message)
    object_id = args.get("objectId")
    if object_id:
        doing = f"find service principal {object_id}"
        return await graph.get(f"/servicePrincipals/{object_id}", doing=doing)
    for argument, name in _FILTERS.items():
        value = args.get(argument)
        if value:
            doing = f"find the service principal with {argument} {value!r}"
            quoted = str(value).replace("'", "''")
            found = await graph.list(
                "/servicePrincipals", params={"$filter": f"{name} eq '{quoted}'"}, doing=doing
            )
            if len(found) == 1:
                return found[0]
            number = "no service principal" if not found else f"{len(found)} service principals"
            raise StandInError(f"could not {doing}: the tenant has {number} like that")
    message = "getServicePrincipal needs one of clientId, displayName and objectId"
    raise StandInError(message)
