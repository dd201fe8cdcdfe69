"""The benchmark's own parts: its client, its figures and its table. What it measures is no test."""

from __future__ import annotations

import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bench.connection import Connection, FailedRequestError
from bench.measure import Figure, rate, resident, spread
from bench.table import head, missed, row
from localtenant.testing_tenant import LocalTenant


class Closing(BaseHTTPRequestHandler):
    """A server that closes each connection, as moto's does."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Say how many bytes came."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(str(len(body)))))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(str(len(body)).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep quiet."""


def test_requests_are_answered_over_one_connection(local_tenant_session: LocalTenant) -> None:
    """The client reads, writes, and fails where the tenant refuses."""
    ready, token = local_tenant_session.ready, local_tenant_session.graph.token
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    trust = ssl.create_default_context(cafile=ready.caFile)
    with Connection(int(ready.url.rpartition(":")[2]), headers, trust) as connection:
        made = connection.ask("POST", "/v1.0/applications", {"displayName": "bench"})
        path = f"/v1.0/applications/{made['id']}"
        first = connection._socket
        assert connection.ask("PATCH", path, {"displayName": "changed"}) is None
        assert connection.ask("GET", path)["displayName"] == "changed"
        with pytest.raises(FailedRequestError, match="404"):
            connection.ask("GET", f"/v1.0/applications/{ready.tenantId}")
        assert connection._socket is first


def test_a_server_that_closes_connections_is_asked_again() -> None:
    """Each request has a connection then."""
    with HTTPServer(("127.0.0.1", 0), Closing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with Connection(server.server_port, {}) as connection:
            assert [connection.ask("POST", "/", "x" * n) for n in (1, 100_000)] == [3, 100_002]
        server.shutdown()


def test_figures_are_measured(local_tenant_session: LocalTenant) -> None:
    """A rate counts what was done, of the whole and of the server's own time."""
    lock = Path(local_tenant_session.ready.caFile).with_name("lock")
    process = int(lock.read_text().split()[0])
    done: list[int] = []

    def read() -> None:
        done.append(local_tenant_session.graph.get("/domains").status_code)

    figure = rate("reads", read, process, count=20)

    assert len(done) == 70
    assert figure.value > 0
    assert figure.of_cpu is not None
    assert figure.of_cpu >= figure.value * 0.5
    assert resident(process) > 10
    middle, worst = spread([lambda: None] * 100)
    assert 0 < middle <= worst


@pytest.mark.parametrize(
    ("figure", "met", "shown"),
    [
        (
            Figure("reads", 399.6, "/s", 400, at_least=True, of_cpu=900),
            False,
            "| 400/s | 900 | ≥ 400/s | **missed** |",
        ),
        (Figure("reads", 1400, "/s", 400, at_least=True), True, "| 1,400/s |  | ≥ 400/s | met |"),
        (Figure("start", 0.4, "s", 1.0), True, "| 0.40 s |  | ≤ 1.00 s | met |"),
        (Figure("p99", 21, "ms", 20), False, "| 21 ms |  | ≤ 20 ms | **missed** |"),
        (Figure("memory", 61, "MB"), True, "| 61 MB |  |  |  |"),
    ],
)
def test_the_table_says_what_is_met(figure: Figure, *, met: bool, shown: str) -> None:
    """A target is a bound from below or from above, and a missed one cannot be overlooked."""
    assert row("local tenant", figure) == f"| local tenant: {figure.what} {shown}"
    assert missed([figure]) == ([] if met else [figure.what])
    assert head().count("|") == 2 * row("", figure).count("|")
