"""The example `many-clients` on the real engine: its settings, its program, edits, a storm."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from large_example import (
    python_stack,
    sections,
    settings_stack,
    steps,
    with_sections,
)
from stack_fixture import Stack
from tenant_fixture import Tenant, tenant_in
from tenant_picture import picture

from documents.mistakes_table import Change, read_change
from engine.model import Engine
from localtenant.testing_client import FaultKnobs
from tests.stack.test_storms import STORM

SIDE_BY_SIDE = 2


@dataclass(frozen=True)
class Edit:
    """One change of the settings, and the steps of its preview."""

    name: str
    change: Change
    steps: list[str]
    alone: bool


def edits() -> list[Edit]:
    """The table."""
    raw: list[dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("large_example_edits.yaml").read_text()
    )
    return [
        Edit(one["edit"], read_change(one), sorted(one["steps"]), one.get("alone", False))
        for one in raw
    ]


@pytest.fixture
def stack(engine: Engine, own_tenant: Tenant, tmp_path: Path) -> Stack:
    """A stack with the example's settings, without any resources, and a tenant of its own."""
    return settings_stack(tmp_path / "project", engine, own_tenant)


def test_settings_come_up_change_in_place_and_say_so_before(stack: Stack) -> None:
    """From nothing; then no change; each edit's preview; and all edits at once, in place."""
    shown = stack.pulumi("up", "--yes", "--skip-preview")
    assert "__str__" not in shown
    before = stack.outputs()
    with stack.tenant.wire() as wire:
        stack.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
        stack.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes")
    assert wire.writes() == []
    assert previewed(stack) == {one.name: one.steps for one in edits()}

    together = [one for one in edits() if not one.alone]
    changed = sections()
    for one in together:
        changed = one.change.of(changed)
    file = str(with_sections(stack, "together", changed))
    stack.pulumi("up", "--yes", "--skip-preview", "--config-file", file)
    after = stack.outputs()
    assert after["clients"].keys() - before["clients"].keys() == {"admin"}
    for section, name in (("apis", "clientId"), ("clients", "clientId"), ("userFlows", "id")):
        ids = {key: one[name] for key, one in after[section].items()}
        assert {**ids, **{key: one[name] for key, one in before[section].items()}} == ids
    assert steps(stack, Path(file)) == []


def test_the_program_in_python_makes_the_same_tenant_in_a_storm(
    engine: Engine, stack: Stack, tmp_path: Path
) -> None:
    """The settings in a quiet tenant, the program while everything goes wrong in another."""
    stack.pulumi("up", "--yes", "--skip-preview")
    with tenant_in(tmp_path / "other") as other:
        program = python_stack(tmp_path / "python", engine, other)
        knobs = FaultKnobs(other.ready)
        with knobs.during(*STORM, seed=1):
            program.pulumi("up", "--yes", "--skip-preview")
            hits = [one["hits"] for one in knobs.report()]
        assert any(hits)
        program.pulumi("preview", "--expect-no-changes", "--refresh")
        made, wanted = picture(other), picture(stack.tenant)
    assert [one for one in made if one not in wanted] == []
    assert made == wanted


def previewed(stack: Stack) -> dict[str, list[str]]:
    """By edit, the steps of its preview.

    Edits that touch nothing in common are previewed together, which says as much in less time:
    each of the steps belongs to one of them. What belongs to none stands under no edit.
    """
    together = batches()
    files: list[Path] = []
    for at, batch in enumerate(together):
        changed = sections()
        for one in batch:
            changed = one.change.of(changed)
        files.append(with_sections(stack, f"edits-{at}", changed))
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        shown = list(pool.map(partial(steps, stack), files))
    found: dict[str, list[str]] = {}
    for at, (batch, listed) in enumerate(zip(together, shown, strict=True)):
        own = {one.name: [step for step in listed if step in one.steps] for one in batch}
        rest = [step for step in listed if not any(step in one for one in own.values())]
        if len(batch) == 1:
            own, rest = {batch[0].name: listed}, []
        found |= own
        if rest:
            found[f"nobody in preview {at}"] = rest
    return found


def batches() -> list[list[Edit]]:
    """The edits of each preview: as few as can be, or with `EDITS=each` one for every edit."""
    made: list[list[Edit]] = []
    for edit in edits():
        for batch in made if os.environ.get("EDITS") != "each" else ():
            if not any(_meet(edit, other) for other in batch):
                batch.append(edit)
                break
        else:
            made.append([edit])
    return made


def _meet(one: Edit, other: Edit) -> bool:
    """Whether two edits touch the same resource, or the same place of the settings."""
    places = zip(one.change.place, other.change.place, strict=False)
    touched = {step.partition(" ")[2] for step in one.steps}
    return all(a == b for a, b in places) or bool(
        touched & {step.partition(" ")[2] for step in other.steps}
    )
