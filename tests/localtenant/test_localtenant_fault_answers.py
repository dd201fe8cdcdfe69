"""Refusals of bad days over real HTTPS: throttling, failures of the service, short tokens."""

from __future__ import annotations

import time
from uuid import uuid4

import pytest

from localtenant.testing import Ready
from localtenant.testing_client import FaultKnobs, Graph, refused

pytestmark = pytest.mark.local_only


READ = "/applications?$top=1"
ENVELOPE = ["code", "message", "innerError"]


def test_throttling_has_the_body_and_headers_of_graph(graph: Graph, knobs: FaultKnobs) -> None:
    """429 comes with Retry-After, the envelope of throttling, and what is throttled."""
    knobs.set("throttle,retry-after=2,times=1")

    answer = graph.get(READ)

    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "2"
    assert answer.headers["content-type"] == "application/json"
    scope = f"Tenant_Application/ReadWrite/{graph.client.clientId}/{graph.ready.tenantId}"
    assert answer.headers["x-ms-throttle-scope"] == scope
    assert answer.headers["x-ms-throttle-information"] == "ResourceUnitLimitExceeded"
    inner = answer.json()["error"].pop("innerError")
    assert answer.json()["error"] | {"innerError": None} == {
        "code": "TooManyRequests",
        "innerError": None,
        "message": "Please retry again later.",
    }
    assert inner.pop("date")
    assert inner == {
        "code": "429",
        "message": "Please retry after",
        "request-id": answer.headers["request-id"],
        "status": "429",
    }
    assert graph.get(READ).status_code == 200


def test_throttled_write_takes_no_effect(graph: Graph, knobs: FaultKnobs) -> None:
    """A refused POST made nothing, its connection serves on, and the header may be left out."""
    knobs.set("throttle,method=POST,retry-after=none,times=1")
    body = {"displayName": f"app {uuid4()}"}

    answer = graph.post("/applications", body)

    assert answer.status_code == 429
    assert "retry-after" not in answer.headers
    assert answer.headers["x-ms-throttle-information"] == "WriteLimitExceeded"
    assert graph.named(body["displayName"]) == []
    assert graph.post("/applications", body).status_code == 201


def test_a_token_expires_on_demand(graph: Graph, knobs: FaultKnobs) -> None:
    """401 has the text and the challenge of a token whose time is over."""
    knobs.set("fail,status=401,times=1")

    answer = graph.get(READ)

    message = "Lifetime validation failed, the token is expired."
    refused(answer, 401, "InvalidAuthenticationToken", message)
    assert answer.headers["www-authenticate"].startswith("Bearer realm")
    assert graph.get(READ).status_code == 200


@pytest.mark.parametrize(
    ("status", "code", "message"),
    [
        (500, "Service_InternalServerError", "Encountered an internal server error."),
        (
            503,
            "Service_ServiceUnavailable",
            "Service is temporarily unavailable. Please wait and retry again.",
        ),
        (504, "UnknownError", ""),
    ],
)
def test_failures_have_graphs_envelope(
    graph: Graph, knobs: FaultKnobs, status: int, code: str, message: str
) -> None:
    """A failure of the service carries its code, its text and the ids of the request."""
    knobs.set(f"fail,status={status},times=1,retry-after=1")
    headers = {"client-request-id": "11111111-1111-1111-1111-111111111111"}

    answer = graph.http.get(f"/v1.0{READ}", headers=headers)

    refused(answer, status, code, message)
    assert list(answer.json()["error"]) == ENVELOPE
    inner = answer.json()["error"]["innerError"]
    assert inner["client-request-id"] == headers["client-request-id"]
    assert inner["request-id"] == answer.headers["request-id"]
    assert answer.headers["retry-after"] == "1"


@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
def test_failure_before_or_after_the_effect(
    graph: Graph, knobs: FaultKnobs, when: str, made: int
) -> None:
    """A gateway may give up before a write is carried out, or after."""
    name = f"app {uuid4()}"
    knobs.set(f"fail,status=504,method=POST,path=/applications$,when={when}")

    answer = graph.post("/applications", {"displayName": name})

    assert answer.status_code == 504
    assert len(graph.named(name)) == made


def test_sign_in_fails_with_entras_transient_error(graph: Graph, knobs: FaultKnobs) -> None:
    """Faults at sign-in leave Graph alone, and answer as Entra does on a bad day."""
    knobs.set("fail,at=sign-in,path=/oauth2/v2.0/token,status=503,times=1,retry-after=3")
    assert graph.get(READ).status_code == 200

    answer = graph.http.post(f"/{graph.ready.tenantId}/oauth2/v2.0/token", data={})

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
    assert answer.json()["error"] == "temporarily_unavailable"
    assert answer.json()["error_codes"] == [90033]
    words = "AADSTS90033: A transient error has occurred. Please try again. Trace ID: "
    assert answer.json()["error_description"].startswith(words)


def test_token_expires_in_the_middle(ready: Ready, knobs: FaultKnobs) -> None:
    """Graph refuses a token once its short life is over, whatever the client was told."""
    knobs.set("token-lifetime,seconds=1,expires-in=3599,times=1")
    graph = Graph(ready, ready.clients["everything"])
    assert graph.get(READ).status_code == 200

    deadline = time.monotonic() + 5
    while (answer := graph.get(READ)).status_code == 200 and time.monotonic() < deadline:
        time.sleep(0.05)

    message = "Lifetime validation failed, the token is expired."
    refused(answer, 401, "InvalidAuthenticationToken", message)


def test_client_is_told_how_long_its_token_lives(graph: Graph, knobs: FaultKnobs) -> None:
    """Without more words, a token's lifetime is what the answer says."""
    form = {
        "client_id": graph.client.clientId,
        "client_secret": graph.client.clientSecret,
        "grant_type": "client_credentials",
        "scope": f"{graph.ready.url}/.default",
    }
    with knobs.during("token-lifetime,seconds=30"):
        short = graph.http.post(f"/{graph.ready.tenantId}/oauth2/v2.0/token", data=form).json()
    usual = graph.http.post(f"/{graph.ready.tenantId}/oauth2/v2.0/token", data=form).json()

    assert short["expires_in"] == short["ext_expires_in"] == 30
    assert usual["expires_in"] == 3599
