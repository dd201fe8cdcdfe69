"""How an application is put into a user flow, seen there, and taken out.

Source: https://learn.microsoft.com/graph/api/authenticationconditionsapplications-post-includeapplications
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

from providers.graph import rest
from providers.graph.answers import RefusedRequestError
from providers.graph.errors import ObjectError
from providers.graph.lag import SETTLE_SECONDS, Lag
from providers.guid import may_be_guid
from providers.lifecycle import Lifecycle, Made, Plan, Problem, Properties
from providers.user_flow.requests import applications, holders, included

if TYPE_CHECKING:
    from providers.graph.session import Graph

_APPLICATION = "#microsoft.graph.authenticationConditionApplication"
_FINAL = frozenset({401, 403})
# The service's own texts for these are not documented; while nothing else explains the refusal
# (the application is in no flow), these can only be the directory catching up.
_LAG = (Lag(400), Lag(404), Lag(409))


class UserFlowApplicationLifecycle(Lifecycle):
    """An application in a user flow; the key by which it is found again is the pair of IDs.

    Inputs: ``userFlowId``; ``clientId``, a GUID; ``adopt``, whether one that is in the flow already
    is taken over. Outputs: the inputs that were given, ``tenantId`` and ``adopted``.
    """

    inputs: ClassVar[frozenset[str]] = frozenset({"userFlowId", "clientId", "adopt"})
    permission: ClassVar[str] = "EventListener.ReadWrite.All"

    def name(self, properties: Properties) -> str:
        """Name it by the application and the flow."""
        flow, client = properties.get("userFlowId"), properties.get("clientId")
        return f"application with client ID '{client}' in the user flow with ID '{flow}'"

    def validate(self, inputs: Properties) -> list[Problem]:
        """Both IDs have to be given, the client's as a GUID."""
        problems: list[Problem] = []
        if inputs.get("userFlowId") in (None, ""):
            problems.append(Problem("userFlowId", "the user flow's ID is missing"))
        client = inputs.get("clientId")
        if not may_be_guid(client):
            problems.append(
                Problem("clientId", f"'{client or ''}' is not a client ID, which is a GUID")
            )
        return problems

    def normalise(self, inputs: Properties) -> dict[str, object]:
        """There are no defaults."""
        return dict(inputs)

    def plan(self, outputs: Properties, inputs: Properties) -> Plan:
        """Another flow or application replaces; an application is in one flow, so delete first."""
        replaces = [
            name
            for name in ("userFlowId", "clientId")
            if str(outputs.get(name)).lower() != str(inputs.get(name)).lower()
        ]
        adopt = (outputs.get("adopt") is True) != (inputs.get("adopt") is True)
        return Plan(
            changes=[*replaces, *(["adopt"] if adopt else [])],
            replaces=replaces,
            delete_before_replace=True,
        )

    async def find(self, graph: Graph, inputs: Properties) -> Made | None:
        """In the flow's list; with ``adopt`` it may have been there before, and is let go of."""
        if not await self._is_in(graph, inputs, f"look for the {self.name(inputs)}"):
            return None
        return _made(graph, inputs, adopted=inputs.get("adopt") is True)

    async def create(self, graph: Graph, inputs: Properties) -> Made:
        """Put the application into the flow, or find it there; refuse one in another flow."""
        flow_id, client_id = str(inputs["userFlowId"]), str(inputs["clientId"])
        what = f"put the {self.name(inputs)}"
        adopted = inputs.get("adopt") is True and await self._is_in(graph, inputs, what)
        if not adopted:
            await graph.send(
                what,
                lambda: self._put(graph, flow_id, client_id, what),
                lag=_LAG,
                seconds=SETTLE_SECONDS,
            )
        return _made(graph, inputs, adopted=adopted)

    async def read(self, graph: Graph, object_id: str, outputs: Properties) -> Made | None:
        """Ask for the flow that has the application: there is no request for one of a flow's.

        The flow's whole list, which grows with the flow, is the last word on one that is not found.
        """
        what, client_id = f"read the {self.name(outputs)}", str(outputs["clientId"])
        found = await graph.send(what, lambda: holders(graph, client_id))
        if outputs["userFlowId"] not in found and not await self._is_in(graph, outputs, what):
            return None
        return Made(object_id, dict(outputs))

    async def update(
        self, graph: Graph, object_id: str, outputs: Properties, inputs: Properties
    ) -> dict[str, object]:
        """Nothing changes in the tenant: only ``adopt`` is not a replacement."""
        del graph, object_id
        return {**inputs, "tenantId": outputs["tenantId"], "adopted": bool(outputs.get("adopted"))}

    async def delete(self, graph: Graph, object_id: str, outputs: Properties) -> None:
        """Take the application out of the flow; let go of it where it was adopted."""
        del object_id
        if outputs.get("adopted") is True:
            return
        path = f"{included(str(outputs['userFlowId']))}/{quote(str(outputs['clientId']))}"
        what = f"take out the {self.name(outputs)}"
        await graph.find(what, lambda: rest.call(graph.http, "DELETE", path))

    async def _is_in(self, graph: Graph, properties: Properties, what: str) -> bool:
        """Whether the application is in the flow, which may be gone."""
        there = await applications(graph, str(properties["userFlowId"]), what) or []
        return str(properties["clientId"]).lower() in [one.lower() for one in there]

    async def _put(self, graph: Graph, flow_id: str, client_id: str, what: str) -> None:
        body = {"@odata.type": _APPLICATION, "appId": client_id}
        try:
            await rest.call(graph.http, "POST", included(flow_id), body)
        except RefusedRequestError as error:
            if error.answer.status in _FINAL or error.answer.of_the_service:
                raise
            found = await holders(graph, client_id)
            if not found:
                raise
            holder_id, holder_name = next(iter(found.items()))
            if holder_id != flow_id:
                raise ObjectError(
                    f"Could not {what}: the application is in the user flow '{holder_name}' (ID "
                    f"{holder_id}), and an application is in one user flow at most. Take it out "
                    "there first."
                ) from None


def _made(graph: Graph, inputs: Properties, *, adopted: bool) -> Made:
    outputs = {**inputs, "tenantId": graph.tenant_id, "adopted": adopted}
    return Made(f"{inputs['userFlowId']}/{inputs['clientId']}", outputs)
