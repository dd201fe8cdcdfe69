"""The connection to Graph: signed requests over one HTTP client, wherever Graph is.

It sends no request twice of its own accord (``providers.graph.retry`` does), and gives every
request a ``client-request-id`` that starts with the id of this run, so that one search of the audit
log finds all of a run: Pulumi starts one process of dynamic providers for each.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncGenerator, Callable
from http import HTTPStatus
from typing import Any

import httpx

from providers.graph.answers import RefusedRequestError, answer_of
from providers.graph.environment import Environment
from providers.graph.tokens import SignIn
from providers.graph.trust import trust

_TIMEOUT = httpx.Timeout(60.0, connect=20.0)
_RUN_DIGITS = 18
"""Of a GUID's 36 characters: two groups and a half are the run's, the rest the request's own."""


class Signed(httpx.Auth):
    """Signs a request, and sends it once more with a new token where Graph refuses it (401).

    A second refusal is the answer.
    """

    def __init__(self, sign_in: SignIn, graph: str) -> None:
        """Sign with the tokens of ``sign_in`` what goes to the host of the URL ``graph``."""
        self._sign_in = sign_in
        self._host = httpx.URL(graph).host

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Put the token on the request, and replace it where it is refused."""
        if request.url.host != self._host:
            yield request  # No answer may lead a token elsewhere.
            return
        token = await self._sign_in.token()
        request.headers["Authorization"] = f"Bearer {token}"
        response = yield request
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            renewed = await self._sign_in.token(refused=token)
            request.headers["Authorization"] = f"Bearer {renewed}"
            yield request


class GraphHttp(httpx.AsyncClient):
    """An HTTP client for which an answer that refuses is an error, ``RefusedRequestError``."""

    async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:  # noqa: ANN401 -- httpx's own
        """Send a request; raises ``RefusedRequestError`` and httpx's errors."""
        response = await super().send(request, **options)
        if response.is_error:
            await response.aread()
            raise RefusedRequestError(answer_of(response))
        return response


def request_id_maker() -> Callable[[], str]:
    """Make ids for requests, GUIDs that share their beginning; it is the run's."""
    start = str(uuid.uuid4())[:_RUN_DIGITS]
    return lambda: start + str(uuid.uuid4())[_RUN_DIGITS:]


def connect(
    environment: Environment, sign_in: SignIn, make_request_id: Callable[[], str]
) -> GraphHttp:
    """Make a client for Graph; sends no request."""

    async def identify(request: httpx.Request) -> None:
        request.headers["client-request-id"] = make_request_id()

    return GraphHttp(
        base_url=environment.graph,
        verify=trust(),
        timeout=_TIMEOUT,
        http2=True,
        auth=Signed(sign_in, environment.graph),
        event_hooks={"request": [identify]},
        headers={"Accept": "application/json"},
    )
