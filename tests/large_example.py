"""The example `many-clients` on the real engine: a stack for each of its two programs."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import yaml
from stack_fixture import Stack, stack_in
from tenant_fixture import PROGRAM, Tenant

from engine.model import Engine
from engine.places import PROJECT

EXAMPLE = PROJECT / "examples" / "many-clients"
SETTINGS = EXAMPLE / "Pulumi.shop.yaml"
PYTHON = EXAMPLE / "python"
SECRET = "googleClientSecret"

Sections = dict[str, Any]
"""The settings by section, without `ciam:`."""


def sections() -> Sections:
    """What the settings of the example say; which tenant it is, a test knows better."""
    config: dict[str, Any] = yaml.safe_load(SETTINGS.read_text())["config"]
    return {key.removeprefix("ciam:"): one for key, one in config.items() if key[:5] == "ciam:"}


class Owned(Stack):
    """A stack that is deployed by one who may do all that the example does."""

    def environment(self) -> dict[str, str]:
        """The variables of its CLI; a program elsewhere finds the components, too."""
        program = self.tenant.ready.clients[PROGRAM]
        return {
            **super().environment(),
            "ARM_CLIENT_ID": program.clientId,
            "ARM_CLIENT_SECRET": program.clientSecret,
            "PYTHONPATH": str(PROJECT),
        }


def settings_stack(
    folder: Path, engine: Engine, tenant: Tenant, settings: Sections | None = None
) -> Owned:
    """A stack of the project's program, without any resources; by default the example's."""
    stack_in(folder, engine, tenant)
    made = Owned(engine, tenant, folder)
    made.configure(**(sections() if settings is None else settings))
    made.pulumi("config", "set", "--secret", SECRET, "hunter2")
    return made


def python_stack(folder: Path, engine: Engine, tenant: Tenant) -> Owned:
    """A stack of the example's program in Python, without any resources."""
    shutil.copytree(PYTHON, folder, ignore=shutil.ignore_patterns("__pycache__", "Pulumi.*.yaml"))
    (folder / "backend").mkdir()
    project: dict[str, Any] = yaml.safe_load((folder / "Pulumi.yaml").read_text())
    project["runtime"]["options"]["virtualenv"] = sys.prefix
    (folder / "Pulumi.yaml").write_text(yaml.safe_dump(project))
    made = Owned(engine, tenant, folder)
    made.pulumi("stack", "init", "test")
    made.pulumi("config", "set", "azuread:tenantId", tenant.ready.tenantId)
    made.pulumi("config", "set", "--secret", SECRET, "hunter2")
    return made


def with_sections(stack: Stack, name: str, changed: Mapping[str, Any]) -> Path:
    """A configuration file beside the stack's own, with other sections; secrets stay."""
    written: dict[str, Any] = yaml.safe_load(stack.configuration.read_text())
    config = {key: one for key, one in written["config"].items() if key in _kept(written)}
    config |= {f"ciam:{section}": one for section, one in changed.items()}
    file = stack.folder / f"{name}.yaml"
    file.write_text(yaml.safe_dump({**written, "config": config}))
    return file


def _kept(written: Mapping[str, Any]) -> set[str]:
    return {key for key in written["config"] if key.removeprefix("ciam:") not in sections()}


def steps(stack: Stack, file: Path) -> list[str]:
    """What a preview with that configuration would do: operation, type and name, sorted.

    The stages of a replacement are one step, and what only looks something up is none.
    """
    shown = stack.pulumi("preview", "--json", "--config-file", str(file))
    listed = cast("list[dict[str, Any]]", json.loads(shown).get("steps", []))
    return sorted({step for one in listed if (step := _step(one))})


def _step(one: Mapping[str, Any]) -> str:
    kind, name = str(one["urn"]).split("::")[2:]
    operation = str(one["op"])
    if operation in {"same", "read"}:
        return ""
    if "replace" in operation:
        operation = "replace"
    return f"{operation} {kind.rpartition(':')[2]} {name.removeprefix('tenant-')}"
