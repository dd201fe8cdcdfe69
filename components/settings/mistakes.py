"""Turns pydantic's validation errors into problems a person can act on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from components.settings.problems import Location, descend, given, nearest, one_of
from components.settings.schema import other_members, properties, schema_at

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


_ALSO_CALLED: Final = {"openIdConnect": "oidc", "nativeApp": "mobile", "daemonApp": "service"}
"""Other words for what the settings name differently."""

_TAGS: Final = ("union_tag_invalid", "union_tag_not_found")
"""Pydantic's errors about what tells the members of a union apart, such as a client's kind."""


def mistakes(error: ValidationError, raw: object) -> Iterator[tuple[Location, str]]:
    """Each of pydantic's errors: the location in `raw` that it speaks of, and a problem's text."""
    for detail in error.errors(include_url=False):
        if _only_follows(detail):
            continue
        location = _location(detail["loc"], raw)
        if detail["type"] in _TAGS:
            location = (*location, detail.get("ctx", {})["discriminator"].strip("'"))
            yield location, _wrong_tag(location, raw)
        else:
            yield location, _text(detail, location, raw)


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


def _text(detail: ErrorDetails, location: Location, raw: object) -> str:
    if detail["type"] == "missing":
        needed = schema_at(location, raw).get("description", "a value")
        return f"missing; needed: {needed}"
    if detail["type"] == "extra_forbidden":
        return _unknown_key(location, raw)
    return f"{given(detail['input'], str(location[-1]))}; allowed: {_allowed(detail)}"


def _unknown_key(location: Location, raw: object) -> str:
    *holder, key = location
    known = list(properties(schema_at(tuple(holder), raw)))
    allowed = one_of(known, "a known key")
    tag, others = other_members(tuple(holder), raw)
    having = [name for name, member in others.items() if key in properties(member)]
    if having:
        return f"a setting of {', '.join(having)}, not of {tag}; {allowed}"
    return f"unknown key{nearest(str(key), known)}; {allowed}"


def _wrong_tag(location: Location, raw: object) -> str:
    *holder, key = location
    tag, members = other_members(tuple(holder), raw)
    allowed = one_of(members, f"a {key}")
    written = descend(raw, holder)
    if not isinstance(written, Mapping) or key not in written:
        return f"missing; {allowed}"
    hint = (_short_for(tag, members) or nearest(tag, members)) if isinstance(tag, str) else ""
    return f"{given(tag, str(key))}{hint}; {allowed}"


def _short_for(tag: str, members: Iterable[str]) -> str:
    """`; nearest: …` when it is how people shorten a member: spa, native, oidc."""
    for one in members:
        words = re.findall(r"[A-Z]?[a-z]+|[A-Z]", one)
        initials = "".join(word[0] for word in words)
        if tag.lower() in (initials.lower(), words[0].lower(), _ALSO_CALLED.get(one)):
            return f"; nearest: {one}"
    return ""


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
