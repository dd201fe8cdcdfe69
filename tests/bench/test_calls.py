"""The script of raw calls, its critical path, and the bound that follows from it."""

from __future__ import annotations

import httpx
import pytest

from bench import script
from bench.calls import Call, bound, chain, send
from bench.samples import Sample, Samples
from localtenant.testing_client import FLOWS
from localtenant.testing_tenant import LocalTenant


def test_the_critical_path_is_the_longest_chain() -> None:
    """A call follows those whose answers it names; what names none begins at once."""
    calls = [
        Call("a", "GET", "/a"),
        Call("b", "POST", "/b", {"of": ["{a.id}"]}, frozenset({"a"})),
        Call("c", "POST", "/{b.id}", {"and": "{a.id}"}),
        Call("d", "GET", "/d"),
    ]
    assert chain(calls) == ["a", "b", "c"]
    assert bound(calls, 0.2) == pytest.approx(0.6)
    assert bound(calls, 0.2, lag=2.0) == pytest.approx(0.2 + 2.0 + 0.4)
    assert bound([], 1.0) == 0.0


def test_the_script_makes_the_seeds_tenant(local_tenant_session: LocalTenant) -> None:
    """Eleven calls, of which four must follow each other; and everything is there."""
    graph, calls = local_tenant_session.graph, script.make()
    with httpx.Client(
        base_url=f"{graph.url}/v1.0",
        verify=graph.trust,
        headers={"Authorization": f"Bearer {graph.token}"},
    ) as http:
        assert send(http, calls) == len(calls) == 11
    assert chain(calls)[:3] == ["api", "web", "web-principal"]
    assert len(chain(calls)) == 4
    (web,) = graph.named("ciam-client-app")
    (api,) = graph.named("ciam-ToDoList-api")
    assert api["identifierUris"] == [f"api://{api['appId']}"]
    (flow,) = graph.read(FLOWS)["value"]
    linked = graph.read(f"{FLOWS}/{flow['id']}/conditions/applications/includeApplications")
    assert [one["appId"] for one in linked["value"]] == [web["appId"]]


def test_samples_are_kept_and_spread() -> None:
    """The middle of what was measured of one thing, with the least and the greatest."""
    samples = Samples(samples=[Sample("up", "us", "0 ms", seconds) for seconds in (3.0, 1.0, 2.0)])
    spread = samples.spread("seconds", what="up")
    assert spread is not None
    assert (spread.middle, spread.least, spread.most) == (2.0, 1.0, 3.0)
    assert samples.spread("seconds", what="down") is None
