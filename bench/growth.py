"""How everything grows: more clients, more flows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from bench.samples import Sample, of
from bench.seed import PREVIEW, PROGRAM, REFRESH, UP
from bench.stack import Stack, Tenant
from components.settings.seed import SEED
from engine.model import Engine
from localtenant.testing_client import StateKnobs

CLIENTS: Final = (1, 10, 30)
FLOWS: Final = (1, 10)
MANY_CLIENTS: Final = (*CLIENTS, 100, 300)
MANY_FLOWS: Final = (*FLOWS, 50)

_ARGUMENTS: Final = {
    UP: ("up", "--yes", "--skip-preview"),
    PREVIEW: ("preview",),
    REFRESH: ("refresh", "--yes", "--skip-preview"),
}


def samples(
    engine: Engine, tenant: Tenant, folder: Path, clients: Sequence[int], flows: Sequence[int]
) -> Iterator[Sample]:
    """Measure stacks of each size once, without latency."""
    for number in clients:
        yield from _measured(engine, tenant, folder, f"{number} clients", with_clients(number))
    for number in flows:
        yield from _measured(engine, tenant, folder, f"{number} flows", with_flows(number))


def _measured(
    engine: Engine, tenant: Tenant, folder: Path, case: str, sections: dict[str, Any]
) -> Iterator[Sample]:
    with closing(StateKnobs(tenant.ready)) as states:
        states.reset()
    stack = Stack(engine, tenant, folder / case.replace(" ", "-"))
    stack.begin()
    stack.configure(sections)
    for what, arguments in _ARGUMENTS.items():
        measured = stack.measure(*arguments)
        yield of(measured, what, PROGRAM, case, stack.state_bytes())
    stack.forget()


def with_clients(number: int) -> dict[str, Any]:
    """The seed's API, and so many web applications in one flow."""
    clients = {f"web{n:03}": _client(n) for n in range(number)}
    flow = {"identityProviders": ["EmailPassword-OAUTH"], "attributes": ["country"]}
    return {
        "apis": SEED["apis"],
        "clients": clients,
        "userFlows": {"customers": {**flow, "clients": list(clients)}},
    }


def with_flows(number: int) -> dict[str, Any]:
    """The seed's API and one web application, and so many flows."""
    flow = {"identityProviders": ["EmailPassword-OAUTH"], "attributes": ["country", "city"]}
    flows: dict[str, Any] = {f"flow{n:03}": flow for n in range(number)}
    flows["flow000"] = {**flow, "clients": ["web000"]}
    return {"apis": SEED["apis"], "clients": {"web000": _client(0)}, "userFlows": flows}


def _client(number: int) -> dict[str, Any]:
    return {
        "kind": "webApp",
        "displayName": f"Web application {number}",
        "redirectUris": [f"https://web{number}.contoso.com/auth/redirect"],
        "apiPermissions": {"todolist": ["ToDoList.Read"]},
        "secret": {"lifetime": "180d"},
    }
