"""A small client of HTTP/1.1 that costs little itself, so that the server is what is measured."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping
    from types import TracebackType

_CHUNK = 1 << 16
_SECONDS = 60
_REFUSED = 400

FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
"""The header line of a request whose content is a form."""


class FailedRequestError(Exception):
    """An answer that is no success; the text holds it."""


@dataclass(frozen=True)
class Answer:
    """An answer: its status, its fields in order with their names in lower case, its content."""

    status: int
    fields: list[tuple[str, str]]
    content: bytes

    def field(self, name: str) -> str:
        """The first field of a name, empty without any."""
        return next((value for known, value in self.fields if known == name), "")


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
        """Send a request, with ``more`` header lines; the answer's JSON, None if it has none.

        Raises FailedRequestError.
        """
        content = b"" if body is None else json.dumps(body).encode()
        return self._json(method, path, content, more)

    def post(self, path: str, form: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON
        """Send a form; the answer's JSON. Raises FailedRequestError."""
        return self._json("POST", path, urlencode(form).encode(), FORM)

    def _json(self, method: str, path: str, content: bytes, more: str) -> Any:  # noqa: ANN401 - JSON
        answer = self.send(method, path, content, more)
        if answer.status >= _REFUSED:
            raise FailedRequestError(f"{method} {path}: {answer.status} {answer.content.decode()}")
        return json.loads(answer.content) if answer.content else None

    def send(self, method: str, path: str, content: bytes = b"", more: str = "") -> Answer:
        """Send a request, with ``more`` header lines; the answer, whatever it says."""
        head = f"{method} {path} HTTP/1.1\r\n{self._headers}{more}"
        connection = self._socket or self._open()
        connection.sendall(f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += _some(connection)
        top, _, content = answer.partition(b"\r\n\r\n")
        status, *lines = top.decode("latin-1").split("\r\n")
        parts = (line.partition(":") for line in lines)
        read = Answer(int(status.split()[1]), [(k.lower(), v.strip()) for k, _, v in parts], b"")
        missing = int(read.field("content-length") or 0) - len(content)
        while missing > 0:
            content += (piece := _some(connection))
            missing -= len(piece)
        if read.field("connection") == "close":
            self._close()
        return replace(read, content=content)

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
