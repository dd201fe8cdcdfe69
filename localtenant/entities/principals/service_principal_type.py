"""The declaration of Graph's ``servicePrincipal``: an application in a tenant.

Source: the Graph resource page "servicePrincipal" and the published metadata of v1.0.
"""

from __future__ import annotations

from localtenant.entities.common import (
    ADD_IN,
    APP_ROLE,
    INFORMATIONAL_URL,
    KEY_CREDENTIAL,
    PASSWORD_CREDENTIAL,
    PERMISSION_SCOPE,
    VERIFIED_PUBLISHER,
)
from localtenant.odata.types import (
    DATE_TIME,
    GUID,
    INITIAL,
    ComplexType,
    EntityType,
    Property,
    flag,
    many,
    text,
    texts,
)

SAML_SETTINGS = ComplexType("samlSingleSignOnSettings", (text("relayState"),), merged=False)
"""A PATCH replaces it as a whole: terraform-provider-azuread clears it by sending ``{}``, and its
acceptance test, which runs against Graph, finds it gone afterwards.
"""

RESOURCE_SPECIFIC = ComplexType(
    "resourceSpecificPermission",
    (
        text("description"),
        text("displayName"),
        Property("id", GUID, nullable=False),
        flag("isEnabled", nullable=False),
        text("value"),
    ),
)

SERVICE_PRINCIPAL = EntityType(
    "servicePrincipal",
    (
        Property("deletedDateTime", DATE_TIME, read_only=True),
        flag("accountEnabled", default=True),
        texts("alternativeNames"),
        text("appDisplayName", read_only=True),
        text("appDescription", read_only=True),
        text("appId", required=True),
        text("applicationTemplateId", read_only=True),
        Property("appOwnerOrganizationId", GUID, read_only=True),
        flag("appRoleAssignmentRequired", nullable=False, default=False),
        Property("createdDateTime", DATE_TIME, read_only=True),
        text("description", max_length=1024),
        text("disabledByMicrosoftStatus", read_only=True),
        text("displayName", max_length=256),
        text("homepage"),
        text("loginUrl"),
        text("logoutUrl"),
        text("notes", max_length=1024),
        texts("notificationEmailAddresses"),
        text("preferredSingleSignOnMode"),
        text("preferredTokenSigningKeyThumbprint"),
        texts("replyUrls"),
        texts("servicePrincipalNames"),
        text("servicePrincipalType", default="Application", read_only=True),
        text("signInAudience", read_only=True),
        texts("tags"),
        Property("tokenEncryptionKeyId", GUID),
        Property("samlSingleSignOnSettings", SAML_SETTINGS),
        many("addIns", ADD_IN),
        many("appRoles", APP_ROLE),
        Property("info", INFORMATIONAL_URL, default=INITIAL),
        many("keyCredentials", KEY_CREDENTIAL),
        many("oauth2PermissionScopes", PERMISSION_SCOPE),
        many("passwordCredentials", PASSWORD_CREDENTIAL),
        many("resourceSpecificApplicationPermissions", RESOURCE_SPECIFIC, read_only=True),
        Property("verifiedPublisher", VERIFIED_PUBLISHER, default=INITIAL, read_only=True),
        text("createdByAppId", read_only=True, select_only=True),
        flag("isDisabled", read_only=True, select_only=True),
        text("samlMetadataUrl", beta_only=True, select_only=True, read_only=True),
    ),
    bases=("directoryObject",),
    label="ServicePrincipal",
    indexed=("appId", "displayName", "servicePrincipalNames"),
    alternate_keys=("appId",),
    directory=True,
)
