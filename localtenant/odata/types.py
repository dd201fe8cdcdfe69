"""Declared OData types: what the engine knows of an entity before any rule of its own runs.

Names, types, nullability and enum members follow the metadata that Microsoft publishes for Graph
(``https://graph.microsoft.com/v1.0/$metadata``). A declaration is data only; behaviour that belongs
to one entity stands beside its declaration, as its :class:`~localtenant.odata.rules.Rules`.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAMESPACE = "microsoft.graph"

Json = dict[str, Any]
"""A JSON object as Graph writes it: camelCase property names to JSON values."""


@dataclass(frozen=True)
class Primitive:
    """A primitive type, by its Edm name (``Edm.String``)."""

    name: str


STRING = Primitive("Edm.String")
BOOLEAN = Primitive("Edm.Boolean")
INT32 = Primitive("Edm.Int32")
INT64 = Primitive("Edm.Int64")
GUID = Primitive("Edm.Guid")
DATE_TIME = Primitive("Edm.DateTimeOffset")
BINARY = Primitive("Edm.Binary")


@dataclass(frozen=True)
class EnumType:
    """An enumeration: its name without namespace, and its members as Graph spells them.

    A value of one with ``flags`` may join several members by commas; Graph writes them in the order
    in which they are declared.
    """

    name: str
    members: tuple[str, ...]
    flags: bool = False

    def member(self, text: str) -> str | None:
        """The member that ``text`` names in any letter case, or None."""
        return next((m for m in self.members if m.lower() == text.lower()), None)


@dataclass(frozen=True)
class Property:
    """One property of a complex or entity type.

    ``default`` is the value of an object that never had one; :data:`INITIAL` stands for "the
    complex type with its own defaults". ``required`` properties must be there at creation.
    ``select_only`` properties are answered only when ``$select`` names them, ``beta_only`` ones
    exist under ``/beta`` alone; ``hidden`` ones are the tenant's own, never set or shown.
    ``navigation`` marks a navigation property that a body may carry inline; it is never kept in the
    document itself.
    """

    name: str
    type: Primitive | EnumType | ComplexType = STRING
    collection: bool = False
    nullable: bool = True
    required: bool = False
    read_only: bool = False
    default: Any = None
    max_length: int | None = None
    select_only: bool = False
    beta_only: bool = False
    hidden: bool = False
    navigation: bool = False

    @property
    def type_name(self) -> str:
        """The type as OData's messages write it, for example ``Collection(Edm.String)``."""
        name = (
            self.type.name if isinstance(self.type, Primitive) else f"{NAMESPACE}.{self.type.name}"
        )
        return f"Collection({name})" if self.collection else name

    def initial(self) -> Any:  # noqa: ANN401 - any JSON value
        """A fresh copy of the value that an object has before anybody set the property."""
        if self.default is INITIAL:
            if not isinstance(self.type, ComplexType):
                message = f"{self.name} is not of a complex type"
                raise TypeError(message)
            return self.type.complete({})
        if self.collection and self.default is None and not self.nullable:
            return []
        return copy.deepcopy(self.default)


INITIAL = object()
"""Default of a complex property that is never null: the type's own defaults."""


def text(name: str, **options: Any) -> Property:  # noqa: ANN401 - Property's own options
    """A nullable string property."""
    return Property(name, STRING, **options)


def flag(name: str, **options: Any) -> Property:  # noqa: ANN401 - Property's own options
    """A boolean property."""
    return Property(name, BOOLEAN, **options)


def texts(name: str, **options: Any) -> Property:  # noqa: ANN401 - Property's own options
    """A collection of strings that is never null."""
    return many(name, STRING, **options)


def many(name: str, type_: Primitive | EnumType | ComplexType, **options: Any) -> Property:  # noqa: ANN401
    """A collection that is empty, never null, unless the options say otherwise."""
    return Property(name, type_, collection=True, **{"nullable": False, **options})


def is_object(value: object) -> TypeGuard[Json]:
    """Whether a JSON value is an object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Whether a JSON value is an array."""
    return isinstance(value, list)


def child(value: Json | None, name: str) -> Json:
    """The object under ``name``; an empty one where there is none."""
    found: Json | None = value.get(name) if value else None
    return found or {}


def children(value: Json | None, name: str) -> list[Json]:
    """The array of objects under ``name``; an empty one where there is none."""
    found: list[Json] | None = value.get(name) if value else None
    return found or []


@dataclass(frozen=True)
class Structured:
    """What complex and entity types share: named properties, derived types, ``@odata.type``."""

    name: str
    properties: tuple[Property, ...] = ()
    derived: tuple[Self, ...] = ()

    def actual(self, value: Json) -> Self:
        """The type that ``value`` says it is of, or this one."""
        if not self.derived:
            return self
        said = str(value.get("@odata.type", "")).rpartition(".")[2].lower()
        return next((t for t in self.derived if t.name.lower() == said), self)

    @property
    def full_name(self) -> str:
        """The qualified name, ``microsoft.graph.application``."""
        return f"{NAMESPACE}.{self.name}"

    @cached_property
    def by_name(self) -> Mapping[str, Property]:
        """The properties by name."""
        return {p.name: p for p in self.properties}

    @cached_property
    def everywhere(self) -> Mapping[str, Property]:
        """The properties by name, those of derived types included."""
        own = dict(self.by_name)
        for type_ in self.derived:
            own = {**type_.everywhere, **own}
        return own

    def complete(self, value: Json) -> Json:
        """``value`` with every property it lacks, in declared order, nested values included."""
        complete: Json = {}
        if "@odata.type" in value:
            complete["@odata.type"] = value["@odata.type"]
        for prop in self.actual(value).properties:
            if prop.navigation:
                continue
            complete[prop.name] = (
                _complete_value(prop, value[prop.name]) if prop.name in value else prop.initial()
            )
        return complete


def _complete_value(prop: Property, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if not isinstance(prop.type, ComplexType) or value is None:
        return value
    if prop.collection:
        return [prop.type.actual(item).complete(item) for item in value]
    return prop.type.actual(value).complete(value)


@dataclass(frozen=True)
class ComplexType(Structured):
    """A complex type.

    An ``abstract`` type has no values of its own: the body must name one of ``derived`` by
    ``@odata.type``, or else means the one that ``unnamed`` names. ``merged`` is false for a type
    whose values a PATCH replaces as a whole.
    """

    abstract: bool = False
    unnamed: str = ""
    merged: bool = True


@dataclass(frozen=True)
class EntityType(Structured):
    """An entity type.

    ``kind`` is what the store files objects under: the name of the most basic type that has a
    collection of its own. ``bases`` are further names that a body's ``@odata.type`` may use.
    Of an ``abstract`` type, bodies must name one of ``derived`` by ``@odata.type``; a type that
    ``is_derived`` is filed with its base, and its objects keep their ``@odata.type``.
    ``indexed`` properties can be looked up in the store without reading every object;
    ``type_shown`` says that answers always carry ``@odata.type``. ``directory`` marks the
    directory's own objects: their ids are GUIDs, and some filters need ``ConsistencyLevel``. Of
    ``open`` types, objects may have further properties, of which the entity's rules know. With
    ``key_given`` whoever makes an object also chooses its key.
    """

    kind: str = ""
    bases: tuple[str, ...] = ()
    is_derived: bool = False
    abstract: bool = False
    key: str = "id"
    guid_key: bool = True
    key_given: bool = False
    indexed: tuple[str, ...] = ()
    alternate_keys: tuple[str, ...] = ()
    label: str = ""
    type_shown: bool = False
    directory: bool = False
    open: bool = False

    @property
    def title(self) -> str:
        """The name that Graph's messages use, ``Application``."""
        return self.label or self.name[0].upper() + self.name[1:]

    @property
    def filed_as(self) -> str:
        """What the store files objects of this type under."""
        return self.kind or self.name

    def visible(self, *, beta: bool) -> Iterable[Property]:
        """The properties that exist in a version of the API, navigation aside."""
        return self._visible_in_beta if beta else self._visible

    @cached_property
    def _visible_in_beta(self) -> tuple[Property, ...]:
        return tuple(p for p in self.properties if not p.navigation and not p.hidden)

    @cached_property
    def _visible(self) -> tuple[Property, ...]:
        return tuple(p for p in self._visible_in_beta if not p.beta_only)
