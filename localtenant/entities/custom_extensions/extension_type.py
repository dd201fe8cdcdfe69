"""The declaration of custom authentication extensions.

Source: the Graph resource page "customAuthenticationExtension" with its derived types, and the
metadata of v1.0.
"""

from __future__ import annotations

from localtenant.odata.types import (
    INT32,
    ComplexType,
    EntityType,
    Property,
    many,
    text,
)

_KIND = "customAuthenticationExtension"

AUTHENTICATION = ComplexType(
    "customExtensionAuthenticationConfiguration",
    abstract=True,
    derived=(
        ComplexType("azureAdTokenAuthentication", (text("resourceId"),)),
        ComplexType("azureAdPopTokenAuthentication"),
    ),
)
ENDPOINT = ComplexType(
    "customExtensionEndpointConfiguration",
    abstract=True,
    derived=(
        ComplexType("httpRequestEndpoint", (text("targetUrl"),)),
        ComplexType(
            "logicAppTriggerEndpointConfiguration",
            (
                text("logicAppWorkflowName"),
                text("resourceGroupName"),
                text("subscriptionId"),
                text("url"),
            ),
        ),
    ),
)
CONNECTION = ComplexType(
    "customExtensionClientConfiguration",
    (Property("maximumRetries", INT32), Property("timeoutInMilliseconds", INT32)),
)
ON_ERROR = ComplexType(
    "customExtensionBehaviorOnError",
    abstract=True,
    derived=(ComplexType("fallbackToMicrosoftProviderOnError"),),
)
OVERWRITE = ComplexType(
    "customExtensionOverwriteConfiguration",
    (Property("behaviorOnError", ON_ERROR), Property("clientConfiguration", CONNECTION)),
)

_COMMON = (
    text("displayName"),
    text("description"),
    Property("authenticationConfiguration", AUTHENTICATION),
    Property("behaviorOnError", ON_ERROR),
    Property("clientConfiguration", CONNECTION),
    Property("endpointConfiguration", ENDPOINT),
)
_CLAIMS = many(
    "claimsForTokenConfiguration",
    ComplexType("onTokenIssuanceStartReturnClaim", (text("claimIdInApiResponse"),)),
    nullable=True,
)


def _of(event: str, *own: Property) -> EntityType:
    """The extension for an event."""
    name = f"{event}CustomExtension"
    return EntityType(name, (*_COMMON, *own), kind=_KIND, is_derived=True)


EXTENSION = EntityType(
    _KIND,
    _COMMON,
    kind=_KIND,
    abstract=True,
    type_shown=True,
    derived=(
        _of("onTokenIssuanceStart", _CLAIMS),
        _of("onAttributeCollectionStart"),
        _of("onAttributeCollectionSubmit"),
        _of("onOtpSend"),
        _of("onPasswordSubmit"),
        _of("onVerifiedIdClaimValidation"),
    ),
)

_ID = text("id", nullable=False, required=True)


def reference_to(event: str) -> ComplexType:
    """What a handler's body says of its extension: the id, or all of it as it was read.

    Nothing but the id is kept.
    """
    name = f"{event}CustomExtension"
    properties = (_ID, *_COMMON, _CLAIMS)
    return ComplexType(name, properties, derived=(ComplexType(_KIND, properties),))
