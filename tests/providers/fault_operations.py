"""The operations of the lifecycles, each with what it has to come to."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tenant_fixture import Tenant

from localtenant.testing_client import FaultKnobs
from providers.application_properties.lifecycle import ApplicationPropertiesLifecycle
from providers.graph.session import Graph, Session
from providers.lifecycle import Made
from providers.user_flow.lifecycle import UserFlowLifecycle
from providers.user_flow_application.lifecycle import UserFlowApplicationLifecycle

FLOWS = "/identity/authenticationEventsFlows"
FLOW = UserFlowLifecycle()
LINK = UserFlowApplicationLifecycle()
PROPERTIES = ApplicationPropertiesLifecycle()
SECONDS = 30.0
"""What one operation may take, whatever happens on the wire."""


def owned_application(tenant: Tenant) -> str:
    """Make an application that the deployer owns; its object ID."""
    deployer = tenant.one(f"/servicePrincipals(appId='{tenant.ready.env['ARM_CLIENT_ID']}')")
    owner = f"{tenant.ready.url}/v1.0/directoryObjects/{deployer['id']}"
    return tenant.admin.application(**{"owners@odata.bind": [owner]})["id"]


@dataclass
class Bench:
    """The tenant, the session, and one flow of a name of its own."""

    tenant: Tenant
    session: Session
    knobs: FaultKnobs
    faults: Sequence[str] = ()
    name: str = field(default_factory=lambda: f"flow {uuid.uuid4().hex[:8]}")
    hits: list[int] = field(default_factory=list[int])
    """How many requests met each fault."""

    def inputs(self, **changed: object) -> dict[str, object]:
        """The flow as it is wanted."""
        wanted: dict[str, object] = {
            "displayName": self.name,
            "identityProviders": ["EmailPassword-OAUTH"],
            "attributes": [{"attribute": "country"}, {"attribute": "displayName"}],
            "isSignUpAllowed": True,
        }
        return FLOW.normalise({**wanted, **changed})

    def made(self) -> Made:
        """The flow, made."""
        return self.run(lambda graph: FLOW.create(graph, self.inputs()))

    def run(self, operation: Callable[[Graph], Any]) -> Any:
        """Run an operation as the host does."""
        return self.session.operate("do it", operation, seconds=SECONDS)

    def meeting(self, operation: Callable[[Graph], Any]) -> Any:
        """Run an operation while the faults are there, in the time that it has."""
        self.knobs.set(*self.faults)
        start = time.monotonic()
        try:
            return self.run(operation)
        finally:
            assert time.monotonic() - start < SECONDS
            # The looks of the test itself meet no fault.
            self.hits = [one["hits"] for one in self.knobs.report()]
            self.knobs.clear()

    def flows(self) -> list[dict[str, Any]]:
        """The flows of this bench in the tenant."""
        return [one for one in self.tenant.all(FLOWS) if one["displayName"].startswith(self.name)]

    def clean(self) -> None:
        """Delete the flows of this bench."""
        for one in self.flows():
            assert self.tenant.admin.delete(f"{FLOWS}/{one['id']}").status_code == 204

    def included(self, flow_id: str) -> list[str]:
        """The client IDs in a flow."""
        path = f"{FLOWS}/{flow_id}/conditions/applications/includeApplications"
        return [one["appId"] for one in self.tenant.all(path)]

    def properties(self, application: str) -> tuple[str, list[str]]:
        """Native authentication and redirect URIs of an application."""
        selected = "$select=publicClient,nativeAuthenticationApisEnabled"
        live = self.tenant.one(f"/applications/{application}?{selected}")
        return live["nativeAuthenticationApisEnabled"], live["publicClient"]["redirectUris"]

    def client(self) -> str:
        """A new application with its service principal; its client ID."""
        return self.tenant.admin.principal()["appId"]


Operation = Callable[[Bench], None]


def create_flow(bench: Bench) -> None:
    """One flow, as wanted."""
    made = bench.meeting(lambda graph: FLOW.create(graph, bench.inputs()))
    assert [one["id"] for one in bench.flows()] == [made.id]
    assert _read_flow(bench, made) == made


def read_flow(bench: Bench) -> None:
    """What was made is read, never taken for gone."""
    made = bench.made()
    read = bench.meeting(lambda graph: FLOW.read(graph, made.id, made.outputs))
    assert read == made


def update_flow(bench: Bench) -> None:
    """Name, providers, attributes and switch, all at once."""
    made = bench.made()
    inputs = bench.inputs(
        displayName=f"{bench.name} 2",
        identityProviders=["EmailOtpSignup-OAUTH"],
        attributes=[{"attribute": "city"}],
        isSignUpAllowed=False,
    )
    outputs = bench.meeting(lambda graph: FLOW.update(graph, made.id, made.outputs, inputs))
    assert [one["id"] for one in bench.flows()] == [made.id]
    found = _read_flow(bench, Made(made.id, outputs))
    assert found is not None
    assert found.outputs == outputs


def delete_flow(bench: Bench) -> None:
    """Gone, however often the deletion was sent."""
    made = bench.made()
    bench.meeting(lambda graph: FLOW.delete(graph, made.id, made.outputs))
    assert bench.flows() == []


def put_application(bench: Bench) -> None:
    """In the flow, once."""
    flow, client = bench.made().id, bench.client()
    inputs: dict[str, object] = {"userFlowId": flow, "clientId": client}
    made = bench.meeting(lambda graph: LINK.create(graph, inputs))
    assert bench.included(flow) == [client]
    assert made.id == f"{flow}/{client}"


def read_application(bench: Bench) -> None:
    """Read where it was put, never taken for gone."""
    made = _linked(bench)
    found = bench.meeting(lambda graph: LINK.read(graph, made.id, made.outputs))
    assert found == made


def take_application_out(bench: Bench) -> None:
    """Out of the flow, and the flow as it was."""
    made = _linked(bench)
    bench.meeting(lambda graph: LINK.delete(graph, made.id, made.outputs))
    assert bench.included(str(made.outputs["userFlowId"])) == []


def set_properties(bench: Bench) -> None:
    """Set on an application that was made a moment ago."""
    inputs = _properties(bench)
    made = bench.meeting(lambda graph: PROPERTIES.create(graph, inputs))
    assert bench.properties(made.id) == ("all", ["msauth://contoso/x"])


def reset_properties(bench: Bench) -> None:
    """Empty, and the application stays."""
    inputs = _properties(bench)
    made = bench.run(lambda graph: PROPERTIES.create(graph, inputs))
    bench.meeting(lambda graph: PROPERTIES.delete(graph, made.id, made.outputs))
    assert bench.properties(made.id) == ("none", [])


OPERATIONS: list[Operation] = [
    set_properties,
    reset_properties,
    create_flow,
    read_flow,
    update_flow,
    delete_flow,
    put_application,
    read_application,
    take_application_out,
]


def _read_flow(bench: Bench, made: Made) -> Made | None:
    return bench.run(lambda graph: FLOW.read(graph, made.id, made.outputs))


def _linked(bench: Bench) -> Made:
    inputs: dict[str, object] = {"userFlowId": bench.made().id, "clientId": bench.client()}
    return bench.run(lambda graph: LINK.create(graph, inputs))


def _properties(bench: Bench) -> dict[str, object]:
    """Properties of a new application."""
    return {
        "applicationId": owned_application(bench.tenant),
        "redirectUris": ["msauth://contoso/x"],
        "nativeAuthentication": "all",
    }
