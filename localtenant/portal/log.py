"""``/-/log``: what the tenant was asked and what it answered, newest first, as it happens.

The filter is in the address. ``/-/log/{number}`` is one exchange in full, ``/-/log/events`` tells
the page's script that there is more (server-sent events); without script the page is loaded anew.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from starlette.responses import StreamingResponse
from starlette.routing import Route

from localtenant.entities.applications.application_type import APPLICATION
from localtenant.faults.connection import CONNECTION
from localtenant.pages.outcomes import look
from localtenant.portal.exchanges import GRAPH, KEPT, SIGN_IN, Exchange, Exchanges
from localtenant.portal.guarding import for_own_pages
from localtenant.portal.home import int_of
from localtenant.portal.masking import Body
from localtenant.portal.rendering import page

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable

    from starlette.requests import Request
    from starlette.responses import Response

    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_A_PAGE = 100
_AT_MOST_EVERY = 0.3
_STILL_THERE = 15
"""Seconds; the former between two events, the latter until one that says nothing."""

_LIVE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
KINDS = {"": "All", "graph": "Graph", "sign-in": "Sign-in", "errors": "Errors"}
_WANTED = {"graph": GRAPH, "sign-in": SIGN_IN}


@for_own_pages
async def log(request: Request) -> Response:
    """The list."""
    tenant: Tenant = request.app.state.tenant
    exchanges: Exchanges = request.app.state.exchanges
    kind = request.query_params.get("kind", "")
    text = request.query_params.get("q", "").strip()[:200]
    before = int_of(request.query_params.get("before", ""))
    with tenant.store.read() as tx:
        names = _Names(tx)
        fitting = [e for e in exchanges.newest() if _fits(e, kind, text, names)]
        older = [e for e in fitting if not before or e.number < before]
        shown = older[:_A_PAGE]
        return page(
            "log",
            **look(tenant, tx),
            kinds=KINDS,
            kind=kind if kind in KINDS else "",
            text=text,
            before=before,
            exchanges=[(e, names.of(e.client)) for e in shown],
            total=len(fitting),
            further=shown[-1].number if len(older) > len(shown) else 0,
            kept=KEPT,
        )


@for_own_pages
async def exchange(request: Request) -> Response:
    """One of them."""
    tenant: Tenant = request.app.state.tenant
    exchanges: Exchanges = request.app.state.exchanges
    number = int_of(request.path_params["number"])
    found = exchanges.find(number)
    with tenant.store.read() as tx:
        return page(
            "exchange",
            200 if found else 404,
            **look(tenant, tx),
            one=found,
            client=_Names(tx).of(found.client) if found else "",
            bodies=[_readable(b) for b in (found.request_body, found.answer_body)] if found else [],
            newer=number + 1 if exchanges.find(number + 1) else 0,
            older=number - 1 if exchanges.find(number - 1) else 0,
            kept=KEPT,
        )


@for_own_pages
async def events(request: Request) -> Response:
    """Tell each time that there is more, until nobody listens."""
    exchanges: Exchanges = request.app.state.exchanges

    async def stream() -> AsyncGenerator[str]:
        with exchanges.listener() as event:
            if event is None:
                yield f"retry: {_STILL_THERE * 1000}\n\n"
                return
            # From here on nothing is missed, so what came before can be looked at.
            yield "data: more\n\n"
            while True:
                try:
                    await asyncio.wait_for(event.wait(), _STILL_THERE)
                    event.clear()
                    yield "data: more\n\n"
                except TimeoutError:
                    yield ": still here\n\n"
                await asyncio.sleep(_AT_MOST_EVERY)

    connection = request.scope.get("extensions", {}).get(CONNECTION)
    if connection is not None:
        # A shutdown need not wait for who looks on.
        connection.hold()
    return StreamingResponse(stream(), 200, _LIVE, "text/event-stream")


class _Names:
    """Display names of applications by client ID."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._found: dict[str, str] = {}

    def of(self, client_id: str) -> str:
        if client_id and client_id not in self._found:
            doc = self._tx.lookup(APPLICATION.filed_as, "appId", client_id)
            self._found[client_id] = str(doc["displayName"]) if doc else ""
        return self._found.get(client_id, "")


def _fits(exchange: Exchange, kind: str, text: str, names: _Names) -> bool:
    if kind == "errors" and not exchange.failed:
        return False
    if kind in _WANTED and exchange.kind != _WANTED[kind]:
        return False
    words: Iterable[str] = text.split()
    name = names.of(exchange.client).casefold() if text else ""
    return all(exchange.mentions(word) or word.casefold() in name for word in words)


def _readable(body: Body) -> Body:
    """A body laid out for people: JSON with line breaks, a form with a field on each line."""
    text = body.text
    if text[:1] in {"{", "["} and not body.note:
        try:
            text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
        except ValueError:
            return body
    elif text and not text.lstrip().startswith("<"):
        text = text.replace("&", "\n")
    return Body(text, body.size, body.note)


ROUTES = [
    Route("/-/log", log),
    Route("/-/log/events", events),
    Route("/-/log/{number}", exchange),
]
