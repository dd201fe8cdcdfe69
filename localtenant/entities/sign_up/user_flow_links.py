"""What a user flow is linked to: applications, identity providers and attributes.

Source: the Graph pages for ``includeApplications``, ``identityProviders/$ref`` and
``attributes/$ref`` of a user flow. Error wordings are our own choice; the rules are documented.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.sign_up.user_flow_type import APPLICATIONS, ATTRIBUTES, INPUT, PROVIDERS
from localtenant.odata.errors import consumer_identity, no_principal
from localtenant.odata.types import child, children

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

BIND = "attributes@odata.bind"
_EMAIL = "email"
_EMAIL_PATTERN = "^[a-zA-Z0-9.!#$%&amp;&#8217;'*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(?:.[a-zA-Z0-9-]+)*$"


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


def wanted_applications(conditions: Json | None) -> list[str] | None:
    """The client IDs that a body's conditions ask for; None if it does not mention them."""
    applications = child(conditions, "applications")
    if APPLICATIONS.name not in applications:
        return None
    return [a["appId"] for a in children(applications, APPLICATIONS.name)]


def set_providers(call: Call, flow_id: str, providers: list[str]) -> None:
    """Make ``providers`` the flow's only identity providers."""
    if not providers:
        raise consumer_identity(400, "A user flow must have at least one identity provider.")
    _clear(call, flow_id, PROVIDERS.name)
    for provider in providers:
        add_provider(call, flow_id, provider)


def set_attributes(call: Call, flow_id: str, attributes: list[str]) -> None:
    """Bind ``attributes`` to a new flow."""
    for attribute in attributes:
        add_attribute(call, flow_id, attribute)


def set_applications(call: Call, flow_id: str, applications: list[str]) -> None:
    """Make ``applications`` the only ones of the flow."""
    _clear(call, flow_id, APPLICATIONS.name)
    for client_id in applications:
        add_application(call, flow_id, client_id)


def add_provider(call: Call, flow_id: str, provider: str) -> None:
    """Add an identity provider that the tenant has."""
    doc = call.tx.get("identityProvider", provider)
    if doc is None:
        raise consumer_identity(404, f"The identity provider '{provider}' was not found.")
    if not call.tx.link(flow_id, PROVIDERS.name, doc["id"]):
        raise consumer_identity(
            400, f"The identity provider '{provider}' is already in the user flow."
        )


def add_attribute(call: Call, flow_id: str, attribute: str) -> Json:
    """Bind an attribute that the tenant has; the attribute."""
    doc = call.tx.get("identityUserFlowAttribute", attribute)
    if doc is None:
        raise consumer_identity(404, f"The user flow attribute '{attribute}' was not found.")
    if not call.tx.link(flow_id, ATTRIBUTES.name, doc["id"]):
        raise consumer_identity(400, f"The attribute '{attribute}' is already in the user flow.")
    return doc


def add_application(call: Call, flow_id: str, client_id: str) -> None:
    """Put an application into the flow: it needs a service principal, and may be in no other."""
    if call.tx.lookup("servicePrincipal", "appId", client_id) is None:
        raise no_principal(client_id)
    for other in call.tx.sources(APPLICATIONS.name, client_id):
        where = "this user flow" if other == flow_id else f"the user flow '{other}'"
        raise consumer_identity(400, f"The application '{client_id}' is already in {where}.")
    call.tx.link(flow_id, APPLICATIONS.name, client_id)


def default_input(attribute: Json) -> Json:
    """The input that the page gets for an attribute added by reference."""
    is_email = attribute["id"] == _EMAIL
    return INPUT.complete(
        {
            "attribute": attribute["id"],
            "label": attribute["displayName"],
            "hidden": is_email,
            "editable": not is_email,
            "required": is_email,
            "validationRegEx": _EMAIL_PATTERN if is_email else "^.*",
        }
    )


def _clear(call: Call, flow_id: str, relation: str) -> None:
    for target in call.tx.targets(flow_id, relation):
        call.tx.unlink(flow_id, relation, target)
