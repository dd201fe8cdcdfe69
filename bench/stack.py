"""A stack of this checkout's program on the real engine, with a tenant of its own."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from bench.processes import Usage, run
from bench.wire import Log, Request
from engine.model import Engine
from engine.places import PROJECT
from engine.process import ask
from localtenant.seed_clients import EVERY_PERMISSION
from localtenant.testing import Ready, running_tenant
from localtenant.testing_client import FaultKnobs, Graph

NAME: Final = "bench"
_PROGRAM: Final = ("__main__.py", "components", "providers")


@dataclass(frozen=True)
class Tenant:
    """A running local tenant, a client of its own that may do everything, its log and faults."""

    ready: Ready
    graph: Graph
    log: Log
    faults: FaultKnobs


@contextmanager
def tenant_in(folder: Path) -> Generator[Tenant]:
    """Run a tenant that keeps all it writes in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "requests.jsonl"
    clients = {NAME: (EVERY_PERMISSION,)}
    with (
        running_tenant(folder / "state", log=log, clients=clients) as ready,
        closing(Graph(ready, ready.clients[NAME])) as graph,
        closing(FaultKnobs(ready)) as faults,
    ):
        yield Tenant(ready, graph, Log(log, graph), faults)


@dataclass(frozen=True)
class Measured:
    """A command of the CLI: what it took, and the requests to Graph that it sent."""

    usage: Usage
    requests: Sequence[Request]


@dataclass(frozen=True)
class Stack:
    """A stack with a backend of its own."""

    engine: Engine
    tenant: Tenant
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The variables of its CLI."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ARM_", "AZURE_", "PULUMI_", "PYTHON"))
        }
        return {
            **kept,
            **self.engine.variables(kept),
            **self.tenant.ready.env,
            "PULUMI_BACKEND_URL": (self.folder / "backend").as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": NAME,
            "PULUMI_STACK": NAME,
        }

    def measure(self, *arguments: str, **variables: str) -> Measured:
        """Run the CLI. Raises CommandFailedError."""
        command = [self.engine.pulumi, *arguments, "--non-interactive"]
        with self.tenant.log.during() as wire:
            usage = run(command, self.folder, {**self.environment, **variables})
        return Measured(usage, wire.requests)

    def configure(self, sections: Mapping[str, object]) -> None:
        """Write the stack's configuration anew: ``apis``, ``clients``, ``userFlows``."""
        file = self.folder / f"Pulumi.{NAME}.yaml"
        written: dict[str, Any] = yaml.safe_load(file.read_text("utf-8")) or {}
        host = self.tenant.ready.metadataHost
        written["config"] = {
            "azuread:tenantId": self.tenant.ready.tenantId,
            "ciam:tenant": {"authorityHost": host, "issuerHost": host},
            **{f"ciam:{name}": value for name, value in sections.items()},
        }
        file.write_text(yaml.safe_dump(written), "utf-8")

    def resources(self) -> list[dict[str, Any]]:
        """The resources in the state."""
        return json.loads(self._answer("stack", "export"))["deployment"].get("resources", [])

    def state_bytes(self) -> int:
        """The size of the state's file."""
        found = (self.folder / "backend" / ".pulumi" / "stacks").rglob(f"{NAME}.json")
        return sum(one.stat().st_size for one in found)

    def begin(self, program: str | None = None) -> None:
        """Lay the project out, with the stack in it; ``program`` instead of the real program."""
        (self.folder / "backend").mkdir(parents=True)
        for part in _PROGRAM:
            (self.folder / part).symlink_to(PROJECT / part)
        if program is not None:
            (self.folder / "__main__.py").unlink()
            (self.folder / "__main__.py").write_text(program, "utf-8")
        project = yaml.safe_load((PROJECT / "Pulumi.yaml").read_text("utf-8"))
        project["runtime"]["options"]["virtualenv"] = sys.prefix
        (self.folder / "Pulumi.yaml").write_text(yaml.safe_dump(project), "utf-8")
        self._answer("stack", "init", NAME)
        self.configure({})

    def forget(self) -> None:
        """Remove the project with its state."""
        shutil.rmtree(self.folder)

    def _answer(self, *arguments: str) -> str:
        command = [self.engine.pulumi, *arguments, "--non-interactive"]
        answer = ask(command, environment=self.environment, folder=self.folder)
        if not answer.succeeded:
            raise RuntimeError(answer.errors)
        return answer.output
