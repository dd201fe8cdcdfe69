"""The seed's tenant: each command beside a script of raw calls and beside an empty program."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from bench import script
from bench.calls import Call, send
from bench.samples import Sample, of
from bench.stack import Stack, Tenant
from components.settings.seed import SEED
from engine.model import Engine
from engine.places import PROJECT
from localtenant.testing_client import StateKnobs

PROGRAM: Final = "the program"
FLOOR: Final = "an empty program"
SCRIPT: Final = "the script"
UP, PREVIEW, AGAIN = "up from nothing", "preview, no change", "up, no change"
REFRESH, CHANGE, DESTROY = "refresh, no change", "up, one attribute", "destroy"
COMMANDS: Final = (UP, PREVIEW, AGAIN, REFRESH, CHANGE, DESTROY)


@dataclass(frozen=True)
class Network:
    """How far the tenant is: the milliseconds of each request, the seconds until all see it."""

    milliseconds: int = 0
    lag: float = 0.0

    @property
    def name(self) -> str:
        """What it is called in tables."""
        return f"{self.lag:g} s lag" if self.lag else f"{self.milliseconds} ms"

    @property
    def faults(self) -> list[str]:
        """The tenant's faults that make it so."""
        faults = [f"delay,ms={self.milliseconds}"] if self.milliseconds else []
        return [*faults, *([f"lag,seconds={self.lag:g}"] if self.lag else [])]


NETWORKS: Final = (Network(), Network(50), Network(200), Network(0, 2.0))

_ARGUMENTS: Final = {
    UP: ("up", "--yes"),
    PREVIEW: ("preview",),
    AGAIN: ("up", "--yes"),
    REFRESH: ("refresh", "--yes"),
    CHANGE: ("up", "--yes"),
    DESTROY: ("destroy", "--yes"),
}
_OTHER: Final = "http://localhost:3000/auth/other"


def empty_program() -> str:
    """A program with the imports of the real one, that declares nothing."""
    text = (PROJECT / "__main__.py").read_text("utf-8")
    head = text[: text.index("def organization")]
    imports = (
        "import pulumi_azuread",
        "import providers.graph.client_secret",
        "import providers.organization",
        "import providers.user_flow_attribute.values",
        "import components.attribute_values",
        "from components import CustomerTenant, customer_tenant_args",
        "from components.settings import read_settings",
    )
    return head + "\n".join(imports) + "\n\nread_settings(pulumi.Config())\n"


def samples(engine: Engine, tenant: Tenant, folder: Path, number: int) -> Iterator[Sample]:
    """Measure every command once in each network, side by side."""
    floor = Stack(engine, tenant, folder / f"floor-{number}")
    floor.begin(empty_program())
    for network in NETWORKS:
        with closing(StateKnobs(tenant.ready)) as states:
            states.reset()
        stack = Stack(engine, tenant, folder / f"stack-{number}-{NETWORKS.index(network)}")
        stack.begin()
        with tenant.faults.during(*network.faults):
            for what in COMMANDS:
                if what == CHANGE:
                    stack.configure(changed())
                arguments = _ARGUMENTS[what]
                yield of(floor.measure(*arguments), what, FLOOR, network.name)
                yield of(stack.measure(*arguments), what, PROGRAM, network.name)
            yield from _script(tenant, network)
        stack.forget()
    floor.forget()


def changed() -> dict[str, Any]:
    """The seed's configuration, with another redirect URI."""
    web: dict[str, Any] = {**SEED["clients"]["web"], "redirectUris": [_OTHER]}  # pyright: ignore[reportIndexIssue, reportUnknownVariableType] -- a constant
    return {**SEED, "clients": {"web": web}}


def _script(tenant: Tenant, network: Network) -> Iterator[Sample]:
    with httpx.Client(
        base_url=f"{tenant.ready.url}/v1.0",
        verify=tenant.graph.trust,
        headers={"Authorization": f"Bearer {tenant.graph.token}"},
        timeout=60,
    ) as http:
        yield _sent(http, UP, network, script.make())
        ids = _ids(http)
        yield _sent(http, REFRESH, network, script.read(ids))
        yield _sent(http, CHANGE, network, script.change(ids, _OTHER))
        yield _sent(http, DESTROY, network, script.destroy(ids))


def _sent(http: httpx.Client, what: str, network: Network, calls: list[Call]) -> Sample:
    start, used = time.perf_counter(), time.process_time()
    sent = send(http, calls)
    passed, used = time.perf_counter() - start, time.process_time() - used
    return Sample(what, SCRIPT, network.name, passed, used, providers=sent)


def _ids(http: httpx.Client) -> dict[str, str]:
    ids: dict[str, str] = {}
    applications = http.get("/applications").json()["value"]
    for name, shown in (("api", "ciam-ToDoList-api"), ("web", "ciam-client-app")):
        (found,) = [one for one in applications if one["displayName"] == shown]
        ids[name] = found["id"]
        principal = http.get(f"/servicePrincipals(appId='{found['appId']}')").json()
        ids[f"{name}-principal"] = principal["id"]
    (flow,) = http.get(script.FLOWS).json()["value"]
    return {**ids, "flow": flow["id"]}
