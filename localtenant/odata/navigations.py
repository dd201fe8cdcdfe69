"""Requests behind an object: references to others, and views of other collections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata import bodies
from localtenant.odata.answers import Answer, context, created, entity_body
from localtenant.odata.errors import bad_request
from localtenant.odata.filters import condition
from localtenant.odata.listing import page, query_of, targets_of
from localtenant.odata.queries import Query
from localtenant.transaction import key_is

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.model import Entity, References, View
    from localtenant.odata.paths import Route
    from localtenant.odata.request import Request
    from localtenant.odata.types import Json


def references(
    call: Call,
    route: Route,
    entity: Entity,
    doc: Json,
    navigation: References,
    request: Request,
) -> Answer:
    """List, add or remove references of ``doc``, or make and delete contained ones."""
    path = (
        f"{route.template.lstrip('/').partition('/{id}')[0]}('{route.key}')/{navigation.template}"
    )
    if request.method == "DELETE":
        entity.rules.remove_reference(call, doc, navigation, route.navigation_key or "")
        return Answer(204)
    if request.method == "POST":
        target = _target_of(call, navigation, request)
        entity.rules.add_reference(call, doc, navigation, target)
        if not navigation.contained:
            return Answer(204)
        key = call.model.entities[navigation.targets[0]].type.key
        header = {"@odata.context": context(call, path, Query(), entity=True)}
        return Answer(201, {**header, key: target})
    if route.reference:
        keys = entity.rules.list_references(call, doc, navigation)
        urls = [{"@odata.id": f"{call.base}/{call.version}/directoryObjects/{k}"} for k in keys]
        collection = "Collection($ref)"
        return Answer(200, {"@odata.context": context(call, collection, Query()), "value": urls})
    found = targets_of(call, entity, doc, navigation)
    if request.options.get("$filter"):
        found = _filtered(call, navigation, request, found)
    name = "directoryObjects" if navigation.typed else path
    return Answer(200, {"@odata.context": context(call, name, Query()), "value": found})


def _filtered(
    call: Call, navigation: References, request: Request, found: list[Json]
) -> list[Json]:
    """``found`` without what the request's ``$filter`` excludes."""
    kept: set[str] = set()
    for name in navigation.targets:
        target = call.model.entities[name]
        wanted = condition(request.options["$filter"], target, advanced=False)
        kept |= {r.doc[target.type.key] for r in call.tx.find(target.type.filed_as, wanted)}
    return [f for f in found if f.get("id") in kept]


def _target_of(call: Call, navigation: References, request: Request) -> str:
    body = bodies.parse(request.raw, request.content_type)
    if navigation.contained:
        type_ = call.model.entities[navigation.targets[0]].type
        bodies.check_type(body, type_)
        return bodies.read_entity(body, type_, beta=call.beta)[type_.key]
    url = body.get("@odata.id")
    if not isinstance(url, str):
        raise bad_request("The property '@odata.id' is missing from the reference.")
    return bodies.reference_key(url)


def view_of(call: Call, route: Route, doc: Json, view: View, request: Request) -> Answer:
    """List, read, make or delete the objects of another collection that belong to ``doc``."""
    target = call.model.entities[view.target]
    key = doc["id"]
    path = f"{route.template.lstrip('/').partition('/{id}')[0]}('{key}')/{view.name}"
    if route.navigation_key is not None:
        item = call.tx.get(target.type.filed_as, route.navigation_key)
        if item is None or item[view.match] != key:
            raise target.rules.missing(route.navigation_key)
        if request.method == "DELETE":
            target.rules.delete(call, item)
            return Answer(204)
        query = query_of(call, target, request)
        header = {"@odata.context": context(call, path, query, entity=True)}
        return Answer(200, header | entity_body(call, target, item, query))
    if request.method == "POST":
        body = bodies.parse(request.raw, request.content_type)
        bodies.check_type(body, target.type)
        values = bodies.read_entity(body, target.type, beta=call.beta)
        values.setdefault(view.match, key)
        if values[view.match] != key:
            raise bad_request(f"The value of property '{view.match}' must be the id in the path.")
        return created(call, target, target.rules.create(call, values), path)
    query = query_of(call, target, request)
    return page(call, target, query, request, path, base=key_is(view.match, key))
