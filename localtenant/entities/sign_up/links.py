"""What user flows and listeners are linked to: applications, providers, attributes, extensions.

Source: the Graph pages for ``includeApplications``, ``identityProviders/$ref`` and
``attributes/$ref`` of a user flow, and the resource pages of handlers. Error wordings are our own
choice; the rules are documented.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.custom_extensions.extension import check_connection, no_extension
from localtenant.entities.custom_extensions.extension_type import EXTENSION
from localtenant.entities.sign_up.conditions import APPLICATIONS
from localtenant.entities.sign_up.passcode import check_passcode
from localtenant.entities.sign_up.user_flow_type import ATTRIBUTES, FLOW, PROVIDERS
from localtenant.odata.errors import consumer_identity, no_principal
from localtenant.odata.types import child

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import ComplexType, Json

BIND = "attributes@odata.bind"


def wanted(handler: Json, name: str) -> list[str] | None:
    """The ids that a handler's inline collection asks for; None if the body does not mention it."""
    if name not in handler:
        return None
    return [item["id"] for item in handler[name]]


def wanted_attributes(collection: Json) -> list[str]:
    """The attributes that a new flow asks for.

    Observed: ``attributes@odata.bind`` is accepted, but binds the first attribute only.
    """
    return wanted(collection, ATTRIBUTES.name) or collection.get(BIND, [])[:1]


def set_providers(call: Call, owner: str, providers: list[str]) -> None:
    """Make ``providers`` the only identity providers of a flow or a listener."""
    if not providers:
        raise consumer_identity(400, "A user flow must have at least one identity provider.")
    _clear(call, owner, PROVIDERS.name)
    for provider in providers:
        add_provider(call, owner, provider)


def set_attributes(call: Call, owner: str, attributes: list[str]) -> None:
    """Make ``attributes`` the only ones of a flow or a listener."""
    _clear(call, owner, ATTRIBUTES.name)
    for attribute in attributes:
        add_attribute(call, owner, attribute)


def set_applications(call: Call, flow_id: str, applications: list[str]) -> None:
    """Make ``applications`` the only ones of the flow."""
    _clear(call, flow_id, APPLICATIONS.name)
    for client_id in applications:
        add_application(call, flow_id, client_id)


def add_provider(call: Call, owner: str, provider: str) -> None:
    """Add an identity provider that the tenant has."""
    doc = call.tx.get("identityProvider", provider)
    if doc is None:
        raise consumer_identity(404, f"The identity provider '{provider}' was not found.")
    check_passcode(call, doc["id"])
    if not call.tx.link(owner, PROVIDERS.name, doc["id"]):
        raise consumer_identity(
            400, f"The identity provider '{provider}' is already in the user flow."
        )


def add_attribute(call: Call, owner: str, attribute: str) -> Json:
    """Bind an attribute that the tenant has; the attribute."""
    doc = call.tx.get("identityUserFlowAttribute", attribute)
    if doc is None:
        raise consumer_identity(404, f"The user flow attribute '{attribute}' was not found.")
    if not call.tx.link(owner, ATTRIBUTES.name, doc["id"]):
        raise consumer_identity(400, f"The attribute '{attribute}' is already in the user flow.")
    return doc


def add_application(call: Call, flow_id: str, client_id: str) -> None:
    """Put an application into the flow: it needs a service principal, and may be in no other."""
    if call.tx.lookup("servicePrincipal", "appId", client_id) is None:
        raise no_principal(client_id)
    for other in call.tx.sources(APPLICATIONS.name, client_id):
        if call.tx.kind_of(other) == FLOW.filed_as:
            where = "this user flow" if other == flow_id else f"the user flow '{other}'"
            raise consumer_identity(400, f"The application '{client_id}' is already in {where}.")
    call.tx.link(flow_id, APPLICATIONS.name, client_id)


def call_extension(
    call: Call, owner: str, relation: str, declared: ComplexType, handler: Json | None
) -> None:
    """Link a flow or a listener to the extension that a handler in a body names.

    ``declared`` is the handler's declared type. A handler that is null or of another type calls
    none any more; one that does not mention its extension keeps it, and has to have one.
    """
    prop = declared.actual(handler).by_name.get("customExtension") if handler else None
    if handler is None or prop is None:
        _clear(call, owner, relation)
        return
    check_connection(child(child(handler, "configuration"), "clientConfiguration"))
    extension = handler.get("customExtension")
    if extension:
        set_extension(call, owner, relation, extension["id"], prop.type.name)
    elif prop.name in handler or not call.tx.targets(owner, relation):
        raise consumer_identity(400, "The 'customExtension' field is required.")


def set_extension(call: Call, owner: str, relation: str, key: str, type_name: str) -> None:
    """Have a handler call an extension, which the tenant has and which is made for the event."""
    doc = call.tx.get(EXTENSION.filed_as, key)
    if doc is None:
        raise no_extension(key)
    if EXTENSION.actual(doc).name != type_name:
        raise consumer_identity(
            400, f"The custom authentication extension '{key}' is not a '{type_name}'."
        )
    _clear(call, owner, relation)
    call.tx.link(owner, relation, key)


def _clear(call: Call, owner: str, relation: str) -> None:
    for target in call.tx.targets(owner, relation):
        call.tx.unlink(owner, relation, target)
