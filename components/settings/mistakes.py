"""Turns pydantic's validation errors into problems a person can act on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from components.settings.problems import Location, given, nearest, one_of
from components.settings.root import Settings

_ALLOWED: Final[Mapping[str, str]] = {
    "string_type": "a text (in quotation marks if it looks like something else)",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "tuple_type": "a list",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
}
"""What each of pydantic's type errors asks for."""


def mistakes(error: ValidationError, raw: object) -> Iterator[tuple[Location, str]]:
    """Each of pydantic's errors: the location in `raw` that it speaks of, and a problem's text."""
    for detail in error.errors(include_url=False):
        if _only_follows(detail):
            continue
        location = _location(detail["loc"], raw)
        yield location, _text(detail, location)


def _location(loc: Sequence[str | int], raw: object) -> Location:
    """Pydantic's location without what is not in the configuration: `[key]`, tags of unions."""
    location: list[str | int] = []
    last = len(loc) - 1
    for position, element in enumerate(loc):
        if isinstance(raw, Mapping):
            mapping = cast("Mapping[object, object]", raw)
            if element in mapping:
                raw = mapping[element]
            elif position != last or element == "[key]":
                continue
        elif isinstance(element, int) and isinstance(raw, Sequence):
            raw = cast("Sequence[object]", raw)[element]
        location.append(element)
    return tuple(location)


def _only_follows(detail: ErrorDetails) -> bool:
    """Whether the error follows from others: a list that is too short without its bad entries."""
    return (
        detail["type"] == "too_short"
        and len(cast("Sequence[object]", detail["input"])) >= detail.get("ctx", {})["min_length"]
    )


def _text(detail: ErrorDetails, location: Location) -> str:
    if detail["type"] == "missing":
        return f"missing; needed: {_schema_at(location).get('description', 'a value')}"
    if detail["type"] == "extra_forbidden":
        known = list(_properties(_schema_at(location[:-1])))
        return f"unknown key{nearest(str(location[-1]), known)}; {one_of(known, 'a known key')}"
    return f"{given(detail['input'], str(location[-1]))}; allowed: {_allowed(detail)}"


def _allowed(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "enum" | "literal_error":
            return str(context["expected"])
        case "too_short":
            return f"at least {context['min_length']} entry"
        case "greater_than_equal":
            return f"{context['ge']} or more"
        case "value_error":
            return str(context["error"])
        case kind:
            return _ALLOWED.get(kind, detail["msg"])


Schema = Mapping[str, object]

_CONTAINERS: Final = {"properties", "patternProperties", "items"}


def _schema_at(location: Location) -> Schema:
    """The JSON schema of what stands at `location`; empty where the schema has nothing."""
    root = Settings.model_json_schema()
    schema = _resolved(root, root)
    for element in location:
        if isinstance(element, int):
            part = schema.get("items")
        else:
            part = _properties(schema).get(element, _entries(schema))
        schema = _resolved(part, root)
    return schema


def _resolved(schema: object, root: Schema) -> Schema:
    """The schema itself, with references followed and, of a union, what other things stand in."""
    if not isinstance(schema, Mapping):
        return {}
    found = cast("Schema", schema)
    if isinstance(reference := found.get("$ref"), str):
        definitions = cast("Mapping[str, Schema]", root["$defs"])
        target = _resolved(definitions[reference.rpartition("/")[2]], root)
        return {**target, **{key: value for key, value in found.items() if key != "$ref"}}
    for union in ("anyOf", "oneOf"):
        for choice in cast("Sequence[object]", found.get(union, ())):
            resolved = _resolved(choice, root)
            if _CONTAINERS & resolved.keys():
                return {**resolved, **found}
    return found


def _properties(schema: Schema) -> Mapping[str, object]:
    return cast("Mapping[str, object]", schema.get("properties", {}))


def _entries(schema: Schema) -> object:
    """The schema of a mapping's values where its keys are the user's own."""
    patterns = cast("Mapping[str, object]", schema.get("patternProperties", {}))
    return next(iter(patterns.values()), schema.get("additionalProperties"))
