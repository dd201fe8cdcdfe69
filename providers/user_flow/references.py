"""The references of a user flow: its identity providers and its attributes.

They change by ``$ref`` only; a PATCH of the flow that names them is refused, or replaces them all.
Source: https://learn.microsoft.com/graph/api/onauthenticationmethodloadstartexternalusersselfservicesignup-post-identityproviders
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from providers.graph import rest
from providers.graph.answers import RefusedRequestError
from providers.graph.lag import SETTLE_SECONDS, Lag

if TYPE_CHECKING:
    from providers.graph.session import Graph

FLOWS: Final = "/identity/authenticationEventsFlows"
_EXTERNAL: Final = "graph.externalUsersSelfServiceSignUpEventsFlow"
_PROVIDERS: Final = (
    "onAuthenticationMethodLoadStart/"
    "graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp/identityProviders"
)
_ATTRIBUTES: Final = (
    "onAttributeCollection/graph.onAttributeCollectionExternalUsersSelfServiceSignUp/attributes"
)
_NEW = (Lag(404),)
"""What adding to a flow meets that was just made; it was read a moment ago, so it is there."""

_NONE_ASSIGNED = HTTPStatus.BAD_REQUEST
"""The documented answer to listing the attributes of a flow that has none."""


def flow_path(flow_id: str) -> str:
    """The path of a flow."""
    return f"{FLOWS}/{quote(flow_id)}"


async def set_providers(
    graph: Graph, flow_id: str, present: Sequence[str], wanted: Sequence[str], what: str
) -> None:
    """Make the flow's identity providers the wanted ones, by reference; adds before removals."""
    targets = f"{graph.url}/identityProviders"
    changing = _Changing(
        f"{flow_path(flow_id)}/{_EXTERNAL}/{_PROVIDERS}", targets, listed_providers
    )
    await changing.apply(graph, flow_id, present, wanted, what)


async def set_attributes(
    graph: Graph, flow_id: str, present: Sequence[str], wanted: Sequence[str], what: str
) -> None:
    """Make the attributes bound to the flow the wanted ones, by reference.

    The page is the caller's to change afterwards: an input counts only once its attribute is bound.
    """
    targets = f"{graph.url}/identity/userFlowAttributes"
    path = f"{flow_path(flow_id)}/{_EXTERNAL}/{_ATTRIBUTES}"
    await _Changing(path, targets, listed_attributes).apply(graph, flow_id, present, wanted, what)


async def listed_providers(graph: Graph, flow_id: str) -> list[str]:
    """The IDs of the flow's identity providers. Not retried."""
    return await _listed(graph, f"{flow_path(flow_id)}/{_EXTERNAL}/{_PROVIDERS}")


async def listed_attributes(graph: Graph, flow_id: str) -> list[str]:
    """The IDs of the attributes bound to the flow. Not retried."""
    try:
        return await _listed(graph, f"{flow_path(flow_id)}/{_EXTERNAL}/{_ATTRIBUTES}")
    except RefusedRequestError as error:
        if error.answer.status == _NONE_ASSIGNED:
            return []
        raise


async def _listed(graph: Graph, path: str) -> list[str]:
    return [str(one["id"]) for one in await rest.items(graph.http, path) if one.get("id")]


@dataclass(frozen=True)
class _Changing:
    """Changing the references at a path, each to an object below the URL ``targets``."""

    path: str
    targets: str
    listed: Callable[[Graph, str], Awaitable[list[str]]]

    async def apply(
        self, graph: Graph, flow_id: str, present: Sequence[str], wanted: Sequence[str], what: str
    ) -> None:
        """Add those that are missing, then remove those that are not wanted."""
        for one in [one for one in wanted if one not in present]:
            adding = partial(self._add, graph, flow_id, one)
            await graph.send(what, adding, lag=_NEW, seconds=SETTLE_SECONDS)
        for one in [one for one in present if one not in wanted]:
            path = f"{self.path}/{quote(one)}/$ref"
            await graph.find(what, partial(rest.call, graph.http, "DELETE", path))

    async def _add(self, graph: Graph, flow_id: str, one: str) -> None:
        """Add a reference; a refusal because it is there already is no failure.

        So it may be sent again after an answer that was lost.
        """
        body = {"@odata.id": f"{self.targets}/{one}"}
        try:
            await rest.call(graph.http, "POST", f"{self.path}/$ref", body)
        except RefusedRequestError as error:
            # What Graph says then is not documented, so its list decides.
            refused = error.answer.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT)
            if not refused or one not in await self.listed(graph, flow_id):
                raise
