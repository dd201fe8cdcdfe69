"""Property values: between Pulumi's `PropertyValue` and plain Python data.

Plain data is what JSON has (None, bool, int, float, str, list, dict), plus `UNKNOWN` in a preview
for what another resource will only say once it exists. Secrets are unwrapped: the engine remembers
which inputs were secret, because this plugin does not declare that it accepts secrets; secret
outputs are marked on the way back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, TypeGuard, cast

from pulumi.provider.experimental.property_value import Computed, PropertyValue
from pulumi.runtime import rpc

Properties = dict[str, Any]
"""A resource's inputs or outputs, or a Graph body: plain data by name."""

UNKNOWN: Final[str] = rpc.UNKNOWN
"""Stands for a value of any type that is not known yet."""


def is_unknown(value: object) -> bool:
    """Tell whether `value` is, or contains, something that is not known yet."""
    if is_list(value):
        return any(is_unknown(item) for item in value)
    if is_object(value):
        return any(is_unknown(item) for item in value.values())
    return value == UNKNOWN


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Tell whether `value` is a list of plain data."""
    return isinstance(value, list)


def is_object(value: object) -> TypeGuard[Properties]:
    """Tell whether `value` is an object of plain data."""
    return isinstance(value, dict)


def plain_map(values: Mapping[str, PropertyValue]) -> Properties:
    """Return a property map as plain data, without nulls and the engine's own (`__defaults`)."""
    return {
        name: plain(value)
        for name, value in values.items()
        if value.value is not None and not name.startswith("__")
    }


def plain(value: PropertyValue) -> object:
    """Return one property value as plain data; whole numbers as int."""
    content = value.value
    if isinstance(content, Computed):
        return UNKNOWN
    if isinstance(content, float) and content.is_integer():
        return int(content)
    if isinstance(content, Mapping):
        return plain_map(content)
    if isinstance(content, Sequence) and not isinstance(content, str):
        return [plain(item) for item in content]
    return content


def rich_map(values: Properties, secrets: Collection[str] = ()) -> dict[str, PropertyValue]:
    """Return plain data as a property map, the properties named in `secrets` as secrets."""
    return {
        name: rich(value).with_secret(name in secrets and value is not None)
        for name, value in values.items()
    }


def rich(value: object) -> PropertyValue:
    """Return plain data as one property value."""
    if isinstance(value, bool) or value is None:
        return PropertyValue(value)
    if isinstance(value, int | float):
        return PropertyValue(float(value))
    if isinstance(value, dict):
        return PropertyValue(rich_map(cast("Properties", value)))
    if isinstance(value, list):
        return PropertyValue([rich(item) for item in cast("list[object]", value)])
    return PropertyValue(str(value))
