"""Serving: loopback sockets, uvicorn with TLS, the line that says "ready", and a quiet end."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from localtenant.errors import LocalTenantError
from localtenant.faults.connection import CONNECTION

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from starlette.applications import Starlette
    from starlette.types import Receive, Scope, Send

_BACKLOG = 512
_TRIES = 20
_SECONDS_TO_FINISH = 3


class PortTakenError(LocalTenantError):
    """Another program listens on the port; the text is for the reader."""


def listen(port: int) -> list[socket.socket]:
    """Listening sockets on ``port`` of 127.0.0.1 and, where there is IPv6, of ::1.

    Port 0 means any port that is free on both. Raises :class:`PortTakenError`.
    """
    for _ in range(_TRIES):
        first = _bind(socket.AF_INET, "127.0.0.1", port)
        chosen = first.getsockname()[1]
        try:
            second = _bind(socket.AF_INET6, "::1", chosen)
        except PortTakenError:
            first.close()
            if port:
                raise
            continue
        except OSError:
            return [first]
        return [first, second]
    message = "No port is free on both 127.0.0.1 and ::1."
    raise PortTakenError(message)


def _bind(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # asyncio switches Nagle's algorithm off only on sockets that name TCP as their protocol; with
    # it on, each answer of two segments would wait some 40 ms for the client's acknowledgement.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.bind((host, port))
        sock.listen(_BACKLOG)
    except OSError as error:
        sock.close()
        if error.errno in {errno.EADDRINUSE, errno.EACCES}:
            why = "is taken" if error.errno == errno.EADDRINUSE else "needs more rights"
            message = (
                f"Port {port} on {host} {why}. Choose another with --port, or with "
                "'make up PORT=9443'."
            )
            raise PortTakenError(message) from error
        raise
    return sock


class _Connection(H11Protocol):
    """A client's connection, which faults may break; requests find it in their scope."""

    _held = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] - as uvicorn narrows it
        super().connection_made(transport)
        answer = self.app

        async def with_connection(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[CONNECTION] = self
            await answer(scope, receive, send)

        self.app = with_connection

    def reset(self) -> None:
        """Break the connection in such a way that the client sees it reset."""
        if self.transport.is_closing():
            return
        # Closing a socket that does not linger sends RST in the place of FIN.
        connection = self.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def hold(self) -> None:
        """The request under way is not going to be answered; a shutdown need not wait for it."""
        self._held = True

    def shutdown(self) -> None:
        super().shutdown()
        if self._held:
            self.transport.abort()


class _Server(uvicorn.Server):
    """uvicorn that says when it is ready, and that ends on a signal without raising it again."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # A client that keeps its connection open would hold TLS's goodbye up for seconds: requests
        # under way may finish, then connections are cut.
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=_SECONDS_TO_FINISH)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


def serve(
    app: Starlette, sockets: list[socket.socket], certificate: Path, ready: Callable[[], None]
) -> None:
    """Serve ``app`` until SIGINT or SIGTERM; ``ready`` is called when it answers."""
    config = uvicorn.Config(
        app,
        http=_Connection,
        ssl_certfile=certificate,
        log_level="error",
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
    asyncio.run(_Server(config, ready).serve(sockets))
