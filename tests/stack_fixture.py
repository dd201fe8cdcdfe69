"""The program on the real engine: a stack and a tenant of its own for each test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from tenant_fixture import Tenant

from engine.model import Engine
from engine.places import PROJECT
from localtenant.testing_client import FLOWS

_LAST_CHARACTERS = 20_000
"""Of what the CLI shows, as much is told of a run that did not end as it should."""


@dataclass
class Stack:
    """A stack of this checkout's program, with its own backend, configuration and tenant."""

    engine: Engine
    tenant: Tenant
    folder: Path

    def pulumi(
        self, *arguments: str, succeeds: bool = True, typed: str = "", **variables: str
    ) -> str:
        """Run the CLI and return what it shows.

        ``typed`` is its standard input; ``variables`` are set on top of the tenant's.
        """
        done = subprocess.run(
            [self.engine.pulumi, *arguments, "--non-interactive"],
            cwd=self.folder,
            env={**self.environment(), **variables},
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        shown = done.stdout + done.stderr
        assert (done.returncode == 0) == succeeds, shown[-_LAST_CHARACTERS:]
        assert "Traceback" not in shown
        return shown

    def configure(self, **sections: object) -> None:
        """Write the stack's configuration anew: ``apis``, ``clients``, ``userFlows``.

        A sign-in that is configured stays.
        """
        host = self.tenant.ready.metadataHost
        tenant = {"subdomain": "contoso", "authorityHost": host, "issuerHost": host}
        written: dict[str, Any] = yaml.safe_load(self.configuration.read_text()) or {}
        before: dict[str, Any] = written.get("config") or {}
        signs_in = ("azuread:clientId", "azuread:clientSecret")
        written["config"] = {
            **{name: before[name] for name in signs_in if name in before},
            "azuread:tenantId": self.tenant.ready.tenantId,
            "ciam:tenant": tenant,
            **{f"ciam:{name}": value for name, value in sections.items()},
        }
        self.configuration.write_text(yaml.safe_dump(written))

    @property
    def configuration(self) -> Path:
        """The stack's configuration file."""
        return self.folder / "Pulumi.test.yaml"

    def outputs(self) -> dict[str, Any]:
        """All stack outputs, secrets in clear."""
        return json.loads(self.pulumi("stack", "output", "--json", "--show-secrets"))

    def resources(self) -> list[dict[str, Any]]:
        """The resources in the state."""
        return json.loads(self.pulumi("stack", "export"))["deployment"].get("resources", [])

    def application(self, name: str) -> dict[str, Any]:
        """The application of that display name in the tenant, of which there is one."""
        (found,) = [one for one in self.tenant.all("/applications") if one["displayName"] == name]
        return found

    def included(self, flow_id: str) -> list[str]:
        """The client IDs of the applications in a user flow."""
        path = f"{FLOWS}/{flow_id}/conditions/applications/includeApplications"
        return [one["appId"] for one in self.tenant.all(path)]

    def environment(self) -> dict[str, str]:
        """The variables of its CLI."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ARM_", "AZURE_", "PULUMI_"))
        }
        return {
            **kept,
            **self.engine.variables(kept),
            **self.tenant.ready.env,
            "PULUMI_BACKEND_URL": (self.folder / "backend").as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "test",
            "PULUMI_STACK": "test",
        }


def stack_in(folder: Path, engine: Engine, tenant: Tenant) -> Stack:
    """A stack without any resources, configured for the seed, in a new project folder."""
    (folder / "backend").mkdir(parents=True)
    for part in ("__main__.py", "components", "providers"):
        (folder / part).symlink_to(PROJECT / part)
    project = yaml.safe_load((PROJECT / "Pulumi.yaml").read_text())
    project["runtime"]["options"]["virtualenv"] = sys.prefix
    (folder / "Pulumi.yaml").write_text(yaml.safe_dump(project))
    made = Stack(engine, tenant, folder)
    made.pulumi("stack", "init", "test")
    made.configure()
    return made


@pytest.fixture
def stack(engine: Engine, own_tenant: Tenant, tmp_path: Path) -> Stack:
    """A stack without any resources, configured for the seed, and a tenant of its own."""
    return stack_in(tmp_path / "project", engine, own_tenant)
