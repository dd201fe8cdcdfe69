"""A small client of HTTP/1.1 that costs little itself, so that the server is what is measured."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping
    from types import TracebackType

_CHUNK = 1 << 16
_SECONDS = 60
_REFUSED = 400


class FailedRequestError(Exception):
    """An answer that is no success; the text holds it."""


class Connection:
    """One connection at a time to a server on this machine, kept as long as the server keeps it."""

    def __init__(
        self, port: int, headers: Mapping[str, str], trust: ssl.SSLContext | None = None
    ) -> None:
        """Talk to ``localhost:port`` with these headers, over TLS if there is ``trust``."""
        self._port = port
        self._trust = trust
        self._headers = f"Host: localhost:{port}\r\n" + "".join(
            f"{name}: {value}\r\n" for name, value in headers.items()
        )
        self._socket: socket.socket | None = None

    def __enter__(self) -> Self:
        """Have the connection for a block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        self._close()

    def ask(self, method: str, path: str, body: object = None, more: str = "") -> Any:  # noqa: ANN401 - JSON
        """Send a request, with ``more`` header lines; the answer's JSON, None if it has none."""
        content = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\n{self._headers}{more}"
        connection = self._socket or self._open()
        connection.sendall(f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += _some(connection)
        top, _, content = answer.partition(b"\r\n\r\n")
        status, *lines = top.decode("latin-1").split("\r\n")
        fields = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
        missing = int(fields.get("content-length", 0)) - len(content)
        while missing > 0:
            content += (piece := _some(connection))
            missing -= len(piece)
        if fields.get("connection") == "close":
            self._close()
        if int(status.split()[1]) >= _REFUSED:
            message = f"{method} {path}: {status} {content.decode()}"
            raise FailedRequestError(message)
        return json.loads(content) if content else None

    def _open(self) -> socket.socket:
        plain = socket.create_connection(("127.0.0.1", self._port), timeout=_SECONDS)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = (
            self._trust.wrap_socket(plain, server_hostname="localhost") if self._trust else plain
        )
        return self._socket

    def _close(self) -> None:
        if self._socket:
            self._socket.close()
        self._socket = None


def _some(connection: socket.socket) -> bytes:
    piece = connection.recv(_CHUNK)
    if not piece:
        message = "The server has closed the connection in the middle of an answer."
        raise FailedRequestError(message)
    return piece
