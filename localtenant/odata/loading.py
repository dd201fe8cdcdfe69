"""Loading: from a route to the object that it names, with the entity that declares it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from localtenant.conditions import Condition, key_is
from localtenant.odata.model import Child, View

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.model import Entity
    from localtenant.odata.route import Route
    from localtenant.odata.types import Json


@dataclass(frozen=True)
class Loaded:
    """An object and its declared entity."""

    entity: Entity
    doc: Json

    @property
    def key(self) -> str:
        """The object's key."""
        return self.doc[self.entity.type.key]


def load(call: Call, route: Route) -> Loaded:
    """The object that a route's key names; Graph's error if there is none."""
    if route.owner:
        return _load_part(call, route, load(call, route.owner))
    entity = _declared(call, route)
    key = route.key
    if route.collection and route.collection.singleton:
        key = route.collection.singleton(call)
    if route.key_name:
        doc = call.tx.lookup(entity.type.filed_as, route.key_name, key)
    else:
        doc = entity.rules.find(call, key, deleted=route.deleted)
    if doc is None:
        raise entity.rules.missing(key)
    return Loaded(entity, doc)


def type_of(call: Call, route: Route) -> str:
    """The name of the declared type of the objects that a route is about.

    Empty where the route leaves it open, because it names no object or one that is not there.
    """
    if route.cast or not route.several:
        return route.entity.type.name
    there = call.tx.kind_of(route.key, deleted=route.deleted) if route.item else None
    return _declared(call, route).type.name if there else ""


def owner_of(call: Call, route: Route) -> Loaded:
    """The object whose part a route names."""
    if route.owner is None:
        message = f"{route.template} has no owner"
        raise TypeError(message)
    return load(call, route.owner)


def named(call: Call, route: Route, name: str, owner: Loaded | None) -> Json | None:
    """The object whose property ``name`` has the value of a route's key, or None.

    Below an ``owner`` only its own parts are looked at: their names are unique among them alone.
    """
    where = key_is(name, route.key)
    if owner and isinstance(route.via, View):
        part = key_is(route.via.match, owner.key)
        where = Condition(f"{where.sql} AND {part.sql}", where.parameters + part.parameters)
    found = call.tx.find(route.entity.type.filed_as, where, limit=1)
    return found[0].doc if found else None


def _declared(call: Call, route: Route) -> Entity:
    """The declared entity of the object at a key, where a collection holds several types."""
    if not route.several or route.collection is None:
        return route.entity
    kind = call.tx.kind_of(route.key, deleted=route.deleted)
    known = {call.model.entities[t].type.filed_as for t in route.collection.types}
    return call.model.filed_as(kind) if kind in known and kind else route.entity


def _load_part(call: Call, route: Route, owner: Loaded) -> Loaded:
    entity = route.entity
    if isinstance(route.via, Child):
        doc = entity.rules.find(call, owner.key, deleted=False)
    elif route.key_name:
        doc = named(call, route, route.key_name, owner)
    else:
        doc = entity.rules.find(call, route.key, deleted=False)
        if doc is None and isinstance(route.via, View) and route.via.named:
            doc = named(call, route, route.via.named, owner)
    if doc is None:
        raise entity.rules.missing(owner.key if isinstance(route.via, Child) else route.key)
    if isinstance(route.via, View):
        if doc[route.via.match] != owner.key:
            raise entity.rules.missing(route.key)
        if route.via.owned and call.request.method != "GET":
            owner.entity.rules.check_write(call, owner.doc)
    return Loaded(entity, doc)
