"""The Graph client: msgraph-sdk over an azure-identity credential, wherever Graph is.

The client sends no request twice of its own accord (``providers.graph.retry`` does, and Kiota's
retries would multiply with it), and gives every request a ``client-request-id`` that starts with
the id of this run, so that one search of the audit log finds all of a run: Pulumi starts one
process of dynamic providers for each.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncGenerator, Callable
from http import HTTPStatus
from typing import Any, cast

import httpx
from azure.core.credentials import AccessToken, TokenCredential
from azure.core.credentials_async import AsyncTokenCredential
from kiota_abstractions.authentication import BaseBearerTokenAuthenticationProvider
from kiota_abstractions.request_option import RequestOption
from kiota_authentication_azure.azure_identity_access_token_provider import (
    AzureIdentityAccessTokenProvider,
)
from kiota_http.middleware.options import RetryHandlerOption
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph.graph_request_adapter import options as sdk_options
from msgraph.graph_service_client import GraphServiceClient
from msgraph_core import GraphClientFactory

from providers.graph.environment import Environment

_TIMEOUT = httpx.Timeout(60.0, connect=20.0)
_RUN_DIGITS = 18
"""Of a GUID's 36 characters: two groups and a half are the run's, the rest the request's own."""


class CredentialOnThreads:
    """A synchronous credential for asynchronous callers; it keeps its tokens itself.

    One caller at a time, so that four operations that start together ask for one token.
    """

    def __init__(self, make: Callable[[], TokenCredential]) -> None:
        """Wrap the credential that ``make`` makes; its tokens are asked for in worker threads."""
        self._make = make
        self._credential = make()
        self._turn = asyncio.Lock()
        self._last: str | None = None

    async def get_token(self, *scopes: str, **options: Any) -> AccessToken:  # noqa: ANN401 -- azure-core's own signature
        """Get a token for ``scopes``, a kept one while it is valid."""
        async with self._turn:
            token = await asyncio.to_thread(self._credential.get_token, *scopes, **options)
            self._last = token.token
            return token

    async def renew(self, refused: str, scope: str) -> str:
        """Get a token in the place of one that Graph has refused; one renewal serves all callers.

        azure-identity keeps a token for the time that it was told, and takes no hint that it has
        ended or was revoked; so another credential takes its place, which has no token yet.
        """
        async with self._turn:
            if refused == self._last:
                self._credential = self._make()
        return (await self.get_token(scope)).token


class RenewedToken(httpx.Auth):
    """Sends a request once more, with a new token, where Graph refuses its token (401).

    Kiota does so only where Graph asks for further claims; a second refusal is the answer.
    """

    def __init__(self, credential: CredentialOnThreads, scope: str) -> None:
        """Renew the tokens of ``credential`` for ``scope``."""
        self._credential = credential
        self._scope = scope

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Leave the request's own token, and replace it where it is refused."""
        response = yield request
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if response.status_code == HTTPStatus.UNAUTHORIZED and token:
            renewed = await self._credential.renew(token, self._scope)
            request.headers["Authorization"] = f"{scheme} {renewed}"
            yield request


def request_id_maker() -> Callable[[], str]:
    """Make ids for requests, GUIDs that share their beginning; it is the run's."""
    start = str(uuid.uuid4())[:_RUN_DIGITS]
    return lambda: start + str(uuid.uuid4())[_RUN_DIGITS:]


def connect(
    environment: Environment, credential: CredentialOnThreads, make_request_id: Callable[[], str]
) -> GraphServiceClient:
    """Make a client for Graph v1.0; sends no request."""

    async def identify(request: httpx.Request) -> None:
        request.headers["client-request-id"] = make_request_id()

    http = httpx.AsyncClient(
        base_url=f"{environment.graph}/v1.0",
        timeout=_TIMEOUT,
        http2=True,
        auth=RenewedToken(credential, environment.scope),
        event_hooks={"request": [identify]},
    )
    options: dict[str, RequestOption] = dict(sdk_options)
    options[RetryHandlerOption.get_key()] = RetryHandlerOption(should_retry=False)
    http = GraphClientFactory.create_with_default_middleware(client=http, options=options)
    tokens = AzureIdentityAccessTokenProvider(
        cast("AsyncTokenCredential", credential),
        options=None,
        scopes=[environment.scope],
        # Without the host here Kiota would send the request with no token at all.
        allowed_hosts=[httpx.URL(environment.graph).host],
        is_cae_enabled=False,
    )
    adapter = GraphRequestAdapter(BaseBearerTokenAuthenticationProvider(tokens), http)
    adapter.base_url = f"{environment.graph}/v1.0"
    return GraphServiceClient(request_adapter=adapter)
