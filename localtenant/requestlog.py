"""``--log``: one JSON line for each request. Bodies, tokens and secrets never get here."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SIGN_IN = ("/oauth2/", "/signup/", "/resetpassword/", "/-/try/")
"""What the path of a sign-in holds."""


class RequestLog:
    """ASGI middleware that appends a JSON object for each request.

    Its fields: ``time`` (when it came, UTC), ``method``, ``path``, ``status``, ``ms`` (until it was
    answered), ``clientAppId`` (who had signed in), ``userAgent`` (with what program). The query of
    a sign-in is left out. A request that was never answered has the status 0. What met a fault on
    purpose names it in a further field, ``"faults"``.
    """

    def __init__(self, app: ASGIApp, file: TextIO) -> None:
        """Log the requests of ``app`` to a text file that is open, line by line."""
        self._app = app
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and log it when it is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        came, start = datetime.now(UTC), time.perf_counter()
        status = 0

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            self._write(scope, came, status, (time.perf_counter() - start) * 1000)

    def _write(self, scope: Scope, came: datetime, status: int, milliseconds: float) -> None:
        # A client secret in the query is a client's mistake, and no reason to keep it. A sign-in
        # that is tried on the tenant's page has its code there.
        signs_in = any(part in scope["path"] for part in _SIGN_IN)
        query = "" if signs_in else scope["query_string"].decode("latin-1")
        path = scope["path"] + (f"?{query}" if query else "")
        state = scope.get("state", {})
        agents = [value for name, value in scope["headers"] if name == b"user-agent"]
        line = {
            "time": came.isoformat(timespec="milliseconds"),
            "method": scope["method"],
            "path": path,
            "status": status,
            "ms": round(milliseconds, 2),
            "clientAppId": state.get("client_id"),
            "userAgent": agents[0].decode("latin-1") if agents else None,
        }
        if "faults" in state:
            line["faults"] = state["faults"]
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
