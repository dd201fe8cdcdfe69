"""An HTTPS server on loopback that stands for a tenant whose answers a test chooses.

The local tenant answers as Graph does on a good day; the bad days are scripted here.
"""

from __future__ import annotations

import base64
import json
import ssl
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme

DEPLOYER = "11111111-1111-1111-1111-111111111111"


@dataclass(frozen=True)
class Answer:
    """One answer of Graph; with `hold`, it waits until the test lets it go. 0 is no answer."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    hold: threading.Event | None = None


def refusal(status: int, code: str, message: str, **headers: str) -> Answer:
    """An error in Graph's envelope."""
    body = {"error": {"code": code, "message": message, "innerError": {"request-id": "req-1"}}}
    return Answer(status, body, headers)


@dataclass
class ScriptedServer:
    """The server: its answers to come, and the requests so far."""

    url: str
    ca_file: Path
    answers: list[Answer] = field(default_factory=list[Answer])
    requests: list[tuple[str, str, Any]] = field(default_factory=list[tuple[str, str, Any]])
    graph_url: str = ""
    arrived: threading.Event = field(default_factory=threading.Event)

    @property
    def env(self) -> dict[str, str]:
        """The variables that lead a plugin here."""
        return {
            "ARM_METADATA_HOSTNAME": self.url.removeprefix("https://"),
            "ARM_TENANT_ID": "22222222-2222-2222-2222-222222222222",
            "ARM_CLIENT_ID": "33333333-3333-3333-3333-333333333333",
            "ARM_CLIENT_SECRET": "secret",
            "SSL_CERT_FILE": str(self.ca_file),
        }

    def reset(self) -> None:
        """Forget answers and requests."""
        self.answers.clear()
        self.requests.clear()
        self.graph_url = ""
        self.arrived.clear()

    def lines(self) -> list[str]:
        """The Graph requests so far, as `METHOD path`."""
        return [f"{method} {path}" for method, path, _ in self.requests]


@contextmanager
def scripted_server(folder: Path) -> Generator[ScriptedServer]:
    """Run the server; its certificate authority lies in `folder`."""
    authority = trustme.CA()
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(ca_file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
            """Print nothing."""

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            content = self.rfile.read(length)
            answer = _sign_in(running, self.path) or _graph(running, self, content)
            if answer.hold is not None:
                answer.hold.wait(30)
            if not answer.status:
                self.close_connection = True
                return
            body = b"" if answer.body is None else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name.replace("_", "-"), value)
            if answer.status != HTTPStatus.NO_CONTENT:
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = do_DELETE = answer  # noqa: N815 - the base's names

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.socket = context.wrap_socket(http.socket, server_side=True)
        http.daemon_threads = True
        running = ScriptedServer(f"https://localhost:{http.server_port}", ca_file)
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield running
        http.shutdown()


def _graph(server: ScriptedServer, handler: BaseHTTPRequestHandler, content: bytes) -> Answer:
    body = json.loads(content) if content else None
    server.requests.append((handler.command, handler.path.removeprefix("/v1.0"), body))
    answer = server.answers.pop(0) if server.answers else refusal(501, "NotScripted", "no answer")
    server.arrived.set()
    return answer


def _sign_in(server: ScriptedServer, path: str) -> Answer | None:
    if path.startswith("/metadata/"):
        graph = server.graph_url or server.url
        login = {"loginEndpoint": server.url}
        return Answer(200, {"microsoftGraphResourceId": graph, "authentication": login})
    if path.endswith("/oauth2/v2.0/token"):
        now = int(time.time())
        claims = {"oid": DEPLOYER, "iat": now, "exp": now + 3599}
        token = ".".join(_segment(part) for part in ({"alg": "none"}, claims, {}))
        return Answer(200, {"access_token": token, "token_type": "Bearer", "expires_in": 3599})
    return None


def _segment(part: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
