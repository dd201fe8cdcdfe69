"""Listings: pages of objects, what navigations lead to, and ``$expand``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from localtenant.odata.answers import Answer, context, entity_body
from localtenant.odata.errors import bad_request
from localtenant.odata.filters import condition
from localtenant.odata.model import References
from localtenant.odata.queries import Query, read_query, skip_token
from localtenant.transaction import Condition

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.model import Entity
    from localtenant.odata.route import Route
    from localtenant.odata.types import Json


def query_of(call: Call, entity: Entity) -> Query:
    """The query options of the request on objects of ``entity``."""
    request = call.request
    return read_query(request.options, entity, eventual=request.eventual, beta=call.beta)


def page(
    call: Call, entity: Entity, query: Query, route: Route, *, base: Condition | None = None
) -> Answer:
    """One page of the objects of ``entity`` that fulfil ``base`` and the request's ``$filter``."""
    where = base or Condition()
    if query.filter:
        wanted = condition(query.filter, entity, advanced=call.request.eventual and query.counted)
        where = Condition(f"{where.sql} AND {wanted.sql}", where.parameters + wanted.parameters)
    kind = entity.type.filed_as
    if route.counted:
        return counted(call, call.tx.count(kind, where, deleted=route.deleted))
    rows = call.tx.find(
        kind,
        where,
        deleted=route.deleted,
        order=query.order,
        limit=query.top + 1,
        offset=query.offset,
    )
    body: dict[str, Any] = {"@odata.context": context(call, route.place, query)}
    if query.counted and not query.offset:
        body["@odata.count"] = call.tx.count(kind, where, deleted=route.deleted)
    if len(rows) > query.top:
        body["@odata.nextLink"] = _next_link(call, query)
    body["value"] = [expanded(call, entity, row.doc, query) for row in rows[: query.top]]
    return Answer(200, body)


def counted(call: Call, number: int) -> Answer:
    """The answer of ``$count``: a bare number; 400 without ``ConsistencyLevel: eventual``."""
    if not call.request.eventual:
        raise bad_request("$count is not currently supported.")
    return Answer(200, text=str(number))


def _next_link(call: Call, query: Query) -> str:
    request = call.request
    options = {k: v for k, v in request.options.items() if k.lower() != "$skiptoken"}
    options["$skiptoken"] = skip_token(query.offset + query.top)
    return f"{call.base}/{call.version}/{request.path}?{urlencode(options, safe='$')}"


def expanded(call: Call, entity: Entity, doc: Json, query: Query, *, typed: bool = False) -> Json:
    """One object of an answer, with the navigations that ``$expand`` names."""
    body = entity_body(call, entity, doc, query, typed=typed)
    for name in query.expand:
        navigation = next(n for n in entity.navigations if n.name == name)
        if isinstance(navigation, References):
            found = targets_of(call, entity, doc, navigation)
            body[name] = (found[0] if found else None) if navigation.single else found
    return body


def targets_of(
    call: Call, entity: Entity, doc: Json, navigation: References, *, only: Entity | None = None
) -> list[Json]:
    """What a navigation leads to, each object with its default properties.

    ``only`` leaves out objects of other declared types. What is among the deleted items is not
    shown.
    """
    keys = entity.rules.list_references(call, doc, navigation)
    if navigation.contained:
        key = call.model.entities[navigation.targets[0]].type.key
        return [{key: k} for k in keys]
    found: list[Json] = []
    for key in keys:
        kind = call.tx.kind_of(key)
        if kind is not None and (only is None or kind == only.type.filed_as):
            found.append(shown_target(call, key, Query(), typed=navigation.typed))
    return found


def shown_target(call: Call, key: str, query: Query, *, typed: bool) -> Json:
    """The object at the other end of a reference, as an answer shows it."""
    target = call.model.filed_as(call.tx.kind_of(key) or "")
    return entity_body(call, target, call.require(target.type.filed_as, key), query, typed=typed)
