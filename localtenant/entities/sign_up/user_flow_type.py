"""The declaration of a sign-up and sign-in user flow of an external tenant.

Source: the Graph resource page "externalUsersSelfServiceSignUpEventsFlow" and its handlers'.
"""

from __future__ import annotations

from localtenant.entities.sign_up.user_flow_attribute import ATTRIBUTE_TYPE, DATA_TYPE
from localtenant.odata.model import References
from localtenant.odata.types import (
    GUID,
    INITIAL,
    INT32,
    ComplexType,
    EntityType,
    EnumType,
    Property,
    flag,
    many,
    text,
)

SELF_SERVICE = "ExternalUsersSelfServiceSignUp"

CONDITION = EntityType(
    "authenticationConditionApplication",
    (Property("appId", GUID, nullable=False, required=True),),
    key="appId",
    guid_key=False,
)

CONDITIONS = ComplexType(
    "authenticationConditions",
    (
        Property(
            "applications",
            ComplexType(
                "authenticationConditionsApplications",
                (
                    flag("includeAllApplications", nullable=False, default=False),
                    many(
                        "includeApplications",
                        ComplexType(CONDITION.name, CONDITION.properties),
                        navigation=True,
                    ),
                ),
            ),
            default=INITIAL,
        ),
    ),
)

# Bodies name a provider or attribute by its id; what else they say of it is read and not kept.
PROVIDER_REFERENCE = ComplexType(
    "identityProviderBase",
    (
        text("id", nullable=False, required=True),
        text("displayName"),
        text("identityProviderType"),
        text("state"),
    ),
    derived=(ComplexType("builtInIdentityProvider"), ComplexType("socialIdentityProvider")),
)
ATTRIBUTE_REFERENCE = ComplexType(
    "identityUserFlowAttribute",
    (
        text("id", nullable=False, required=True),
        text("displayName"),
        text("description"),
        Property("userFlowAttributeType", ATTRIBUTE_TYPE, nullable=False),
        Property("dataType", DATA_TYPE, nullable=False),
    ),
)

INPUT = ComplexType(
    "authenticationAttributeCollectionInputConfiguration",
    (
        text("attribute", nullable=False, required=True),
        text("label", nullable=False, required=True),
        Property(
            "inputType",
            EnumType(
                "authenticationAttributeCollectionInputType",
                (
                    "text",
                    "radioSingleSelect",
                    "checkboxMultiSelect",
                    "boolean",
                ),
            ),
            nullable=False,
            default="text",
        ),
        text("defaultValue"),
        flag("hidden", default=False),
        flag("editable", default=True),
        flag("writeToDirectory", default=True),
        flag("required", default=False),
        text("validationRegEx"),
        many(
            "options",
            ComplexType(
                "authenticationAttributeCollectionOptionConfiguration",
                (
                    text("label", nullable=False, required=True),
                    text("value", nullable=False, required=True),
                ),
            ),
        ),
    ),
)

PAGE = ComplexType(
    "authenticationAttributeCollectionPage",
    (
        text("customStringsFileId"),
        many(
            "views",
            ComplexType(
                "authenticationAttributeCollectionPageViewConfiguration",
                (text("title"), text("description"), many("inputs", INPUT)),
            ),
        ),
    ),
)


def _handler(event: str, *properties: Property, own: str = SELF_SERVICE) -> ComplexType:
    """The abstract handler of an event with the one type that implements it."""
    return ComplexType(
        f"{event}Handler", abstract=True, derived=(ComplexType(f"{event}{own}", properties),)
    )


def _extension(event: str) -> ComplexType:
    """The handler of an event by a custom authentication extension, which is only named here."""
    extension = ComplexType("onAttributeCollectionCustomExtension", (text("id"),))
    return _handler(
        event,
        Property("customExtension", extension),
        Property("configuration", ComplexType("customExtensionOverwriteConfiguration")),
        own="CustomExtensionHandler",
    )


ON_METHOD_LOAD = _handler(
    "onAuthenticationMethodLoadStart",
    many("identityProviders", PROVIDER_REFERENCE, navigation=True),
)
ON_START = _handler(
    "onInteractiveAuthFlowStart", flag("isSignUpAllowed", nullable=False, default=True)
)
ON_COLLECTION = _handler(
    "onAttributeCollection",
    many("attributes", ATTRIBUTE_REFERENCE, navigation=True),
    Property("attributeCollectionPage", PAGE, default=INITIAL),
)
ON_CREATE = _handler(
    "onUserCreateStart", Property("userTypeToCreate", EnumType("userType", ("member", "guest")))
)

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
        Property("onAttributeCollectionStart", _extension("onAttributeCollectionStart")),
        Property("onAttributeCollectionSubmit", _extension("onAttributeCollectionSubmit")),
        Property("onUserCreateStart", ON_CREATE),
    ),
    kind="authenticationEventsFlow",
    type_shown=True,
    indexed=("displayName",),
)

APPLICATIONS = References(
    "includeApplications",
    ("conditions", "applications", "includeApplications"),
    targets=(CONDITION.name,),
    contained=True,
    inline=("conditions", "applications", "includeApplications"),
)
PROVIDERS = References(
    "identityProviders",
    (
        f"~{FLOW.name}",
        "onAuthenticationMethodLoadStart",
        f"~onAuthenticationMethodLoadStart{SELF_SERVICE}",
        "identityProviders",
    ),
    targets=("builtInIdentityProvider",),
    inline=("onAuthenticationMethodLoadStart", "identityProviders"),
)
ATTRIBUTES = References(
    "attributes",
    (
        f"~{FLOW.name}",
        "onAttributeCollection",
        f"~onAttributeCollection{SELF_SERVICE}",
        "attributes",
    ),
    targets=("identityBuiltInUserFlowAttribute",),
    inline=("onAttributeCollection", "attributes"),
)
