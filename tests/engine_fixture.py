"""The engine of this checkout, and small Pulumi projects, for tests that drive the real CLI."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from rich.console import Console

from engine.find import install
from engine.model import Engine, Provider


@dataclass(frozen=True)
class Project:
    """A Pulumi project in a folder of its own, with a stack `dev` in a backend of its own."""

    folder: Path
    engine: Engine
    environment: Mapping[str, str]

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        (self.folder / name).write_text(dedent(text), "utf-8")

    def pulumi(self, *arguments: str, check: bool = True) -> str:
        """Run the CLI; what it printed, standard output and standard error as one text."""
        result = subprocess.run(
            [self.engine.pulumi, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        assert (result.returncode == 0) is check, result.stdout
        return result.stdout

    def outputs(self) -> dict[str, Any]:
        """The stack's outputs, secrets masked."""
        return json.loads(self.pulumi("stack", "output", "--json"))

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the CLI and leave it running."""
        return subprocess.Popen(
            [self.engine.pulumi, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine of this checkout; the first test that needs it gets it, the others wait."""
    return install(Console(file=sys.stderr, markup=False, highlight=False, soft_wrap=True))


@pytest.fixture
def stand_in_hosts(engine: Engine) -> None:
    """For tests of what only the stand-ins do: skipped where the official hosts serve."""
    if engine.cli.hosts is not Provider.STAND_IN:
        pytest.skip("this machine has the official language host")


@pytest.fixture
def project(engine: Engine, tmp_path: Path) -> Project:
    """A project that uses this interpreter's packages; its stack `dev` exists."""
    folder = tmp_path / "a project"
    folder.mkdir()
    state = tmp_path / "state"
    state.mkdir()
    environment = {
        **os.environ,
        **engine.environment,
        "PULUMI_BACKEND_URL": state.as_uri(),
        "PULUMI_STACK": "dev",
        "PULUMI_CONFIG_PASSPHRASE": "test",
    }
    made = Project(folder, engine, environment)
    options = {"name": "python", "options": {"virtualenv": sys.prefix}}
    made.write("Pulumi.yaml", json.dumps({"name": "small", "runtime": options}))
    made.pulumi("stack", "init", "dev")
    return made
