"""A local tenant inside the test's own process: the real application and store, and no sockets.

It is for requests by the thousand. What depends on HTTP or TLS is tested over the wire.
"""

from __future__ import annotations

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from uuid import uuid4

from localtenant.addresses import Addresses
from localtenant.app import make_app
from localtenant.entities import MODEL
from localtenant.seed import seed
from localtenant.signin.keys import SigningKey
from localtenant.snapshots import Snapshots
from localtenant.states import States
from localtenant.store import Store
from localtenant.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

    from starlette.applications import Starlette

    from localtenant.ready import Client

_SECONDS = 10
"""A request that takes longer hangs."""


@dataclass
class Answered:
    """What came back."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def body(self) -> Any:
        """The body as JSON."""
        return json.loads(self.content)


@dataclass(repr=False)
class InProcess:
    """Sends requests to the application as one caller, one after the other.

    ``application`` is the object ID of the caller's own application.
    """

    tenant: Tenant
    app: Starlette
    token: str
    client: Client
    application: str
    loop: asyncio.AbstractEventLoop
    sent: int = field(default=0)

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: str = "",
        headers: Mapping[str, str] | None = None,
        raw: bytes = b"",
    ) -> Answered:
        """Send a request; ``path`` is the encoded one, version included."""
        self.sent += 1
        asked = {"authorization": f"Bearer {self.token}", "host": "localhost", **(headers or {})}
        return self.loop.run_until_complete(
            asyncio.wait_for(self._ask(method, path, query, asked, raw), _SECONDS)
        )

    def json(self, method: str, path: str, body: object, **options: Any) -> Answered:
        """Send a request with a JSON body."""
        headers = {"content-type": "application/json", **options.pop("headers", {})}
        return self.ask(method, path, headers=headers, raw=json.dumps(body).encode(), **options)

    async def _ask(
        self, method: str, path: str, query: str, headers: Mapping[str, str], raw: bytes
    ) -> Answered:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": raw, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(_scope(self.app, method, path, query, headers), receive, send)
        start, *pieces = sent
        return Answered(
            start["status"],
            {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in start["headers"]},
            b"".join(p.get("body", b"") for p in pieces),
        )


def _scope(
    app: Starlette, method: str, path: str, query: str, headers: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": unquote(path),
        "raw_path": path.encode("latin-1", "replace"),
        "query_string": query.encode("latin-1", "replace"),
        "root_path": "",
        "headers": [
            (k.lower().encode("latin-1", "replace"), v.encode("latin-1", "replace"))
            for k, v in headers.items()
        ],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 443),
        "app": app,
        "state": {},
    }


@contextmanager
def in_process(folder: Path) -> Generator[InProcess]:
    """A new tenant with its state in ``folder``, and a caller with every permission there is."""
    store = Store(folder / "tenant.sqlite")
    with store.write(settled=True) as tx:
        addresses = Addresses(443)
        tenant = Tenant(str(uuid4()), "contoso", addresses.url, addresses, store, SigningKey.of(tx))
        client = seed(tenant, tx, {"storm": ()})["storm"]
        application = tx.lookup("application", "appId", client.clientId)
    claims = {
        "aud": tenant.url,
        "exp": time.time() + 86_400,
        "appid": client.clientId,
        "oid": client.objectId,
        "roles": _every_permission(),
    }
    app = make_app(tenant, States(tenant, Snapshots(folder)))
    loop = asyncio.new_event_loop()
    with ThreadPoolExecutor(max_workers=1) as writer:
        app.state.writer = writer
        own = application["id"] if application else ""
        yield InProcess(tenant, app, tenant.key.sign(claims), client, own, loop)
    loop.close()
    store.close()


def _every_permission() -> list[str]:
    accepted = {
        permission
        for methods in MODEL.operations.values()
        for operation in methods.values()
        for alternative in operation.accepted.application
        for permission in alternative.split("+")
    }
    return sorted(accepted - {"Application.ReadWrite.OwnedBy"})
