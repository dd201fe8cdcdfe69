"""An application in a user flow: the requests of its lifecycle, and what is there afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from tenant_fixture import Tenant

from providers.graph.errors import GraphError, ObjectError
from providers.graph.session import Session
from providers.lifecycle import UNKNOWN, Made
from providers.user_flow.lifecycle import UserFlowLifecycle
from providers.user_flow_application.lifecycle import UserFlowApplicationLifecycle

FLOWS = "/identity/authenticationEventsFlows"
LIFECYCLE = UserFlowApplicationLifecycle()


@pytest.fixture
def new_flow(session: Session) -> Callable[[], str]:
    """Makes a user flow and returns its ID."""

    def make() -> str:
        inputs: dict[str, object] = {
            "displayName": uuid.uuid4().hex,
            "identityProviders": ["EmailPassword-OAUTH"],
        }
        return session.operate("", lambda graph: UserFlowLifecycle().create(graph, inputs)).id

    return make


def create(session: Session, inputs: dict[str, object]) -> Made:
    """Create as the host does."""
    return session.operate("create it", lambda graph: LIFECYCLE.create(graph, inputs))


def included(flow: str) -> str:
    """The path of the flow's applications."""
    return f"{FLOWS}/{flow}/conditions/applications/includeApplications"


def test_create_takes_one_request(
    tenant: Tenant,
    session: Session,
    new_flow: Callable[[], str],
    new_application: Callable[..., dict[str, Any]],
) -> None:
    """The application is in the flow after one POST; the ID is made of both."""
    flow, client = new_flow(), new_application()["appId"]
    with tenant.wire() as wire:
        made = create(session, {"userFlowId": flow, "clientId": client})

    assert wire.graph() == [f"POST {included(flow)}"]
    assert made.id == f"{flow}/{client}"
    assert [one["appId"] for one in tenant.all(included(flow))] == [client]


def test_create_again_finds_it_there(
    tenant: Tenant,
    session: Session,
    new_flow: Callable[[], str],
    new_application: Callable[..., dict[str, Any]],
) -> None:
    """A create that an interrupted run had finished already succeeds and doubles nothing."""
    inputs: dict[str, object] = {"userFlowId": new_flow(), "clientId": new_application()["appId"]}
    first = create(session, inputs)
    assert create(session, inputs) == first
    assert len(tenant.all(included(str(inputs["userFlowId"])))) == 1


def test_an_application_of_another_flow_is_refused_with_that_flow(
    tenant: Tenant,
    session: Session,
    new_flow: Callable[[], str],
    new_application: Callable[..., dict[str, Any]],
) -> None:
    """An application is in one flow at most; the error names the one it is in, at once."""
    client, here, there = new_application()["appId"], new_flow(), new_flow()
    create(session, {"userFlowId": there, "clientId": client})
    with pytest.raises(ObjectError, match=f"{there}.*Take it out there first"):
        create(session, {"userFlowId": here, "clientId": client})
    assert tenant.all(included(here)) == []


def test_an_application_without_service_principal_is_waited_for_then_told(
    session: Session,
    new_flow: Callable[[], str],
    new_application: Callable[..., dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Replication lag looks the same as a missing one, so it is tried again until the deadline."""
    monkeypatch.setattr("providers.user_flow_application.lifecycle.SETTLE_SECONDS", 0.5)
    client = new_application(service_principal=False)["appId"]
    with pytest.raises(GraphError, match=rf"Could not put .*{client}.*Graph said"):
        create(session, {"userFlowId": new_flow(), "clientId": client})


def test_read_takes_one_request_and_sees_it_taken_out(
    tenant: Tenant,
    session: Session,
    new_flow: Callable[[], str],
    new_application: Callable[..., dict[str, Any]],
) -> None:
    """An application that somebody took out of the flow is gone after a refresh."""
    flow, client = new_flow(), new_application()["appId"]
    made = create(session, {"userFlowId": flow, "clientId": client})
    with tenant.wire() as wire:
        found = session.operate("", lambda graph: LIFECYCLE.read(graph, made.id, made.outputs))
    assert wire.graph() == [f"GET {FLOWS}"], "the flow that has it, whose list may be long"
    assert found == made

    tenant.admin.delete(f"{included(flow)}/{client}").raise_for_status()
    gone = session.operate("", lambda graph: LIFECYCLE.read(graph, made.id, made.outputs))
    assert gone is None


def test_read_in_a_gone_flow_is_nothing(session: Session) -> None:
    """Without its flow an application is in none."""
    outputs = {"userFlowId": str(uuid.uuid4()), "clientId": str(uuid.uuid4())}
    assert session.operate("", lambda graph: LIFECYCLE.read(graph, "id", outputs)) is None


def test_delete_takes_it_out_once_and_again(
    tenant: Tenant,
    session: Session,
    new_flow: Callable[[], str],
    new_application: Callable[..., dict[str, Any]],
) -> None:
    """Taking out what is out already is no error."""
    flow, client = new_flow(), new_application()["appId"]
    made = create(session, {"userFlowId": flow, "clientId": client})
    for _ in range(2):
        session.operate("", lambda graph: LIFECYCLE.delete(graph, made.id, made.outputs))
    assert tenant.all(included(flow)) == []


def test_adopted_stays_in_the_flow(
    tenant: Tenant,
    session: Session,
    new_flow: Callable[[], str],
    new_application: Callable[..., dict[str, Any]],
) -> None:
    """An application that was there before the stack is still there after it."""
    flow, client = new_flow(), new_application()["appId"]
    inputs: dict[str, object] = {"userFlowId": flow, "clientId": client}
    create(session, inputs)
    adopted = create(session, {**inputs, "adopt": True})
    assert adopted.outputs["adopted"] is True
    session.operate("", lambda graph: LIFECYCLE.delete(graph, adopted.id, adopted.outputs))
    assert [one["appId"] for one in tenant.all(included(flow))] == [client]


@pytest.mark.parametrize("name", ["userFlowId", "clientId"])
def test_another_flow_or_application_replaces_with_the_old_one_removed_first(name: str) -> None:
    """An application cannot be in two flows, not even while it moves."""
    outputs = {"userFlowId": "a", "clientId": str(uuid.uuid4()), "adopted": False}
    for value in ("b", UNKNOWN):
        plan = LIFECYCLE.plan(outputs, {**outputs, name: value})
        assert list(plan.replaces) == [name]
        assert plan.delete_before_replace


def test_an_object_id_in_another_form_is_refused() -> None:
    """A client ID is a GUID; a name or an identifier URI in its place is told at preview."""
    problems = LIFECYCLE.validate({"userFlowId": UNKNOWN, "clientId": "api://ciam"})
    assert [one.property for one in problems] == ["clientId"]
    assert "'api://ciam'" in problems[0].reason
