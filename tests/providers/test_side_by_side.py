"""Two runs that create the same thing at the same moment end in one object."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sign_in import lookup
from tenant_fixture import Tenant

from providers.graph.errors import ProviderError
from providers.graph.session import Graph, Session
from tests.providers.fault_operations import FLOW, LINK, Bench

DELAYS = {
    "none": (),
    "slow": ("delay,ms=100",),
    "slow writes": ("delay,ms=200,method=POST",),
    "one slow look": ("delay,ms=300,method=GET,times=1",),
    "one slow write": ("delay,ms=300,method=POST,times=1",),
    "slow writes, one lost": ("delay,ms=100,method=POST", "reset-after,method=POST,times=1"),
    "slow writes, one failing": (
        "delay,ms=100,method=POST",
        "fail,status=500,when=after,method=POST,times=1",
    ),
    "throttled": ("throttle,retry-after=0.2,every=2,times=4",),
}


@pytest.fixture
def other(tenant: Tenant, session: Session) -> Session:
    """A second run's session, as another process would have."""
    del session
    return Session(lookup(tenant))


def _both(bench: Bench, other: Session, operations: list[Callable[[Graph], Any]]) -> list[Any]:
    sessions = (bench.session, other)
    for one in sessions:
        one.operate("sign in", _nothing)
    bench.knobs.set(*bench.faults)
    with ThreadPoolExecutor(2) as pool:
        running = [
            pool.submit(session.operate, "create", operation, seconds=30.0)
            for session, operation in zip(sessions, operations, strict=True)
        ]
    bench.knobs.clear()
    return [one.exception() or one.result() for one in running]


async def _nothing(graph: Graph) -> None:
    del graph


@pytest.mark.parametrize("delay", DELAYS)
def test_one_flow_of_two_creations(bench: Bench, other: Session, delay: str) -> None:
    """Both know the one flow."""
    bench.faults = DELAYS[delay]
    ends = _both(bench, other, [lambda graph: FLOW.create(graph, bench.inputs())] * 2)
    (flow,) = bench.flows()
    assert [made.id for made in ends] == [flow["id"]] * 2
    assert ends[0] == ends[1]


@pytest.mark.parametrize("delay", DELAYS)
def test_two_that_want_different_flows(bench: Bench, other: Session, delay: str) -> None:
    """There is one flow, and the run that came second says that it is not as it wants it."""
    bench.faults = DELAYS[delay]
    inputs = [bench.inputs(), bench.inputs(attributes=[{"attribute": "city"}])]
    ends = _both(bench, other, [lambda graph, one=one: FLOW.create(graph, one) for one in inputs])
    (flow,) = bench.flows()
    (error,) = [one for one in ends if isinstance(one, ProviderError)]
    (made,) = [one for one in ends if one is not error]
    assert made.id == flow["id"]
    assert f"ID {flow['id']}) that differs in attributes" in str(error)


@pytest.mark.parametrize("delay", DELAYS)
def test_one_application_in_the_flow(bench: Bench, other: Session, delay: str) -> None:
    """Both know that it is in the flow, in which it is once."""
    flow, client = bench.made().id, bench.client()
    inputs: dict[str, object] = {"userFlowId": flow, "clientId": client}
    bench.faults = DELAYS[delay]
    ends = _both(bench, other, [lambda graph: LINK.create(graph, inputs)] * 2)
    assert bench.included(flow) == [client]
    assert [made.id for made in ends] == [f"{flow}/{client}"] * 2
