"""How declared types make an API: entities with their navigations, actions and rules, and the tree.

The engine walks this model; it knows no entity by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from localtenant.odata.call import Call
    from localtenant.odata.rules import Rules
    from localtenant.odata.types import ComplexType, EntityType, Json


@dataclass(frozen=True)
class Navigation:
    """What all navigations have: a name, and the segments of their path below the entity.

    A segment that starts with ``~`` is a type cast that the path must carry.
    """

    name: str
    segments: tuple[str, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """The segments, by default the name alone."""
        return self.segments or (self.name,)

    @property
    def template(self) -> str:
        """The path without casts, as the table of permissions writes it."""
        return "/".join(s for s in self.path if not s.startswith("~"))


@dataclass(frozen=True)
class References(Navigation):
    """Links to objects that live elsewhere, such as an application's owners.

    ``targets`` name the entity types at the other end. ``contained`` ones are made by a POST of
    their key instead of a ``$ref``. ``inline`` is the place in the answer where they are shown
    without being asked for.
    """

    targets: tuple[str, ...] = ()
    contained: bool = False
    inline: tuple[str, ...] = ()
    typed: bool = False


@dataclass(frozen=True)
class View(Navigation):
    """Objects of another collection whose property ``match`` is this object's id."""

    target: str = ""
    match: str = ""
    methods: frozenset[str] = frozenset({"GET"})


@dataclass(frozen=True)
class Missing(Navigation):
    """A navigation, action or property path that Graph has and this tenant has not."""


@dataclass(frozen=True)
class Action:
    """An action bound to an entity: POST, with its parameters as a complex type."""

    name: str
    parameters: ComplexType
    run: Callable[[Call, Json, Json], Json | None]
    returns: str = ""
    empty_body: bool = False


@dataclass(frozen=True)
class Entity:
    """An entity type with everything that makes it usable."""

    type: EntityType
    rules: Rules
    navigations: tuple[Navigation, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def bindable(self) -> frozenset[str]:
        """The navigations that a body may set by ``@odata.bind``."""
        return frozenset(n.name for n in self.navigations if isinstance(n, References))


@dataclass(frozen=True)
class EntitySet:
    """A collection at a path of its own.

    ``types`` name the entity types in it; with more than one, items carry ``@odata.type`` and the
    collection may be listed only through a cast. ``methods`` are those of the collection,
    ``item_methods`` those of a single item. ``deleted`` means the deleted items of these types.
    """

    name: str
    types: tuple[str, ...]
    methods: frozenset[str] = frozenset({"GET", "POST"})
    item_methods: frozenset[str] = frozenset({"GET", "PATCH", "DELETE"})
    deleted: bool = False
    cast_demanded: bool = False
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Container:
    """A singleton that only leads on, such as ``/identity``."""

    name: str
    children: tuple[EntitySet | Container, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Model:
    """The whole API: the tree of paths and the entities by the name of their type."""

    root: Container
    entities: Mapping[str, Entity]

    @classmethod
    def of(cls, root: Container, entities: Iterable[Entity]) -> Model:
        """A model of a tree and of entities, abstract bases filed under their own names."""
        return cls(root, {e.type.name: e for e in entities})

    def filed_as(self, kind: str) -> Entity:
        """The entity whose objects the store files under ``kind``."""
        return next(e for e in self.entities.values() if e.type.filed_as == kind)
