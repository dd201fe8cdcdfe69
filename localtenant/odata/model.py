"""How declared types make an API: entities with their navigations, actions and rules, and areas.

The engine walks the model that they make; it knows no entity by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from localtenant.odata.call import Call
    from localtenant.odata.observing import Observer
    from localtenant.odata.operations import Operation
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
        """The path without casts, as the table of operations writes it."""
        return "/".join(s for s in self.path if not s.startswith("~"))


@dataclass(frozen=True)
class References(Navigation):
    """Links to objects that live elsewhere, such as an application's owners.

    ``targets`` name the entity types at the other end. ``contained`` ones are made by a POST of
    their key instead of a ``$ref``; a ``single`` one is set by a PUT of a ``$ref``. ``inline`` is
    the place in the answer where they are shown without being asked for. A PATCH may add some by
    ``@odata.bind`` if they are ``bound_by_patch``. Links are kept under the name, or under ``of``
    where one navigation shows another's links: ``reverse`` from their other end (``memberOf``),
    ``transitive`` with the links of what they lead to (``transitiveMembers``).
    """

    targets: tuple[str, ...] = ()
    contained: bool = False
    single: bool = False
    inline: tuple[str, ...] = ()
    typed: bool = False
    bound_by_patch: bool = False
    of: str = ""
    reverse: bool = False
    transitive: bool = False

    @property
    def relation(self) -> str:
        """The name under which the links are kept."""
        return self.of or self.name


@dataclass(frozen=True)
class View(Navigation):
    """A collection below an object: those objects of type ``target`` whose ``match`` is its id.

    With ``owned`` they are a part of that object: who may not change it may not change them.
    ``named`` is the property whose value may stand in a path in the place of the key.
    """

    target: str = ""
    match: str = ""
    owned: bool = False
    named: str = ""


@dataclass(frozen=True)
class Child(Navigation):
    """A single object of type ``target`` that is a part of another and has the other's id."""

    target: str = ""


@dataclass(frozen=True)
class Stream(Navigation):
    """A media property, such as a logo: bytes of one of these content types.

    One that is not set is missed with a 404, or is ``empty_at_first``.
    """

    content_types: tuple[str, ...] = ()
    largest: int = 1_000_000
    empty_at_first: bool = False


@dataclass(frozen=True)
class Missing(Navigation):
    """A navigation, action or property path that Graph has and this tenant has not."""


@dataclass(frozen=True)
class Action:
    """An action or function: its parameters as a complex type, and what runs it.

    ``run`` gets the object that it is bound to, or an empty one for what is bound to a collection.
    It returns what the answer shows beside ``@odata.context``, for which ``returns`` stands; with
    None the answer is an empty 204. ``empty_body`` allows a request without parameters. An action
    that ``writes`` nothing only reads, although it is a POST.
    """

    name: str
    parameters: ComplexType
    run: Callable[[Call, Json, Json], Json | None]
    returns: str = ""
    empty_body: bool = False
    method: Literal["GET", "POST"] = "POST"
    status: int = 200
    writes: bool = True


@dataclass(frozen=True)
class Entity:
    """An entity type with everything that makes it usable.

    A PATCH of most entities is answered with 204, of one that is ``shown_when_changed`` with 200
    and the object.
    """

    type: EntityType
    rules: Rules
    navigations: tuple[Navigation, ...] = ()
    actions: tuple[Action, ...] = ()
    shown_when_changed: bool = False

    @cached_property
    def references(self) -> Mapping[str, References]:
        """The navigations that a body may set by ``@odata.bind``, by name."""
        linking = (n for n in self.navigations if isinstance(n, References))
        return {n.name: n for n in linking if not n.of}


@dataclass(frozen=True)
class EntitySet:
    """A collection at a path of its own, or with ``singleton`` one object.

    ``types`` name the entity types in it; with more than one, items carry ``@odata.type``, and with
    ``cast_demanded`` the collection may be listed only through a cast. ``deleted`` means the
    deleted items of these types. ``actions`` are bound to its items, ``collection_actions`` to the
    collection. ``singleton`` tells the key of the one object. ``@odata.context`` calls the set by
    its path, or by ``place`` if that is another name; it is listed in the order of creation, or
    with the ``newest_first``.
    """

    path: str
    types: tuple[str, ...]
    deleted: bool = False
    cast_demanded: bool = False
    actions: tuple[Action, ...] = ()
    collection_actions: tuple[Action, ...] = ()
    singleton: Callable[[Call], str] | None = None
    place: str = ""
    newest_first: bool = False


@dataclass(frozen=True)
class Seeded:
    """Objects of a type that every tenant has from its start.

    What is there already is left alone, or is replaced if it is ``fixed``: nobody else changes it.
    """

    type: EntityType
    objects: tuple[Mapping[str, object], ...]
    fixed: bool = False


@dataclass(frozen=True)
class Area:
    """What one part of Graph contributes to the model.

    ``missing`` are paths that Graph has and this tenant has not. ``observers`` hear of every write
    that succeeded, inside its transaction.
    """

    sets: tuple[EntitySet, ...] = ()
    entities: tuple[Entity, ...] = ()
    operations: tuple[Operation, ...] = ()
    missing: tuple[str, ...] = ()
    observers: tuple[Observer, ...] = ()
    seeded: tuple[Seeded, ...] = ()
