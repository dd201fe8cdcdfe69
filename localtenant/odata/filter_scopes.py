"""Where the paths of a filter lead: values, complex values, collections, other objects, as SQL.

Names that stand in the SQL are declared ones, never the client's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from localtenant.odata.errors import wrong_filter
from localtenant.odata.model import Child, References, View
from localtenant.odata.types import INT32, ComplexType, EntityType, Property, Structured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from localtenant.odata.errors import GraphError
    from localtenant.odata.model import Entity, Navigation
    from localtenant.odata.tree import Model

KEY = Property("id")
COUNT = "$count"
_COUNTED = Property(COUNT, INT32)


@dataclass(frozen=True)
class Value:
    """A single value: SQL that reads it, and the declared property.

    ``key`` is set for the key of a stored object, which SQLite compares without regard to case.
    ``looked_up`` is for an indexed property of a stored object: the object's alias, kind and name.
    """

    sql: str
    prop: Property
    key: bool = False
    looked_up: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Scope:
    """An object or a complex value in which paths may begin: its types, and SQL of its document.

    ``trail`` leads from the document to the complex value, ``key`` is SQL of the object's key.
    ``entities`` are the declared entities of an object, ``alias`` its table if it is stored in one
    place of the query, and ``kind`` its kind if there is but one.
    """

    types: tuple[Structured, ...]
    document: str
    trail: tuple[str, ...] = ()
    key: str = ""
    entities: tuple[Entity, ...] = ()
    alias: str = ""
    kind: str = ""

    @property
    def type_name(self) -> str:
        """The type as messages name it; objects of several types are directory objects."""
        if len(self.types) > 1:
            return "microsoft.graph.directoryObject"
        return next(t.full_name for t in self.types)


@dataclass(frozen=True)
class Collection:
    """Several values: the table expression that lists them, and what each of them is.

    ``linked`` says that they are objects at the other end of references. ``looked_up`` is as in
    :class:`Value`.
    """

    source: str
    each: Value | Scope
    linked: bool = False
    looked_up: tuple[str, str, str] | None = None


Found = Value | Scope | Collection


@dataclass(frozen=True)
class Paths:
    """Follows paths through the model; each table in the query gets a name of its own."""

    model: Model
    _numbers: Iterator[int] = field(default_factory=count)

    def root(self, entities: tuple[Entity, ...]) -> Scope:
        """The objects that are filtered, in the table ``objects AS o``."""
        return self._stored(entities, "o")

    def follow(self, scope: Scope, segments: tuple[str, ...]) -> Found:
        """What a path leads to; the gateway's 400 for a property or type that there is not."""
        found: Found = scope
        for segment in segments:
            if isinstance(found, Collection) and segment.lower() == COUNT:
                sql = f"(SELECT count(*) FROM {found.source})"  # noqa: S608 - declared names
                found = Value(sql, _COUNTED)
            elif not isinstance(found, Scope):
                name = found.prop.type_name if isinstance(found, Value) else "Collection"
                raise _unknown(segment, name)
            else:
                found = self._step(found, segment)
        return found

    def _step(self, scope: Scope, segment: str) -> Found:
        if "." in segment:
            return _cast(scope, segment)
        navigation = _navigation(scope, segment)
        if navigation is not None:
            return self._related(scope, *navigation)
        prop = _property(scope, segment)
        if any(isinstance(t, EntityType) and t.key == prop.name for t in scope.types):
            return Value(scope.key, KEY, key=bool(scope.alias))
        trail = (*scope.trail, prop.name)
        at = f"{scope.document}, '$.{'.'.join(trail)}'"
        looked_up = _looked_up(scope, prop.name)
        if prop.collection:
            item = f"j{next(self._numbers)}"
            single = replace(prop, collection=False)
            each = (
                Scope((prop.type,), f"{item}.value")
                if isinstance(prop.type, ComplexType)
                else Value(f"{item}.value", single)
            )
            return Collection(f"json_each({at}) AS {item}", each, looked_up=looked_up)
        if isinstance(prop.type, ComplexType):
            return replace(scope, types=(prop.type,), trail=trail)
        return Value(f"json_extract({at})", prop, looked_up=looked_up)

    def _related(self, scope: Scope, entity: Entity, navigation: Navigation) -> Found:
        """What a navigation of ``entity`` leads to."""
        alias, link = f"t{next(self._numbers)}", f"l{next(self._numbers)}"
        if isinstance(navigation, References):
            return self._linked(scope, navigation, alias, link)
        if not isinstance(navigation, View | Child):
            raise _unknown(navigation.name, entity.type.full_name)
        target = self.model.entities[navigation.target]
        kind = target.type.filed_as
        source = f"objects AS {alias} WHERE {alias}.kind = '{kind}' AND {alias}.deleted IS NULL"
        if isinstance(navigation, Child):
            source += f" AND {alias}.id = {scope.key}"
            return _one_or_all(source, self._stored((target,), alias), single=True)
        source += (
            f" AND {alias}.seq IN (SELECT seq FROM keys WHERE kind = '{kind}'"  # noqa: S608 - declared names
            f" AND name = '{navigation.match}' AND value = fold({scope.key}))"
        )
        return Collection(source, self._stored((target,), alias))

    def _linked(self, scope: Scope, navigation: References, alias: str, link: str) -> Found:
        """The objects at the other end of references."""
        targets = tuple(self.model.entities[t] for t in navigation.targets)
        near, far = ("target", "source") if navigation.reverse else ("source", "target")
        links = f"{link}.{near} = {scope.key} AND {link}.relation = '{navigation.relation}'"
        if navigation.contained:
            key = targets[0].type.key
            document = f"json_object('{key}', {link}.target)"
            each = Scope((targets[0].type,), document, key=f"{link}.target", entities=targets)
            return Collection(f"links AS {link} WHERE {links}", each, linked=True)
        reached = f"SELECT {link}.{far} FROM links AS {link} WHERE {links}"  # noqa: S608 - declared names
        if navigation.transitive:
            reached = (
                f"WITH RECURSIVE reached (id) AS ({reached} UNION SELECT n.{far} FROM reached"  # noqa: S608 - declared names
                f" JOIN links AS n ON n.{near} = reached.id"
                f" AND n.relation = '{navigation.relation}') SELECT id FROM reached"
            )
        source = f"objects AS {alias} WHERE {alias}.deleted IS NULL AND {alias}.id IN ({reached})"
        return _one_or_all(source, self._stored(targets, alias), single=navigation.single)

    def _stored(self, entities: tuple[Entity, ...], alias: str) -> Scope:
        kinds = {e.type.filed_as for e in entities}
        return Scope(
            tuple(e.type for e in entities),
            f"{alias}.doc",
            key=f"{alias}.id",
            entities=entities,
            alias=alias,
            kind=kinds.pop() if len(kinds) == 1 else "",
        )


def _one_or_all(source: str, each: Scope, *, single: bool) -> Found:
    """The collection behind a navigation, or the one object that it can lead to."""
    if not single:
        return Collection(source, each, linked=True)
    document = f"(SELECT {each.document} FROM {source} LIMIT 1)"  # noqa: S608 - declared names
    key = f"(SELECT {each.key} FROM {source} LIMIT 1)"  # noqa: S608 - declared names
    return replace(each, document=document, key=key, alias="", kind="")


def _navigation(scope: Scope, segment: str) -> tuple[Entity, Navigation] | None:
    """The navigation at a place below an object, with the entity that declares it."""
    place = (*scope.trail, segment)
    for entity in scope.entities:
        for navigation in entity.navigations:
            inline = navigation.inline if isinstance(navigation, References) else ()
            if (inline or tuple(navigation.template.split("/"))) == place:
                return entity, navigation
    return None


def _property(scope: Scope, name: str) -> Property:
    """The property of a name in any letter case, or the key; the gateway's 400 for any other."""
    for type_ in scope.types:
        prop = type_.everywhere.get(name) or next(
            (p for n, p in type_.everywhere.items() if n.lower() == name.lower()), None
        )
        if prop is not None and not prop.hidden:
            return prop
        if isinstance(type_, EntityType) and type_.key.lower() == name.lower():
            return replace(KEY, name=type_.key)
    raise _unknown(name, scope.type_name)


def _cast(scope: Scope, segment: str) -> Scope:
    """The scope narrowed to the type that a cast names."""
    name = segment.rpartition(".")[2].lower()
    for type_ in scope.types:
        bases = type_.bases if isinstance(type_, EntityType) else ()
        if name in {type_.name.lower(), *(b.lower() for b in bases)}:
            entities = tuple(e for e in scope.entities if e.type is type_) or scope.entities
            if name == type_.name.lower():
                return replace(scope, types=(type_,), entities=entities)
            return scope
        for derived in type_.derived:
            if name == derived.name.lower():
                return replace(scope, types=(derived,))
    raise wrong_filter(
        f"Encountered invalid type cast. '{segment}' is not assignable from '{scope.type_name}'."
    )


def _looked_up(scope: Scope, name: str) -> tuple[str, str, str] | None:
    indexed = any(isinstance(t, EntityType) and name in t.indexed for t in scope.types)
    if scope.trail or not scope.kind or not indexed:
        return None
    return (scope.alias, scope.kind, name)


def _unknown(name: str, type_name: str) -> GraphError:
    return wrong_filter(f"Could not find a property named '{name}' on type '{type_name}'.")
