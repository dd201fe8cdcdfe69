"""How a tenant comes by the service principal of an application of Microsoft's, and keeps it.

It is made where there is none, and never changed or deleted: it is Microsoft's.
Source: https://learn.microsoft.com/graph/api/serviceprincipal-post-serviceprincipals
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar

from providers.graph import rest
from providers.graph.answers import RefusedRequestError
from providers.graph.lag import SETTLE_SECONDS, Lag
from providers.graph.rest import Json
from providers.lifecycle import Lifecycle, Made, Plan, Problem, Properties, Unknown

if TYPE_CHECKING:
    from providers.graph.session import Graph

_TAKEN = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT})
# One that there is, as the creation says, and that cannot be seen yet.
_LAG = (Lag(HTTPStatus.NOT_FOUND),)


class MicrosoftServicePrincipalLifecycle(Lifecycle):
    """The service principal of an application of Microsoft's in the tenant, of which there is one.

    Inputs: ``clientId``, the application's, the same in every tenant. Outputs: it, and
    ``tenantId``.
    """

    inputs: ClassVar[frozenset[str]] = frozenset({"clientId"})
    permission: ClassVar[str] = "Application.ReadWrite.All"

    def name(self, properties: Properties) -> str:
        """Name it by the application."""
        return f"service principal of Microsoft's application {properties.get('clientId', '')}"

    def validate(self, inputs: Properties) -> list[Problem]:
        """The client ID has to be given."""
        client = inputs.get("clientId")
        given = isinstance(client, Unknown) or bool(client)
        return [] if given else [Problem("clientId", "the application's client ID is missing")]

    def normalise(self, inputs: Properties) -> dict[str, object]:
        """There are no defaults."""
        return dict(inputs)

    def plan(self, outputs: Properties, inputs: Properties) -> Plan:
        """Another application is another service principal."""
        same = outputs.get("clientId") == inputs.get("clientId")
        return Plan() if same else Plan(changes=["clientId"], replaces=["clientId"])

    async def find(self, graph: Graph, inputs: Properties) -> Made | None:
        """Whoever has made it: there is one."""
        found = await graph.find(f"look for the {self.name(inputs)}", lambda: _get(graph, inputs))
        return _made(graph, inputs, found) if found else None

    async def create(self, graph: Graph, inputs: Properties) -> Made:
        """Take the one that is there, as it is, or make it."""
        what = f"have the {self.name(inputs)}"
        found = await graph.find(what, lambda: _get(graph, inputs))
        if found is None:
            found = await graph.send(
                what, lambda: _post(graph, inputs), lag=_LAG, seconds=SETTLE_SECONDS
            )
        return _made(graph, inputs, found)

    async def read(self, graph: Graph, object_id: str, outputs: Properties) -> Made | None:
        """Whether it is there; nothing about it is this stack's."""
        del object_id
        found = await graph.find(f"read the {self.name(outputs)}", lambda: _get(graph, outputs))
        return Made(str(found["id"]), dict(outputs)) if found else None

    async def update(
        self, graph: Graph, object_id: str, outputs: Properties, inputs: Properties
    ) -> dict[str, object]:
        """Nothing of it changes."""
        del graph, object_id, inputs
        return dict(outputs)

    async def delete(self, graph: Graph, object_id: str, outputs: Properties) -> None:
        """Never: others may count on it, and it is not this stack's."""
        del graph, object_id, outputs


async def _get(graph: Graph, inputs: Properties) -> Json:
    path = f"/servicePrincipals(appId='{inputs['clientId']}')?$select=id,appId"
    return await rest.call(graph.http, "GET", path)


async def _post(graph: Graph, inputs: Properties) -> Json:
    """Make it; one that somebody has made since the look, or whose answer was lost, is as good."""
    try:
        return await rest.call(
            graph.http, "POST", "/servicePrincipals", {"appId": inputs["clientId"]}
        )
    except RefusedRequestError as error:
        if error.answer.status not in _TAKEN:
            raise
        return await _get(graph, inputs)


def _made(graph: Graph, inputs: Properties, found: Json) -> Made:
    return Made(str(found["id"]), {**inputs, "tenantId": graph.tenant_id})
