"""``$batch``: several requests in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from localtenant.testing_client import Graph, missing, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from localtenant.odata.types import Json

JSON = {"Content-Type": "application/json"}


def get(name: str, url: str, **more: Any) -> Json:
    """Build a request that reads."""
    return {"id": name, "method": "GET", "url": url, **more}


def responses(graph: Graph, *requests: Json, version: str = "v1.0") -> dict[str, Json]:
    """Send a batch that has to be taken; the responses by id."""
    answer = graph.post("/$batch", {"requests": list(requests)}, version)
    assert answer.status_code == 200, answer.text
    return {r["id"]: r for r in answer.json()["responses"]}


def test_each_request_is_answered(graph: Graph) -> None:
    """Reads, writes and mistakes in one batch get the answers that they would get alone."""
    name, gone = f"batch {uuid4()}", str(uuid4())
    application = graph.application()

    found = responses(
        graph,
        get("1", f"/applications/{application['id']}?$select=id"),
        {
            "id": "2",
            "method": "POST",
            "url": "applications",
            "headers": JSON,
            "body": {"displayName": name},
        },
        {
            "id": "3",
            "method": "PATCH",
            "url": f"/applications/{application['id']}",
            "headers": JSON,
            "body": {"notes": "changed"},
        },
        get("4", f"/applications/{gone}"),
        get("5", "/applications/$count", headers={"ConsistencyLevel": "eventual"}),
    )

    assert found["1"]["body"]["id"] == application["id"]
    assert set(found["1"]["headers"]) == {
        "Cache-Control",
        "Content-Type",
        "OData-Version",
        "x-ms-resource-unit",
    }
    assert (found["2"]["status"], found["2"]["body"]["displayName"]) == (201, name)
    assert (found["3"]["status"], "body" in found["3"]) == (204, False)
    assert graph.read(f"/applications/{application['id']}")["notes"] == "changed"
    error = found["4"]["body"]["error"]
    assert (found["4"]["status"], error["code"], error["message"]) == (
        404,
        "Request_ResourceNotFound",
        missing(gone),
    )
    assert found["4"]["headers"]["Content-Type"] == "application/json"
    assert int(found["5"]["body"]) >= 1


def test_each_write_is_a_transaction_of_its_own(graph: Graph) -> None:
    """A request that fails undoes nothing of the others."""
    one, other = graph.application()["id"], graph.application()["id"]
    patch = {"method": "PATCH", "headers": JSON}

    found = responses(
        graph,
        {"id": "1", "url": f"/applications/{one}", "body": {"notes": "kept"}, **patch},
        {"id": "2", "url": f"/applications/{other}", "body": {"nonsense": 1}, **patch},
        version="beta",
    )

    assert (found["1"]["status"], found["2"]["status"]) == (204, 400)
    assert graph.read(f"/applications/{one}")["notes"] == "kept"


def test_dependencies(graph: Graph) -> None:
    """What depends on a request that failed is not tried, and neither is what depends on that."""
    application = graph.application()["id"]

    found = responses(
        graph,
        get("a", f"/applications/{uuid4()}"),
        {"id": "b", "method": "DELETE", "url": f"/applications/{application}", "dependsOn": ["A"]},
        get("c", "/organization", dependsOn=["b"]),
        get("d", "/organization", dependsOn=[]),
        get("e", "/organization", dependsOn=["d"]),
    )

    assert [found[n]["status"] for n in "abcde"] == [404, 424, 424, 200, 200]
    assert found["b"]["body"]["error"]["code"] == "FailedDependency"
    assert graph.read(f"/applications/{application}")["id"] == application


@pytest.mark.local_only
def test_permissions_are_checked_request_by_request(holder: Callable[..., Graph]) -> None:
    """The caller's token opens in a batch what it opens outside, and no more."""
    found = responses(
        holder("Organization.Read.All"), get("1", "/organization"), get("2", "/domains")
    )

    assert (found["1"]["status"], found["2"]["status"]) == (200, 403)
    assert found["2"]["body"]["error"]["code"] == "Authorization_RequestDenied"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"requests": []}, "Invalid batch payload format."),
        ({"nothing": 1}, "Invalid batch payload format."),
        ({"requests": [{"id": "1"}]}, "Invalid batch payload format."),
        ({"requests": ["1"]}, "Invalid batch payload format."),
        ({"requests": [get("1", "/me", method="BREW")]}, "Invalid batch payload format."),
        (
            {"requests": [get("1", "/me"), get("1", "/me")]},
            "Request Id 1 has to be unique in a batch.",
        ),
        (
            {"requests": [get("a", "/me"), get("A", "/me")]},
            "Request Id A has to be unique in a batch.",
        ),
        (
            {"requests": [get(str(n), "/me") for n in range(21)]},
            "Number of requests inside batch exceed the limit",
        ),
        (
            {"requests": [get("1", "/me", dependsOn=["2"]), get("2", "/me")]},
            "Invalid dependency for request Id 1.",
        ),
    ],
)
def test_batches_that_are_refused(graph: Graph, body: Json, message: str) -> None:
    """A batch that is none, or too long, is refused as a whole."""
    refused(graph.post("/$batch", body), 400, "BadRequest", message)


def test_what_a_request_in_a_batch_may_ask(graph: Graph) -> None:
    """A body needs its content type, and a batch may hold no other batch."""
    found = responses(
        graph,
        {"id": "1", "method": "POST", "url": "/applications", "body": {"displayName": "x"}},
        {"id": "2", "method": "POST", "url": "/$batch", "headers": JSON, "body": {"requests": []}},
        get("3", f"{graph.url}/v1.0/organization"),
    )

    assert [found[n]["body"]["error"]["message"] for n in "123"] == [
        "Write requests (excluding DELETE) must contain the Content-Type header declaration.",
        "Resource not found for the segment '$batch'.",
        "Resource not found for the segment 'https:'.",
    ]


def test_batches_are_posted(graph: Graph) -> None:
    """$batch takes no other method than POST, and answers nobody without a token."""
    refused(
        graph.get("/$batch"),
        405,
        "Request_BadRequest",
        "Specified HTTP method is not allowed for the request target.",
    )
    answer = graph.http.post("/v1.0/$batch", json={"requests": []}, headers={"Authorization": ""})
    refused(answer, 401, "InvalidAuthenticationToken", "Access token is empty.")
