"""The requests about user flows, each with what it waits out and how its answer is read.

Source: https://learn.microsoft.com/graph/api/resources/externalusersselfservicesignupeventsflow
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from providers.graph import rest
from providers.graph.errors import ObjectError, gone
from providers.graph.rest import Json
from providers.graph.settling import find_settled
from providers.user_flow import references
from providers.user_flow.bodies import FLOW, bound_ids, page_attributes, provider_ids
from providers.user_flow.references import FLOWS, flow_path

if TYPE_CHECKING:
    from providers.graph.session import Graph

T = TypeVar("T")


@dataclass(frozen=True)
class LiveFlow:
    """A flow as Graph has it: its ID, the object, its providers' IDs, its page's attributes."""

    id: str
    model: Json
    providers: Sequence[str]
    attributes: Sequence[dict[str, object]]


async def find(graph: Graph, display_name: str) -> LiveFlow | None:
    """The flow of that name, whatever its case; raises ``ObjectError`` where there are several.

    Not retried: for use inside a request that is.
    """
    quoted = display_name.replace("'", "''")
    listed = await rest.items(graph.http, rest.query(FLOWS, filter=f"displayName eq '{quoted}'"))
    flows = [
        flow
        for flow in listed
        if flow.get("@odata.type") == FLOW
        and str(flow.get("displayName") or "").casefold() == display_name.casefold()
    ]
    if len(flows) > 1:
        ids = ", ".join(sorted(str(flow.get("id")) for flow in flows))
        raise ObjectError(
            f"The tenant has {len(flows)} user flows named '{display_name}' (IDs {ids}): rename or "
            "delete all but one, then run the same command again."
        )
    return await _complete(graph, flows[0]) if flows else None


async def get(graph: Graph, flow_id: str, what: str) -> LiveFlow | None:
    """The flow of that ID; ``None`` when it is gone."""

    async def request() -> LiveFlow | None:
        flow = await rest.call(graph.http, "GET", flow_path(flow_id))
        return await _complete(graph, flow) if flow.get("@odata.type") == FLOW else None

    return await _found(graph, flow_id, what, request)


async def post(graph: Graph, body: Json) -> str:
    """Make the flow; returns its ID. Not retried."""
    made = await rest.call(graph.http, "POST", FLOWS, body)
    if not made.get("id"):
        raise ObjectError(
            f"Graph made the user flow '{body['displayName']}' without telling its ID; run the "
            "same command again to take it up."
        )
    return str(made["id"])


async def patch(graph: Graph, flow_id: str, body: Json, what: str) -> None:
    """Change the flow; the page's inputs are replaced as a whole where the body has any.

    Raises ``ObjectError`` where the flow is gone.
    """

    async def request() -> bool:
        await rest.call(graph.http, "PATCH", flow_path(flow_id), body)
        return True

    if not await _found(graph, flow_id, what, request):
        raise gone(what)


async def delete(graph: Graph, flow_id: str, what: str) -> None:
    """Delete the flow; one that is gone is fine."""
    await graph.find(what, lambda: rest.call(graph.http, "DELETE", flow_path(flow_id)))


def included(flow_id: str) -> str:
    """The path of the applications in a flow."""
    return f"{flow_path(flow_id)}/conditions/applications/includeApplications"


async def applications(graph: Graph, flow_id: str, what: str) -> list[str] | None:
    """The client IDs of the applications in the flow; ``None`` when the flow is gone."""

    async def request() -> list[str]:
        listed = await rest.items(graph.http, included(flow_id))
        return [str(one["appId"]) for one in listed if one.get("appId")]

    return await _found(graph, flow_id, what, request)


async def holders(graph: Graph, client_id: str) -> dict[str, str]:
    """The flows that an application is in, one at most: their names by ID. Not retried."""
    text = (
        "microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/conditions/applications/"
        f"includeApplications/any(appId:appId/appId eq '{client_id}')"
    )
    listed = await rest.items(graph.http, rest.query(FLOWS, filter=text))
    return {str(one["id"]): str(one.get("displayName") or "") for one in listed}


async def _found(
    graph: Graph, flow_id: str, what: str, request: Callable[[], Awaitable[T]]
) -> T | None:
    return await find_settled(graph, flow_id, what, request, lambda: _all_ids(graph))


async def _all_ids(graph: Graph) -> list[str]:
    return [str(one["id"]) for one in await rest.items(graph.http, FLOWS)]


async def _complete(graph: Graph, flow: Json) -> LiveFlow:
    """Add what the answer did not show: whether Graph shows references in a flow is not settled."""
    flow_id = str(flow["id"])
    providers, bound = provider_ids(flow), bound_ids(flow)
    if providers is None:
        providers = await references.listed_providers(graph, flow_id)
    if bound is None:
        bound = await references.listed_attributes(graph, flow_id)
    return LiveFlow(flow_id, flow, providers, page_attributes(flow, bound))
