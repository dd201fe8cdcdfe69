"""Serving: loopback sockets, uvicorn with TLS, the line that says "ready", and a quiet end."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from starlette.applications import Starlette

_BACKLOG = 512
_TRIES = 20
_SECONDS_TO_FINISH = 3


class PortTakenError(Exception):
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
        ssl_certfile=certificate,
        log_level="error",
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
    asyncio.run(_Server(config, ready).serve(sockets))
