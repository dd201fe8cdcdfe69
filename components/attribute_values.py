"""Warns of the values that users have for custom attributes that a change takes away.

A preview shows that an attribute goes, and not what goes with it. What there was is what the last
update has recorded: a program itself knows only what is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import pulumi
from pulumi.runtime import invoke, is_dry_run

from components.settings.user_attribute import plain_name
from components.user_attribute import UserAttributeArgs
from providers.user_flow_attribute import UserFlowAttribute

_OUTPUTS: Final = "pulumi:pulumi:readStackOutputs", "name"
_RESOURCES: Final = "pulumi:pulumi:readStackResourceOutputs", "stackName"
"""Functions of the engine itself, behind Pulumi's stack references, and their argument.

Nothing is declared by them.
"""

Counter = Callable[[Sequence[str]], Mapping[str, int | str]]
"""How many users have a value, by the id of the attribute, or why that cannot be told."""


@dataclass(frozen=True)
class _Recorded:
    """An attribute as the last update has left it."""

    id: str
    display_name: str
    force_destroy: bool

    def __str__(self) -> str:
        return f"user attribute '{self.display_name}' ({self.id})"


def warn_of_values(name: str, wanted: Mapping[str, UserAttributeArgs], count: Counter) -> None:
    """Warn of each attribute of the `CustomerTenant` `name` that goes, or may go, with values.

    Nothing is asked of the tenant where no attribute goes and none has `force_destroy`. Only a
    preview warns, with which an update begins: during the update itself the engine writes the
    state, and a reader may find half of it.
    """
    if not is_dry_run():
        return
    recorded = dict(_recorded(name))
    going = [one for key, one in recorded.items() if not _stays(key, one, wanted)]
    forced = [
        one for key, one in recorded.items() if one not in going and wanted[key].force_destroy
    ]
    if not going and not forced:
        return
    users = count([one.id for one in (*going, *forced)])
    for one in going:
        number = users[one.id]
        if isinstance(number, str):
            unknown = f"How many users have one could not be told: {number}"
            pulumi.log.warn(f"{_fate(one, 'users have')} {unknown}")
        elif number:
            pulumi.log.warn(_fate(one, _have(number)))
    for one in forced:
        number = users[one.id]
        if isinstance(number, int) and number:
            pulumi.log.warn(f"{_have(number)} a value for the {one}, which has forceDestroy.")


def _fate(one: _Recorded, have: str) -> str:
    if one.force_destroy:
        return f"The {one} is deleted, and with it the values that {have} for it."
    return (
        f"The {one} is taken out of the configuration. It stays in the tenant, with the values "
        f"that {have} for it, and this stack lets go of it."
    )


def _have(number: int) -> str:
    return "1 user has" if number == 1 else f"{number} users have"


def _stays(key: str, one: _Recorded, wanted: Mapping[str, UserAttributeArgs]) -> bool:
    """Whether it is still wanted, under a name that makes the same id."""
    if key not in wanted:
        return False
    name = wanted[key].display_name
    return plain_name(key if name is None else name) == plain_name(one.display_name)


def _recorded(name: str) -> Iterator[tuple[str, _Recorded]]:
    """What the last update has recorded, by key; nothing before the first one."""
    ids = cast("Mapping[str, str]", _read(*_OUTPUTS).get("attributes") or {})
    if not ids:
        return
    for urn, resource in _read(*_RESOURCES).items():
        _, kind, own = urn.rsplit("::", 2)
        key = own.removeprefix(f"{name}-")
        if kind.rpartition("$")[2] == UserFlowAttribute.type_token() and key in ids:
            outputs = resource["outputs"]
            forced = outputs.get("forceDestroy") is True
            yield key, _Recorded(ids[key], outputs["displayName"], forced)


def _read(function: str, argument: str) -> Mapping[str, Any]:
    own = f"{pulumi.get_organization()}/{pulumi.get_project()}/{pulumi.get_stack()}"
    return cast("Mapping[str, Any]", invoke(function, {argument: own}).value["outputs"])
