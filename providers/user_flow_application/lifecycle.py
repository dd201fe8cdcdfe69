"""How an application is put into a user flow, seen there, and taken out.

Source: https://learn.microsoft.com/graph/api/authenticationconditionsapplications-post-includeapplications
"""

from __future__ import annotations

from typing import ClassVar

from kiota_abstractions.api_error import APIError
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.identity.authentication_events_flows.authentication_events_flows_request_builder import (  # noqa: E501 -- the module's name
    AuthenticationEventsFlowsRequestBuilder as Flows,
)
from msgraph.generated.models.authentication_condition_application import (
    AuthenticationConditionApplication,
)

from providers.graph.answers import answer_of
from providers.graph.errors import ObjectError
from providers.graph.paging import all_of
from providers.graph.retry import SETTLE_SECONDS, Lag
from providers.graph.session import Graph
from providers.guid import may_be_guid
from providers.lifecycle import Lifecycle, Made, Plan, Problem, Properties
from providers.user_flow.requests import applications

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
        """The list tells: there is no request for one application of a flow."""
        if not await self._is_in(graph, outputs, f"read the {self.name(outputs)}"):
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
        flows = graph.client.identity.authentication_events_flows
        flow = flows.by_authentication_events_flow_id(str(outputs["userFlowId"]))
        included = flow.conditions.applications.include_applications
        item = included.by_authentication_condition_application_app_id(str(outputs["clientId"]))
        await graph.find(f"take out the {self.name(outputs)}", item.delete)

    async def _is_in(self, graph: Graph, properties: Properties, what: str) -> bool:
        """Whether the application is in the flow, which may be gone."""
        there = await applications(graph, str(properties["userFlowId"]), what) or []
        return str(properties["clientId"]).lower() in [one.lower() for one in there]

    async def _put(self, graph: Graph, flow_id: str, client_id: str, what: str) -> None:
        flows = graph.client.identity.authentication_events_flows
        flow = flows.by_authentication_events_flow_id(flow_id)
        body = AuthenticationConditionApplication(app_id=client_id)
        # The model leaves the type out, and Graph asks for it.
        body.odata_type = "#microsoft.graph.authenticationConditionApplication"
        try:
            await flow.conditions.applications.include_applications.post(body)
        except APIError as error:
            answer = answer_of(error)
            if answer.status in _FINAL or answer.of_the_service:
                raise
            holder = await self._holder(graph, client_id)
            if holder is None:
                raise
            holder_id, holder_name = holder
            if holder_id != flow_id:
                raise ObjectError(
                    f"Could not {what}: the application is in the user flow '{holder_name}' (ID "
                    f"{holder_id}), and an application is in one user flow at most. Take it out "
                    "there first."
                ) from None

    async def _holder(self, graph: Graph, client_id: str) -> tuple[str, str] | None:
        """The ID and name of the flow that has the application, if any has."""
        builder = graph.client.identity.authentication_events_flows
        query = Flows.AuthenticationEventsFlowsRequestBuilderGetQueryParameters(
            filter=(
                "microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/conditions/applications/"
                f"includeApplications/any(appId:appId/appId eq '{client_id}')"
            )
        )
        found = await all_of(builder, RequestConfiguration(query_parameters=query))
        return (found[0].id or "", found[0].display_name or "") if found else None


def _made(graph: Graph, inputs: Properties, *, adopted: bool) -> Made:
    outputs = {**inputs, "tenantId": graph.tenant_id, "adopted": adopted}
    return Made(f"{inputs['userFlowId']}/{inputs['clientId']}", outputs)
