"""The OData engine: one function for each shape of request, none for any entity.

A request is resolved to a :class:`~localtenant.odata.paths.Route`; the route's shape and the method
select the operation; the operation reads and checks the body, lets the entity's rules do what is
really their own, and shapes the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata import bodies
from localtenant.odata.answers import Answer, context, created
from localtenant.odata.errors import bad_request, method_not_allowed, unsupported_query
from localtenant.odata.listing import entity_by_key, expanded, page, query_of
from localtenant.odata.literals import is_guid
from localtenant.odata.model import References, View
from localtenant.odata.navigations import references, view_of

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.model import Entity
    from localtenant.odata.paths import Route
    from localtenant.odata.request import Request
    from localtenant.odata.types import Json

_LISTED = frozenset({"GET", "POST"})
_SINGLE = frozenset({"GET", "DELETE"})


def check_method(route: Route, method: str) -> None:
    """405 unless Graph has ``method`` at this path."""
    if method not in _methods(route):
        raise method_not_allowed()


def _methods(route: Route) -> frozenset[str]:
    navigation = route.navigation
    if route.action:
        return frozenset({"POST"})
    if isinstance(navigation, References):
        return _methods_of_references(navigation, route)
    if isinstance(navigation, View):
        return navigation.methods & (_SINGLE if route.navigation_key else _LISTED)
    return route.collection.methods if route.key is None else route.collection.item_methods


def _methods_of_references(navigation: References, route: Route) -> frozenset[str]:
    if route.reference or navigation.contained:
        return frozenset({"DELETE"}) if route.navigation_key else _LISTED
    return frozenset() if route.navigation_key else frozenset({"GET"})


def run(call: Call, route: Route, request: Request) -> Answer:
    """Carry out a request whose method and permission are checked."""
    if route.key is None:
        operation = _list if request.method == "GET" else _create
        return operation(call, route, request)
    doc = load(call, route)
    if _changes_item(route, request.method):
        entity_of(call, route, doc).rules.check_write(call, doc)
    if isinstance(route.navigation, References):
        entity = entity_of(call, route, doc)
        return references(call, route, entity, doc, route.navigation, request)
    if isinstance(route.navigation, View):
        return view_of(call, route, doc, route.navigation, request)
    item_operation = _act if route.action else _ON_ITEM[request.method]
    return item_operation(call, route, doc, request)


def _changes_item(route: Route, method: str) -> bool:
    """Whether a request changes the very object that its key names, or references from it."""
    return method != "GET" and not isinstance(route.navigation, View)


def load(call: Call, route: Route) -> Json:
    """The object that a route's key names; Graph's error if there is none."""
    key = route.key or ""
    type_ = route.entity.type
    deleted = route.collection.deleted
    if route.key_name:
        doc = call.tx.lookup(type_.filed_as, route.key_name, key)
    else:
        if type_.directory and not is_guid(key):
            raise bad_request(f"Invalid object identifier '{key}'.")
        kinds = {call.model.entities[t].type.filed_as for t in route.collection.types}
        kind = call.tx.kind_of(key, deleted=deleted) if len(kinds) > 1 else next(iter(kinds))
        doc = call.tx.get(kind, key, deleted=deleted) if kind in kinds and kind else None
    if doc is None:
        raise route.entity.rules.missing(key)
    return doc


def entity_of(call: Call, route: Route, doc: Json) -> Entity:
    """The declared entity of a loaded object, where a collection holds several types."""
    if len(route.collection.types) == 1:
        return route.entity
    return entity_by_key(call, doc["id"], deleted=route.collection.deleted)


def _list(call: Call, route: Route, request: Request) -> Answer:
    collection = route.collection
    if collection.cast_demanded and not route.cast:
        raise unsupported_query(
            "Searches against this resource are not supported. Only specific instances can be "
            "queried."
        )
    query = query_of(call, route.entity, request)
    path = route.template.lstrip("/").removeprefix("identity/")
    return page(call, route.entity, query, request, path, deleted=collection.deleted)


def _create(call: Call, route: Route, request: Request) -> Answer:
    entity = route.entity
    body = bodies.parse(request.raw, request.content_type)
    bodies.check_type(body, entity.type, demanded=entity.rules.type_demanded)
    values = bodies.read_entity(body, entity.type, beta=call.beta, bindable=entity.bindable)
    return created(call, entity, entity.rules.create(call, values), route.template)


def _get(call: Call, route: Route, doc: Json, request: Request) -> Answer:
    entity = entity_of(call, route, doc)
    query = query_of(call, entity, request)
    several = len(route.collection.types) > 1
    path = route.template.lstrip("/").removesuffix("/{id}")
    answer = {"@odata.context": context(call, path, query, entity=True)}
    return Answer(200, answer | expanded(call, entity, doc, query, typed=several))


def _update(call: Call, route: Route, doc: Json, request: Request) -> Answer:
    entity = entity_of(call, route, doc)
    body = bodies.parse(request.raw, request.content_type)
    bodies.check_type(body, entity.type, demanded=entity.rules.type_demanded)
    values = bodies.read_entity(body, entity.type, beta=call.beta)
    entity.rules.update(call, doc, values)
    return Answer(204)


def _act(call: Call, route: Route, doc: Json, request: Request) -> Answer:
    action = route.action
    if action is None:
        raise method_not_allowed()
    values: Json = {}
    if not (action.empty_body and request.raw.strip() in {b"", b"{}"}):
        values = bodies.read_parameters(
            bodies.parse(request.raw, request.content_type), action.parameters
        )
    result = action.run(call, doc, values)
    if result is None:
        return Answer(204)
    header = {"@odata.context": f"{call.base}/{call.version}/$metadata#{action.returns}"}
    return Answer(200, header | result)


def _delete(call: Call, route: Route, doc: Json, request: Request) -> Answer:
    del request
    if route.collection.deleted:
        call.tx.remove(entity_of(call, route, doc).type.filed_as, doc["id"])
    else:
        entity_of(call, route, doc).rules.delete(call, doc)
    return Answer(204)


_ON_ITEM = {"GET": _get, "PATCH": _update, "DELETE": _delete}
