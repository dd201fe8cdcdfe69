"""What a person reads, and which refusals are waited out."""

from __future__ import annotations

import asyncio
import time
from uuid import UUID

import httpx
import pytest

from providers.graph.answers import RefusedRequestError, answer_of
from providers.graph.connection import request_id_maker
from providers.graph.errors import Answer, GraphError
from providers.graph.lag import Lag
from providers.graph.retry import send


def refusal(status: int, message: str = "refused", **headers: str) -> RefusedRequestError:
    """An answer as the connection raises it."""
    body = {"error": {"code": "code", "message": message}}
    return RefusedRequestError(answer_of(httpx.Response(status, json=body, headers=headers)))


def failing(*errors: RefusedRequestError):  # noqa: ANN201 -- a request and its count
    """A request that fails with each error in turn, then works; and the times of its tries."""
    left, tries = list(errors), list[float]()

    async def request() -> str:
        tries.append(time.monotonic())
        if left:
            raise left.pop(0)
        return "done"

    return request, tries


def test_an_error_names_the_object_the_answer_and_what_to_do() -> None:
    """One line: operation and object, code, message, both request ids, the way out."""
    answer = Answer(403, "Authorization_RequestDenied", "Insufficient\nprivileges.", "r-1", "c-1")
    assert str(GraphError("create the user flow 'X'", answer)) == (
        "Could not create the user flow 'X': Graph said Authorization_RequestDenied: Insufficient "
        "privileges (status 403, request-id r-1, client-request-id c-1). Grant the application "
        "that signs in the missing Graph permission, with admin consent (README, 'A real tenant')."
    )


def test_a_refusal_that_is_final_is_not_tried_again() -> None:
    """A bad request fails at the first try."""
    request, tries = failing(refusal(400), refusal(400))
    with pytest.raises(GraphError, match=r"Could not do it: .*status 400"):
        asyncio.run(send("do it", request, seconds=5))
    assert len(tries) == 1


def test_lag_is_waited_out_where_the_operation_names_it() -> None:
    """A 404 is final in general, and tried again where it means "not replicated yet"."""
    request, tries = failing(refusal(404), refusal(404))
    assert asyncio.run(send("do it", request, seconds=5, lag=[Lag(404)])) == "done"
    assert len(tries) == 3


def test_lag_is_told_from_other_refusals_by_its_message() -> None:
    """The same status with another message stays final."""
    lag = Lag(400, message="does not reference a valid application object")
    assert lag.matches(
        Answer(400, "x", "The appId 'y' DOES not reference a valid application object.")
    )
    assert not lag.matches(Answer(400, "x", "Invalid value."))


def test_retry_after_is_obeyed() -> None:
    """A throttled request waits as long as Graph says, and no less."""
    request, tries = failing(refusal(429, **{"Retry-After": "1"}))
    asyncio.run(send("do it", request, seconds=10))
    assert 1.0 <= tries[1] - tries[0] < 3.0


def test_the_deadline_ends_the_tries_with_the_last_answer() -> None:
    """An outage is given up in time, and told with what Graph said last."""
    request, _ = failing(*[refusal(503, "down")] * 50)
    started = time.monotonic()
    with pytest.raises(GraphError, match=r"down .*status 503.*Run the same command again"):
        asyncio.run(send("do it", request, seconds=1))
    assert time.monotonic() - started < 5


def test_a_host_that_is_not_there_is_given_up_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to wait for the deadline of minutes to learn that the network is down."""
    monkeypatch.setattr("providers.graph.retry._UNREACHABLE_SECONDS", 0.2)

    async def request() -> str:
        raise httpx.ConnectError("All connection attempts failed")

    started = time.monotonic()
    with pytest.raises(GraphError, match=r"did not answer for \d s: All connection attempts"):
        asyncio.run(send("do it", request, seconds=60))
    assert time.monotonic() - started < 10


def test_the_requests_of_a_run_share_the_beginning_of_their_ids() -> None:
    """Each request has a GUID of its own, and one search finds all of a run."""
    make, other = request_id_maker(), request_id_maker()
    ids = {make(), make(), make()}
    assert {str(UUID(one)) for one in ids} == ids
    assert len(ids) == 3
    assert len({one[:18] for one in ids}) == 1
    assert other()[:18] not in {one[:18] for one in ids}


def test_an_answer_that_is_not_graphs_is_still_an_answer() -> None:
    """What a proxy says has no code; Graph's own ids are found in the headers or in the body."""
    proxy = answer_of(httpx.Response(502, text="<html>"))
    assert (proxy.status, proxy.code, proxy.message) == (502, "UnknownError", "")
    inner = {"request-id": "r-1", "client-request-id": "c-1"}
    body = {"error": {"code": "x", "message": "y", "innerError": inner}}
    graph = answer_of(httpx.Response(400, json=body, headers={"request-id": "r-2"}))
    assert (graph.request_id, graph.client_request_id) == ("r-2", "c-1")
    assert answer_of(httpx.Response(400, json=["no object"])).code == "UnknownError"
