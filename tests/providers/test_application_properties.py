"""Properties of an application: the requests of the lifecycle, and what is there afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from tenant_fixture import Tenant

from providers.application_properties.lifecycle import ApplicationPropertiesLifecycle
from providers.graph.session import Graph, Session
from providers.lifecycle import UNKNOWN, Made, Properties
from tests.providers.fault_operations import owned_application

LIFECYCLE = ApplicationPropertiesLifecycle()
SELECTED = "?$select=api,publicClient,nativeAuthenticationApisEnabled"


@pytest.fixture
def application(tenant: Tenant) -> str:
    """The object ID of an application that the deployer owns."""
    return owned_application(tenant)


@pytest.fixture
def run(session: Session) -> Callable[[Callable[[Graph], Any]], Any]:
    """Runs an operation as the host does."""
    return lambda operation: session.operate("do it", operation)


Run = Callable[[Callable[[Graph], Any]], Any]


def wanted(application: str, **properties: object) -> dict[str, object]:
    """Inputs: redirect URIs, known clients and native authentication, unless they are told."""
    return {
        "applicationId": application,
        "redirectUris": ["msauth://contoso/x", "http://localhost"],
        "knownClients": [str(uuid4())],
        "nativeAuthentication": "all",
        "version": "1",
        **properties,
    }


def made(run: Run, inputs: Properties) -> Made:
    """Create as the host does."""
    return run(lambda graph: LIFECYCLE.create(graph, inputs))


def there(tenant: Tenant, application: str) -> tuple[set[str], list[str], str | None]:
    """What Graph has of the three."""
    live = tenant.one(f"/applications/{application}{SELECTED}")
    native = live.get("nativeAuthenticationApisEnabled")
    uris = set(live["publicClient"]["redirectUris"])
    return uris, live["api"]["knownClientApplications"], native


def test_create_sends_what_is_not_there(tenant: Tenant, run: Run, application: str) -> None:
    """One read and one change; a second time there is nothing to change."""
    path, inputs = f"/applications/{application}", wanted(application)
    with tenant.wire() as wire:
        first = made(run, inputs)
    assert wire.graph() == [f"GET {path}", f"PATCH {path}"]
    assert (first.id, first.outputs["tenantId"]) == (application, tenant.ready.tenantId)
    expected = ({"msauth://contoso/x", "http://localhost"}, inputs["knownClients"], "all")
    assert there(tenant, application) == expected
    with tenant.wire() as wire:
        assert made(run, inputs) == first
    assert wire.writes() == []


def test_what_is_left_out_is_left_alone(tenant: Tenant, run: Run, application: str) -> None:
    """Scopes of the same `api`, and everything that the inputs do not name."""
    made(run, wanted(application))
    inputs = {"applicationId": application, "redirectUris": ["http://localhost"]}
    made(run, inputs)
    assert there(tenant, application)[2] == "all"
    assert there(tenant, application)[0] == {"http://localhost"}


def test_drift_shows_by_property(tenant: Tenant, run: Run, application: str) -> None:
    """What others change is read, and another order of a list is no change."""
    first = made(run, wanted(application))
    read: Callable[[Graph], Any] = lambda graph: LIFECYCLE.read(graph, application, first.outputs)  # noqa: E731 -- asked twice
    assert run(read) == first
    body: dict[str, Any] = {
        "nativeAuthenticationApisEnabled": "none",
        "publicClient": {"redirectUris": []},
    }
    tenant.admin.patch(f"/applications/{application}", body).raise_for_status()
    drifted = run(read).outputs
    assert (drifted["nativeAuthentication"], drifted["redirectUris"]) == ("none", [])
    assert drifted["knownClients"] == first.outputs["knownClients"]
    plan = LIFECYCLE.plan(drifted, wanted(application, knownClients=drifted["knownClients"]))
    assert list(plan.changes) == ["nativeAuthentication", "redirectUris"]


def test_another_version_sets_what_was_taken_away(
    tenant: Tenant, run: Run, application: str
) -> None:
    """Azuread's change of the application sends what it read of these: they are set again."""
    inputs = wanted(application)
    first = made(run, inputs)
    wiped: dict[str, Any] = {
        "publicClient": {"redirectUris": []},
        "api": {"knownClientApplications": []},
    }
    tenant.admin.patch(f"/applications/{application}", wiped).raise_for_status()
    again = {**inputs, "version": "2"}
    assert list(LIFECYCLE.plan(first.outputs, again).changes) == ["version"]
    run(lambda graph: LIFECYCLE.update(graph, application, first.outputs, again))
    expected = ({"msauth://contoso/x", "http://localhost"}, inputs["knownClients"])
    assert there(tenant, application)[:2] == expected


def test_what_is_no_longer_wanted_becomes_empty(tenant: Tenant, run: Run, application: str) -> None:
    """A property that is taken out of the inputs, and all of them by a deletion, twice."""
    first = made(run, wanted(application))
    rest = {"applicationId": application, "redirectUris": ["http://localhost"]}
    outputs = run(lambda graph: LIFECYCLE.update(graph, application, first.outputs, rest))
    assert there(tenant, application) == ({"http://localhost"}, [], "none")
    assert outputs == {**rest, "tenantId": tenant.ready.tenantId}
    for _ in range(2):
        run(lambda graph: LIFECYCLE.delete(graph, application, outputs))
    assert there(tenant, application) == (set(), [], "none")


def test_properties_of_a_gone_application_are_gone(
    tenant: Tenant, run: Run, application: str
) -> None:
    """A refresh forgets them, and there is nothing to delete."""
    first = made(run, wanted(application))
    assert tenant.admin.delete(f"/applications/{application}").is_success
    assert run(lambda graph: LIFECYCLE.read(graph, application, first.outputs)) is None
    run(lambda graph: LIFECYCLE.delete(graph, application, first.outputs))


def test_another_application_replaces() -> None:
    """The properties are the application's own."""
    inputs = wanted(str(uuid4()))
    other = {**inputs, "applicationId": str(uuid4())}
    assert list(LIFECYCLE.plan(inputs, other).replaces) == ["applicationId"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("applicationId", "x"), ("knownClients", ["api://x"]), ("nativeAuthentication", "some")],
)
def test_what_graph_refuses_is_told_at_preview(name: str, value: object) -> None:
    """IDs are GUIDs; what is not known yet is passed over."""
    inputs = wanted(str(uuid4()))
    assert [one.property for one in LIFECYCLE.validate({**inputs, name: value})] == [name]
    assert LIFECYCLE.validate({**inputs, name: UNKNOWN}) == []
