"""What is measured of customers who sign in to the local tenant, and of its token endpoint."""

from __future__ import annotations

import ssl
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from bench import chromium
from bench.connection import Connection
from bench.customers import KNOWN, PASSWORD, Application, prepared
from bench.measure import Figure, apart, rate, seconds_of, spread, together
from localtenant.entities.people import passwords
from localtenant.seed_clients import EVERY_PERMISSION
from localtenant.testing import running_tenant
from localtenant.testing_client import Graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_SIGN_INS, _SIGN_UPS, _PAGES, _HASHES = 200, 200, 200, 20
_APPLICATIONS = 1_000

HASHING: Final = "checking a password, in the process of the benchmark"
"""The figure of what each sign-in and sign-up spends on it, in milliseconds."""
WHOLE: Final = "a whole sign-in, "
"""How the figures of it begin."""


def figures() -> Iterator[Figure]:
    """Measure it all; about a minute."""
    with TemporaryDirectory(prefix="bench-") as folder:
        state = Path(folder) / "state"
        clients = {"bench": (EVERY_PERMISSION,)}
        with (
            running_tenant(state, clients=clients) as ready,
            closing(Graph(ready, ready.clients["bench"])) as graph,
        ):
            process = int((state / "lock").read_text().split()[0])
            application = prepared(graph)
            trust = ssl.create_default_context(cafile=ready.caFile)
            port = int(ready.url.rpartition(":")[2])
            apart(process)
            with Connection(port, {}, trust) as connection:
                yield from whole(application, connection, _SIGN_INS, _SIGN_UPS)
                yield from _rates(application, connection, process)
                yield from _home(graph, connection)
            together()
            yield from chromium.figures(ready.url, application)


def whole(
    application: Application, connection: Connection, sign_ins: int, sign_ups: int
) -> Iterator[Figure]:
    """Measure so many whole sign-ins and sign-ups, at least two of each, one after the other."""
    _, requests = application.sign_in(connection, KNOWN)
    sign_in = partial(application.sign_in, connection, KNOWN)
    yield from _spread(f"{WHOLE}{requests} requests", [sign_in] * sign_ins)
    emails = (f"customer{number}@customer.example" for number in count())
    _, requests = application.sign_up(connection, next(emails))
    sign_up = [partial(application.sign_up, connection, next(emails)) for _ in range(sign_ups)]
    yield from _spread(f"a whole sign-up, {requests} requests", sign_up)
    kept = passwords.hashed(PASSWORD)
    times = [seconds_of(partial(passwords.matches, PASSWORD, kept)) for _ in range(_HASHES)]
    yield Figure(HASHING, median(times) * 1000, "ms")


def _rates(application: Application, connection: Connection, process: int) -> Iterator[Figure]:
    sign_in = partial(application.sign_in, connection, KNOWN)
    yield rate("whole sign-ins, one after the other", sign_in, process)
    scope = f"{application.api}/.default"
    daemon = partial(application.token, connection, "client_credentials", scope=scope)
    yield rate("tokens of client credentials", daemon, process)
    newest: str = sign_in()[0]["refresh_token"]

    def refresh() -> None:
        nonlocal newest
        answer = application.token(connection, "refresh_token", refresh_token=newest)
        newest = answer["refresh_token"]

    yield rate("refreshes, each with the newest refresh token", refresh, process)


def _home(graph: Graph, connection: Connection) -> Iterator[Figure]:
    for number in range(_APPLICATIONS):
        graph.application(displayName=f"App {number:04}")
    read = partial(connection.send, "GET", "/", more="Accept: text/html\r\n")
    yield from _spread(f"the tenant's page, with {_APPLICATIONS:,} applications", [read] * _PAGES)


def _spread(what: str, acts: Sequence[Callable[[], object]]) -> Iterator[Figure]:
    middle, worst = spread(acts)
    yield Figure(f"{what}: median", middle, "ms")
    yield Figure(f"{what}: p99", worst, "ms")
