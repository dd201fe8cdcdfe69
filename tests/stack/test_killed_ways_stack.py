"""Killed while it makes what a user flow offers and asks for: recovery takes it up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from killer import Point
from large_example import SECRET, settings_stack
from stack_fixture import Stack
from tenant_fixture import Tenant

from commands.recovery import recover
from engine.model import Engine
from tests.stack.test_killed_stack import CONSOLE, QUIET, killed, local, outcome

WAYS: dict[str, Any] = {
    "attributes": {"loyaltyNumber": {}},
    "identityProviders": {
        "google": {"type": "google", "clientId": "1234", "clientSecret": {"config": SECRET}}
    },
    "userFlows": {
        "customers": {"identityProviders": ["google"], "attributes": ["loyaltyNumber"]},
    },
}


def test_attributes_and_identity_providers_of_a_killed_run_are_taken_up(
    engine: Engine, own_tenant: Tenant, tmp_path: Path
) -> None:
    """What was made and whose answer was lost is recorded, and nothing comes twice."""
    stack = settings_stack(tmp_path / "project", engine, own_tenant, WAYS)
    before = _ids(own_tenant)
    killed(stack, Point("run", 3, "after"), "up")
    lost = _ids(own_tenant) - before - _recorded(stack)
    assert lost

    recover(local(stack), CONSOLE)
    assert lost <= _recorded(stack)
    assert local(stack).up(*QUIET) == 0

    outcome(stack)
    made = _ids(own_tenant) - before
    assert lost <= made <= _recorded(stack)
    assert len(made) == len(WAYS["attributes"]) + len(WAYS["identityProviders"])
    stack.pulumi("preview", "--expect-no-changes")


def _ids(tenant: Tenant) -> set[str]:
    """The attributes and identity providers of the tenant."""
    paths = ("/identity/userFlowAttributes", "/identity/identityProviders")
    return {one["id"] for path in paths for one in tenant.all(path)}


def _recorded(stack: Stack) -> set[str]:
    return {one["id"] for one in stack.resources() if one.get("id")}
