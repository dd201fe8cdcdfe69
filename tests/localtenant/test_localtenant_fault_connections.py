"""Broken, slow and silent connections over real HTTPS, and what is left of a write."""

from __future__ import annotations

import json
import signal
import socket
import ssl
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from uuid import uuid4

import httpx
import pytest

from localtenant.testing import Ready, running_tenant
from localtenant.testing_client import FaultKnobs, Graph

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.local_only


READ = "/applications?$top=1"


def broken() -> pytest.RaisesExc[httpx.TransportError]:
    """Expect a broken connection; which of its errors it is, is up to the machine's OpenSSL."""
    return pytest.raises((httpx.ReadError, httpx.RemoteProtocolError))


@pytest.mark.parametrize(("kind", "made"), [("reset-before", 0), ("reset-after", 1)])
def test_connection_is_reset_before_or_after_the_effect(
    graph: Graph, knobs: FaultKnobs, kind: str, made: int
) -> None:
    """The client sees its connection reset, and the write is in the tenant or not."""
    name = f"app {uuid4()}"
    knobs.set(f"{kind},method=POST,path=/applications,times=1")

    with broken():
        graph.post("/applications", {"displayName": name})

    assert len(graph.named(name)) == made
    assert graph.post("/applications", {"displayName": f"{name} again"}).status_code == 201


def test_reset_is_one_of_tcp(graph: Graph, knobs: FaultKnobs) -> None:
    """The connection ends with RST, not with a goodbye of TLS or TCP."""
    knobs.set("reset-before")
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = graph.trust.wrap_bio(incoming, outgoing, server_hostname="localhost")
    port = int(graph.ready.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as raw:
        while True:
            try:
                tls.do_handshake()
                break
            except ssl.SSLWantReadError:
                raw.sendall(outgoing.read())
                incoming.write(raw.recv(65536))
        tls.write(f"GET /v1.0{READ} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        raw.sendall(outgoing.read())

        def drain() -> None:
            while raw.recv(65536):
                pass

        with pytest.raises(ConnectionResetError):
            drain()


def test_delay_is_waited_out(graph: Graph, knobs: FaultKnobs) -> None:
    """A delayed request is answered as ever, later; others are not held up."""
    knobs.set("delay,ms=200,path=/applications")

    start = time.monotonic()
    assert graph.get(READ).status_code == 200
    delayed = time.monotonic()
    assert graph.get("/organization").status_code == 200

    assert 0.2 <= delayed - start < 2
    assert time.monotonic() - delayed < 0.2


@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
def test_time_out_before_or_after_the_effect(
    graph: Graph, knobs: FaultKnobs, when: str, made: int
) -> None:
    """A request that is never answered ends when the client has had enough."""
    name = f"app {uuid4()}"
    knobs.set(f"timeout,method=POST,times=1,when={when}")

    with pytest.raises(httpx.ReadTimeout):
        graph.http.post("/v1.0/applications", json={"displayName": name}, timeout=0.3)

    assert len(graph.named(name)) == made


def test_time_out_ends_by_itself(graph: Graph, knobs: FaultKnobs) -> None:
    """A client with more patience than the fault sees its connection reset in the end."""
    knobs.set("timeout,seconds=0.1")

    with broken():
        graph.get(READ)


def test_unanswered_request_does_not_hold_up_the_end(tmp_path: Path) -> None:
    """A tenant with a client that waits for an answer in vain still ends at once, and quietly."""
    command = [sys.executable, "-m", "localtenant", "serve", "--state", str(tmp_path)]
    command += ["--port", "0", "--fault", "timeout"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        ready = Ready.of(process.stdout.readline())
        knobs = FaultKnobs(ready)
        trust = ssl.create_default_context(cafile=ready.caFile)
        address = ("127.0.0.1", int(ready.url.rpartition(":")[2]))
        with (
            socket.create_connection(address, timeout=5) as raw,
            trust.wrap_socket(raw, server_hostname="localhost") as client,
        ):
            client.sendall(f"GET /v1.0{READ} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            deadline = time.monotonic() + 5
            while not knobs.report()[0]["hits"] and time.monotonic() < deadline:
                time.sleep(0.02)
            start = time.monotonic()
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=10)

    assert (process.returncode, said) == (0, "")
    assert time.monotonic() - start < 2


def test_log_names_the_fault_that_a_request_met(tmp_path: Path) -> None:
    """Faults given at the start work, and the log tells them from the tenant's own answers."""
    log = tmp_path / "requests.log"
    faults = ["throttle,path=/applications,times=1", "reset-after,after=1,times=1"]
    clients = {"a": ("Application.ReadWrite.All",)}
    with running_tenant(tmp_path / "state", log=log, clients=clients, faults=faults) as ready:
        graph = Graph(ready, ready.clients["a"])
        assert graph.get(READ).status_code == 429
        with broken():
            graph.application()
        graph.get(READ)

    lines = [json.loads(line) for line in log.read_text().splitlines()][1:]
    assert [(e["method"], e["status"], e.get("faults")) for e in lines] == [
        ("GET", 429, [faults[0]]),
        ("POST", 0, [faults[1]]),
        ("GET", 200, None),
    ]
    assert {e["clientAppId"] for e in lines} == {ready.clients["a"].clientId}
