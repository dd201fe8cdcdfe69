"""Handlers: what answers an event of a sign-up or sign-in, in user flows and listeners.

Source: the Graph resource pages of the handlers, and the metadata of v1.0.
"""

from __future__ import annotations

from localtenant.entities.custom_extensions.extension_type import OVERWRITE, reference_to
from localtenant.entities.sign_up.pages import PAGE
from localtenant.entities.sign_up.user_flow_attribute import ATTRIBUTE_TYPE, DATA_TYPE
from localtenant.odata.types import (
    INITIAL,
    ComplexType,
    EnumType,
    Property,
    flag,
    many,
    text,
)

SELF_SERVICE = "ExternalUsersSelfServiceSignUp"
EXTENSION_HANDLER = "CustomExtensionHandler"


def _reference(name: str, properties: tuple[Property, ...], *derived: str) -> ComplexType:
    """What a body says of a provider or attribute: its id; the rest is read and not kept."""
    properties = (text("id", nullable=False, required=True), *properties)
    return ComplexType(name, properties, derived=tuple(ComplexType(d, properties) for d in derived))


_PROVIDER = _reference(
    "identityProviderBase",
    (text("displayName"), text("identityProviderType"), text("state")),
    "builtInIdentityProvider",
    "socialIdentityProvider",
    "appleManagedIdentityProvider",
    "oidcIdentityProvider",
)
_ATTRIBUTE = _reference(
    "identityUserFlowAttribute",
    (
        text("displayName"),
        text("description"),
        Property("userFlowAttributeType", ATTRIBUTE_TYPE, nullable=False),
        Property("dataType", DATA_TYPE, nullable=False),
    ),
    "identityBuiltInUserFlowAttribute",
    "identityCustomUserFlowAttribute",
)


def _handler(event: str, *properties: Property, own: str = SELF_SERVICE) -> ComplexType:
    """The abstract handler of an event with the one type that implements it."""
    return ComplexType(
        f"{event}Handler", abstract=True, derived=(ComplexType(f"{event}{own}", properties),)
    )


def _extension(event: str) -> ComplexType:
    """The handler of an event that calls a custom authentication extension."""
    return _handler(event, *_calling(event), own=EXTENSION_HANDLER)


def _calling(event: str) -> tuple[Property, ...]:
    return (
        Property("customExtension", reference_to(event), navigation=True),
        Property("configuration", OVERWRITE),
    )


ON_METHOD_LOAD = _handler(
    "onAuthenticationMethodLoadStart", many("identityProviders", _PROVIDER, navigation=True)
)
ON_START = _handler(
    "onInteractiveAuthFlowStart", flag("isSignUpAllowed", nullable=False, default=True)
)
ON_COLLECTION = _handler(
    "onAttributeCollection",
    many("attributes", _ATTRIBUTE, navigation=True),
    Property("attributeCollectionPage", PAGE, default=INITIAL),
)
ON_CREATE = _handler(
    "onUserCreateStart", Property("userTypeToCreate", EnumType("userType", ("member", "guest")))
)
ON_COLLECTION_START = _extension("onAttributeCollectionStart")
ON_COLLECTION_SUBMIT = _extension("onAttributeCollectionSubmit")
ON_TOKEN = _extension("onTokenIssuanceStart")
ON_PASSCODE = _extension("onOtpSend")
ON_VERIFIED_ID = _extension("onVerifiedIdClaimValidation")
ON_PASSWORD = ComplexType(
    "onPasswordSubmitHandler",
    abstract=True,
    derived=(
        ComplexType(
            f"onPasswordMigration{EXTENSION_HANDLER}",
            (
                *_calling("onPasswordSubmit"),
                text("migrationPropertyId", nullable=False, required=True),
            ),
        ),
    ),
)
