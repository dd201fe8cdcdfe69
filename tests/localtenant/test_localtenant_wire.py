"""Bytes that no client would send, over TLS: an answer or the end of the connection, never more."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only
HOST = b"Host: localhost\r\n"
_SECONDS = 10


def exchange(graph: Graph, sent: bytes) -> bytes:
    """Send bytes on a connection of their own, and read until it ends.

    The tenant may end it while bytes are still being sent: what came until then is the answer.
    """
    port = int(graph.ready.url.rpartition(":")[2])
    with (
        socket.create_connection(("127.0.0.1", port), _SECONDS) as plain,
        graph.trust.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        found = b""
        try:
            secure.sendall(sent)
            while piece := secure.recv(65536):
                found += piece
        except (ConnectionError, ssl.SSLEOFError):
            pass
        return found


def request(graph: Graph, line: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    """Build a request of a signed-in caller that ends its connection."""
    token = f"Authorization: Bearer {graph.token}\r\n".encode()
    extra = b"".join(h + b"\r\n" for h in headers)
    return line + b"\r\n" + HOST + token + b"Connection: close\r\n" + extra + b"\r\n" + body


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET /v1.0/applications/%00 HTTP/1.1", 400),
        (b"GET /v1.0/applications/%FF%FE HTTP/1.1", 400),
        (b"GET /v1.0/applications/%ZZ HTTP/1.1", 400),
        (b"GET /v1.0/applications/a%0D%0AX-Injected:%201 HTTP/1.1", 400),
        (b"GET /v1.0/applications?%24filter=%00 HTTP/1.1", 400),
        (b"GET /v1.0/applications?%24filter=displayName+eq+'%FF' HTTP/1.1", 200),
        (b"GET /v1.0/applications?$top=1&$top=1 HTTP/1.1", 400),
        (b"GET //v1.0//applications HTTP/1.1", 404),
        (b"GET /v1.0//organization// HTTP/1.1", 200),
        (b"GET /v1.0%2Forganization HTTP/1.1", 200),
        (b"GET /v1.0/../organization HTTP/1.1", 400),
        (b"GET https://localhost/v1.0/organization HTTP/1.1", 400),
        (b"OPTIONS * HTTP/1.1", 400),
        (b"TRACE /v1.0/organization HTTP/1.1", 405),
        (b"HEAD /v1.0/organization HTTP/1.1", 405),
        (b"POST /v1.0/$batch HTTP/1.1", 400),
    ],
)
def test_strange_paths(graph: Graph, line: bytes, status: int) -> None:
    """What a path or a query holds, even a line break, stays in it."""
    answer = exchange(graph, request(graph, line))

    head = answer.partition(b"\r\n\r\n")[0]
    assert head.startswith(b"HTTP/1.1 %d " % status), answer[:300]
    assert b"X-Injected" not in head


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /v1.0/organization HTTP/9.9\r\nConnection: close\r\n\r\n",
        b"GET /v1.0/organization HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET /v1.0/organization HTTP/1.1\r\n" + b"X: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET /v1.0/organization HTTP/1.1\r\n" + HOST + b"X\x00: 1\r\n\r\n",
        b"POST /v1.0/applications HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
        b"POST /v1.0/applications HTTP/1.1\r\n"
        + HOST
        + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    ],
)
def test_what_is_no_http(graph: Graph, sent: bytes) -> None:
    """Bytes that are no request are refused, and the connection is closed."""
    answer = exchange(graph, sent)

    assert not answer or answer.startswith(b"HTTP/1.1 4"), answer[:300]
    assert graph.get("/organization").status_code == 200


def test_a_header_is_handed_back_as_it_came(graph: Graph) -> None:
    """client-request-id comes back, whatever is in it."""
    strange = b'client-request-id: \xe9\xff, a; b="c"'
    answer = exchange(graph, request(graph, b"GET /v1.0/organization HTTP/1.1", strange))

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert strange in answer
