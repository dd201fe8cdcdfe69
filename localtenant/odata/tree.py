"""The whole API as one model: a tree of paths, made of areas, and what lives at its leaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from localtenant.odata.model import Area, Entity, EntitySet, Seeded
    from localtenant.odata.observing import Observer
    from localtenant.odata.operations import Operation


@dataclass
class Container:
    """A segment of a path that only leads on, such as ``/identity``; names are in lower case."""

    children: dict[str, EntitySet | Container] = field(
        default_factory=dict[str, "EntitySet | Container"]
    )
    missing: dict[str, str] = field(default_factory=dict[str, str])

    def below(self, segment: str) -> Container:
        """The container under a segment, made if there is none."""
        found = self.children.setdefault(segment.lower(), Container())
        if not isinstance(found, Container):
            message = f"{segment} is a collection and cannot lead on"
            raise TypeError(message)
        return found


@dataclass(frozen=True)
class Model:
    """The whole API: the tree of paths, the entities by the name of their type, the operations.

    ``operations`` are by path template and method. What is not among them is not allowed.
    ``homes`` are the paths of the collections in which types of objects live, by their names.
    """

    root: Container
    entities: Mapping[str, Entity]
    operations: Mapping[str, Mapping[str, Operation]]
    homes: Mapping[str, str] = field(default_factory=dict[str, str])
    observers: tuple[Observer, ...] = ()
    seeded: tuple[Seeded, ...] = ()

    @classmethod
    def of(cls, areas: Iterable[Area]) -> Model:
        """A model of areas."""
        root = Container()
        entities: dict[str, Entity] = {}
        operations: dict[str, dict[str, Operation]] = {}
        homes: dict[str, str] = {}
        observers: list[Observer] = []
        seeded: list[Seeded] = []
        for area in areas:
            for collection in area.sets:
                *way, last = collection.path.split("/")
                _container(root, way).children[last.lower()] = collection
                for type_name in collection.types:
                    homes.setdefault(type_name, collection.path)
            for path in area.missing:
                *way, last = path.split("/")
                _container(root, way).missing[last.lower()] = last
            entities |= {e.type.name: e for e in area.entities}
            for operation in area.operations:
                operations.setdefault(operation.path, {})[operation.method] = operation
            observers += area.observers
            seeded += area.seeded
        return cls(root, entities, operations, homes, tuple(observers), tuple(seeded))

    @cached_property
    def by_kind(self) -> Mapping[str, Entity]:
        """The entities by what the store files their objects under."""
        return {e.type.filed_as: e for e in self.entities.values()}

    def home_of(self, kind: str | None) -> str:
        """The collection that the URL of a reference names, by what its target is filed under."""
        entity = self.by_kind.get(kind or "")
        if entity is None or entity.type.directory:
            return "directoryObjects"
        return self.homes.get(entity.type.name, "directoryObjects")

    def filed_as(self, kind: str) -> Entity:
        """The entity whose objects the store files under ``kind``."""
        return self.by_kind[kind]


def _container(root: Container, way: Iterable[str]) -> Container:
    for segment in way:
        root = root.below(segment)
    return root
