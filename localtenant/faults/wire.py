"""The middleware that carries out what happens to requests on the wire."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from starlette.requests import Request

from localtenant.authentication import claims_of
from localtenant.faults.answers import answer
from localtenant.faults.connection import CONNECTION
from localtenant.faults.plan import Asked, Plan, asked_of_graph
from localtenant.faults.spec import SIGN_IN

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from localtenant.faults.connection import Connection
    from localtenant.tenant import Tenant


class FaultyWire:
    """ASGI middleware that delays, refuses and breaks off requests as the tenant's faults want."""

    def __init__(self, app: ASGIApp, tenant: Tenant) -> None:
        """Put the faults of ``tenant`` between clients and ``app``."""
        self._app = app
        self._tenant = tenant

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless a fault has other plans."""
        asked = asked_of(scope, self._tenant)
        plan = self._tenant.faults.plan(asked) if asked else Plan()
        if not plan.struck:
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["faults"] = [fault.text for fault in plan.struck]
        await asyncio.sleep(plan.delay)
        if plan.ending is None:
            await self._app(scope, receive, send)
        elif plan.ending.late:
            await self._app(scope, receive, _unsent)
            await self._end(plan, scope, receive, send)
        else:
            await self._end(plan, scope, receive, send)

    async def _end(self, plan: Plan, scope: Scope, receive: Receive, send: Send) -> None:
        """Do what is done in the place of the application's answer."""
        fault = plan.ending
        if fault is None:
            return
        connection = cast("Connection", scope["extensions"][CONNECTION])
        if fault.kind in {"throttle", "fail"}:
            request = Request(scope, receive)
            claims = claims_of(self._tenant, request) or {}
            client_id = claims.get("appid")
            scope["state"].setdefault("client_id", client_id)
            response = answer(fault, request, client_id, self._tenant.tenant_id)
            await response(scope, receive, send)
            return
        if fault.kind == "timeout":
            connection.hold()
            try:
                async with asyncio.timeout(fault.seconds):
                    await _gone(receive)
            except TimeoutError:
                pass
        connection.reset()
        await _gone(receive)


def asked_of(scope: Scope, tenant: Tenant) -> Asked | None:
    """What a request asks of Graph or of sign-in; None for anything else."""
    if scope["type"] != "http":
        return None
    method, path = scope["method"], scope["path"]
    first, _, rest = path[1:].partition("/")
    if tenant.is_named(first):
        return Asked(SIGN_IN, method, f"/{rest}")
    return asked_of_graph(method, path)


async def _gone(receive: Receive) -> None:
    """Wait until the client, or its connection, is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _unsent(message: Message) -> None:
    """Send nothing of an answer."""
