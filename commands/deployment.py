"""What the stack's state says exists: its outputs and its resources, secrets masked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

MASK: Final = "[secret]"

_SECRET_KEY: Final = "4dabf18193072939515e22adb298388d"  # noqa: S105 - Pulumi's marker of a secret
_STACK: Final = "pulumi:pulumi:Stack"

Properties = Mapping[str, Any]


@dataclass(frozen=True)
class Resource:
    """A resource in the state."""

    type: str
    id: str
    outputs: Properties


@dataclass(frozen=True)
class Deployment:
    """A stack's state as `pulumi stack export` prints it."""

    outputs: Properties
    resources: tuple[Resource, ...]
    is_interrupted: bool = False
    """Whether a run was cut short, so that there may be more than the resources."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is deployed."""
        return not self.resources and not self.is_interrupted

    def section(self, name: str) -> dict[str, Properties]:
        """An output that holds something per key of the configuration; empty when there is none."""
        value = self.outputs.get(name)
        return cast("dict[str, Properties]", value) if isinstance(value, dict) else {}

    def of_type(self, suffix: str) -> Iterator[Resource]:
        """The resources whose type ends with `suffix`."""
        return (one for one in self.resources if one.type.endswith(suffix))


def read(exported: str) -> Deployment:
    """The deployment in the JSON of `pulumi stack export`."""
    deployment = cast("dict[str, Any]", json.loads(exported)["deployment"])
    entries = cast("list[dict[str, Any]]", deployment.get("resources") or [])
    nothing: dict[str, Any] = {}
    stack = next((entry for entry in entries if entry["type"] == _STACK), nothing)
    resources = [
        Resource(
            entry["type"],
            entry.get("id", ""),
            cast("Properties", masked(entry.get("outputs") or {})),
        )
        for entry in entries
        if entry["type"] != _STACK and not entry["type"].startswith("pulumi:providers:")
    ]
    return Deployment(
        cast("Properties", masked(stack.get("outputs") or {})),
        tuple(resources),
        is_interrupted=bool(deployment.get("pending_operations")),
    )


def masked(value: object) -> object:
    """`value` with `[secret]` in the place of every encrypted secret."""
    if isinstance(value, dict):
        mapping = cast("dict[str, object]", value)
        if _SECRET_KEY in mapping:
            return MASK
        return {key: masked(inner) for key, inner in mapping.items()}
    if isinstance(value, list):
        return [masked(inner) for inner in cast("list[object]", value)]
    return value
