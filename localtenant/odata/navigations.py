"""References from an object to others: listed, added, set and removed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from localtenant.conditions import ANYTHING
from localtenant.odata import bodies
from localtenant.odata.answers import Answer, context
from localtenant.odata.errors import (
    bad_request,
    method_not_allowed,
    not_found,
)
from localtenant.odata.filters import is_by_key, reference_filter
from localtenant.odata.listing import counted, linked, next_link, page
from localtenant.odata.paging import pack, place_of
from localtenant.odata.queries import Query, query_of

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.loading import Loaded
    from localtenant.odata.model import References
    from localtenant.odata.route import Route
    from localtenant.odata.types import Json


def references(call: Call, route: Route, found: Loaded, navigation: References) -> Answer:
    """List, add, set or remove references of an object, or make and delete contained ones."""
    rules, doc = found.entity.rules, found.doc
    method = call.request.method
    if method == "DELETE":
        for key in _removed(call, route, found, navigation):
            rules.remove_reference(call, doc, navigation, key)
        return Answer(204)
    if method in {"POST", "PUT"}:
        target = _target_of(call, navigation)
        if navigation.single:
            for other in call.tx.targets(found.key, navigation.relation):
                call.tx.unlink(found.key, navigation.relation, other)
        rules.add_reference(call, doc, navigation, target)
        if not navigation.contained:
            return Answer(204)
        key = call.model.entities[navigation.targets[0]].type.key
        header = {"@odata.context": context(call, route.place, Query(), entity=True)}
        return Answer(201, {**header, key: target})
    if navigation.single:
        return _single(call, route, found, navigation)
    if route.reference:
        keys = rules.list_references(call, doc, navigation)
        urls = [{"@odata.id": _url(call, navigation, k)} for k in keys]
        return Answer(
            200, {"@odata.context": context(call, "Collection($ref)", Query()), "value": urls}
        )
    if route.navigation_key is not None:
        raise method_not_allowed()
    return _listed(call, route, found, navigation)


def _listed(call: Call, route: Route, found: Loaded, navigation: References) -> Answer:
    if navigation.contained:
        return _contained(call, route, found, navigation)
    only = route.navigation_cast
    targets = tuple(call.model.entities[t] for t in navigation.targets)
    listed = linked(call, found.entity, found.doc, navigation, (only,) if only else targets)
    if only or not navigation.typed:
        listed = replace(listed, place=route.place)
    query = query_of(call, listed.entities)
    if query.filter and all(e.type.directory for e in listed.entities):
        advanced = call.request.eventual and (query.counted or route.counted)
        if not advanced and not is_by_key(query.filter):
            raise reference_filter()
    if route.counted:
        return counted(call, listed.count(call, query))
    return page(call, listed, query)


def _contained(call: Call, route: Route, found: Loaded, navigation: References) -> Answer:
    """A page of objects that are nothing but their keys."""
    target = call.model.entities[navigation.targets[0]]
    query = query_of(call, (target,))
    keys = found.entity.rules.list_references(call, found.doc, navigation)
    shown = [{target.type.key: k} for k in keys]
    if query.filter:
        shown = [s for s in shown if call.tx.fulfils(s, s[target.type.key], query.where)]
    if route.counted:
        return counted(call, len(shown))
    start = 0
    if query.token is not None:
        start = place_of(query.token, [s[target.type.key] for s in shown])
    body: Json = {"@odata.context": context(call, route.place, query)}
    end = start + query.top
    if end < len(shown):
        last = shown[end - 1][target.type.key]
        body["@odata.nextLink"] = next_link(call, pack([f"{end} {last}"]))
    body["value"] = shown[start:end]
    return Answer(200, body)


def _single(call: Call, route: Route, found: Loaded, navigation: References) -> Answer:
    targets = tuple(call.model.entities[t] for t in navigation.targets)
    listed = linked(call, found.entity, found.doc, navigation, targets)
    query = query_of(call, targets)
    rows = listed.rows(call, replace(query, where=ANYTHING, after=ANYTHING), 1)
    if not rows:
        raise not_found(navigation.name)
    if route.reference:
        entity = call.model.filed_as(rows[0].kind)
        url = _url(call, navigation, rows[0].doc[entity.type.key])
        return Answer(200, {"@odata.context": context(call, "$ref", Query()), "@odata.id": url})
    home = call.model.home_of(rows[0].kind)
    header = {"@odata.context": context(call, home, query, entity=True)}
    return Answer(200, header | listed.shown(call, rows[0], query))


def _url(call: Call, navigation: References, key: str) -> str:
    """The URL by which a reference names an object.

    Where only one kind can be there it is not guessed from the key: objects of other kinds may
    have the same, such as the attribute ``email``.
    """
    kinds = {call.model.entities[t].type.filed_as for t in navigation.targets}
    kind = call.tx.kind_of(key) if len(kinds) > 1 else kinds.pop()
    return f"{call.base}/{call.version}/{call.model.home_of(kind)}/{key}"


def _removed(call: Call, route: Route, found: Loaded, navigation: References) -> list[str]:
    """The keys that a DELETE names: in its path, by ``$id``, or as the only one there is."""
    if route.navigation_key is not None:
        return [route.navigation_key]
    if navigation.single:
        keys = found.entity.rules.list_references(call, found.doc, navigation)
        if not keys:
            raise not_found(navigation.name)
        return keys
    url = call.request.options.get("$id") or call.request.options.get("@id")
    if not url:
        raise method_not_allowed()
    return [bodies.reference_key(url)]


def _target_of(call: Call, navigation: References) -> str:
    body = bodies.parse(call.request.raw, call.request.content_type)
    if navigation.contained:
        declared = call.model.entities[navigation.targets[0]].type
        type_ = bodies.type_of(body, declared)
        return bodies.read_entity(body, type_, beta=call.beta)[type_.key]
    url = body.get("@odata.id")
    if not isinstance(url, str):
        raise bad_request("The property '@odata.id' is missing from the reference.")
    return bodies.reference_key(url)
