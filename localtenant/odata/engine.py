"""The OData engine: one function for each shape of request, none for any entity.

A request is resolved to a :class:`~localtenant.odata.route.Route`; the route's shape and the method
select the function; it reads and checks the body, lets the entity's rules do what is really their
own, and shapes the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata import bodies
from localtenant.odata.answers import Answer, context, created
from localtenant.odata.errors import (
    GraphError,
    bad_request,
    gateway,
    method_not_allowed,
    unsupported_query,
)
from localtenant.odata.listing import counted, expanded, listed_at, page
from localtenant.odata.loading import Loaded, load, named, owner_of
from localtenant.odata.media import media
from localtenant.odata.model import View
from localtenant.odata.navigations import references
from localtenant.odata.observing import Written
from localtenant.odata.opened import opened
from localtenant.odata.queries import Query, query_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from localtenant.odata.call import Call
    from localtenant.odata.model import Action, Entity
    from localtenant.odata.operations import Operation
    from localtenant.odata.route import Route
    from localtenant.odata.tree import Model
    from localtenant.odata.types import Json


def operation_of(model: Model, route: Route, method: str, *, beta: bool) -> Operation:
    """The declared operation of a request; 405 if Graph has no such method at this path."""
    methods = model.operations.get(route.template, {})
    found = methods.get(method)
    if found is None or (found.beta and not beta):
        if methods and all(o.beta and not beta for o in methods.values()):
            name = route.template.replace("/{id}", "").rpartition("/")[2]
            raise gateway(f"Resource not found for the segment '{name}'.")
        raise method_not_allowed()
    return found


def run(call: Call, route: Route) -> Answer:
    """Carry out a request whose operation and permission are checked."""
    route = opened(call, route)
    reads = call.request.method == "GET" or (route.action and not route.action.writes)
    entity = route.entity
    if not route.item:
        answer = _on_collection(call, route)
        target = answer.body
    elif _is_to_make(call, route):
        answer = _make(call, route)
        target = answer.body
    else:
        found = load(call, route)
        if reads:
            found.entity.rules.check_read(call, found.doc)
            return _on_item(call, route, found)
        found.entity.rules.check_write(call, found.doc)
        target, entity = {**found.doc}, found.entity
        answer = _on_item(call, route, found)
    if not reads:
        for observe in call.model.observers:
            observe(call, Written(route, entity, {**(target or {})}, answer))
    return answer


def _is_to_make(call: Call, route: Route) -> bool:
    """Whether a PATCH of an alternate key under which there is nothing may make an object."""
    request = call.request
    if request.method != "PATCH" or not route.key_name or not request.prefers("create-if-missing"):
        return False
    owner = owner_of(call, route) if route.owner else None
    return named(call, route, route.key_name, owner) is None


def _on_item(call: Call, route: Route, found: Loaded) -> Answer:
    if route.navigation:
        return references(call, route, found, route.navigation)
    if route.stream:
        return media(call, found, route.stream)
    if route.action:
        return _act(call, route.action, found.doc)
    if route.prop:
        return _property(call, route, found)
    return _ON_ITEM[call.request.method](call, route, found)


def _on_collection(call: Call, route: Route) -> Answer:
    if route.action:
        return _act(call, route.action, {})
    if call.request.method != "GET":
        return _create(call, route)
    if route.collection and route.collection.cast_demanded and not route.cast:
        raise unsupported_query(
            "Searches against this resource are not supported. Only specific instances can be "
            "queried."
        )
    listed = listed_at(call, route)
    newest_first = route.collection is not None and route.collection.newest_first
    query = query_of(call, listed.entities, newest_first=newest_first)
    if route.counted:
        return counted(call, listed.count(call, query))
    return page(call, listed, query)


def _create(call: Call, route: Route) -> Answer:
    entity = route.entity
    values = _read(call, entity, bindable=entity.references)
    if isinstance(route.via, View):
        _join(call, route.via, owner_of(call, route), values)
    return created(call, entity, entity.rules.create(call, values), route.place)


def _join(call: Call, view: View, owner: Loaded, values: Json) -> None:
    """Make a new object, which ``values`` are to become, a part of its owner."""
    if view.owned:
        owner.entity.rules.check_write(call, owner.doc)
    if values.setdefault(view.match, owner.key) != owner.key:
        raise bad_request(f"The value of property '{view.match}' must be the id in the path.")


def _make(call: Call, route: Route) -> Answer:
    """Make the object of an alternate key."""
    entity = route.entity
    owner = owner_of(call, route) if route.owner else None
    values = _read(call, entity, bindable=entity.references)
    values[route.key_name] = route.key
    if owner and isinstance(route.via, View):
        _join(call, route.via, owner, values)
    place = route.place.rpartition("(")[0]
    return created(call, entity, entity.rules.create(call, values), place)


def _read(
    call: Call, entity: Entity, *, bindable: Collection[str], present: Json | None = None
) -> Json:
    """The values in the request's body, of a new object or of one that is ``present``."""
    body = bodies.parse(call.request.raw, call.request.content_type)
    try:
        entity.rules.check_type(call, body)
        type_ = bodies.type_of(body, entity.type, present=present)
        return bodies.read_entity(body, type_, beta=call.beta, bindable=bindable)
    except GraphError as error:
        raise entity.rules.misread(error) from error


def _get(call: Call, route: Route, found: Loaded) -> Answer:
    query = query_of(call, (found.entity,))
    place = route.place if route.via or route.key_name else _collection_place(route)
    answer = {"@odata.context": context(call, place, query, entity=True)}
    typed = route.several
    return Answer(200, answer | expanded(call, found.entity, found.doc, query, typed=typed))


def _collection_place(route: Route) -> str:
    return route.place.rpartition("(")[0] or route.place


def _update(call: Call, route: Route, found: Loaded) -> Answer:
    entity = found.entity
    by_patch = [n for n, r in entity.references.items() if r.bound_by_patch]
    values = _read(call, entity, bindable=by_patch, present=found.doc)
    entity.rules.update(call, found.doc, values)
    if call.request.prefers("return=representation"):
        answer = _get(call, route, load(call, route))
        return Answer(200, answer.body, {"Preference-Applied": "return=representation"})
    return _get(call, route, load(call, route)) if entity.shown_when_changed else Answer(204)


def _act(call: Call, action: Action, doc: Json) -> Answer:
    values: Json = {}
    raw = call.request.raw
    if action.method == "POST" and not (action.empty_body and raw.strip() in {b"", b"{}"}):
        body = bodies.parse(raw, call.request.content_type)
        values = bodies.read_parameters(body, action.parameters)
    result = action.run(call, doc, values)
    if result is None:
        return Answer(204)
    header = {"@odata.context": f"{call.base}/{call.version}/$metadata#{action.returns}"}
    return Answer(action.status, header | result)


def _property(call: Call, route: Route, found: Loaded) -> Answer:
    shown = found.entity.rules.shown(call, found.doc)
    value = shown.get(route.prop)
    if value is None:
        return Answer(204)
    if route.raw:
        return Answer(200, text=str(value))
    place = context(call, f"{route.place}/{route.prop}", Query())
    return Answer(200, {"@odata.context": place, "value": value})


def _delete(call: Call, route: Route, found: Loaded) -> Answer:
    if route.deleted:
        found.entity.rules.purge(call, found.doc)
    else:
        found.entity.rules.delete(call, found.doc)
    return Answer(204)


_ON_ITEM = {"GET": _get, "PATCH": _update, "DELETE": _delete}
