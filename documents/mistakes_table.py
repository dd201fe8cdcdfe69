"""docs/mistakes.yaml: the mistakes in a stack's configuration that are told before all else.

The tests hold the settings and the local tenant to it; `documents.mistakes_page` makes a document
of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import yaml

TABLE_FILE: Final = Path(__file__).parent.parent / "docs" / "mistakes.yaml"

Steps = tuple[str | int, ...]
"""A place in the configuration: section, key, and so on inwards; a list's first entry is 0."""


@dataclass(frozen=True)
class Answer:
    """How Graph refuses the object that a configuration leads to."""

    status: int
    code: str


@dataclass(frozen=True)
class Change:
    """One place of the configuration, and what it is changed to."""

    place: Steps
    value: object

    def of(self, configuration: Mapping[str, Any]) -> dict[str, Any]:
        """A copy of `configuration` with the change."""
        changed = deepcopy(dict(configuration))
        part: Any = changed
        for step in self.place[:-1]:
            part = part[step]
        part[self.place[-1]] = deepcopy(self.value)
        return changed


@dataclass(frozen=True)
class Mistake:
    """A mistake and what is printed for it."""

    what: Change | str
    """The change of the table's configuration, or the whole text of a stack's file."""
    said: tuple[str, ...]
    """The lines; of a whole file, what the lines contain."""
    graph: Answer | None
    """None where Graph takes it, cannot see it, or nobody knows."""


@dataclass(frozen=True)
class Rule:
    """Why some things are mistakes, and where that is said."""

    why: str
    source: str | None
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True)
class Accepted:
    """What looks like a mistake and is none."""

    what: Change
    needs: str | None
    """What a tenant must have for it; None where every tenant takes it."""


@dataclass(frozen=True)
class Table:
    """The whole table."""

    configuration: Mapping[str, Any]
    """What is right, by section."""
    groups: Mapping[str, tuple[Rule, ...]]
    """By heading."""
    accepted: tuple[Accepted, ...]

    def mistakes(self) -> Iterator[Mistake]:
        """Every mistake, in the table's order."""
        for rules in self.groups.values():
            for rule in rules:
                yield from rule.mistakes


def read_table() -> Table:
    """The table as the file has it; KeyError where it lacks something."""
    raw = cast("dict[str, Any]", yaml.safe_load(TABLE_FILE.read_text(encoding="utf-8")))
    return Table(
        configuration=raw["configuration"],
        groups={
            group["heading"]: tuple(_rule(rule) for rule in group["rules"])
            for group in raw["groups"]
        },
        accepted=tuple(Accepted(read_change(one), one.get("needs")) for one in raw["accepted"]),
    )


def _rule(raw: Mapping[str, Any]) -> Rule:
    return Rule(raw["why"], raw.get("source"), tuple(_mistake(case) for case in raw["cases"]))


def _mistake(raw: Mapping[str, Any]) -> Mistake:
    said: str | list[str] = raw["said"]
    return Mistake(
        what=raw["yaml"] if "yaml" in raw else read_change(raw),
        said=(said,) if isinstance(said, str) else tuple(said),
        graph=Answer(**raw["graph"]) if "graph" in raw else None,
    )


def read_change(raw: Mapping[str, Any]) -> Change:
    """The change that `set` and `to` of an entry say."""
    found = re.findall(r'([^.\[\]"]+)|\[(\d+)\]|\["([^"]+)"\]', raw["set"])
    steps = tuple(int(position) if position else key or quoted for key, position, quoted in found)
    return Change(steps, _spelled_out(raw["to"]))


def _spelled_out(value: object) -> object:
    """The value with `{start: …, repeat: …, times: …}` made the text that it stands for."""
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, Any]", value)
        if "repeat" in entries:
            return entries.get("start", "") + entries["repeat"] * entries["times"]
        return {key: _spelled_out(entry) for key, entry in entries.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_spelled_out(item) for item in cast("Sequence[object]", value)]
    return value
