"""The Graph client: signed-in requests, repeated where that helps, with readable errors."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from contextvars import ContextVar
from typing import Final
from uuid import uuid4
from weakref import WeakValueDictionary

import httpx

from engine.azuread import NAME, VERSION
from engine.azuread.errors import ConnectionFailedError
from engine.azuread.graph_error import GraphError
from engine.azuread.retries import BUSY_SECONDS, Symptom, repeating
from engine.azuread.values import Properties, is_list, is_object

V1: Final = "v1.0"

_TIMEOUT: Final = httpx.Timeout(30.0, connect=10.0)
_KEPT_ALIVE_SECONDS: Final = 3.0
"""Less than servers usually wait, so that they do not close a connection about to be used."""
_REPEATABLE: Final = frozenset({"GET", "PATCH", "DELETE"})
"""Methods whose requests set a state rather than add to it, here: repeating one cannot make a
second object.
"""

_busy_seconds: ContextVar[float] = ContextVar("busy_seconds", default=BUSY_SECONDS)


def set_deadline(seconds: float) -> None:
    """Give the current operation a deadline in seconds (`customTimeouts`); 0 leaves the default."""
    if seconds > 0:
        _busy_seconds.set(seconds)


def http_client() -> httpx.AsyncClient:
    """Return an HTTP client that trusts what the machine or `SSL_CERT_FILE` trusts.

    It uses no proxy of the environment: none must see requests to the loopback interface.
    """
    return httpx.AsyncClient(
        verify=ssl.create_default_context(),
        trust_env=False,
        timeout=_TIMEOUT,
        limits=httpx.Limits(keepalive_expiry=_KEPT_ALIVE_SECONDS),
        headers={"User-Agent": f"pulumi-{NAME}-stand-in/{VERSION}", "Accept": "application/json"},
    )


class Graph:
    """Microsoft Graph v1.0 at one base URL, signed in."""

    def __init__(
        self, http: httpx.AsyncClient, base_url: str, token: Callable[[], Awaitable[str]]
    ) -> None:
        """Send requests below `base_url` (`https://localhost:8443`); `token` signs them."""
        self._http = http
        self._base_url = f"{base_url}/{V1}"
        self._token = token
        self._stopped = asyncio.Event()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def stop(self) -> None:
        """Stop repeating requests: nobody waits for the answers any more."""
        self._stopped.set()

    def reference(self, object_id: str) -> str:
        """Return the URL by which a body refers to a directory object."""
        return f"{self._base_url}/directoryObjects/{object_id}"

    def exclusive(self, object_id: str) -> AbstractAsyncContextManager[object]:
        """Return a lock per object, for those who read a list, change it and write it back."""
        return self._locks.setdefault(object_id, asyncio.Lock())

    async def get(
        self,
        path: str,
        *,
        doing: str,
        params: Mapping[str, str] | None = None,
        lag: tuple[Symptom, ...] = (),
    ) -> Properties:
        """Return the object at `path` (`/applications/{id}`); `doing` completes "could not …"."""
        return await self._request("GET", path, doing=doing, params=params, lag=lag)

    async def list(
        self, path: str, *, doing: str, params: Mapping[str, str] | None = None
    ) -> list[Properties]:
        """Return all objects of a collection, page by page."""
        page = await self.get(path, doing=doing, params=params)
        items = _items(page)
        while isinstance(link := page.get("@odata.nextLink"), str) and link.startswith(
            self._base_url
        ):
            page = await self.get(link.removeprefix(self._base_url), doing=doing)
            items += _items(page)
        return items

    async def post(
        self, path: str, body: Properties, *, doing: str, lag: tuple[Symptom, ...] = ()
    ) -> Properties:
        """Create an object or call an action; return Graph's answer, empty when it has no body."""
        return await self._request("POST", path, doing=doing, body=body, lag=lag)

    async def patch(
        self, path: str, body: Properties, *, doing: str, lag: tuple[Symptom, ...] = ()
    ) -> None:
        """Change an object: the properties that `body` names."""
        await self._request("PATCH", path, doing=doing, body=body, lag=lag)

    async def delete(self, path: str, *, doing: str, lag: tuple[Symptom, ...] = ()) -> None:
        """Delete an object or a reference. One that is gone already raises GraphError (`gone`)."""
        await self._request("DELETE", path, doing=doing, lag=lag)

    async def _request(
        self,
        method: str,
        path: str,
        *,
        doing: str,
        body: Properties | None = None,
        params: Mapping[str, str] | None = None,
        lag: tuple[Symptom, ...] = (),
    ) -> Properties:
        request = self._http.build_request(method, self._base_url + path, json=body, params=params)
        policy = repeating(lag, busy_seconds=_busy_seconds.get(), stopped=self._stopped)
        return await policy(self._send_once, request, doing)

    async def _send_once(self, request: httpx.Request, doing: str) -> Properties:
        request.headers["Authorization"] = f"Bearer {await self._token()}"
        request.headers["client-request-id"] = str(uuid4())
        try:
            response = await self._http.send(request)
        except httpx.TransportError as error:
            message = (
                f"could not {doing}: no answer from {request.url.copy_with(query=None)} "
                f"({error or type(error).__name__}). Check that the tenant runs, then try again."
            )
            unsent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
            raise ConnectionFailedError(
                message, may_repeat=unsent or request.method in _REPEATABLE
            ) from error
        if response.is_success:
            content: object = response.json() if response.content else {}
            return content if is_object(content) else {}
        raise GraphError(doing, response)


def _items(page: Properties) -> list[Properties]:
    value = page.get("value")
    return [item for item in value if is_object(item)] if is_list(value) else []
