"""The declaration of Graph's ``user``.

Source: the Graph resource page "user" and the published metadata of v1.0 and beta. Answers show
eleven properties and the ID; everything else is shown when it is selected.
"""

from __future__ import annotations

from localtenant.odata.types import (
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

IDENTITY = ComplexType(
    "objectIdentity",
    (text("signInType"), text("issuer"), text("issuerAssignedId")),
)
PASSWORD_PROFILE = ComplexType(
    "passwordProfile",
    (
        flag("forceChangePasswordNextSignIn", default=True),
        flag("forceChangePasswordNextSignInWithMfa", default=False),
        text("password"),
    ),
)
ORG_DATA = ComplexType("employeeOrgData", (text("costCenter"), text("division")))
AUTHORIZATION_INFO = ComplexType("authorizationInfo", (texts("certificateUserIds"),))
EXTENSION_ATTRIBUTES = ComplexType(
    "onPremisesExtensionAttributes",
    tuple(text(f"extensionAttribute{n}") for n in range(1, 16)),
)
ASSIGNED_LICENSE = ComplexType("assignedLicense", (texts("disabledPlans"), text("skuId")))
ASSIGNED_PLAN = ComplexType(
    "assignedPlan",
    (
        Property("assignedDateTime", DATE_TIME),
        text("capabilityStatus"),
        text("service"),
        text("servicePlanId"),
    ),
)
PROVISIONED_PLAN = ComplexType(
    "provisionedPlan", (text("capabilityStatus"), text("provisioningStatus"), text("service"))
)
PROVISIONING_ERROR = ComplexType(
    "onPremisesProvisioningError",
    (
        text("category"),
        Property("occurredDateTime", DATE_TIME),
        text("propertyCausingError"),
        text("value"),
    ),
)
SERVICE_PROVISIONING_ERROR = ComplexType(
    "serviceProvisioningError",
    (Property("createdDateTime", DATE_TIME), flag("isResolved"), text("serviceInstance")),
)


def _more(*names: str, **options: bool) -> tuple[Property, ...]:
    return tuple(text(name, select_only=True, **options) for name in names)


def _moments(*names: str, **options: bool) -> tuple[Property, ...]:
    return tuple(Property(name, DATE_TIME, select_only=True, **options) for name in names)


USER = EntityType(
    "user",
    (
        texts("businessPhones"),
        text("displayName", max_length=256),
        text("givenName", max_length=64),
        text("jobTitle", max_length=128),
        text("mail"),
        text("mobilePhone", max_length=64),
        text("officeLocation"),
        text("preferredLanguage"),
        text("surname", max_length=64),
        text("userPrincipalName", max_length=113),
        *_moments("deletedDateTime", read_only=True),
        flag("accountEnabled", select_only=True),
        *_more("ageGroup"),
        many("assignedLicenses", ASSIGNED_LICENSE, select_only=True, read_only=True),
        many("assignedPlans", ASSIGNED_PLAN, select_only=True, read_only=True),
        Property("authorizationInfo", AUTHORIZATION_INFO, select_only=True),
        text("city", max_length=128, select_only=True),
        text("companyName", max_length=64, select_only=True),
        *_more("consentProvidedForMinor"),
        text("country", max_length=128, select_only=True),
        *_moments("createdDateTime", read_only=True),
        *_more("creationType", read_only=True),
        text("department", max_length=64, select_only=True),
        *_moments("employeeHireDate", "employeeLeaveDateTime"),
        text("employeeId", max_length=16, select_only=True),
        Property("employeeOrgData", ORG_DATA, select_only=True),
        *_more("employeeType"),
        *_more("externalUserState", read_only=True),
        *_moments("externalUserStateChangeDateTime", read_only=True),
        *_more("faxNumber"),
        many("identities", IDENTITY, select_only=True),
        texts("imAddresses", select_only=True, read_only=True),
        flag("isManagementRestricted", select_only=True, read_only=True),
        flag("isResourceAccount", select_only=True, read_only=True),
        *_moments("lastPasswordChangeDateTime", read_only=True),
        *_more("legalAgeGroupClassification", read_only=True),
        text("mailNickname", max_length=64, select_only=True),
        *_more("onPremisesDistinguishedName", "onPremisesDomainName", read_only=True),
        Property("onPremisesExtensionAttributes", EXTENSION_ATTRIBUTES, select_only=True),
        *_more("onPremisesImmutableId"),
        *_moments("onPremisesLastSyncDateTime", read_only=True),
        many("onPremisesProvisioningErrors", PROVISIONING_ERROR, select_only=True, read_only=True),
        *_more(
            "onPremisesSamAccountName",
            "onPremisesSecurityIdentifier",
            "onPremisesUserPrincipalName",
            read_only=True,
        ),
        flag("onPremisesSyncEnabled", select_only=True, read_only=True),
        texts("otherMails", select_only=True),
        *_more("passwordPolicies"),
        Property("passwordProfile", PASSWORD_PROFILE, select_only=True),
        text("postalCode", max_length=40, select_only=True),
        *_more("preferredDataLocation"),
        many("provisionedPlans", PROVISIONED_PLAN, select_only=True, read_only=True),
        texts("proxyAddresses", select_only=True, read_only=True),
        *_more("securityIdentifier", read_only=True),
        many(
            "serviceProvisioningErrors",
            SERVICE_PROVISIONING_ERROR,
            select_only=True,
            read_only=True,
        ),
        flag("showInAddressList", select_only=True),
        *_moments("signInSessionsValidFromDateTime", read_only=True),
        text("state", max_length=128, select_only=True),
        text("streetAddress", max_length=1024, select_only=True),
        *_more("usageLocation", "userType"),
        # Kept by the profile service of Microsoft 365, here like all the others.
        *_more("aboutMe", "mySite", "preferredName"),
        *_moments("birthday", "hireDate"),
        *(
            texts(name, select_only=True)
            for name in ("interests", "pastProjects", "responsibilities", "schools", "skills")
        ),
        Property("deviceEnrollmentLimit", INT32, select_only=True, read_only=True),
        texts("identityKeys", hidden=True),
    ),
    bases=("directoryObject",),
    indexed=("userPrincipalName", "identityKeys", "displayName", "mail", "proxyAddresses"),
    directory=True,
    open=True,
)
