"""``/identity/authenticationEventsFlows``: user flows and the rules of their own.

Source: the Graph pages of ``authenticationEventsFlow`` (create, update, delete) and of its
sub-resources. The rules are documented, or observed where a comment says so; no error text of this
service's validation is captured, so the wordings here are our own choice.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from localtenant.entities.sign_up import links
from localtenant.entities.sign_up.conditions import APPLICATIONS, wanted_applications
from localtenant.entities.sign_up.handlers import (
    ON_COLLECTION,
    ON_COLLECTION_START,
    ON_COLLECTION_SUBMIT,
)
from localtenant.entities.sign_up.inline import with_links
from localtenant.entities.sign_up.listener import follow, forget
from localtenant.entities.sign_up.pages import (
    add_default_input,
    inputs_of,
    views_of,
    with_inputs_of,
)
from localtenant.entities.sign_up.user_flow_type import ATTRIBUTES, EXTENSIONS, FLOW, PROVIDERS
from localtenant.odata.bodies import no_type_name
from localtenant.odata.errors import GraphError, consumer_identity
from localtenant.odata.model import Entity, EntitySet, References
from localtenant.odata.rules import Rules

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_COLLECTION = "onAttributeCollection"
_METHODS = "onAuthenticationMethodLoadStart"
_START = "onInteractiveAuthFlowStart"
_CALLING = {
    "onAttributeCollectionStart": ON_COLLECTION_START,
    "onAttributeCollectionSubmit": ON_COLLECTION_SUBMIT,
}
# Kept in the document and never shown: whether the flow was created with attribute collection.
_COLLECTS = "#collects"


class FlowRules(Rules):
    """What the service behind user flows checks beyond the types of their properties."""

    def check_type(self, call: Call, body: Json) -> None:
        """A flow's body names its type.

        Observed: a PATCH of nothing but the conditions may go without, and in beta one of nothing
        but the identity providers.
        """
        free = {"conditions", _METHODS} if call.beta else {"conditions"}
        untyped = call.request.method == "PATCH" and free.issuperset(body)
        if "@odata.type" not in body and not untyped:
            raise no_type_name()

    def create(self, call: Call, values: Json) -> Json:
        """Make a flow with at least one identity provider, and the listeners that belong to it."""
        _check_name(call, values.get("displayName"), None)
        for handler in (_START, _METHODS):
            if not values.get(handler):
                raise consumer_identity(400, f"The '{handler}' field is required.")
        collection = values.get(_COLLECTION)
        attributes = links.wanted_attributes(collection) if collection else []
        if collection:
            values[_COLLECTION] = with_inputs_of(collection, attributes)
        doc = call.insert(FLOW, values)
        doc[_COLLECTS] = bool(collection)
        call.replace(FLOW, doc)
        links.set_providers(call, doc["id"], links.wanted(values[_METHODS], PROVIDERS.name) or [])
        links.set_attributes(call, doc["id"], attributes)
        applications = wanted_applications(values.get("conditions"))
        links.set_applications(call, doc["id"], applications or [])
        _call_extensions(call, doc, values)
        follow(call, doc)
        return doc

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change a flow; a page's inputs are replaced as a whole, never merged."""
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
        applications = wanted_applications(values.get("conditions"))
        if applications is not None:
            links.set_applications(call, doc["id"], applications)
        _call_extensions(call, doc, values)
        self._replace(call, changed)

    def delete(self, call: Call, doc: Json) -> None:
        """Delete a flow with its listeners."""
        forget(call, doc["id"])
        super().delete(call, doc)

    def shown(self, call: Call, doc: Json) -> Json:
        """The flow with applications, providers and attributes inside it, unless reads are bare.

        A custom extension in a handler is always expanded.
        """
        inside = (APPLICATIONS, PROVIDERS, ATTRIBUTES) if call.tenant.flows_expanded else ()
        return with_links(call, doc, (*inside, *EXTENSIONS.values()))

    def shown_created(self, call: Call, doc: Json) -> Json:
        """The answer to a POST never shows navigation properties."""
        del call
        return doc

    def missing(self, key: str) -> GraphError:
        """404; the wording is our own choice."""
        return consumer_identity(404, f"The authentication events flow '{key}' was not found.")

    def add_reference(self, call: Call, doc: Json, navigation: References, target: str) -> None:
        """Add an application, an identity provider or an attribute, or set an extension."""
        changed = copy.deepcopy(doc)
        if navigation is APPLICATIONS:
            links.add_application(call, doc["id"], target)
        elif navigation is PROVIDERS:
            links.add_provider(call, doc["id"], target)
        elif navigation is ATTRIBUTES:
            attribute = links.add_attribute(call, doc["id"], target)
            _have_handler(changed, _COLLECTION)
            add_default_input(changed[_COLLECTION], attribute)
        else:
            event = navigation.inline[0]
            type_name = f"{event}CustomExtension"
            links.set_extension(call, doc["id"], navigation.name, target, type_name)
            _have_handler(changed, event)
        self._replace(call, changed)

    def remove_reference(self, call: Call, doc: Json, navigation: References, target: str) -> None:
        """Remove one; a flow keeps at least one identity provider."""
        if navigation is PROVIDERS and call.tx.targets(doc["id"], PROVIDERS.name) == [target]:
            raise consumer_identity(400, "A user flow must have at least one identity provider.")
        if not call.tx.unlink(doc["id"], navigation.name, target):
            raise consumer_identity(
                404, f"'{target}' is not among the {navigation.name} of this user flow."
            )
        follow(call, doc)

    def list_references(self, call: Call, doc: Json, navigation: References) -> list[str]:
        """List them; 400 for the attributes of a flow that has none, as documented."""
        found = super().list_references(call, doc, navigation)
        if navigation is ATTRIBUTES and not found:
            raise consumer_identity(400, "No attribute is assigned to this user flow.")
        if navigation.single and not found:
            event = navigation.inline[0]
            raise consumer_identity(404, f"No custom extension is set for '{event}'.")
        return found

    def _collect(self, call: Call, doc: Json, collection: Json, changed: Json) -> None:
        if ATTRIBUTES.name in collection or links.BIND in collection:
            # Observed: attributes cannot be given by PATCH, only by POST of references.
            raise consumer_identity(400, "The request body is null or in bad format")
        if not doc.get(_COLLECTS):
            raise consumer_identity(
                400, f"'{_COLLECTION}' can be updated only if it was configured at creation."
            )
        if not views_of(collection):
            return
        bound = call.tx.targets(doc["id"], ATTRIBUTES.name)
        changed[_COLLECTION] = with_inputs_of(changed[_COLLECTION], bound)
        kept = {i["attribute"] for i in inputs_of(changed[_COLLECTION])}
        for attribute in bound:
            if attribute not in kept:
                call.tx.unlink(doc["id"], ATTRIBUTES.name, attribute)

    def _replace(self, call: Call, changed: Json) -> None:
        call.replace(FLOW, changed)
        follow(call, changed)


def _check_name(call: Call, name: str | None, flow_id: str | None) -> None:
    if not name:
        raise consumer_identity(400, "The 'displayName' field is required.")
    other = call.tx.lookup(FLOW.filed_as, "displayName", name)
    if other and other["id"] != flow_id:
        raise consumer_identity(400, f"A user flow with the display name '{name}' already exists.")


def _call_extensions(call: Call, doc: Json, values: Json) -> None:
    """Link the flow to the extensions that the handlers in a body name."""
    for event, declared in _CALLING.items():
        if event in values:
            relation = EXTENSIONS[event].name
            links.call_extension(call, doc["id"], relation, declared, values[event])


def _have_handler(doc: Json, event: str) -> None:
    """Give a flow the handler of an event, empty, if it has none."""
    if doc[event] is None:
        (handler,) = {_COLLECTION: ON_COLLECTION, **_CALLING}[event].derived
        doc[event] = handler.complete({"@odata.type": f"#{handler.full_name}"})


ENTITY = Entity(
    FLOW,
    FlowRules(FLOW),
    navigations=(APPLICATIONS, PROVIDERS, ATTRIBUTES, *EXTENSIONS.values()),
)
SET = EntitySet("identity/authenticationEventsFlows", (FLOW.name,))
