"""What the lifecycle of a user flow never does to what is not the stack's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tenant_fixture import Tenant

from providers.graph.errors import ObjectError
from providers.graph.session import Session
from providers.lifecycle import Made
from providers.user_flow.lifecycle import UserFlowLifecycle

FLOWS = "/identity/authenticationEventsFlows"
LIFECYCLE = UserFlowLifecycle()
APPLICATION = {"@odata.type": "#microsoft.graph.authenticationConditionApplication"}


def inputs(name: str, *attributes: str, **changed: object) -> dict[str, object]:
    """A user flow that asks for these attributes."""
    return {
        "displayName": name,
        "identityProviders": ["EmailPassword-OAUTH"],
        "attributes": [{"attribute": one} for one in attributes or ["country"]],
        "isSignUpAllowed": True,
        **changed,
    }


def create(session: Session, wanted: dict[str, object]) -> Made:
    """Make or take the flow as the host does."""
    return session.operate("create", lambda graph: LIFECYCLE.create(graph, wanted))


def delete(session: Session, made: Made) -> None:
    """Delete the flow as the host does."""
    session.operate("delete", lambda graph: LIFECYCLE.delete(graph, made.id, made.outputs))


def test_an_adopted_flow_is_never_deleted_even_if_it_is_just_as_wanted(
    tenant: Tenant, session: Session, name: str
) -> None:
    """Adoption is what the settings say, not that something differed."""
    theirs = create(session, inputs(name))
    adopted = create(session, inputs(name, adopt=True))
    assert (adopted.id, adopted.outputs["adopted"]) == (theirs.id, True)
    with tenant.wire() as wire:
        delete(session, adopted)

    assert wire.writes() == []
    delete(session, theirs)


def test_a_flow_in_use_is_never_taken_for_an_interrupted_runs(
    tenant: Tenant, session: Session, name: str, new_application: Callable[..., dict[str, Any]]
) -> None:
    """It may be just as wanted: a flow that applications sign in by was finished by somebody."""
    theirs = create(session, inputs(name))
    path = f"{FLOWS}/{theirs.id}/conditions/applications/includeApplications"
    client_id = new_application()["appId"]
    tenant.admin.made(path, {**APPLICATION, "appId": client_id})
    with (
        tenant.wire() as wire,
        pytest.raises(ObjectError, match=r"application\(s\) sign in") as refused,
    ):
        create(session, inputs(name))

    assert theirs.id in str(refused.value)
    assert "adopt: true" in str(refused.value)
    assert wire.writes() == [f"POST {FLOWS}"], "Graph has refused it"
    tenant.admin.delete(f"{path}/{client_id}").raise_for_status()
    delete(session, theirs)


def test_an_attribute_is_taken_out_of_the_flow_and_never_deleted(
    tenant: Tenant, session: Session, name: str
) -> None:
    """Users keep its values; the attribute itself belongs to the tenant."""
    made = create(session, inputs(name, "country", "city"))
    before = tenant.all("/identity/userFlowAttributes")
    with tenant.wire() as wire:
        session.operate(
            "update",
            lambda graph: LIFECYCLE.update(graph, made.id, made.outputs, inputs(name, "country")),
        )
        delete(session, made)

    assert [one for one in wire.writes() if "DELETE" in one and one.endswith("city/$ref")]
    assert not [one for one in wire.writes() if "/identity/userFlowAttributes" in one]
    assert tenant.all("/identity/userFlowAttributes") == before
