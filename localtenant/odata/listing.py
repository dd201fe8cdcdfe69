"""Listings: pages of objects, what navigations lead to, and ``$expand``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from localtenant.odata.answers import Answer, context, entity_body
from localtenant.odata.filters import condition
from localtenant.odata.model import References
from localtenant.odata.queries import Query, read_query, skip_token
from localtenant.transaction import Condition

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.model import Entity
    from localtenant.odata.request import Request
    from localtenant.odata.types import Json


def query_of(call: Call, entity: Entity, request: Request) -> Query:
    """The query options of a request on objects of ``entity``."""
    return read_query(request.options, entity, eventual=request.eventual, beta=call.beta)


def page(
    call: Call,
    entity: Entity,
    query: Query,
    request: Request,
    path: str,
    *,
    base: Condition | None = None,
    deleted: bool = False,
    typed: bool = False,
) -> Answer:
    """One page of the objects of ``entity`` that fulfil ``base`` and the request's ``$filter``.

    ``path`` is what ``@odata.context`` names; ``deleted`` looks among the deleted items.
    """
    where = base or Condition()
    if query.filter:
        wanted = condition(query.filter, entity, advanced=request.eventual and query.counted)
        where = Condition(f"{where.sql} AND {wanted.sql}", where.parameters + wanted.parameters)
    kind = entity.type.filed_as
    rows = call.tx.find(
        kind, where, deleted=deleted, order=query.order, limit=query.top + 1, offset=query.offset
    )
    body: dict[str, Any] = {"@odata.context": context(call, path, query)}
    if query.counted and not query.offset:
        body["@odata.count"] = call.tx.count(kind, where)
    if len(rows) > query.top:
        body["@odata.nextLink"] = _next_link(call, request, query)
    body["value"] = [
        expanded(call, entity, row.doc, query, typed=typed) for row in rows[: query.top]
    ]
    return Answer(200, body)


def _next_link(call: Call, request: Request, query: Query) -> str:
    options = {k: v for k, v in request.options.items() if k.lower() != "$skiptoken"}
    options["$skiptoken"] = skip_token(query.offset + query.top)
    return f"{call.base}/{call.version}/{request.path}?{urlencode(options, safe='$')}"


def expanded(call: Call, entity: Entity, doc: Json, query: Query, *, typed: bool = False) -> Json:
    """One object of an answer, with the navigations that ``$expand`` names."""
    body = entity_body(call, entity, doc, query, typed=typed)
    for name in query.expand:
        navigation = next(n for n in entity.navigations if n.name == name)
        if isinstance(navigation, References):
            body[name] = targets_of(call, entity, doc, navigation)
    return body


def targets_of(call: Call, entity: Entity, doc: Json, navigation: References) -> list[Json]:
    """What a navigation leads to, each object with its default properties."""
    keys = entity.rules.list_references(call, doc, navigation)
    if navigation.contained:
        key = call.model.entities[navigation.targets[0]].type.key
        return [{key: k} for k in keys]
    found: list[Json] = []
    for key in keys:
        target = entity_by_key(call, key)
        target_doc = call.require(target.type.filed_as, key)
        found.append(entity_body(call, target, target_doc, Query(), typed=navigation.typed))
    return found


def entity_by_key(call: Call, key: str, *, deleted: bool = False) -> Entity:
    """The declared entity of the object that ``key`` names."""
    kind = call.tx.kind_of(key, deleted=deleted)
    return call.model.filed_as(kind or "")
