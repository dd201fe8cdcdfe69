"""Complex types that applications and service principals share."""

from __future__ import annotations

from localtenant.odata.types import (
    BINARY,
    DATE_TIME,
    GUID,
    ComplexType,
    Property,
    flag,
    many,
    text,
    texts,
)

APP_ROLE = ComplexType(
    "appRole",
    (
        texts("allowedMemberTypes"),
        text("description"),
        text("displayName"),
        Property("id", GUID, nullable=False, required=True),
        flag("isEnabled", nullable=False, default=True),
        text("origin", default="Application"),
        text("value"),
    ),
)

PERMISSION_SCOPE = ComplexType(
    "permissionScope",
    (
        text("adminConsentDescription"),
        text("adminConsentDisplayName"),
        Property("id", GUID, nullable=False, required=True),
        flag("isEnabled", nullable=False, default=True),
        text("origin", default="Application"),
        text("type", default="User"),
        text("userConsentDescription"),
        text("userConsentDisplayName"),
        text("value"),
    ),
)

PASSWORD_CREDENTIAL = ComplexType(
    "passwordCredential",
    (
        Property("customKeyIdentifier", BINARY),
        text("displayName"),
        Property("endDateTime", DATE_TIME),
        text("hint"),
        Property("keyId", GUID),
        text("secretText"),
        Property("startDateTime", DATE_TIME),
    ),
)

KEY_CREDENTIAL = ComplexType(
    "keyCredential",
    (
        Property("customKeyIdentifier", BINARY),
        text("displayName"),
        Property("endDateTime", DATE_TIME),
        Property("key", BINARY),
        Property("keyId", GUID),
        Property("startDateTime", DATE_TIME),
        text("type"),
        text("usage"),
    ),
)

KEY_VALUE = ComplexType("keyValue", (text("key"), text("value")))

ADD_IN = ComplexType(
    "addIn",
    (Property("id", GUID), many("properties", KEY_VALUE), text("type", nullable=False)),
)

INFORMATIONAL_URL = ComplexType(
    "informationalUrl",
    (
        text("logoUrl"),
        text("marketingUrl"),
        text("privacyStatementUrl"),
        text("supportUrl"),
        text("termsOfServiceUrl"),
    ),
)

VERIFIED_PUBLISHER = ComplexType(
    "verifiedPublisher",
    (text("displayName"), text("verifiedPublisherId"), Property("addedDateTime", DATE_TIME)),
)
