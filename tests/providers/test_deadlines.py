"""What never ends on the wire: operations end all the same, and the next run makes it good."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from sign_in import lookup, trust
from tenant_fixture import Tenant

from localtenant.testing_client import FaultKnobs
from providers.graph.errors import ConfigurationError, GraphError, ProviderError
from providers.graph.session import Graph, Session
from tests.providers.fault_operations import FLOW, FLOWS, LINK, Bench

SHORT = 1.5
"""Seconds for an operation that cannot succeed."""
ENDLESS = {
    "throttled": "throttle,retry-after=1",
    "throttled for an hour": "throttle,retry-after=3600",
    "unavailable": "fail,status=503",
    "failing after the write": "fail,status=500,when=after",
    "reset before": "reset-before",
    "reset after the write": "reset-after",
    "never answered": "timeout,seconds=60",
    "never answered after the write": "timeout,seconds=60,when=after",
    "slow": "delay,ms=60000",
    "token expired": "fail,status=401",
    "sign-in unavailable": "fail,status=503,at=sign-in",
    "sign-in never answered": "timeout,seconds=60,at=sign-in",
}


def _create(bench: Bench) -> tuple[Callable[[Graph], Any], list[str]]:
    return lambda graph: FLOW.create(graph, bench.inputs()), [bench.name]


def _update(bench: Bench) -> tuple[Callable[[Graph], Any], list[str]]:
    made, new = bench.made(), f"{bench.name} 2"
    inputs = bench.inputs(displayName=new, attributes=[{"attribute": "city"}])
    return lambda graph: FLOW.update(graph, made.id, made.outputs, inputs), [new]


def _delete(bench: Bench) -> tuple[Callable[[Graph], Any], list[str]]:
    made = bench.made()
    return lambda graph: FLOW.delete(graph, made.id, made.outputs), []


def _put(bench: Bench) -> tuple[Callable[[Graph], Any], list[str]]:
    inputs: dict[str, object] = {"userFlowId": bench.made().id, "clientId": bench.client()}
    return lambda graph: LINK.create(graph, inputs), [bench.name]


@pytest.mark.parametrize("fault", ENDLESS)
@pytest.mark.parametrize("prepare", [_create, _update, _delete, _put])
def test_an_operation_ends_by_its_deadline(
    bench: Bench,
    prepare: Callable[[Bench], tuple[Callable[[Graph], Any], list[str]]],
    fault: str,
) -> None:
    """It ends in one short error, and the same operation ends well once the wire is quiet."""
    operation, names = prepare(bench)
    # A run that could not sign in does not try it again; the next one does.
    session = Session(lookup(bench.tenant)) if "sign-in" in fault else bench.session
    bench.knobs.set(ENDLESS[fault])
    start = time.monotonic()
    with pytest.raises(ProviderError) as failure:
        session.operate("do it", operation, seconds=SHORT)
    took = time.monotonic() - start
    bench.knobs.clear()
    assert took < SHORT + 1.0
    text = str(failure.value)
    assert "\n" not in text
    assert len(text) < 500
    bench.run(operation)
    assert [one["displayName"] for one in bench.flows()] == names


def test_a_request_without_an_answer_is_given_up(
    tenant: Tenant, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client's own time-out ends a request that is never answered, and it is sent again."""
    monkeypatch.setattr("providers.graph.connection._TIMEOUT", 0.3)
    trust(monkeypatch, tenant)
    session = Session(lookup(tenant))
    session.operate("sign in", lambda graph: FLOW.read(graph, "none", bench.inputs()))
    bench.knobs.set("timeout,seconds=60,times=1")
    start = time.monotonic()
    session.operate("create", lambda graph: FLOW.create(graph, bench.inputs()), seconds=20)
    assert 0.3 < time.monotonic() - start < 10
    assert len(bench.flows()) == 1


def test_a_token_that_ends_early_is_renewed(bench: Bench, tenant: Tenant) -> None:
    """Graph refuses a token that its client takes for good: one new token, and the work goes on."""
    session = Session(lookup(tenant))
    bench.knobs.set("token-lifetime,seconds=1,expires-in=3600")
    made = session.operate("create", lambda graph: FLOW.create(graph, bench.inputs()))
    bench.knobs.clear()
    path = f"/v1.0{FLOWS}/{made.id}"
    end = time.monotonic() + 10
    while 401 not in _statuses(tenant, path) and time.monotonic() < end:
        read = session.operate("read", lambda graph: FLOW.read(graph, made.id, made.outputs))
        assert read == made
    session.operate("read", lambda graph: FLOW.read(graph, made.id, made.outputs))
    assert _statuses(tenant, path)[-3:] == [401, 200, 200]
    assert _statuses(tenant, path).count(401) == 1


def test_a_token_that_is_refused_twice_is_an_error(bench: Bench) -> None:
    """A new token that Graph refuses as well ends the operation, after two requests."""
    made = bench.made()
    bench.faults = ("fail,status=401",)
    with pytest.raises(GraphError, match="InvalidAuthenticationToken"):
        bench.meeting(lambda graph: FLOW.read(graph, made.id, made.outputs))
    assert bench.hits == [2]


def test_a_sign_in_that_never_ends_says_so(
    tenant: Tenant, fault_knobs: FaultKnobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names the login endpoint, and the next run signs in."""
    trust(monkeypatch, tenant)
    session = Session(lookup(tenant))
    with (
        fault_knobs.during("timeout,seconds=60,at=sign-in"),
        pytest.raises(ConfigurationError, match="did not sign in for 1 s"),
    ):
        session.operate("do it", _nothing, seconds=1.0)
    Session(lookup(tenant)).operate("do it", _nothing)


async def _nothing(graph: Graph) -> None:
    del graph


def _statuses(tenant: Tenant, path: str) -> list[int]:
    with tenant.wire():
        pass  # Everything that was answered before is in the log from here on.
    lines = map(json.loads, tenant.log.read_text().splitlines())
    return [one["status"] for one in lines if one["path"] == path]
