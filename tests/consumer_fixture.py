"""The example `consumer`: a copy of its folder, as a user makes one, with a stack `dev`."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from engine_fixture import Project

from engine.model import Engine
from engine.places import PROJECT

EXAMPLE = PROJECT / "examples" / "consumer"

SECRET = "h~.-#'nter2"
"""The secret of the contracts below."""

CONTRACT: dict[str, Any] = {
    "contractVersion": 1,
    "tenant": {
        "tenantId": "b08275c9-a676-598e-a0d6-741e1be34696",
        "subdomain": "contoso",
        "authority": "https://contoso.ciamlogin.com/b08275c9-a676-598e-a0d6-741e1be34696/v2.0",
    },
    "apis": {
        "notes": {
            "clientId": "af39b60f-06d2-4864-ad8c-c8f53bf8ab5b",
            "scopes": {"Notes.Write": "api://a/Notes.Write", "Notes.Read": "api://a/Notes.Read"},
            "roles": {},
        }
    },
    "clients": {
        "web": {
            "kind": "webApp",
            "clientId": "a3805c30-f02c-41f1-bb09-3f4e564577b8",
            "secretExpires": "2027-05-22T22:54:46Z",
        },
        "phone": {"kind": "nativeApp", "clientId": "c1d0ddf2-14a0-4a3b-a2f0-6b8c2f1f0a55"},
    },
    "environments": {
        "web": {"CLIENT_ID": "a3805c30-f02c-41f1-bb09-3f4e564577b8", "AUTHORITY": "https://c/"},
        "phone": {"CLIENT_ID": "c1d0ddf2-14a0-4a3b-a2f0-6b8c2f1f0a55"},
    },
    "environmentSecrets": {"web": {"CLIENT_SECRET": SECRET}},
}
"""What a stack of the project `ciam` has among its outputs, as far as the example reads it."""

_PUBLISHER = """\
import json
import pulumi
with open(pulumi.get_stack() + ".json") as file:
    outputs = json.load(file)
for name, value in outputs.items():
    pulumi.export(name, pulumi.Output.secret(value) if name.endswith("Secrets") else value)
"""


class Consumer(Project):
    """A copy of the example with a stack `dev`."""

    def configure(self, **settings: str) -> None:
        """Write the stack's configuration anew."""
        file = self.folder / "Pulumi.dev.yaml"
        written: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
        written["config"] = {f"ciam-consumer:{key}": value for key, value in settings.items()}
        file.write_text(yaml.safe_dump(written), "utf-8")

    def files(self, folder: str = "out") -> dict[str, str]:
        """The files in that folder, by name."""
        there = (self.folder / folder).glob("*")
        return {file.name: file.read_text("utf-8") for file in there}


class Publisher(Project):
    """A project `ciam` whose stacks have the outputs that a test wants, and no tenant."""

    def publish(self, stack: str, outputs: Mapping[str, object]) -> str:
        """Deploy a stack with these outputs; its full name."""
        self.write(f"{stack}.json", json.dumps(outputs))
        if not (self.folder / f"Pulumi.{stack}.yaml").exists():
            self.pulumi("stack", "init", stack)
        self.pulumi("up", "--yes", "--skip-preview", "--stack", stack)
        return f"organization/ciam/{stack}"


def new_consumer(engine: Engine, folder: Path, environment: Mapping[str, str]) -> Consumer:
    """Copy the example to `folder` and make its stack `dev`."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(".venv", "out", "__pycache__"))
    made = Consumer(folder, engine, {**environment, "PULUMI_STACK": "dev"})
    project = yaml.safe_load((folder / "Pulumi.yaml").read_text("utf-8"))
    project["runtime"]["options"]["virtualenv"] = sys.prefix
    made.write("Pulumi.yaml", yaml.safe_dump(project))
    made.pulumi("stack", "init", "dev")
    return made


@pytest.fixture
def publisher(project: Project) -> Publisher:
    """A publisher without stacks, beside the project of `engine_fixture`."""
    folder = project.folder.parent / "publisher"
    folder.mkdir()
    without_stack = {**project.environment}
    del without_stack["PULUMI_STACK"]
    made = Publisher(folder, project.engine, without_stack)
    options = {"name": "python", "options": {"virtualenv": sys.prefix}}
    made.write("Pulumi.yaml", json.dumps({"name": "ciam", "runtime": options}))
    made.write("__main__.py", _PUBLISHER)
    return made


@pytest.fixture
def consumer(publisher: Publisher) -> Consumer:
    """A consumer that shares the publisher's backend; it is not configured."""
    folder = publisher.folder.parent / "consumer"
    return new_consumer(publisher.engine, folder, publisher.environment)
