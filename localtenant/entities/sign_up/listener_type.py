"""The declaration of event listeners.

Source: the Graph resource page "authenticationEventListener" with its derived types, and the
metadata of v1.0.
"""

from __future__ import annotations

from localtenant.entities.custom_extensions.extension_type import EXTENSION
from localtenant.entities.sign_up import handlers
from localtenant.entities.sign_up.conditions import CONDITIONS
from localtenant.entities.sign_up.identity_provider_type import PROVIDER
from localtenant.entities.sign_up.user_flow_attribute import ATTRIBUTE
from localtenant.odata.model import References
from localtenant.odata.types import INITIAL, INT32, ComplexType, EntityType, Property, text

_KIND = "authenticationEventListener"
_COMMON = (
    text("displayName"),
    Property("priority", INT32, nullable=False, default=500, beta_only=True),
    Property("conditions", CONDITIONS, default=INITIAL),
    text("authenticationEventsFlowId", read_only=True),
)
_INDEXED = ("authenticationEventsFlowId",)


def _type(event: str, handler: ComplexType) -> EntityType:
    return EntityType(
        f"{event}Listener",
        (*_COMMON, Property("handler", handler)),
        kind=_KIND,
        is_derived=True,
        indexed=_INDEXED,
    )


OF_FLOWS = {
    event: _type(event, handler)
    for event, handler in (
        ("onInteractiveAuthFlowStart", handlers.ON_START),
        ("onAuthenticationMethodLoadStart", handlers.ON_METHOD_LOAD),
        ("onAttributeCollection", handlers.ON_COLLECTION),
        ("onAttributeCollectionStart", handlers.ON_COLLECTION_START),
        ("onAttributeCollectionSubmit", handlers.ON_COLLECTION_SUBMIT),
        ("onUserCreateStart", handlers.ON_CREATE),
    )
}
"""The listeners that a user flow makes, by the event that it has a handler for."""

LISTENER = EntityType(
    _KIND,
    _COMMON,
    kind=_KIND,
    abstract=True,
    type_shown=True,
    indexed=_INDEXED,
    derived=(
        *OF_FLOWS.values(),
        _type("onTokenIssuanceStart", handlers.ON_TOKEN),
        _type("onEmailOtpSend", handlers.ON_PASSCODE),
        _type("onPasswordSubmit", handlers.ON_PASSWORD),
        _type("onVerifiedIdClaimValidation", handlers.ON_VERIFIED_ID),
    ),
)

PROVIDERS, ATTRIBUTES, EXTENSION_CALLED = (
    References(name, ("handler", name), targets=(target,), single=single, inline=("handler", name))
    for name, target, single in (
        ("identityProviders", PROVIDER.name, False),
        ("attributes", ATTRIBUTE.name, False),
        ("customExtension", EXTENSION.name, True),
    )
)
