"""``/organization``: the tenant itself.

Source: the Graph resource page "organization", and "Update organization" for what can be changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.model import Child, Entity, Missing
from localtenant.odata.rules import Rules
from localtenant.odata.types import (
    BOOLEAN,
    DATE_TIME,
    ComplexType,
    EntityType,
    Property,
    flag,
    many,
    text,
    texts,
)

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_FOR_USERS = ("id", "displayName", "verifiedDomains")

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
        many("assignedPlans", PLAN, read_only=True),
        texts("businessPhones", read_only=True),
        text("city", read_only=True),
        text("country", read_only=True),
        text("countryLetterCode", read_only=True),
        Property("createdDateTime", DATE_TIME, read_only=True),
        text("defaultUsageLocation", read_only=True),
        text("displayName", read_only=True),
        texts("marketingNotificationEmails"),
        Property("onPremisesLastSyncDateTime", DATE_TIME, read_only=True),
        Property("onPremisesSyncEnabled", BOOLEAN, read_only=True),
        text("partnerTenantType", read_only=True),
        text("postalCode", read_only=True),
        text("preferredLanguage", read_only=True),
        Property("privacyProfile", PRIVACY_PROFILE),
        many("provisionedPlans", PLAN, read_only=True),
        texts("securityComplianceNotificationMails"),
        texts("securityComplianceNotificationPhones"),
        text("state", read_only=True),
        text("street", read_only=True),
        texts("technicalNotificationMails"),
        text("tenantType", read_only=True),
        many("verifiedDomains", VERIFIED_DOMAIN, read_only=True),
    ),
    bases=("directoryObject",),
)


class OrganizationRules(Rules):
    """What a caller sees of the organization depends on its permissions."""

    def shown(self, call: Call, doc: Json) -> Json:
        """With ``User.Read`` alone, the ID, the name and the verified domains."""
        if not call.owned_only:
            return doc
        return {**{p.name: p.initial() for p in self.type.properties}, **_only(doc, _FOR_USERS)}


def _only(doc: Json, names: tuple[str, ...]) -> Json:
    return {name: doc[name] for name in names}


def verified_domain(name: str, *, initial: bool) -> Json:
    """What the organization says of a verified domain name."""
    return {
        "capabilities": "Email, OfficeCommunicationsOnline",
        "isDefault": initial,
        "isInitial": initial,
        "name": name,
        "type": "Managed",
    }


ENTITY = Entity(
    ORGANIZATION,
    OrganizationRules(ORGANIZATION),
    navigations=(
        Child("branding", target="organizationalBranding"),
        Missing("certificateBasedAuthConfiguration"),
    ),
)
