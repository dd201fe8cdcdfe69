"""Mistakes in a stack's file, read by the real engine before the program reads them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from stack_fixture import Stack, stack_in
from tenant_fixture import tenant_in

from documents.mistakes_table import Change, Mistake, read_table
from engine.model import Engine

TABLE = read_table()
WRITTEN = [one for one in TABLE.mistakes() if isinstance(one.what, str)]
SAMPLE = [
    changes[0]
    for rules in TABLE.groups.values()
    # Pulumi.yaml declares the kind of a whole section, so that Pulumi itself refuses another.
    if (
        changes := [
            one
            for rule in rules
            for one in rule.mistakes
            if isinstance(one.what, Change) and len(one.what.place) > 1
        ]
    )
]


@pytest.fixture(scope="module")
def stack(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack in which nothing is ever made."""
    folder = tmp_path_factory.mktemp("bad input")
    with tenant_in(folder / "tenant") as tenant:
        made = stack_in(folder / "project", engine, tenant)
        with tenant.wire() as wire:
            yield made
        assert wire.writes() == []


def preview_of(stack: Stack, text: str) -> str:
    """What a preview shows with `text` as the stack's file; it has to fail."""
    salt = yaml.safe_load(stack.configuration.read_text())["encryptionsalt"]
    before = stack.configuration.read_text()
    stack.configuration.write_text(f"encryptionsalt: {salt}\n{text}")
    try:
        return stack.pulumi("preview", succeeds=False)
    finally:
        stack.configuration.write_text(before)


@pytest.mark.cases("bad input, through the real engine")
@pytest.mark.parametrize("mistake", WRITTEN, ids=lambda one: one.said[0])
def test_a_file_with_a_mistake_is_refused(stack: Stack, mistake: Mistake) -> None:
    """By Pulumi itself or by the program: the line is shown, and nothing is written."""
    assert isinstance(mistake.what, str)
    shown = preview_of(stack, mistake.what)

    assert [line for line in mistake.said if line not in shown] == [], shown


@pytest.mark.cases("bad input, through the real engine")
@pytest.mark.parametrize("mistake", SAMPLE, ids=lambda one: one.said[0])
def test_a_mistake_of_each_group_arrives_as_it_was_written(stack: Stack, mistake: Mistake) -> None:
    """What Pulumi hands to the program is what stands in the table."""
    assert isinstance(mistake.what, Change)
    sections = mistake.what.of(TABLE.configuration)
    shown = preview_of(
        stack, yaml.safe_dump({"config": {f"ciam:{key}": one for key, one in sections.items()}})
    )

    assert [line for line in mistake.said if line not in shown] == [], shown
