"""What the settings' JSON schema says of a place in the configuration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

from components.settings.problems import Location, descend
from components.settings.root import Settings

Schema = Mapping[str, object]

_CONTAINERS: Final = {"properties", "patternProperties", "items"}


def schema_at(location: Location, raw: object) -> Schema:
    """The schema of what stands at `location` of `raw`; empty where the schema has nothing."""
    root = Settings.model_json_schema()
    schema = _resolved(root, root, raw)
    for place, element in enumerate(location):
        if isinstance(element, int):
            part = schema.get("items")
        else:
            part = properties(schema).get(element, _entries(schema))
        schema = _resolved(part, root, descend(raw, location[: place + 1]))
    return schema


def properties(schema: Schema) -> Mapping[str, object]:
    """The schemas of a mapping's keys, where they are the settings' own."""
    return cast("Mapping[str, object]", schema.get("properties", {}))


def other_members(location: Location, raw: object) -> tuple[object, Mapping[str, Schema]]:
    """What tells the mapping at `location` from the union's other members, and these by theirs.

    Nothing, and none, where the mapping is of no union.
    """
    root = Settings.model_json_schema()
    found: Schema = schema_at(location[:-1], raw) if location else {}
    union = _entries(found)
    if not isinstance(union, Mapping) or "discriminator" not in union:
        return None, {}
    tag, members = _members(cast("Schema", union), root)
    written = descend(raw, location)
    told = cast("Schema", written).get(tag) if isinstance(written, Mapping) else None
    return told, {name: one for name, one in members.items() if name != told}


def _resolved(schema: object, root: Schema, value: object) -> Schema:
    """The schema itself, with references followed and, of a union, what other things stand in."""
    if not isinstance(schema, Mapping):
        return {}
    found = cast("Schema", schema)
    if isinstance(reference := found.get("$ref"), str):
        target = _resolved(_definition(reference, root), root, value)
        return {**target, **{key: value for key, value in found.items() if key != "$ref"}}
    if "discriminator" in found:
        tag, members = _members(found, root)
        told = cast("Schema", value).get(tag) if isinstance(value, Mapping) else None
        return members.get(str(told), {})
    for union in ("anyOf", "oneOf"):
        for choice in cast("Sequence[object]", found.get(union, ())):
            resolved = _resolved(choice, root, value)
            if _CONTAINERS & resolved.keys():
                return {**resolved, **found}
    return found


def _members(union: Schema, root: Schema) -> tuple[str, Mapping[str, Schema]]:
    """The key that tells the members of a union apart, and the members by its values."""
    discriminator = cast("Mapping[str, object]", union["discriminator"])
    names = {one: name for name, one in cast("Mapping[str, str]", discriminator["mapping"]).items()}
    choices = cast("Sequence[Mapping[str, str]]", union["oneOf"])
    members = {names[one["$ref"]]: _definition(one["$ref"], root) for one in choices}
    return str(discriminator["propertyName"]), members


def _definition(reference: str, root: Schema) -> Schema:
    return cast("Mapping[str, Schema]", root["$defs"])[reference.rpartition("/")[2]]


def _entries(schema: Schema) -> object:
    """The schema of a mapping's values where its keys are the user's own."""
    patterns = cast("Mapping[str, object]", schema.get("patternProperties", {}))
    return next(iter(patterns.values()), schema.get("additionalProperties"))
