"""``/organization`` and ``/domains``: the tenant itself and its domain names, to be read.

Source: the Graph resource pages "organization" and "domain".
"""

from __future__ import annotations

from localtenant.odata.model import Entity, Missing
from localtenant.odata.rules import Rules
from localtenant.odata.types import (
    BOOLEAN,
    DATE_TIME,
    INT32,
    ComplexType,
    EntityType,
    Property,
    flag,
    many,
    text,
    texts,
)

VERIFIED_DOMAIN = ComplexType(
    "verifiedDomain",
    (text("capabilities"), flag("isDefault"), flag("isInitial"), text("name"), text("type")),
)
PLAN = ComplexType(
    "assignedPlan",
    (
        Property("assignedDateTime", DATE_TIME),
        text("capabilityStatus"),
        text("service"),
        text("servicePlanId"),
    ),
)
PRIVACY_PROFILE = ComplexType("privacyProfile", (text("contactEmail"), text("statementUrl")))

ORGANIZATION = EntityType(
    "organization",
    (
        Property("deletedDateTime", DATE_TIME, read_only=True),
        many("assignedPlans", PLAN),
        texts("businessPhones"),
        text("city"),
        text("country"),
        text("countryLetterCode"),
        Property("createdDateTime", DATE_TIME),
        text("defaultUsageLocation"),
        text("displayName"),
        texts("marketingNotificationEmails"),
        Property("onPremisesLastSyncDateTime", DATE_TIME),
        Property("onPremisesSyncEnabled", BOOLEAN),
        text("partnerTenantType"),
        text("postalCode"),
        text("preferredLanguage"),
        Property("privacyProfile", PRIVACY_PROFILE),
        many("provisionedPlans", PLAN),
        texts("securityComplianceNotificationMails"),
        texts("securityComplianceNotificationPhones"),
        text("state"),
        text("street"),
        texts("technicalNotificationMails"),
        text("tenantType"),
        many("verifiedDomains", VERIFIED_DOMAIN),
    ),
    bases=("directoryObject",),
)

DOMAIN = EntityType(
    "domain",
    (
        text("authenticationType", nullable=False, default="Managed"),
        text("availabilityStatus"),
        flag("isAdminManaged", nullable=False, default=True),
        flag("isDefault", nullable=False, default=False),
        flag("isInitial", nullable=False, default=False),
        flag("isRoot", nullable=False, default=True),
        flag("isVerified", nullable=False, default=False),
        text("manufacturer"),
        text("model"),
        Property("passwordNotificationWindowInDays", INT32),
        Property("passwordValidityPeriodInDays", INT32),
        text("state"),
        texts("supportedServices"),
    ),
    guid_key=False,
)

ORGANIZATION_ENTITY = Entity(
    ORGANIZATION,
    Rules(ORGANIZATION),
    navigations=(Missing("branding"), Missing("certificateBasedAuthConfiguration")),
)
DOMAIN_ENTITY = Entity(
    DOMAIN,
    Rules(DOMAIN),
    navigations=tuple(
        Missing(name)
        for name in (
            "domainNameReferences",
            "federationConfiguration",
            "forceDelete",
            "promote",
            "rootDomain",
            "serviceConfigurationRecords",
            "verificationDnsRecords",
            "verify",
        )
    ),
)
