"""The declaration of what a Conditional Access policy applies to.

Source: the Graph resource page "conditionalAccessConditionSet" and those of its parts.
"""

from __future__ import annotations

from localtenant.odata.types import (
    INITIAL,
    ComplexType,
    EnumType,
    Property,
    many,
    text,
    texts,
)

RISK = EnumType("riskLevel", ("low", "medium", "high", "hidden", "none"))
CLIENT_APP = EnumType(
    "conditionalAccessClientApp",
    (
        "all",
        "browser",
        "mobileAppsAndDesktopClients",
        "exchangeActiveSync",
        "easSupported",
        "other",
    ),
)
PLATFORM = EnumType(
    "conditionalAccessDevicePlatform",
    ("android", "iOS", "windows", "windowsPhone", "macOS", "all", "linux"),
)
GUEST_TYPES = EnumType(
    "conditionalAccessGuestOrExternalUserTypes",
    (
        "none",
        "internalGuest",
        "b2bCollaborationGuest",
        "b2bCollaborationMember",
        "b2bDirectConnectUser",
        "otherExternalUser",
        "serviceProvider",
    ),
    flags=True,
)
INSIDER_RISK = EnumType(
    "conditionalAccessInsiderRiskLevels", ("minor", "moderate", "elevated"), flags=True
)
TRANSFER = EnumType(
    "conditionalAccessTransferMethods",
    ("none", "deviceCodeFlow", "authenticationTransfer"),
    flags=True,
)

FILTER = ComplexType(
    "conditionalAccessFilter",
    (
        Property(
            "mode", EnumType("filterMode", ("include", "exclude")), nullable=False, required=True
        ),
        text("rule", nullable=False, required=True),
    ),
)
_KIND = Property(
    "membershipKind",
    EnumType("conditionalAccessExternalTenantsMembershipKind", ("all", "enumerated")),
)
# terraform-provider-azuread names no type for all tenants, and its acceptance test passes.
EXTERNAL_TENANTS = ComplexType(
    "conditionalAccessExternalTenants",
    abstract=True,
    unnamed="conditionalAccessAllExternalTenants",
    derived=(
        ComplexType("conditionalAccessAllExternalTenants", (_KIND,)),
        ComplexType("conditionalAccessEnumeratedExternalTenants", (_KIND, texts("members"))),
    ),
)
GUESTS = ComplexType(
    "conditionalAccessGuestsOrExternalUsers",
    (
        Property("guestOrExternalUserTypes", GUEST_TYPES, nullable=False, required=True),
        Property("externalTenants", EXTERNAL_TENANTS),
    ),
)
USERS = ComplexType(
    "conditionalAccessUsers",
    (
        texts("includeUsers"),
        texts("excludeUsers"),
        texts("includeGroups"),
        texts("excludeGroups"),
        texts("includeRoles"),
        texts("excludeRoles"),
        Property("includeGuestsOrExternalUsers", GUESTS),
        Property("excludeGuestsOrExternalUsers", GUESTS),
    ),
)
APPLICATIONS = ComplexType(
    "conditionalAccessApplications",
    (
        texts("includeApplications"),
        texts("excludeApplications"),
        texts("includeUserActions"),
        texts("includeAuthenticationContextClassReferences"),
        Property("applicationFilter", FILTER),
    ),
)
CONDITIONS = ComplexType(
    "conditionalAccessConditionSet",
    (
        many("userRiskLevels", RISK),
        many("signInRiskLevels", RISK),
        many("clientAppTypes", CLIENT_APP),
        many("servicePrincipalRiskLevels", RISK),
        Property("insiderRiskLevels", INSIDER_RISK),
        Property(
            "clientApplications",
            ComplexType(
                "conditionalAccessClientApplications",
                (
                    texts("includeServicePrincipals"),
                    texts("excludeServicePrincipals"),
                    Property("servicePrincipalFilter", FILTER),
                ),
            ),
        ),
        Property(
            "platforms",
            ComplexType(
                "conditionalAccessPlatforms",
                (many("includePlatforms", PLATFORM), many("excludePlatforms", PLATFORM)),
            ),
        ),
        Property(
            "locations",
            ComplexType(
                "conditionalAccessLocations",
                (texts("includeLocations"), texts("excludeLocations")),
            ),
        ),
        Property(
            "devices",
            ComplexType("conditionalAccessDevices", (Property("deviceFilter", FILTER),)),
        ),
        Property(
            "authenticationFlows",
            ComplexType(
                "conditionalAccessAuthenticationFlows",
                (Property("transferMethods", TRANSFER, nullable=False, required=True),),
            ),
        ),
        Property("applications", APPLICATIONS, default=INITIAL),
        Property("users", USERS, default=INITIAL),
    ),
)
