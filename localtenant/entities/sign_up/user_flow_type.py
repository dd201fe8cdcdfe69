"""The declaration of a sign-up and sign-in user flow of an external tenant.

Source: the Graph resource page "externalUsersSelfServiceSignUpEventsFlow".
"""

from __future__ import annotations

from localtenant.entities.custom_extensions.extension_type import EXTENSION
from localtenant.entities.sign_up.conditions import CONDITIONS
from localtenant.entities.sign_up.handlers import (
    EXTENSION_HANDLER,
    ON_COLLECTION,
    ON_COLLECTION_START,
    ON_COLLECTION_SUBMIT,
    ON_CREATE,
    ON_METHOD_LOAD,
    ON_START,
    SELF_SERVICE,
)
from localtenant.entities.sign_up.identity_provider_type import PROVIDER
from localtenant.entities.sign_up.user_flow_attribute import ATTRIBUTE
from localtenant.odata.model import References
from localtenant.odata.types import INITIAL, INT32, EntityType, Property, text

FLOW = EntityType(
    "externalUsersSelfServiceSignUpEventsFlow",
    (
        text("displayName", nullable=False, required=True),
        text("description"),
        Property("priority", INT32, nullable=False, default=500, beta_only=True),
        Property("conditions", CONDITIONS, default=INITIAL),
        Property("onInteractiveAuthFlowStart", ON_START),
        Property("onAuthenticationMethodLoadStart", ON_METHOD_LOAD),
        Property("onAttributeCollection", ON_COLLECTION),
        Property("onAttributeCollectionStart", ON_COLLECTION_START),
        Property("onAttributeCollectionSubmit", ON_COLLECTION_SUBMIT),
        Property("onUserCreateStart", ON_CREATE),
    ),
    kind="authenticationEventsFlow",
    bases=("authenticationEventsFlow",),
    type_shown=True,
    indexed=("displayName",),
)


def _below(
    event: str, target: str, last: str, *, name: str = "", own: str = SELF_SERVICE
) -> References:
    """What the handler of an event leads to, below the casts that its path must carry."""
    return References(
        name or last,
        (f"~{FLOW.name}", event, f"~{event}{own}", last),
        targets=(target,),
        single=bool(name),
        inline=(event, last),
    )


PROVIDERS = _below("onAuthenticationMethodLoadStart", PROVIDER.name, "identityProviders")
ATTRIBUTES = _below("onAttributeCollection", ATTRIBUTE.name, "attributes")
EXTENSIONS = {
    event: _below(event, EXTENSION.name, "customExtension", name=name, own=EXTENSION_HANDLER)
    for event, name in (
        ("onAttributeCollectionStart", "startExtension"),
        ("onAttributeCollectionSubmit", "submitExtension"),
    )
}
"""The custom authentication extensions that a flow calls, by the event in which it does."""
