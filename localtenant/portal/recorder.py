"""The middleware that keeps what the tenant was asked, with all secrets taken out before."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from localtenant.portal import masking
from localtenant.portal.exchanges import GRAPH, SIGN_IN, Exchange, Exchanges

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_GRAPH = ("/v1.0/", "/beta/")
_IDS = ("request-id", "x-ms-request-id")


class _Gathered:
    """The bytes of a body as they pass: how many, and the first of them."""

    def __init__(self) -> None:
        self.size = 0
        self._pieces: list[bytes] = []
        self._held = 0

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        room = masking.READ - self._held
        if piece and room > 0:
            self._pieces.append(piece[:room])
            self._held += min(len(piece), room)

    @property
    def raw(self) -> bytes:
        return self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)


class Recorder:
    """ASGI middleware that adds to :class:`Exchanges` each request to Graph and to sign-in.

    What is under ``/-/``, such as the log itself, is left out.
    """

    def __init__(self, app: ASGIApp, exchanges: Exchanges) -> None:
        """Record the requests of ``app``."""
        self._app = app
        self._exchanges = exchanges

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and keep it when it is answered."""
        path = scope["path"] if scope["type"] == "http" else ""
        if not path or path == "/" or path.startswith("/-/"):
            await self._app(scope, receive, send)
            return
        when, start = time.time(), time.perf_counter()
        asked, answered = _Gathered(), _Gathered()
        opening: Message = {}

        async def reading() -> Message:
            message = await receive()
            if message["type"] == "http.request":
                asked.add(message.get("body", b""))
            return message

        async def sending(message: Message) -> None:
            nonlocal opening
            if message["type"] == "http.response.start":
                opening = message
            else:
                answered.add(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, reading, sending)
        finally:
            ms = (time.perf_counter() - start) * 1000
            number = self._exchanges.next_number
            self._exchanges.add(
                _exchange(scope, opening, (asked, answered), number=number, when=when, ms=ms)
            )


def _exchange(
    scope: Scope,
    opening: Message,
    bodies: tuple[_Gathered, _Gathered],
    *,
    number: int,
    when: float,
    ms: float,
) -> Exchange:
    asked, answered = bodies
    state = scope.get("state", {})
    query = scope["query_string"].decode("latin-1")
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    said = masking.headers(scope["headers"])
    told = masking.headers(opening.get("headers", ()))
    kinds = dict(said), dict(told)
    return Exchange(
        number=number,
        when=when,
        kind=GRAPH if scope["path"].startswith(_GRAPH) else SIGN_IN,
        method=scope["method"],
        address=masking.address(f"{path}?{query}" if query else path),
        status=opening.get("status", 0),
        ms=ms,
        client=state.get("client_id") or _named(query),
        request_id=next((kinds[1][n] for n in _IDS if n in kinds[1]), ""),
        request_headers=said,
        request_body=masking.body(kinds[0].get("content-type", ""), asked.raw, asked.size),
        answer_headers=told,
        answer_body=masking.body(kinds[1].get("content-type", ""), answered.raw, answered.size),
        faults=list(state.get("faults", ())),
    )


def _named(query: str) -> str:
    """The client that a request to sign somebody in names."""
    return dict(parse_qsl(query)).get("client_id", "")[:100] if "client_id=" in query else ""
