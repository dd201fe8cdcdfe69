"""Listings: pages of objects, what navigations lead to, and ``$expand``."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from localtenant.conditions import ANYTHING, Condition, fold, key_is
from localtenant.odata.answers import Answer, context, entity_body
from localtenant.odata.errors import bad_request
from localtenant.odata.loading import owner_of
from localtenant.odata.model import Child, References, View
from localtenant.odata.paging import token_after

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.model import Entity
    from localtenant.odata.query import Expansion, Query
    from localtenant.odata.route import Route
    from localtenant.odata.types import Json
    from localtenant.transaction import Row

_MOST_EXPANDED = 20


@dataclass(frozen=True)
class Listed:
    """Objects that can be listed: of these entities, those that fulfil ``where``.

    ``typed`` items carry their ``@odata.type``; ``place`` is what ``@odata.context`` calls them.
    ``keys`` are the objects' keys in the order in which they were linked; what fits on one page is
    shown in that order.
    """

    entities: tuple[Entity, ...]
    place: str
    where: Condition = ANYTHING
    deleted: bool = False
    typed: bool = False
    keys: tuple[str, ...] = ()

    @property
    def kinds(self) -> str | tuple[str, ...]:
        """What the objects are filed as."""
        kinds = tuple(dict.fromkeys(e.type.filed_as for e in self.entities))
        return kinds[0] if len(kinds) == 1 else kinds

    def rows(self, call: Call, query: Query, limit: int) -> list[Row]:
        """The first objects that a query wants."""
        where = self.where.also(query.where).also(query.after)
        rows = call.tx.find(
            self.kinds, where, deleted=self.deleted, order=query.sorting, limit=limit
        )
        if self.keys and len(rows) < limit and not query.order and query.token is None:
            places = {key: place for place, key in enumerate(self.keys)}
            key_of = {e.type.filed_as: e.type.key for e in self.entities}
            rows.sort(key=lambda row: places.get(row.doc[key_of[row.kind]], 0))
        return rows

    def count(self, call: Call, query: Query) -> int:
        """How many objects a query wants, on all pages."""
        return call.tx.count(self.kinds, self.where.also(query.where), deleted=self.deleted)

    def shown(self, call: Call, row: Row, query: Query) -> Json:
        """A listed object as an answer shows it."""
        entities = (e for e in self.entities if e.type.filed_as == row.kind)
        entity = next(entities, None) or call.model.filed_as(row.kind)
        return expanded(call, entity, row.doc, query, typed=self.typed)


def listed_at(call: Call, route: Route) -> Listed:
    """The objects of a collection, or of the part of an object that is one."""
    if isinstance(route.via, View):
        owner = owner_of(call, route)
        owner.entity.rules.check_read(call, owner.doc)
        return of_owner(route.entity, route.via, owner.key, route.place)
    entities = (route.entity,)
    if route.several and not route.cast and route.collection:
        entities = tuple(call.model.entities[t] for t in route.collection.types)
    where = ANYTHING
    if route.narrowed:
        named = "json_extract(o.doc, '$.\"@odata.type\"')"
        where = Condition(f"fold({named}) = ?", (fold(route.narrowed),))
    return Listed(entities, route.place, where, route.deleted, typed=len(entities) > 1)


def page(call: Call, listed: Listed, query: Query) -> Answer:
    """One page of what is listed."""
    body: dict[str, Any] = {"@odata.context": context(call, listed.place, query)}
    rows = listed.rows(call, query, query.top + 1)
    if query.counted and query.token is None:
        body["@odata.count"] = listed.count(call, query)
    if len(rows) > query.top:
        body["@odata.nextLink"] = next_link(call, token_after(call.tx, query, rows[query.top - 1]))
    body["value"] = [listed.shown(call, row, query) for row in rows[: query.top]]
    return Answer(200, body)


def counted(call: Call, number: int) -> Answer:
    """The answer of ``$count``: a bare number; 400 without ``ConsistencyLevel: eventual``."""
    if not call.request.eventual:
        raise bad_request("$count is not currently supported.")
    return Answer(200, text=str(number))


def next_link(call: Call, token: str) -> str:
    """The URL of the page behind a token: the request's own, with the token."""
    request = call.request
    options = {k: v for k, v in request.options.items() if k.lower() != "$skiptoken"}
    options["$skiptoken"] = token
    return f"{call.base}/{call.version}/{request.raw_path}?{urlencode(options, safe='$')}"


def expanded(call: Call, entity: Entity, doc: Json, query: Query, *, typed: bool = False) -> Json:
    """One object of an answer, with the navigations that ``$expand`` names."""
    body = entity_body(call, entity, doc, query, typed=typed)
    for expansion in query.expand:
        if expansion.navigation in entity.navigations:
            body |= _expanded(call, entity, doc, expansion)
    return body


def linked(
    call: Call, entity: Entity, doc: Json, navigation: References, targets: tuple[Entity, ...]
) -> Listed:
    """The objects of some types that an object is linked to."""
    keys = entity.rules.list_references(call, doc, navigation)
    return Listed(
        targets,
        "directoryObjects",
        Condition("o.id IN (SELECT value FROM json_each(?))", (json.dumps(keys),)),
        typed=navigation.typed,
        keys=tuple(keys),
    )


def of_owner(target: Entity, view: View, key: str, place: str) -> Listed:
    """The objects that belong to the one with the id ``key``."""
    return Listed((target,), place, key_is(view.match, key))


def _expanded(call: Call, entity: Entity, doc: Json, expansion: Expansion) -> Json:
    """What a navigation leads to, under its name: at most 20 objects, as Graph documents it."""
    navigation, query = expansion.navigation, expansion.query
    name = navigation.name
    limit = min(query.top, _MOST_EXPANDED)
    if isinstance(navigation, Child):
        target = expansion.entities[0]
        part = target.rules.find(call, doc[entity.type.key])
        return {name: expanded(call, target, part, query) if part is not None else None}
    if isinstance(navigation, References) and navigation.contained:
        return {name: contained(call, entity, doc, navigation)[:limit]}
    if isinstance(navigation, References):
        listed = linked(call, entity, doc, navigation, expansion.entities)
    else:
        key = doc[entity.type.key]
        listed = of_owner(expansion.entities[0], navigation, key, name)
    if isinstance(navigation, References) and navigation.single:
        rows = listed.rows(call, replace(query, after=ANYTHING), 1)
        return {name: listed.shown(call, rows[0], query) if rows else None}
    rows = listed.rows(call, query, limit)
    body: Json = {name: [listed.shown(call, row, query) for row in rows]}
    if query.counted:
        body = {f"{name}@odata.count": listed.count(call, query), **body}
    return body


def contained(call: Call, entity: Entity, doc: Json, navigation: References) -> list[Json]:
    """The contained objects behind a navigation, which have nothing but a key."""
    key = call.model.entities[navigation.targets[0]].type.key
    return [{key: k} for k in entity.rules.list_references(call, doc, navigation)]
