"""Graph's paths: from the segments of a URL to the part of the model that they name.

Segments are matched without regard to letter case. Keys may stand in parentheses or in a segment of
their own, casts may use ``microsoft.graph.`` or the short ``graph.`` that Microsoft's SDKs send.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from localtenant.odata.errors import gateway, not_implemented
from localtenant.odata.model import Child, References, Stream, View
from localtenant.odata.route import Route
from localtenant.odata.tree import Container

if TYPE_CHECKING:
    from collections.abc import Iterable

    from localtenant.odata.model import Action, Entity, EntitySet, Navigation
    from localtenant.odata.tree import Model

_CAST = re.compile(r"(?:microsoft\.)?graph\.(\w+)", re.IGNORECASE)
_IN_PARENTHESES = re.compile(r"([\w$.]+)\((?:(\w+)=)?'?((?:[^']|'')*?)'?\)")
_COUNT, _REFERENCE, _VALUE, _DELTA = "$count", "$ref", "$value", "delta"


def resolve(model: Model, path: str) -> Route:
    """The route of a path below the version, such as ``applications/{id}/owners/$ref``.

    It may be percent-encoded: what is encoded does not separate segments.

    Raises the gateway's 400 for a segment that the model does not have, and 501 for one that Graph
    has and this tenant has not.
    """
    segments = [unquote(s) for s in path.split("/") if s]
    here: Container | EntitySet = model.root
    while isinstance(here, Container):
        if not segments:
            raise _unknown("")
        name, *opened = _open_parentheses(segments[0])
        here = _child(here, name)
        segments = [*opened, *segments[1:]]
    entity = model.entities[here.types[0]]
    route = Route(f"/{here.path}", here.place or here.path, entity, collection=here)
    if here.singleton:
        return _below_item(model, replace(route, item=True), segments)
    return _below_set(model, route, segments)


def _unknown(segment: str) -> Exception:
    return gateway(f"Resource not found for the segment '{segment}'.")


def _child(container: Container, name: str) -> Container | EntitySet:
    found = container.children.get(name.lower())
    if found is not None:
        return found
    if name.lower() in container.missing:
        raise not_implemented(f"'{container.missing[name.lower()]}'")
    raise _unknown(name)


def _open_parentheses(segment: str) -> list[str]:
    """``applications('1')`` as ``applications`` and its key, as if they were two segments."""
    match = _IN_PARENTHESES.fullmatch(segment)
    if match is None:
        return [segment]
    name, key_name, key = match.groups()
    key = key.replace("''", "'")
    return [name, f"{key_name}={key}" if key_name else key]


def _below_set(model: Model, route: Route, segments: list[str]) -> Route:
    if segments and (cast := _CAST.fullmatch(segments[0])):
        narrowed = _cast(model, route, cast.group(1))
        if narrowed is not None:
            route, segments = narrowed, segments[1:]
    if not segments:
        return route
    first = segments[0]
    actions = route.collection.collection_actions if route.collection else ()
    action = _action_named(first, actions)
    if action:
        return _at_end(replace(route, action=action), action.name, segments)
    if first.lower() == _COUNT:
        return _at_end(replace(route, counted=True), "", segments)
    if first.startswith("$") or (route.entity.type.directory and _bare(first) == _DELTA):
        raise not_implemented(f"'{first}' of a collection")
    key_name, equals, value = first.partition("=")
    if equals and key_name == route.entity.type.key:
        first = value
    if equals and key_name in route.entity.type.alternate_keys:
        route = replace(route, key=value, key_name=key_name, place=f"{route.place}({first})")
    else:
        route = replace(route, key=first, place=f"{route.place}('{first}')")
    route = replace(route, template=f"{route.template}/{{id}}", item=True)
    return _below_item(model, route, segments[1:])


def _at_end(route: Route, name: str, segments: list[str]) -> Route:
    """``route`` with ``name`` added to its template, if nothing follows the first segment."""
    if len(segments) > 1:
        raise _unknown(segments[1])
    return replace(route, template=f"{route.template}/{name}") if name else route


def _cast(model: Model, route: Route, name: str) -> Route | None:
    """The route narrowed to a type; None if the segment names no type of the collection."""
    types = route.collection.types if route.collection else (route.entity.type.name,)
    for type_name in types:
        entity = model.entities[type_name]
        if name.lower() in _type_names(entity):
            derived = (d for d in entity.type.derived if d.name.lower() == name.lower())
            narrowed = next((f"#{d.full_name}" for d in derived), "")
            return replace(route, entity=entity, cast=True, narrowed=narrowed)
    if route.collection and _action_named(name, route.collection.collection_actions):
        return None
    raise _unknown(f"microsoft.graph.{name}")


def _type_names(entity: Entity) -> set[str]:
    type_ = entity.type
    names = (type_.name, *type_.bases, *(d.name for d in type_.derived))
    return {n.lower() for n in names}


def _action_named(segment: str, actions: Iterable[Action]) -> Action | None:
    name = _bare(segment)
    return next((a for a in actions if a.name.lower() == name), None)


def _bare(segment: str) -> str:
    """The name of a function or an action in a segment, in lower case."""
    return segment.lower().removeprefix("microsoft.graph.").removesuffix("()")


def _below_item(model: Model, route: Route, segments: list[str]) -> Route:
    if not segments:
        return route
    first = segments[0]
    bound = route.collection.actions if route.collection else ()
    action = _action_named(first, (*bound, *route.entity.actions))
    if action:
        return _at_end(replace(route, action=action), action.name, segments)
    for navigation in route.entity.navigations:
        rest = _follow(route.entity, navigation, segments)
        if rest is not None:
            return _below_navigation(model, route, navigation, rest)
    cast = _CAST.fullmatch(first)
    if cast and cast.group(1).lower() in _type_names(route.entity):
        return _below_item(model, route, segments[1:])
    if first in route.entity.type.everywhere and not route.entity.type.everywhere[first].hidden:
        raw = [s.lower() for s in segments[1:]] == [_VALUE]
        rest = segments[:1] if raw else segments
        return _at_end(replace(route, prop=first, raw=raw), "", rest)
    raise _unknown(first)


def _follow(entity: Entity, navigation: Navigation, segments: list[str]) -> list[str] | None:
    """What is left of ``segments`` behind the navigation's own path, or None if it is not there."""
    rest = segments
    cast = _CAST.fullmatch(rest[0])
    if cast and navigation.path[0][0] != "~" and cast.group(1).lower() in _type_names(entity):
        rest = rest[1:]
    for expected in navigation.path:
        if not rest:
            return None
        head, *opened = _open_parentheses(rest[0])
        if expected.startswith("~"):
            found = _CAST.fullmatch(head)
            if not found or found.group(1).lower() != expected[1:].lower():
                return None
        elif head.lower() != expected.lower():
            return None
        rest = [*opened, *rest[1:]]
    return rest


def _below_navigation(model: Model, route: Route, navigation: Navigation, rest: list[str]) -> Route:
    template = f"{route.template}/{navigation.template}"
    place = f"{route.place}/{navigation.template}"
    if isinstance(navigation, View | Child):
        entity = model.entities[navigation.target]
        part = Route(template, place, entity, owner=route, via=navigation)
        if isinstance(navigation, Child):
            return _below_item(model, replace(part, item=True), rest)
        return _below_set(model, part, rest)
    if isinstance(navigation, Stream):
        rest = rest[1:] if [s.lower() for s in rest] == [_VALUE] else rest
        return _at_end(replace(route, stream=navigation), navigation.name, ["", *rest])
    if isinstance(navigation, References):
        found = replace(route, template=template, place=place, navigation=navigation)
        return _below_references(model, found, navigation, rest)
    raise not_implemented(f"'{navigation.name}' of {route.entity.type.name}")


def _below_references(model: Model, route: Route, navigation: References, rest: list[str]) -> Route:
    if rest and (cast := _CAST.fullmatch(rest[0])):
        entities = [model.entities[t] for t in navigation.targets]
        wanted = next((e for e in entities if cast.group(1).lower() in _type_names(e)), None)
        if wanted is None:
            raise _unknown(rest[0])
        route, rest = replace(route, navigation_cast=wanted), rest[1:]
    if rest and rest[0].lower() == _COUNT:
        return _at_end(replace(route, counted=True), "", rest)
    if rest and rest[0].lower() != _REFERENCE and not navigation.single:
        if rest[0].startswith("$"):
            raise not_implemented(f"'{rest[0]}' of '{navigation.name}'")
        route = replace(route, navigation_key=rest[0], template=f"{route.template}/{{id}}")
        rest = rest[1:]
    if rest and rest[0].lower() == _REFERENCE:
        return _at_end(replace(route, reference=True), _REFERENCE, rest)
    if rest:
        raise _unknown(rest[0])
    return route
