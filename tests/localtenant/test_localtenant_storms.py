"""Ten thousand requests that nobody would send: each gets a right answer or an error of Graph's.

They go to the real application and store inside this process. ``STORMS=10`` sends ten times as
many. A request that is refused must leave the store as it was.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from graph_in_process import Answered, InProcess, in_process
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from operation_paths import SHAPES
from storm_bodies import CONTENT_TYPES, RAW
from storm_queries import filters, queries
from storm_requests import (
    COLLECTIONS,
    HEADERS,
    WRITES,
    body_of,
    keyed_paths,
    mutated,
    named,
)

from localtenant.entities import MODEL
from localtenant.testing_bodies import flow_body
from localtenant.testing_client import FLOWS

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.local_only
_TIMES = int(os.environ.get("STORMS", "1"))
_INNER = {"date", "request-id", "client-request-id"}
_PROMISED = {
    "test_bodies": 3500,
    "test_queries": 3000,
    "test_filters_divide": 2500,
    "test_paths": 1500,
    "test_bytes": 600,
    "test_batches": 400,
}
"""How many requests each storm sends at least: ten thousand and more in all."""


def storm(requests: int) -> settings:
    """Settings for a number of requests, the same ones in every run."""
    return settings(
        max_examples=requests * _TIMES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    """A tenant of one's own."""
    with in_process(tmp_path_factory.mktemp("storm")) as graph:
        yield graph


@pytest.fixture(autouse=True)
def as_many_as_promised(world: InProcess, request: pytest.FixtureRequest) -> Iterator[None]:
    """Hold each storm to its part of the ten thousand, in whichever process it runs."""
    before = world.sent
    yield
    assert world.sent - before >= _PROMISED.get(request.node.name, 0) * _TIMES


def stock(graph: InProcess) -> None:
    """Make objects of which the storm has deleted too many."""
    with graph.tenant.store.read() as tx:
        few = tx.count("application") < 6 or tx.count("servicePrincipal") < 6
        none = not tx.count("authenticationEventsFlow")
    if few:
        body = {"displayName": "app", "tags": ["a", "b"], "signInAudience": "AzureADMyOrg"}
        application = graph.json("POST", "/v1.0/applications", body).body
        graph.json("POST", "/v1.0/servicePrincipals", {"appId": application["appId"]})
    if none:
        graph.json("POST", f"/v1.0{FLOWS}", flow_body())


def changes(graph: InProcess) -> int:
    """A number that is another one after each change of the store."""
    row = graph.tenant.store._reader.execute("PRAGMA data_version").fetchone()
    return int(row[0])


def checked(answer: Answered, what: object) -> Answered:
    """Check that an answer has Graph's form, whatever it says."""
    assert answer.status < 500 or answer.status == 501, (what, answer.content)
    if answer.status >= 400:
        error = answer.body["error"]
        assert error["code"], what
        assert isinstance(error["message"], str), what
        assert answer.headers["content-type"] == "application/json", what
        assert set(error["innerError"]) == _INNER, what
    elif answer.status == 204:
        assert answer.content == b"", what
    elif "application/json" in answer.headers["content-type"]:
        assert isinstance(answer.body, dict), what
    return answer


def ask(graph: InProcess, method: str, path: str, **options: Any) -> Answered:
    """Send a request, and check its answer; one that is refused changes nothing."""
    before = changes(graph)
    answer = checked(graph.ask(method, path, **options), (method, path, options))
    if answer.status >= 400 or method == "GET":
        assert changes(graph) == before, (method, path, options)
    return answer


@storm(3500)
@given(data=st.data())
def test_bodies(world: InProcess, data: st.DataObject) -> None:
    """Bodies of every operation that writes, from the declared types."""
    stock(world)
    shape = data.draw(st.sampled_from(WRITES))
    path = data.draw(keyed_paths(world, shape))
    headers = {**data.draw(HEADERS), "content-type": "application/json"}
    raw = named(world, json.dumps(data.draw(body_of(shape))).encode())
    version = data.draw(st.sampled_from(["/v1.0", "/beta"]))

    answer = ask(world, shape.operation.method, version + path, headers=headers, raw=raw)

    if answer.status == 201 and "id" in answer.body and not shape.kinds:
        again = ask(world, "GET", f"{version}{path}/{answer.body['id']}")
        assert again.status == 200, (path, answer.content)
        assert again.body["id"] == answer.body["id"]


@storm(3000)
@given(data=st.data())
def test_queries(world: InProcess, data: st.DataObject) -> None:
    """Query options on every collection: a page that is right, or an error."""
    stock(world)
    shape = data.draw(st.sampled_from(COLLECTIONS))
    options = data.draw(queries(shape.route.entity))
    headers = data.draw(HEADERS)
    headers.pop("content-type", None)

    answer = ask(world, "GET", f"/v1.0{shape.path}", query=urlencode(options), headers=headers)

    if answer.status == 200 and "value" in answer.body:
        assert len(answer.body["value"]) <= int(options.get("$top", 100))


@storm(1200)
@given(data=st.data())
def test_filters_divide(world: InProcess, data: st.DataObject) -> None:
    """Each object fulfils a filter or its opposite, and never both."""
    stock(world)
    shape = data.draw(st.sampled_from(COLLECTIONS))
    wanted = data.draw(filters(shape.route.entity))
    path, headers = f"/v1.0{shape.path}/$count", {"consistencylevel": "eventual"}
    counts: list[int] = []
    for text in (
        "",
        f"?{urlencode({'$filter': wanted, '$count': 'true'})}",
        f"?{urlencode({'$filter': f'not ({wanted})', '$count': 'true'})}",
    ):
        query = text[1:]
        answer = checked(world.ask("GET", path, query=query, headers=headers), (path, wanted))
        if answer.status != 200:
            return
        counts.append(int(answer.content))

    assert counts[0] == counts[1] + counts[2], wanted


@storm(1500)
@given(data=st.data())
def test_paths(world: InProcess, data: st.DataObject) -> None:
    """Paths of every operation in other forms, with any method and any header."""
    stock(world)
    shape = data.draw(st.sampled_from(SHAPES))
    path = data.draw(keyed_paths(world, shape))
    if data.draw(st.integers(0, 4)):
        path = data.draw(mutated(path))
    methods = ["GET", "GET", "GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS", "NONSENSE"]

    ask(
        world,
        data.draw(st.sampled_from(methods)),
        data.draw(st.sampled_from(["/v1.0", "/beta"])) + path,
        query=data.draw(st.sampled_from(["", "%FF", "$filter", "a=%00", "&&&", "$top=1&$top=2"])),
        headers=data.draw(HEADERS),
        raw=data.draw(st.sampled_from([b"", b"{}"])),
    )


@storm(600)
@given(data=st.data())
def test_bytes(world: InProcess, data: st.DataObject) -> None:
    """Bodies that are no JSON, too deep, too long, in other encodings, or say things twice."""
    stock(world)
    shape = data.draw(st.sampled_from(WRITES))
    path = data.draw(keyed_paths(world, shape))
    headers = {"content-type": data.draw(CONTENT_TYPES)}

    ask(world, shape.operation.method, f"/v1.0{path}", headers=headers, raw=data.draw(RAW))


@storm(300)
@given(data=st.data())
def test_batches(world: InProcess, data: st.DataObject) -> None:
    """Batches of requests, well formed and not: as many answers as requests, or an error."""
    stock(world)
    steps: list[Any] = []
    for n in range(data.draw(st.integers(1, 4))):
        shape = data.draw(st.sampled_from(SHAPES))
        step: dict[str, Any] = {
            "id": data.draw(st.sampled_from([*[str(n)] * 30, "0", "", None, 7])),
            "method": data.draw(st.sampled_from([*[shape.operation.method] * 30, "get", "FOO", 1])),
            "url": data.draw(keyed_paths(world, shape)),
        }
        if data.draw(st.booleans()):
            step["headers"] = data.draw(HEADERS)
            step["body"] = data.draw(body_of(shape))
        if data.draw(st.integers(0, 3)) == 0:
            step["dependsOn"] = data.draw(st.sampled_from([["0"], ["0"], ["x"], "1", [1], []]))
        steps.append(data.draw(st.sampled_from([*[step] * 40, None, 1])))
    body = data.draw(st.sampled_from([*[{"requests": steps}] * 10, steps, {}]))

    answer = checked(world.json("POST", "/v1.0/$batch", body), body)

    if answer.status == 200:
        responses = answer.body["responses"]
        assert [r["id"] for r in responses] == [s["id"] for s in steps]
        assert all(100 < r["status"] < 500 or r["status"] == 501 for r in responses), responses
        world.sent += len(responses)


def test_promises_are_ten_thousand(world: InProcess) -> None:
    """The parts of the storms add up, every operation is in them, and the tenant still answers."""
    assert sum(_PROMISED.values()) >= 10_000
    assert _PROMISED.keys() <= globals().keys()
    assert world.ask("GET", "/v1.0/organization").status == 200
    assert set(MODEL.operations) == {s.operation.path for s in SHAPES}
