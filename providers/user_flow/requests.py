"""The requests about user flows, each with what it waits out and how its answer is read.

Source: https://learn.microsoft.com/graph/api/resources/externalusersselfservicesignupeventsflow
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.identity.authentication_events_flows.authentication_events_flows_request_builder import (  # noqa: E501 -- the module's name
    AuthenticationEventsFlowsRequestBuilder as Flows,
)
from msgraph.generated.identity.authentication_events_flows.item.authentication_events_flow_item_request_builder import (  # noqa: E501 -- the module's name
    AuthenticationEventsFlowItemRequestBuilder as FlowItem,
)
from msgraph.generated.models.external_users_self_service_sign_up_events_flow import (
    ExternalUsersSelfServiceSignUpEventsFlow as Flow,
)

from providers.graph.errors import ObjectError, gone
from providers.graph.paging import all_of
from providers.graph.session import Graph
from providers.graph.settling import find_settled
from providers.user_flow import references
from providers.user_flow.bodies import bound_ids, page_attributes, provider_ids

T = TypeVar("T")


@dataclass(frozen=True)
class LiveFlow:
    """A flow as Graph has it: its ID, the model, its providers' IDs, its page's attributes."""

    id: str
    model: Flow
    providers: Sequence[str]
    attributes: Sequence[dict[str, object]]


async def find(graph: Graph, display_name: str) -> LiveFlow | None:
    """The flow of that name, whatever its case; raises ``ObjectError`` where there are several.

    Not retried: for use inside a request that is.
    """
    quoted = display_name.replace("'", "''")
    builder = graph.client.identity.authentication_events_flows
    query = Flows.AuthenticationEventsFlowsRequestBuilderGetQueryParameters(
        filter=f"displayName eq '{quoted}'"
    )
    listed = await all_of(builder, RequestConfiguration(query_parameters=query))
    flows = [
        flow
        for flow in listed
        if isinstance(flow, Flow)
        and (flow.display_name or "").casefold() == display_name.casefold()
    ]
    if len(flows) > 1:
        ids = ", ".join(sorted(flow.id or "" for flow in flows))
        raise ObjectError(
            f"The tenant has {len(flows)} user flows named '{display_name}' (IDs {ids}): rename or "
            "delete all but one, then run the same command again."
        )
    return await _complete(graph, flows[0]) if flows else None


async def get(graph: Graph, flow_id: str, what: str) -> LiveFlow | None:
    """The flow of that ID; ``None`` when it is gone."""
    item = _item(graph, flow_id)

    async def request() -> LiveFlow | None:
        flow = await item.get()
        return await _complete(graph, flow) if isinstance(flow, Flow) else None

    return await _found(graph, flow_id, what, request)


async def post(graph: Graph, body: Flow) -> str:
    """Make the flow; returns its ID. Not retried."""
    made = await graph.client.identity.authentication_events_flows.post(body)
    if made is None or not made.id:
        raise ObjectError(
            f"Graph made the user flow '{body.display_name}' without telling its ID; run the same "
            "command again to take it up."
        )
    return made.id


async def patch(graph: Graph, flow_id: str, body: Flow, what: str) -> None:
    """Change the flow; the page's inputs are replaced as a whole where the body has any.

    Raises ``ObjectError`` where the flow is gone.
    """
    item = _item(graph, flow_id)

    async def request() -> bool:
        await item.patch(body)
        return True

    if not await _found(graph, flow_id, what, request):
        raise gone(what)


async def delete(graph: Graph, flow_id: str, what: str) -> None:
    """Delete the flow; one that is gone is fine."""
    item = _item(graph, flow_id)
    await graph.find(what, item.delete)


async def applications(graph: Graph, flow_id: str, what: str) -> list[str] | None:
    """The client IDs of the applications in the flow; ``None`` when the flow is gone."""
    builder = _item(graph, flow_id).conditions.applications.include_applications

    async def request() -> list[str]:
        return [one.app_id for one in await all_of(builder) if one.app_id]

    return await _found(graph, flow_id, what, request)


async def _found(
    graph: Graph, flow_id: str, what: str, request: Callable[[], Awaitable[T]]
) -> T | None:
    return await find_settled(graph, flow_id, what, request, lambda: _all_ids(graph))


async def _all_ids(graph: Graph) -> list[str]:
    builder = graph.client.identity.authentication_events_flows
    listed = await all_of(builder)
    return [one.id for one in listed if one.id]


async def _complete(graph: Graph, flow: Flow) -> LiveFlow:
    """Add what the answer did not show: whether Graph shows references in a flow is not settled."""
    flow_id = flow.id or ""
    providers, bound = provider_ids(flow), bound_ids(flow)
    if providers is None:
        providers = await references.listed_providers(graph, flow_id)
    if bound is None:
        bound = await references.listed_attributes(graph, flow_id)
    return LiveFlow(flow_id, flow, providers, page_attributes(flow, bound))


def _item(graph: Graph, flow_id: str) -> FlowItem:
    flows = graph.client.identity.authentication_events_flows
    return flows.by_authentication_events_flow_id(flow_id)
