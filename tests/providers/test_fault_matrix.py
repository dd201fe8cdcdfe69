"""Every operation of the lifecycles against every fault of the wire: all end in the same tenant.

A cell makes what its operation needs on a quiet wire, sets the fault, runs the operation as the
host does, and compares what is there afterwards with what the operation means.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from tenant_fixture import Tenant

from localtenant.testing_client import FaultKnobs
from providers.graph.session import Graph, Session
from providers.lifecycle import Lifecycle, Made
from providers.user_flow.lifecycle import UserFlowLifecycle
from providers.user_flow_application.lifecycle import UserFlowApplicationLifecycle

FLOWS = "/identity/authenticationEventsFlows"
ONCE = "times=1"
FAULTS = {
    "throttled": f"throttle,retry-after=1,{ONCE}",
    "throttled without a time": f"throttle,retry-after=none,{ONCE}",
    "unavailable": f"fail,status=503,{ONCE}",
    "failing after the write": f"fail,status=500,when=after,{ONCE}",
    "failing twice": "fail,status=502,times=2",
    "timed out at the gateway": f"fail,status=504,when=after,{ONCE}",
    "locked": f"fail,status=423,{ONCE}",
    "reset before": f"reset-before,{ONCE}",
    "reset after the write": f"reset-after,{ONCE}",
    "second request reset": f"reset-after,after=1,{ONCE}",
    "slow": "delay,ms=120",
}
FLOW = UserFlowLifecycle()
LINK = UserFlowApplicationLifecycle()


@dataclass
class Bench:
    """The tenant, the session, and one flow of a name of its own."""

    tenant: Tenant
    session: Session
    knobs: FaultKnobs
    name: str = field(default_factory=lambda: f"flow {uuid.uuid4().hex[:8]}")
    hits: int = 0
    """How many requests met the fault."""

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
        return self.run(FLOW, lambda graph: FLOW.create(graph, self.inputs()))

    def run(self, lifecycle: Lifecycle, operation: Callable[[Graph], Any]) -> Any:
        """Run an operation as the host does."""
        del lifecycle
        done = self.session.operate("do it", operation, seconds=60)
        # The looks of the test itself meet no fault.
        self.hits += sum(one["hits"] for one in self.knobs.report())
        self.knobs.clear()
        return done

    def flows(self) -> list[dict[str, Any]]:
        """The flows of this bench in the tenant."""
        return [one for one in self.tenant.all(FLOWS) if one["displayName"].startswith(self.name)]

    def included(self, flow_id: str) -> list[str]:
        """The client IDs in a flow."""
        path = f"{FLOWS}/{flow_id}/conditions/applications/includeApplications"
        return [one["appId"] for one in self.tenant.all(path)]

    def client(self) -> str:
        """A new application with its service principal; its client ID."""
        return self.tenant.admin.principal()["appId"]


Operation = Callable[[Bench, Callable[[], Any]], None]


def create_flow(bench: Bench, fault: Callable[[], Any]) -> None:
    """One flow, as wanted."""
    fault()
    made = bench.made()
    assert [one["id"] for one in bench.flows()] == [made.id]
    assert _read_flow(bench, made) == made


def read_flow(bench: Bench, fault: Callable[[], Any]) -> None:
    """What was made is read, never taken for gone."""
    made = bench.made()
    fault()
    assert _read_flow(bench, made) == made


def update_flow(bench: Bench, fault: Callable[[], Any]) -> None:
    """Name, providers, attributes and switch, all at once."""
    made = bench.made()
    inputs = bench.inputs(
        displayName=f"{bench.name} 2",
        identityProviders=["EmailOtpSignup-OAUTH"],
        attributes=[{"attribute": "city"}],
        isSignUpAllowed=False,
    )
    fault()
    outputs = bench.run(FLOW, lambda graph: FLOW.update(graph, made.id, made.outputs, inputs))
    assert [one["id"] for one in bench.flows()] == [made.id]
    found = _read_flow(bench, Made(made.id, outputs))
    assert found is not None
    assert found.outputs == outputs


def delete_flow(bench: Bench, fault: Callable[[], Any]) -> None:
    """Gone, however often the deletion was sent."""
    made = bench.made()
    fault()
    bench.run(FLOW, lambda graph: FLOW.delete(graph, made.id, made.outputs))
    assert bench.flows() == []


def put_application(bench: Bench, fault: Callable[[], Any]) -> None:
    """In the flow, once."""
    flow, client = bench.made().id, bench.client()
    fault()
    inputs: dict[str, object] = {"userFlowId": flow, "clientId": client}
    made = bench.run(LINK, lambda graph: LINK.create(graph, inputs))
    assert bench.included(flow) == [client]
    assert made.id == f"{flow}/{client}"


def read_application(bench: Bench, fault: Callable[[], Any]) -> None:
    """Read where it was put, never taken for gone."""
    made = _linked(bench)
    fault()
    found = bench.run(LINK, lambda graph: LINK.read(graph, made.id, made.outputs))
    assert found == made


def take_application_out(bench: Bench, fault: Callable[[], Any]) -> None:
    """Out of the flow, and the flow as it was."""
    made = _linked(bench)
    fault()
    bench.run(LINK, lambda graph: LINK.delete(graph, made.id, made.outputs))
    assert bench.included(str(made.outputs["userFlowId"])) == []


OPERATIONS: list[Operation] = [
    create_flow,
    read_flow,
    update_flow,
    delete_flow,
    put_application,
    read_application,
    take_application_out,
]


def _read_flow(bench: Bench, made: Made) -> Made | None:
    return bench.run(FLOW, lambda graph: FLOW.read(graph, made.id, made.outputs))


def _linked(bench: Bench) -> Made:
    inputs: dict[str, object] = {"userFlowId": bench.made().id, "clientId": bench.client()}
    return bench.run(LINK, lambda graph: LINK.create(graph, inputs))


@pytest.fixture
def knobs(tenant: Tenant):  # noqa: ANN201 -- a generator of knobs
    """The tenant's faults, cleared afterwards."""
    made = FaultKnobs(tenant.ready)
    yield made
    made.clear()


@pytest.fixture
def bench(tenant: Tenant, session: Session, knobs: FaultKnobs) -> Bench:
    """A flow's name of its own in the shared tenant."""
    return Bench(tenant, session, knobs)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.__name__)
def test_every_operation_bears_every_fault(
    bench: Bench, knobs: FaultKnobs, operation: Operation, fault: str
) -> None:
    """Each cell ends in the same tenant: nothing lost, nothing doubled."""
    operation(bench, lambda: knobs.set(f"{FAULTS[fault]},path={FLOWS}"))
    assert bench.hits > 0 or fault == "second request reset", "the fault was never met"


def test_the_size_of_the_matrix(record_property: Callable[[str, object], None]) -> None:
    """Seven operations against eleven faults."""
    record_property("cells", len(OPERATIONS) * len(FAULTS))
    assert len(OPERATIONS) * len(FAULTS) == 77


@pytest.mark.parametrize("form", ["404", "400", "409"])
def test_a_new_application_is_waited_for(bench: Bench, knobs: FaultKnobs, form: str) -> None:
    """Replication lag in each of its forms: the application is in the flow once it has settled."""
    flow = bench.made().id
    knobs.set(f"lag,seconds=1,form={form},path={FLOWS}")
    client = bench.client()
    inputs: dict[str, object] = {"userFlowId": flow, "clientId": client}
    bench.run(LINK, lambda graph: LINK.create(graph, inputs))
    assert bench.included(flow) == [client]


def test_no_request_is_repeated_behind_the_retry_policy(
    bench: Bench, knobs: FaultKnobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kiota would try a 503 again by itself, and multiply with ours: it is sent once a try."""
    made = bench.made()
    monkeypatch.setattr("providers.graph.retry._BUSY", frozenset[int]())
    knobs.set(f"fail,status=503,path={FLOWS}")
    with pytest.raises(Exception, match="status 503"):
        _read_flow(bench, made)
    (told,) = knobs.report()
    assert told["hits"] == 1
