"""``/identity/authenticationEventsFlows``: user flows and the rules of their own.

Source: the Graph pages of ``authenticationEventsFlow`` (create, update, delete) and of its
sub-resources. The rules are documented, or observed where a comment says so; no error text of this
service's validation is captured, so the wordings here are our own choice.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from localtenant.entities.sign_up import user_flow_links as links
from localtenant.entities.sign_up.user_flow_type import (
    APPLICATIONS,
    ATTRIBUTES,
    CONDITION,
    FLOW,
    ON_COLLECTION,
    PROVIDERS,
)
from localtenant.odata.answers import projection
from localtenant.odata.errors import GraphError, consumer_identity, not_implemented
from localtenant.odata.model import Entity, References
from localtenant.odata.queries import Query
from localtenant.odata.rules import Rules
from localtenant.odata.types import child, children

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_COLLECTION = "onAttributeCollection"
_METHODS = "onAuthenticationMethodLoadStart"
_PAGE = "attributeCollectionPage"
_START = "onInteractiveAuthFlowStart"
_EXTENSIONS = ("onAttributeCollectionStart", "onAttributeCollectionSubmit")
# Kept in the document and never shown: whether the flow was created with attribute collection.
_COLLECTS = "#collects"


class FlowRules(Rules):
    """What the service behind user flows checks beyond the types of their properties."""

    type_demanded = True

    def create(self, call: Call, values: Json) -> Json:
        """Make a flow with at least one identity provider."""
        _check_extensions(values)
        _check_name(call, values.get("displayName"), None)
        for handler in (_START, _METHODS):
            if not values.get(handler):
                raise consumer_identity(400, f"The '{handler}' field is required.")
        providers = links.wanted(values[_METHODS], PROVIDERS.name)
        collection = values.get(_COLLECTION)
        attributes = links.wanted_attributes(collection) if collection else []
        applications = links.wanted_applications(values.get("conditions"))
        if collection:
            values[_COLLECTION] = _with_inputs_of(collection, attributes)
        doc = call.insert(FLOW, {**values, _COLLECTS: bool(collection)})
        doc[_COLLECTS] = bool(collection)
        call.replace(FLOW, doc)
        links.set_providers(call, doc["id"], providers or [])
        links.set_attributes(call, doc["id"], attributes)
        links.set_applications(call, doc["id"], applications or [])
        return doc

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change a flow; a page's inputs are replaced as a whole, never merged."""
        _check_extensions(values)
        if "displayName" in values:
            _check_name(call, values["displayName"], doc["id"])
        for handler in (_START, _METHODS, _COLLECTION):
            if handler in values and values[handler] is None:
                raise consumer_identity(400, f"The '{handler}' field cannot be removed.")
        changed = self.merged(doc, values)
        if values.get(_COLLECTION):
            self._collect(call, doc, values[_COLLECTION], changed)
        providers = links.wanted(values.get(_METHODS) or {}, PROVIDERS.name)
        if providers is not None:
            links.set_providers(call, doc["id"], providers)
        applications = links.wanted_applications(values.get("conditions"))
        if applications is not None:
            links.set_applications(call, doc["id"], applications)
        call.replace(FLOW, changed)

    def shown(self, call: Call, doc: Json) -> Json:
        """The flow with applications, providers and attributes inside it, unless reads are bare."""
        if not call.tenant.flows_expanded:
            return doc
        shown = copy.deepcopy(doc)
        for navigation in (APPLICATIONS, PROVIDERS, ATTRIBUTES):
            _put(shown, navigation, self._inline(call, doc, navigation))
        return shown

    def shown_created(self, call: Call, doc: Json) -> Json:
        """The answer to a POST never shows navigation properties."""
        del call
        return doc

    def missing(self, key: str) -> GraphError:
        """404; the wording is our own choice."""
        return consumer_identity(404, f"The authentication events flow '{key}' was not found.")

    def add_reference(self, call: Call, doc: Json, navigation: References, target: str) -> None:
        """Add an application, an identity provider or an attribute."""
        flow_id = doc["id"]
        if navigation is APPLICATIONS:
            links.add_application(call, flow_id, target)
        elif navigation is PROVIDERS:
            links.add_provider(call, flow_id, target)
        else:
            attribute = links.add_attribute(call, flow_id, target)
            call.replace(FLOW, _with_default_input(doc, attribute))

    def remove_reference(self, call: Call, doc: Json, navigation: References, target: str) -> None:
        """Remove one; a flow keeps at least one identity provider."""
        if navigation is PROVIDERS and call.tx.targets(doc["id"], PROVIDERS.name) == [target]:
            raise consumer_identity(400, "A user flow must have at least one identity provider.")
        if not call.tx.unlink(doc["id"], navigation.name, target):
            raise consumer_identity(
                404, f"'{target}' is not among the {navigation.name} of this user flow."
            )

    def list_references(self, call: Call, doc: Json, navigation: References) -> list[str]:
        """List them; 400 for the attributes of a flow that has none, as documented."""
        found = super().list_references(call, doc, navigation)
        if navigation is ATTRIBUTES and not found:
            raise consumer_identity(400, "No attribute is assigned to this user flow.")
        return found

    def _collect(self, call: Call, doc: Json, collection: Json, changed: Json) -> None:
        if ATTRIBUTES.name in collection or links.BIND in collection:
            # Observed: attributes cannot be given by PATCH, only by POST of references.
            raise consumer_identity(400, "The request body is null or in bad format")
        if not doc.get(_COLLECTS):
            raise consumer_identity(
                400, f"'{_COLLECTION}' can be updated only if it was configured at creation."
            )
        if not _views(collection):
            return
        bound = call.tx.targets(doc["id"], ATTRIBUTES.name)
        changed[_COLLECTION] = _with_inputs_of(changed[_COLLECTION], bound)
        kept = {i["attribute"] for i in _inputs(changed[_COLLECTION])}
        for attribute in bound:
            if attribute not in kept:
                call.tx.unlink(doc["id"], ATTRIBUTES.name, attribute)

    def _inline(self, call: Call, doc: Json, navigation: References) -> list[Json]:
        keys = super().list_references(call, doc, navigation)
        if navigation is APPLICATIONS:
            return [{"appId": k} for k in keys]
        entity = call.model.entities[navigation.targets[0]]
        kind = entity.type.filed_as
        return [projection(call, entity, call.require(kind, k), Query()) for k in keys]


def _put(shown: Json, navigation: References, items: list[Json]) -> None:
    """Put what a navigation leads to in its place inside the handlers, if that is there."""
    place: Json | None = shown
    *way, last = navigation.inline
    for name in way:
        place = place.get(name) if place else None
    if place is not None:
        place[last] = items


def _check_name(call: Call, name: str | None, flow_id: str | None) -> None:
    if not name:
        raise consumer_identity(400, "The 'displayName' field is required.")
    other = call.tx.lookup(FLOW.filed_as, "displayName", name)
    if other and other["id"] != flow_id:
        raise consumer_identity(400, f"A user flow with the display name '{name}' already exists.")


def _check_extensions(values: Json) -> None:
    for name in _EXTENSIONS:
        if values.get(name):
            raise not_implemented(f"'{name}' of user flows")


def _views(collection: Json) -> list[Json]:
    return children(child(collection, _PAGE), "views")


def _inputs(collection: Json) -> list[Json]:
    return [i for view in _views(collection) for i in children(view, "inputs")]


def _with_inputs_of(collection: Json, attributes: list[str]) -> Json:
    """``collection`` without inputs for attributes that are not bound: they are quietly ignored."""
    bound = {a.lower() for a in attributes}
    kept = copy.deepcopy(collection)
    for view in _views(kept):
        inputs = children(view, "inputs")
        view["inputs"] = [i for i in inputs if i["attribute"].lower() in bound]
    return kept


def _with_default_input(doc: Json, attribute: Json) -> Json:
    """The flow with an input of default settings for an attribute that was just bound to it."""
    changed = copy.deepcopy(doc)
    if changed[_COLLECTION] is None:
        (handler,) = ON_COLLECTION.derived
        changed[_COLLECTION] = handler.complete({"@odata.type": f"#{handler.full_name}"})
    views = changed[_COLLECTION][_PAGE]["views"]
    if not views:
        views.append({"title": None, "description": None, "inputs": []})
    if all(i["attribute"] != attribute["id"] for i in _inputs(changed[_COLLECTION])):
        views[0]["inputs"].append(links.default_input(attribute))
    return changed


ENTITY = Entity(FLOW, FlowRules(FLOW), navigations=(APPLICATIONS, PROVIDERS, ATTRIBUTES))
CONDITION_ENTITY = Entity(CONDITION, Rules(CONDITION))
