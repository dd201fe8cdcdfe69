"""References from an object to others: listed, added, set and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata import bodies
from localtenant.odata.answers import Answer, context
from localtenant.odata.errors import bad_request, method_not_allowed, not_found
from localtenant.odata.filters import condition
from localtenant.odata.listing import counted, query_of, shown_target, targets_of
from localtenant.odata.queries import Query

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
    keys = rules.list_references(call, doc, navigation)
    if navigation.single:
        there = [k for k in keys if call.tx.kind_of(k) is not None]
        return _single(call, route, navigation, there)
    if route.reference:
        urls = [{"@odata.id": f"{call.base}/{call.version}/directoryObjects/{k}"} for k in keys]
        return Answer(
            200, {"@odata.context": context(call, "Collection($ref)", Query()), "value": urls}
        )
    if route.navigation_key is not None:
        raise method_not_allowed()
    return _listed(call, route, found, navigation)


def _listed(call: Call, route: Route, found: Loaded, navigation: References) -> Answer:
    only = route.navigation_cast
    shown = targets_of(call, found.entity, found.doc, navigation, only=only)
    if call.request.options.get("$filter"):
        shown = _filtered(call, navigation, shown)
    if route.counted:
        return counted(call, len(shown))
    name = "directoryObjects" if navigation.typed and only is None else route.place
    return Answer(200, {"@odata.context": context(call, name, Query()), "value": shown})


def _single(call: Call, route: Route, navigation: References, keys: list[str]) -> Answer:
    if not keys:
        raise not_found(navigation.name)
    if route.reference:
        url = f"{call.base}/{call.version}/directoryObjects/{keys[0]}"
        return Answer(200, {"@odata.context": context(call, "$ref", Query()), "@odata.id": url})
    entity = call.model.filed_as(call.tx.kind_of(keys[0]) or "")
    query = query_of(call, entity)
    header = {"@odata.context": context(call, "directoryObjects", query, entity=True)}
    return Answer(200, header | shown_target(call, keys[0], query, typed=navigation.typed))


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


def _filtered(call: Call, navigation: References, found: list[Json]) -> list[Json]:
    """``found`` without what the request's ``$filter`` excludes."""
    kept: set[str] = set()
    for name in navigation.targets:
        target = call.model.entities[name]
        wanted = condition(call.request.options["$filter"], target, advanced=False)
        kept |= {r.doc[target.type.key] for r in call.tx.find(target.type.filed_as, wanted)}
    return [f for f in found if f.get("id") in kept]


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
