"""Conditional Access for customers: the requests of its lifecycle, and what is there afterwards."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from tenant_fixture import Tenant

from localtenant.testing_bodies import user_body
from providers.conditional_access_policy.lifecycle import (
    REPORT_ONLY,
    ConditionalAccessPolicyLifecycle,
)
from providers.graph.session import Session
from providers.lifecycle import Made

POLICIES = "/identity/conditionalAccess/policies"
KIND = ConditionalAccessPolicyLifecycle()


@pytest.fixture(scope="module")
def emergency(tenant: Tenant) -> str:
    """The account for emergencies; its object ID."""
    return tenant.admin.made("/users", user_body(tenant.admin.domain))["id"]


def wanted(emergency: str, **changed: object) -> dict[str, object]:
    """A new policy."""
    return {
        "displayName": f"MFA {uuid.uuid4().hex[:8]}",
        "includeApplications": ["All"],
        "excludeUsers": [emergency],
        **changed,
    }


def create(session: Session, inputs: dict[str, object]) -> Made:
    """Create as the host does."""
    return session.operate("create it", lambda graph: KIND.create(graph, inputs))


def read(session: Session, made: Made) -> Made | None:
    """Read as a refresh does."""
    return session.operate("read it", lambda graph: KIND.read(graph, made.id, made.outputs))


def live(tenant: Tenant, made: Made) -> Any:
    """What the tenant has."""
    return tenant.one(f"{POLICIES}/{made.id}")


def test_policy_begins_in_report_only(tenant: Tenant, session: Session, emergency: str) -> None:
    """It asks all users but those for emergencies, once somebody has seen what it would do."""
    inputs = wanted(emergency)
    with tenant.wire() as wire:
        made = create(session, inputs)

    assert wire.graph() == [f"GET {POLICIES}", f"POST {POLICIES}"]
    found = live(tenant, made)
    assert found["state"] == REPORT_ONLY
    assert found["conditions"]["users"]["excludeUsers"] == [emergency]
    assert found["grantControls"]["builtInControls"] == ["mfa"]
    assert read(session, made) == made
    assert create(session, inputs) == made


def test_policy_changes_in_place(tenant: Tenant, session: Session, emergency: str) -> None:
    """What is nested is sent as a whole, so that nobody loses his exclusion."""
    made = create(session, inputs := wanted(emergency))
    client = tenant.admin.principal()["appId"]
    later = {**inputs, "state": "enabled", "includeApplications": [client]}
    with tenant.wire() as wire:
        outputs = session.operate("", lambda g: KIND.update(g, made.id, made.outputs, later))

    assert wire.graph() == [f"PATCH {POLICIES}/{made.id}"]
    found = live(tenant, made)
    assert found["state"] == "enabled"
    assert found["conditions"]["applications"]["includeApplications"] == [client]
    assert found["conditions"]["users"]["excludeUsers"] == [emergency]
    assert read(session, Made(made.id, outputs)) == Made(made.id, outputs)

    session.operate("", lambda graph: KIND.delete(graph, made.id, outputs))
    assert read(session, made) is None


def test_what_somebody_changed_shows(tenant: Tenant, session: Session, emergency: str) -> None:
    """By property."""
    made = create(session, inputs := wanted(emergency))
    change = {"grantControls": {"operator": "OR", "builtInControls": ["block"]}}
    tenant.admin.patch(f"{POLICIES}/{made.id}", change).raise_for_status()

    found = read(session, made)

    assert found is not None
    assert KIND.plan(found.outputs, inputs).changes == ["grantControl"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"displayName": ""}, "needs a display name"),
        ({"includeApplications": []}, "needs at least one"),
        ({"excludeUsers": []}, "break glass"),
        ({"state": "on"}, "'on' is none of enabledForReporting"),
        ({"grantControl": "hello"}, "'hello' is none of mfa, block"),
    ],
)
def test_what_must_not_be_is_known_before(change: dict[str, object], reason: str) -> None:
    """A policy that could lock everybody out is none."""
    (problem,) = KIND.validate({**wanted("somebody"), **change})
    assert problem.property in change
    assert reason in problem.reason


def test_a_policy_that_is_off_locks_nobody_out() -> None:
    """So it needs no exclusion."""
    assert KIND.validate(wanted("", excludeUsers=[], state="disabled")) == []
