"""``/identity/authenticationEventListeners``: what answers an event of a sign-up or sign-in.

Source: the Graph pages "Create authenticationEventListener" and "Update
authenticationEventListener"; that a user flow makes several, "authenticationEventsFlow". The rules
are documented unless a docstring says otherwise; the texts of errors are our own choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.sign_up import links
from localtenant.entities.sign_up.conditions import APPLICATIONS, wanted_applications
from localtenant.entities.sign_up.inline import with_links
from localtenant.entities.sign_up.listener_type import (
    ATTRIBUTES,
    EXTENSION_CALLED,
    LISTENER,
    OF_FLOWS,
    PROVIDERS,
)
from localtenant.entities.sign_up.user_flow_type import FLOW
from localtenant.odata.bodies import no_type_name
from localtenant.odata.errors import GraphError, consumer_identity, not_implemented
from localtenant.odata.model import Entity, EntitySet
from localtenant.odata.rules import Rules
from localtenant.odata.types import ComplexType
from localtenant.transaction import key_is

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.model import References
    from localtenant.odata.types import EntityType, Json
    from localtenant.transaction import Row

MOST_LISTENERS = 249
_KIND = LISTENER.filed_as
_FLOW_ID = "authenticationEventsFlowId"
_FRAUD = "onFraudProtectionLoadStartListener"
_EVENTS = {f"#{type_.full_name}": event for event, type_ in OF_FLOWS.items()}


class ListenerRules(Rules):
    """What the service behind listeners checks beyond the types of their properties."""

    def check_type(self, call: Call, body: Json) -> None:
        """A listener's body names its type."""
        del call
        said = str(body.get("@odata.type", ""))
        if not said:
            raise no_type_name()
        if said.lower().endswith(f".{_FRAUD.lower()}"):
            raise not_implemented(f"'{_FRAUD}'")

    def create(self, call: Call, values: Json) -> Json:
        """Make one of at most 249 listeners, those of user flows among them."""
        _check_limit(call)
        doc = call.insert(LISTENER.actual(values), values)
        self._link(call, doc, values)
        return doc

    def check_write(self, call: Call, doc: Json) -> None:
        """Our own choice: what a user flow made is changed and deleted with the flow alone."""
        del call
        if doc[_FLOW_ID]:
            raise consumer_identity(
                400,
                f"The event listener '{doc['id']}' belongs to the user flow '{doc[_FLOW_ID]}' and "
                "can be changed or deleted with it only.",
            )

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change a listener; applications, providers and attributes are replaced as a whole."""
        self._link(call, doc, values)
        super().update(call, doc, values)

    def shown(self, call: Call, doc: Json) -> Json:
        """The listener with what it is linked to; that of a user flow as the flow has it."""
        if not doc[_FLOW_ID]:
            known = _handler_type(doc).actual(doc["handler"] or {}).by_name
            inside = (n for n in (PROVIDERS, ATTRIBUTES, EXTENSION_CALLED) if n.name in known)
            return with_links(call, doc, (APPLICATIONS, *inside))
        entity = call.model.entities[FLOW.name]
        flow = entity.rules.shown(call, call.require(FLOW.filed_as, doc[_FLOW_ID]))
        return doc | {
            "conditions": flow["conditions"],
            "handler": flow[_EVENTS[doc["@odata.type"]]],
        }

    def missing(self, key: str) -> GraphError:
        """404; the wording is our own choice."""
        return consumer_identity(404, f"The authentication event listener '{key}' was not found.")

    def add_reference(self, call: Call, doc: Json, navigation: References, target: str) -> None:
        """Add an application; our own choice: whether it exists is not checked."""
        if not call.tx.link(doc["id"], navigation.name, target):
            raise consumer_identity(
                400, f"The application '{target}' is already in this event listener."
            )

    def remove_reference(self, call: Call, doc: Json, navigation: References, target: str) -> None:
        """Remove an application."""
        if not call.tx.unlink(doc["id"], navigation.name, target):
            raise consumer_identity(
                404, f"'{target}' is not among the {navigation.name} of this event listener."
            )

    def _link(self, call: Call, doc: Json, values: Json) -> None:
        applications = wanted_applications(values.get("conditions"))
        if applications is not None:
            _set_applications(call, doc["id"], applications)
        if "handler" not in values:
            return
        handler = values["handler"]
        links.call_extension(call, doc["id"], EXTENSION_CALLED.name, _handler_type(doc), handler)
        for navigation, make in (
            (PROVIDERS, links.set_providers),
            (ATTRIBUTES, links.set_attributes),
        ):
            keys = links.wanted(handler or {}, navigation.name)
            if keys is not None:
                make(call, doc["id"], keys)


def _handler_type(doc: Json) -> ComplexType:
    """The declared type of a listener's handler."""
    declared = LISTENER.actual(doc).by_name["handler"].type
    if not isinstance(declared, ComplexType):
        message = f"the handler of {doc['@odata.type']} is not of a complex type"
        raise TypeError(message)
    return declared


def follow(call: Call, flow: Json) -> None:
    """Have the listeners that a user flow makes: one for each event that it has a handler for."""
    found = {row.doc["@odata.type"]: row.doc for row in _of_flow(call, flow["id"])}
    applications = call.tx.targets(flow["id"], APPLICATIONS.name)
    for event, type_ in OF_FLOWS.items():
        listener = found.get(f"#{type_.full_name}")
        if flow[event] is None:
            if listener:
                call.tx.remove(_KIND, listener["id"])
            continue
        if listener is None:
            listener = _insert(call, type_, flow["id"])
        _set_applications(call, listener["id"], applications)


def forget(call: Call, flow_id: str) -> None:
    """Delete the listeners that a user flow made."""
    for row in _of_flow(call, flow_id):
        call.tx.remove(_KIND, row.doc["id"])


def _insert(call: Call, type_: EntityType, flow_id: str) -> Json:
    _check_limit(call)
    return call.insert(type_, {"@odata.type": f"#{type_.full_name}", _FLOW_ID: flow_id})


def _of_flow(call: Call, flow_id: str) -> list[Row]:
    return call.tx.find(_KIND, key_is(_FLOW_ID, flow_id))


def _check_limit(call: Call) -> None:
    if call.tx.count(_KIND) >= MOST_LISTENERS:
        raise consumer_identity(
            400,
            f"A tenant can have at most {MOST_LISTENERS} event listeners, of which each user flow "
            "makes several.",
        )


def _set_applications(call: Call, listener_id: str, applications: list[str]) -> None:
    present = call.tx.targets(listener_id, APPLICATIONS.name)
    if present == applications:
        return
    for client_id in present:
        call.tx.unlink(listener_id, APPLICATIONS.name, client_id)
    for client_id in applications:
        call.tx.link(listener_id, APPLICATIONS.name, client_id)


ENTITY = Entity(LISTENER, ListenerRules(LISTENER), navigations=(APPLICATIONS,))
SET = EntitySet("identity/authenticationEventListeners", (LISTENER.name,))
