"""The references of a user flow: its identity providers and its attributes.

They change by ``$ref`` only; a PATCH of the flow that names them is refused, or replaces them all.
Source: https://learn.microsoft.com/graph/api/onauthenticationmethodloadstartexternalusersselfservicesignup-post-identityproviders
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Protocol

from kiota_abstractions.api_error import APIError
from msgraph.generated.identity.authentication_events_flows.item.graph_external_users_self_service_sign_up_events_flow.graph_external_users_self_service_sign_up_events_flow_request_builder import (  # noqa: E501 -- the module's name
    GraphExternalUsersSelfServiceSignUpEventsFlowRequestBuilder as ExternalFlow,
)
from msgraph.generated.identity.authentication_events_flows.item.graph_external_users_self_service_sign_up_events_flow.on_attribute_collection.graph_on_attribute_collection_external_users_self_service_sign_up.attributes.attributes_request_builder import (  # noqa: E501 -- the module's name
    AttributesRequestBuilder as Attributes,
)
from msgraph.generated.models.reference_create import ReferenceCreate

from providers.graph.answers import answer_of
from providers.graph.paging import all_of
from providers.graph.retry import SETTLE_SECONDS, Lag
from providers.graph.session import Graph

_NEW = (Lag(404),)
"""What adding to a flow meets that was just made; it was read a moment ago, so it is there."""

_NONE_ASSIGNED = HTTPStatus.BAD_REQUEST
"""The documented answer to listing the attributes of a flow that has none."""


async def set_providers(
    graph: Graph, flow_id: str, present: Sequence[str], wanted: Sequence[str], what: str
) -> None:
    """Make the flow's identity providers the wanted ones, by reference; adds before removals."""
    providers = _cast(graph, flow_id).on_authentication_method_load_start
    typed = providers.graph_on_authentication_method_load_start_external_users_self_service_sign_up
    collection = typed.identity_providers
    root = f"{_base(graph)}/identityProviders"
    for one in [one for one in wanted if one not in present]:
        adding = _Adding(collection.ref, f"{root}/{one}", one, listed_providers)
        await graph.send(
            what, partial(adding.add, graph, flow_id), lag=_NEW, seconds=SETTLE_SECONDS
        )
    for one in [one for one in present if one not in wanted]:
        item = collection.by_identity_provider_base_id(one)
        await graph.find(what, lambda item=item: item.ref.delete())


async def set_attributes(
    graph: Graph, flow_id: str, present: Sequence[str], wanted: Sequence[str], what: str
) -> None:
    """Make the attributes bound to the flow the wanted ones, by reference.

    The page is the caller's to change afterwards: an input counts only once its attribute is bound.
    """
    collection = _attributes(graph, flow_id)
    root = f"{_base(graph)}/identity/userFlowAttributes"
    for one in [one for one in wanted if one not in present]:
        adding = _Adding(collection.ref, f"{root}/{one}", one, listed_attributes)
        await graph.send(
            what, partial(adding.add, graph, flow_id), lag=_NEW, seconds=SETTLE_SECONDS
        )
    for one in [one for one in present if one not in wanted]:
        item = collection.by_identity_user_flow_attribute_id(one)
        await graph.find(what, lambda item=item: item.ref.delete())


async def listed_providers(graph: Graph, flow_id: str) -> list[str]:
    """The IDs of the flow's identity providers. Not retried."""
    handler = _cast(graph, flow_id).on_authentication_method_load_start
    typed = handler.graph_on_authentication_method_load_start_external_users_self_service_sign_up
    builder = typed.identity_providers
    return [one.id for one in await all_of(builder) if one.id]


async def listed_attributes(graph: Graph, flow_id: str) -> list[str]:
    """The IDs of the attributes bound to the flow. Not retried."""
    builder = _attributes(graph, flow_id)
    try:
        listed = await all_of(builder)
    except APIError as error:
        if answer_of(error).status == _NONE_ASSIGNED:
            return []
        raise
    return [one.id for one in listed if one.id]


class _References(Protocol):
    """A ``$ref`` of the SDK."""

    def post(self, body: ReferenceCreate) -> Awaitable[None]:
        """Add a reference."""
        ...


@dataclass(frozen=True)
class _Adding:
    """Adding a reference, which may be sent again after an answer that was lost."""

    references: _References
    odata_id: str
    name: str
    listed: Callable[[Graph, str], Awaitable[list[str]]]

    async def add(self, graph: Graph, flow_id: str) -> None:
        """Add the reference; a refusal because it is there already is no failure."""
        try:
            await self.references.post(ReferenceCreate(odata_id=self.odata_id))
        except APIError as error:
            # What Graph says then is not documented, so its list decides.
            refused = answer_of(error).status in (HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT)
            if not refused or self.name not in await self.listed(graph, flow_id):
                raise


def _cast(graph: Graph, flow_id: str) -> ExternalFlow:
    flows = graph.client.identity.authentication_events_flows
    return flows.by_authentication_events_flow_id(
        flow_id
    ).graph_external_users_self_service_sign_up_events_flow


def _attributes(graph: Graph, flow_id: str) -> Attributes:
    handler = _cast(graph, flow_id).on_attribute_collection
    return handler.graph_on_attribute_collection_external_users_self_service_sign_up.attributes


def _base(graph: Graph) -> str:
    """The URL before every ``@odata.id``."""
    return str(graph.client.request_adapter.base_url)
