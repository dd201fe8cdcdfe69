"""An issuer of tokens on this machine, as a CI or a cluster is: discovery, keys, and tokens."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import RSAKey

if TYPE_CHECKING:
    from localtenant.testing import Ready

AUDIENCE = "api://AzureADTokenExchange"
SUBJECT = "repo:contoso/shop:ref:refs/heads/main"
DISCOVERY = "/.well-known/openid-configuration"


@dataclass
class TokenIssuer:
    """The issuer at ``url``; what it ``publishes`` by path may be changed.

    It answers a form as it answers a reader, and keeps in ``forms`` what it was sent.
    """

    url: str
    key: RSAKey
    publishes: dict[str, Any] = field(default_factory=dict[str, Any])
    asked: list[str] = field(default_factory=list[str])
    forms: list[dict[str, str]] = field(default_factory=list[dict[str, str]])

    def publish(self) -> None:
        """Publish a right discovery document and the public key, and forget what was asked."""
        keys = {"keys": [self.key.as_dict(private=False)]}
        document = {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}
        self.publishes = {DISCOVERY: document, "/keys": keys}
        self.asked, self.forms = [], []

    def token(self, header: dict[str, Any] | None = None, **claims: object) -> str:
        """Issue a token for a workload, with claims changed."""
        now = int(time.time())
        whole = {
            "iss": self.url,
            "sub": SUBJECT,
            "aud": AUDIENCE,
            "jti": str(uuid4()),
            "nbf": now,
            "exp": now + 300,
            **claims,
        }
        named = {"alg": "RS256", "kid": self.key.kid, **(header or {})}
        return jwt.encode(named, whole, self.key, algorithms=["RS256"])


@contextmanager
def token_issuer(ready: Ready) -> Generator[TokenIssuer]:
    """Run an issuer for the length of a block, with the certificate that the tenant has."""
    key = RSAKey.generate_key(2048, auto_kid=True)
    issuer = TokenIssuer("", key)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked.append(self.path)
            found = issuer.publishes.get(self.path)
            if callable(found):
                found(self)
                return
            raw = found if isinstance(found, bytes) else json.dumps(found).encode()
            self.send_response(404 if found is None else 200)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            issuer.forms.append(dict(parse_qsl(sent)))
            self.do_GET()

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(Path(ready.caFile).parent / "server.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    issuer.url = f"https://localhost:{server.server_port}"
    issuer.publish()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
