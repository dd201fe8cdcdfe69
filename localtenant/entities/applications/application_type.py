"""The declaration of Graph's ``application``: an app registration.

Source: the Graph resource page "application" and the published metadata of v1.0.
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
    INT32,
    ComplexType,
    EntityType,
    EnumType,
    Property,
    flag,
    many,
    text,
    texts,
)

PRE_AUTHORIZED = ComplexType(
    "preAuthorizedApplication", (text("appId"), texts("delegatedPermissionIds"))
)

API = ComplexType(
    "apiApplication",
    (
        flag("acceptMappedClaims"),
        many("knownClientApplications", GUID),
        Property("requestedAccessTokenVersion", INT32),
        many("oauth2PermissionScopes", PERMISSION_SCOPE),
        many("preAuthorizedApplications", PRE_AUTHORIZED),
    ),
)

IMPLICIT_GRANT = ComplexType(
    "implicitGrantSettings",
    (
        flag("enableAccessTokenIssuance", default=False),
        flag("enableIdTokenIssuance", default=False),
    ),
)

WEB = ComplexType(
    "webApplication",
    (
        text("homePageUrl"),
        text("logoutUrl"),
        texts("redirectUris"),
        Property("implicitGrantSettings", IMPLICIT_GRANT, default=INITIAL),
        many(
            "redirectUriSettings",
            ComplexType("redirectUriSettings", (text("uri"), Property("index", INT32))),
        ),
    ),
)

SPA = ComplexType("spaApplication", (texts("redirectUris"),))
PUBLIC_CLIENT = ComplexType("publicClientApplication", (texts("redirectUris"),))

OPTIONAL_CLAIM = ComplexType(
    "optionalClaim",
    (
        text("name", nullable=False, required=True),
        text("source"),
        flag("essential", nullable=False, default=False),
        texts("additionalProperties"),
    ),
)

# A PATCH replaces the whole value: an empty object takes every optional claim away.
OPTIONAL_CLAIMS = ComplexType(
    "optionalClaims",
    (
        many("idToken", OPTIONAL_CLAIM),
        many("accessToken", OPTIONAL_CLAIM),
        many("saml2Token", OPTIONAL_CLAIM),
    ),
    merged=False,
)

REQUIRED_RESOURCE_ACCESS = ComplexType(
    "requiredResourceAccess",
    (
        text("resourceAppId", nullable=False, required=True),
        many(
            "resourceAccess",
            ComplexType(
                "resourceAccess",
                (Property("id", GUID, nullable=False, required=True), text("type")),
            ),
        ),
    ),
)

PARENTAL_CONTROL = ComplexType(
    "parentalControlSettings",
    (texts("countriesBlockedForMinors"), text("legalAgeGroupRule", default="Allow")),
)

CERTIFICATION = ComplexType(
    "certification",
    (
        text("certificationDetailsUrl"),
        Property("certificationExpirationDateTime", DATE_TIME),
        flag("isCertifiedByMicrosoft"),
        flag("isPublisherAttested"),
        Property("lastCertificationDateTime", DATE_TIME),
    ),
)

SERVICE_PRINCIPAL_LOCK = ComplexType(
    "servicePrincipalLockConfiguration",
    (
        flag("isEnabled"),
        flag("allProperties"),
        flag("credentialsWithUsageVerify"),
        flag("credentialsWithUsageSign"),
        flag("identifierUris"),
        Property("tokenEncryptionKeyId", GUID),
    ),
)

REQUEST_SIGNATURE = ComplexType(
    "requestSignatureVerification",
    (flag("isSignedRequestRequired"), text("allowedWeakAlgorithms")),
)

AUTHENTICATION_BEHAVIORS = ComplexType(
    "authenticationBehaviors",
    (
        flag("blockAzureADGraphAccess"),
        flag("removeUnverifiedEmailClaim"),
        flag("requireClientServicePrincipal"),
    ),
)

APPLICATION = EntityType(
    "application",
    (
        Property("deletedDateTime", DATE_TIME, read_only=True),
        text("appId", read_only=True),
        text("applicationTemplateId", read_only=True),
        text("disabledByMicrosoftStatus", read_only=True),
        Property("createdDateTime", DATE_TIME, read_only=True),
        text("displayName", required=True, max_length=256),
        text("description", max_length=1024),
        text("groupMembershipClaims"),
        texts("identifierUris"),
        flag("isDeviceOnlyAuthSupported"),
        flag("isFallbackPublicClient"),
        text("notes", max_length=1024),
        text("publisherDomain", read_only=True),
        text("serviceManagementReference"),
        text("signInAudience", default="AzureADandPersonalMicrosoftAccount"),
        texts("tags"),
        Property("tokenEncryptionKeyId", GUID),
        text("uniqueName", read_only=True),
        text("samlMetadataUrl"),
        text("defaultRedirectUri"),
        Property("certification", CERTIFICATION, read_only=True),
        Property("optionalClaims", OPTIONAL_CLAIMS),
        Property("servicePrincipalLockConfiguration", SERVICE_PRINCIPAL_LOCK),
        Property("requestSignatureVerification", REQUEST_SIGNATURE),
        many("addIns", ADD_IN),
        Property("api", API, default=INITIAL),
        many("appRoles", APP_ROLE),
        Property("info", INFORMATIONAL_URL, default=INITIAL),
        many("keyCredentials", KEY_CREDENTIAL),
        Property("parentalControlSettings", PARENTAL_CONTROL, default=INITIAL),
        many("passwordCredentials", PASSWORD_CREDENTIAL),
        Property("publicClient", PUBLIC_CLIENT, default=INITIAL),
        many("requiredResourceAccess", REQUIRED_RESOURCE_ACCESS),
        Property("verifiedPublisher", VERIFIED_PUBLISHER, default=INITIAL, read_only=True),
        Property("web", WEB, default=INITIAL),
        Property("spa", SPA, default=INITIAL),
        Property("authenticationBehaviors", AUTHENTICATION_BEHAVIORS, select_only=True),
        text("createdByAppId", read_only=True, select_only=True),
        flag("isDisabled", select_only=True),
        many("managerApplications", GUID, select_only=True),
        flag("oauth2RequirePostResponse", nullable=False, default=False, select_only=True),
        Property(
            "nativeAuthenticationApisEnabled",
            EnumType("nativeAuthenticationApisEnabled", ("none", "all")),
            select_only=True,
        ),
    ),
    bases=("directoryObject",),
    indexed=("appId", "displayName", "identifierUris", "uniqueName"),
    alternate_keys=("appId", "uniqueName"),
    directory=True,
)
