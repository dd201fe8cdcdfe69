"""The Graph client: signed-in requests, repeated where that helps, with readable errors."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import AbstractAsyncContextManager, contextmanager
from contextvars import ContextVar
from http import HTTPStatus
from typing import Final
from uuid import uuid4
from weakref import WeakValueDictionary

import httpx

from engine.azuread import NAME, VERSION
from engine.azuread.deadline import seconds_left
from engine.azuread.errors import ConnectionFailedError
from engine.azuread.graph_error import GraphError
from engine.azuread.retries import Symptom, repeating
from engine.azuread.unclear import Clarified, Look
from engine.azuread.values import Properties, is_list, is_object

V1: Final = "v1.0"

_CONNECT_SECONDS: Final = 10.0
_ANSWER_SECONDS: Final = 30.0
_KEPT_ALIVE_SECONDS: Final = 3.0
"""Less than servers usually wait, so that they do not close a connection about to be used."""

Token = Callable[[str | None], Awaitable[str]]
"""Gets an access token; not the one that is given, which Graph has refused."""

_endured: ContextVar[tuple[Symptom, ...]] = ContextVar("endured_symptoms", default=())


@contextmanager
def enduring(*symptoms: Symptom) -> Generator[None]:
    """Take the symptoms for replication lag in every request of a block."""
    before = _endured.set(symptoms)
    try:
        yield
    finally:
        _endured.reset(before)


def http_client() -> httpx.AsyncClient:
    """Return an HTTP client that trusts what the machine or `SSL_CERT_FILE` trusts.

    It uses no proxy of the environment: none must see requests to the loopback interface.
    """
    return httpx.AsyncClient(
        verify=ssl.create_default_context(),
        trust_env=False,
        timeout=httpx.Timeout(_ANSWER_SECONDS, connect=_CONNECT_SECONDS),
        limits=httpx.Limits(keepalive_expiry=_KEPT_ALIVE_SECONDS),
        headers={"User-Agent": f"pulumi-{NAME}-stand-in/{VERSION}", "Accept": "application/json"},
    )


class Graph:
    """Microsoft Graph v1.0 at one base URL, signed in."""

    def __init__(self, http: httpx.AsyncClient, base_url: str, token: Token) -> None:
        """Send requests below `base_url` (`https://localhost:8443`); `token` signs them."""
        self._http = http
        self._base_url = f"{base_url}/{V1}"
        self._token = token
        self._stopped = asyncio.Event()
        self.known: set[str] = set()
        """IDs of objects and keys that cannot be the work of a creation that is under way."""
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def stop(self) -> None:
        """Stop repeating requests: nobody waits for the answers any more."""
        self._stopped.set()

    def reference(self, object_id: str) -> str:
        """Return the URL by which a body refers to a directory object."""
        return f"{self._base_url}/directoryObjects/{object_id}"

    def exclusive(self, key: str) -> AbstractAsyncContextManager[object]:
        """Return a lock per key, such as an object's ID, for those who look before they write."""
        return self._locks.setdefault(key, asyncio.Lock())

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
        self,
        path: str,
        *,
        doing: str,
        params: Mapping[str, str] | None = None,
        lag: tuple[Symptom, ...] = (),
    ) -> list[Properties]:
        """Return all objects of a collection, page by page."""
        page = await self.get(path, doing=doing, params=params, lag=lag)
        items = _items(page)
        while isinstance(link := page.get("@odata.nextLink"), str) and link.startswith(
            self._base_url
        ):
            page = await self.get(link.removeprefix(self._base_url), doing=doing, lag=lag)
            items += _items(page)
        return items

    async def post(
        self,
        path: str,
        body: Properties,
        *,
        doing: str,
        look: Look | None,
        lag: tuple[Symptom, ...] = (),
    ) -> Properties:
        """Create an object or call an action; return Graph's answer, empty when it has no body.

        `look` finds out what became of a request without a clear answer, before it is sent again;
        None is for those that may be carried out twice.
        """
        return await self._request("POST", path, doing=doing, body=body, lag=lag, look=look)

    async def patch(
        self, path: str, body: Properties, *, doing: str, lag: tuple[Symptom, ...] = ()
    ) -> None:
        """Change an object: the properties that `body` names."""
        await self._request("PATCH", path, doing=doing, body=body, lag=lag)

    async def put(
        self,
        path: str,
        content: bytes,
        *,
        media_type: str,
        doing: str,
        lag: tuple[Symptom, ...] = (),
    ) -> None:
        """Replace what an object holds as a file, such as its logo."""
        headers = {"Content-Type": media_type}
        request = self._http.build_request(
            "PUT", self._base_url + path, content=content, headers=headers
        )
        await self._repeated(request, doing=doing, lag=lag)

    async def delete(
        self,
        path: str,
        *,
        doing: str,
        look: Look | None = None,
        lag: tuple[Symptom, ...] = (),
    ) -> None:
        """Delete an object or a reference. One that is gone already raises GraphError (`gone`).

        `look` tells whether a request without a clear answer was carried out.
        """
        await self._request("DELETE", path, doing=doing, lag=lag, look=look)

    async def _request(
        self,
        method: str,
        path: str,
        *,
        doing: str,
        body: Properties | None = None,
        params: Mapping[str, str] | None = None,
        lag: tuple[Symptom, ...] = (),
        look: Look | None = None,
    ) -> Properties:
        request = self._http.build_request(method, self._base_url + path, json=body, params=params)
        return await self._repeated(request, doing=doing, lag=lag, look=look)

    async def _repeated(
        self,
        request: httpx.Request,
        *,
        doing: str,
        lag: tuple[Symptom, ...],
        look: Look | None = None,
    ) -> Properties:
        async def send() -> Properties:
            return await self._send_once(request, doing)

        policy = repeating(lag + _endured.get(), seconds=seconds_left(), stopped=self._stopped)
        return await policy(send if look is None else Clarified(send, look))

    async def _send_once(self, request: httpx.Request, doing: str) -> Properties:
        token = await self._token(None)
        response = await self._answer(request, token, doing)
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            # A token may end, or be revoked, before the time that its client was told.
            response = await self._answer(request, await self._token(token), doing)
        if response.is_success:
            content: object = response.json() if response.content else {}
            return content if is_object(content) else {}
        raise GraphError(doing, response)

    async def _answer(self, request: httpx.Request, token: str, doing: str) -> httpx.Response:
        left = seconds_left()
        if left <= 0:
            message = (
                f"could not {doing}: the time for the operation is up. Run pulumi again, or give "
                "the resource more time (customTimeouts)."
            )
            raise ConnectionFailedError(message, unclear=False)
        request.headers["Authorization"] = f"Bearer {token}"
        request.headers["client-request-id"] = str(uuid4())
        timeout = httpx.Timeout(min(_ANSWER_SECONDS, left), connect=min(_CONNECT_SECONDS, left))
        request.extensions = {**request.extensions, "timeout": timeout.as_dict()}
        try:
            return await self._http.send(request)
        except httpx.TransportError as error:
            message = (
                f"could not {doing}: no answer from {request.url.copy_with(query=None)} "
                f"({error or type(error).__name__}). Check that the tenant runs, then try again."
            )
            unsent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
            raise ConnectionFailedError(message, unclear=not unsent) from error


def _items(page: Properties) -> list[Properties]:
    value = page.get("value")
    return [item for item in value if is_object(item)] if is_list(value) else []
