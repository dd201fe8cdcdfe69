"""The local tenant's operations as requests: their paths with the casts that its table omits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from localtenant.entities import MODEL
from localtenant.odata.paths import resolve

if TYPE_CHECKING:
    from localtenant.odata.operations import Operation
    from localtenant.odata.route import Route


@dataclass(frozen=True)
class Shape:
    """An operation, its path with casts, what that names, and the kinds behind its keys."""

    operation: Operation
    path: str
    route: Route = field(repr=False)
    kinds: tuple[str, ...]


_CASTS = {
    f"/{navigation.template}": "/" + "/".join(navigation.path).replace("~", "microsoft.graph.")
    for entity in MODEL.entities.values()
    for navigation in entity.navigations
    if any(segment.startswith("~") for segment in navigation.path)
}
_DEMANDED = "/microsoft.graph.application"


def with_casts(path: str) -> str:
    """A path as the table of operations writes it, with the casts that Graph demands in it."""
    for template, way in _CASTS.items():
        path = path.replace(template, way)
    return path


def _shape(operation: Operation) -> Shape:
    path = with_casts(operation.path)
    pieces = path.split("{id}")
    listed = resolve(MODEL, path.replace("{id}", "x"))
    if listed.collection and listed.collection.cast_demanded and not listed.item:
        path += "" if listed.action else _DEMANDED
    kinds: list[str] = []
    for i in range(1, len(pieces)):
        route = resolve(MODEL, "{id}".join(pieces[:i]).replace("{id}", "x") + "x")
        targets = route.navigation.targets if route.navigation else (route.entity.type.name,)
        kinds.append(MODEL.entities[targets[0]].type.filed_as)
    return Shape(operation, path, resolve(MODEL, path.replace("{id}", "x")), tuple(kinds))


SHAPES = tuple(
    _shape(operation)
    for _, methods in sorted(MODEL.operations.items())
    for _, operation in sorted(methods.items())
)
