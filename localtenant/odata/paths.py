"""Graph's paths: from the segments of a URL to the part of the model that they name.

Segments are matched without regard to letter case. Keys may stand in parentheses or in a segment of
their own, casts may use ``microsoft.graph.`` or the short ``graph.`` that Microsoft's SDKs send.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from localtenant.odata.errors import gateway, not_implemented
from localtenant.odata.model import (
    Action,
    Container,
    Entity,
    EntitySet,
    Missing,
    Model,
    Navigation,
    References,
    View,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_CAST = re.compile(r"(?:microsoft\.)?graph\.(\w+)", re.IGNORECASE)
_IN_PARENTHESES = re.compile(r"([\w$.]+)\((?:(\w+)=)?'?((?:[^']|'')*?)'?\)")


@dataclass(frozen=True)
class Route:
    """What a path names. ``template`` is the path with ``{id}`` for keys and without casts.

    ``entity`` is the declared type at the end of ``collection``; ``key`` selects one item, by the
    property ``key_name`` if that is an alternate key. ``navigation`` and ``navigation_key`` go on
    from there, ``reference`` says that the path ends in ``$ref``.
    """

    template: str
    collection: EntitySet
    entity: Entity
    cast: bool = False
    key: str | None = None
    key_name: str = ""
    navigation: References | View | None = None
    navigation_key: str | None = None
    reference: bool = False
    action: Action | None = None


def resolve(model: Model, path: str) -> Route:
    """The route of a decoded path below the version, such as ``applications/{id}/owners/$ref``.

    Raises the gateway's 400 for a segment that the model does not have, and 501 for one that Graph
    has and this tenant has not.
    """
    segments = [s for s in path.split("/") if s]
    here: Container | EntitySet = model.root
    template = ""
    while isinstance(here, Container):
        if not segments:
            raise gateway("Resource not found for the segment ''.")
        name = segments[0].partition("(")[0]
        here = _child(here, name)
        template += f"/{here.name}"
        segments = _open_parentheses(segments[0]) + segments[1:]
        segments.pop(0)
    route = Route(template, here, model.entities[here.types[0]])
    return _below_set(model, route, segments)


def _child(container: Container, name: str) -> Container | EntitySet:
    for child in container.children:
        if child.name.lower() == name.lower():
            return child
    for missing in container.missing:
        if missing.lower() == name.lower():
            raise not_implemented(f"'{missing}'")
    raise gateway(f"Resource not found for the segment '{name}'.")


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
        route = _cast(model, route, cast.group(1))
        segments = segments[1:]
    if not segments:
        return route
    key = segments[0]
    if key.startswith("$"):
        raise not_implemented(f"'{key}' of a collection")
    key_name, equals, value = key.partition("=")
    if equals and key_name in route.entity.type.alternate_keys:
        route = replace(route, key=value, key_name=key_name)
    else:
        route = replace(route, key=key)
    return _below_item(replace(route, template=f"{route.template}/{{id}}"), segments[1:])


def _cast(model: Model, route: Route, name: str) -> Route:
    for type_name in route.collection.types:
        entity = model.entities[type_name]
        if name.lower() in {type_name.lower(), *(d.name.lower() for d in entity.type.derived)}:
            return replace(route, entity=entity, cast=True)
    raise gateway(f"Resource not found for the segment 'microsoft.graph.{name}'.")


def _below_item(route: Route, segments: Sequence[str]) -> Route:
    if not segments:
        return route
    first = segments[0].lower()
    for action in (*route.collection.actions, *route.entity.actions):
        if first in {action.name.lower(), f"microsoft.graph.{action.name}".lower()}:
            if len(segments) > 1:
                raise gateway(f"Resource not found for the segment '{segments[1]}'.")
            return replace(route, template=f"{route.template}/{action.name}", action=action)
    for navigation in route.entity.navigations:
        rest = _follow(route.entity, navigation, segments)
        if rest is not None:
            return _below_navigation(route, navigation, rest)
    cast = _CAST.fullmatch(segments[0])
    own = {route.entity.type.name.lower(), *(b.lower() for b in route.entity.type.bases)}
    if cast and cast.group(1).lower() in own:
        return _below_item(route, segments[1:])
    if segments[0] in route.entity.type.by_name:
        raise not_implemented(f"a path to the property '{segments[0]}'")
    raise gateway(f"Resource not found for the segment '{segments[0]}'.")


def _follow(entity: Entity, navigation: Navigation, segments: Sequence[str]) -> list[str] | None:
    """What is left of ``segments`` behind the navigation's own path, or None if it is not there."""
    rest = list(segments)
    cast = _CAST.fullmatch(rest[0])
    if cast and cast.group(1).lower() == entity.type.name.lower() and navigation.path[0][0] != "~":
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


def _below_navigation(route: Route, navigation: Navigation, rest: list[str]) -> Route:
    if isinstance(navigation, Missing) or not isinstance(navigation, References | View):
        raise not_implemented(f"'{navigation.name}' of {route.entity.type.name}")
    template = f"{route.template}/{navigation.template}"
    key: str | None = None
    if rest and rest[0] != "$ref":
        if rest[0].startswith("$") or _CAST.fullmatch(rest[0]):
            raise not_implemented(f"'{rest[0]}' of '{navigation.name}'")
        key, template, rest = rest[0], f"{template}/{{id}}", rest[1:]
    reference = bool(rest) and rest[0] == "$ref" and isinstance(navigation, References)
    if reference:
        template, rest = f"{template}/$ref", rest[1:]
    if rest:
        raise gateway(f"Resource not found for the segment '{rest[0]}'.")
    return replace(
        route,
        template=template,
        navigation=navigation,
        navigation_key=key,
        reference=reference,
    )
