"""What is measured of the local tenant."""

from __future__ import annotations

import ssl
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import quote

from bench.connection import Connection
from bench.measure import Figure, apart, rate, resident, seconds_of, spread, together
from localtenant.testing import running_tenant
from localtenant.testing_client import Graph, StateKnobs
from localtenant.testing_tenant import LocalTenantOptions, TenantProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from localtenant.ready import Ready

_STARTS = 5
_MANY = 10_000
_READS = 1_000
_CLIENTS = {"bench": ("Application.ReadWrite.All", "Directory.Read.All")}


def figures() -> Iterator[Figure]:
    """Measure it all; some tens of seconds."""
    with TemporaryDirectory(prefix="bench-") as folder:
        yield from _starts(Path(folder))
        yield from _fixture(Path(folder) / "fixture")
        state = Path(folder) / "state"
        with (
            running_tenant(state, clients=_CLIENTS) as ready,
            closing(Graph(ready, ready.clients["bench"])) as graph,
        ):
            process = int((state / "lock").read_text().split()[0])
            apart(process)
            with _connection(ready, graph.token) as connection:
                yield from _requests(connection, process)
                yield from _many(connection, process)
            yield from _states(ready)
            together()


def _connection(ready: Ready, token: str) -> Connection:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    trust = ssl.create_default_context(cafile=ready.caFile)
    return Connection(int(ready.url.rpartition(":")[2]), headers, trust)


def _starts(folder: Path) -> Iterator[Figure]:
    first: list[float] = []
    later: list[float] = []
    for number in range(_STARTS):
        for times in (first, later):
            tenant = running_tenant(folder / f"start{number}")
            times.append(seconds_of(tenant.__enter__))
            tenant.__exit__(None, None, None)
    yield Figure("ready to serve, first start", median(first), "s", 1.0)
    yield Figure("ready to serve, later start", median(later), "s", 1.0)


def _fixture(folder: Path) -> Iterator[Figure]:
    process = TenantProcess(folder, LocalTenantOptions())
    process.fresh().close()
    times = [seconds_of(lambda: process.fresh().close()) for _ in range(20)]
    process.stop()
    yield Figure("a tenant of its own for a test", median(times) * 1000, "ms", 1000)


def _requests(connection: Connection, process: int) -> Iterator[Figure]:
    made = connection.ask("POST", "/v1.0/applications", _application("one"))
    path = f"/v1.0/applications/{made['id']}"
    names = count()

    def change() -> None:
        connection.ask("PATCH", path, {"displayName": f"one {next(names)}"})

    yield rate("reads of one application", lambda: connection.ask("GET", path), process, target=400)
    yield rate("durable changes of one application", change, process, target=150)


def _many(connection: Connection, process: int) -> Iterator[Figure]:
    names = count()

    def make() -> None:
        connection.ask("POST", "/v1.0/applications", _application(f"App {next(names):05}"))

    yield rate("durable creations of applications", make, process, target=150, count=_MANY)
    filters = {
        "displayName eq 'App 07777'": "displayName eq",
        "startswith(displayName,'App 0777')": "startswith(displayName), 10 found",
        "displayName eq 'App 07777' or displayName eq 'App 00001'": "displayName eq … or eq …",
        "identifierUris/any(u:u eq 'api://none')": "identifierUris/any(u: u eq …)",
    }
    for text, words in filters.items():
        path = f"/v1.0/applications?$filter={quote(text)}"
        middle, worst = spread([partial(connection.ask, "GET", path)] * _READS)
        yield Figure(f"10,000 applications, {words}: median", middle, "ms")
        yield Figure(f"10,000 applications, {words}: p99", worst, "ms", 20)
    yield Figure("10,000 applications, memory", resident(process), "MB", 150)


def _states(ready: Ready) -> Iterator[Figure]:
    with closing(StateKnobs(ready)) as states:
        acts = {
            "take a snapshot": partial(states.take, "bench"),
            "reset": states.reset,
            "restore": partial(states.restore, "bench"),
        }
        for words, act in acts.items():
            yield Figure(f"10,000 applications, {words}", seconds_of(act) * 1000, "ms")


def _application(name: str) -> dict[str, str]:
    return {"displayName": name, "signInAudience": "AzureADMyOrg"}
