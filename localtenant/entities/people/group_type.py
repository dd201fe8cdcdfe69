"""The declaration of Graph's ``group``.

Source: the Graph resource page "group", the published metadata of v1.0 and beta, and a listing
recorded from the real service for the default set.
"""

from __future__ import annotations

from localtenant.entities.people.user_type import (
    ASSIGNED_LICENSE,
    PROVISIONING_ERROR,
    SERVICE_PROVISIONING_ERROR,
)
from localtenant.odata.types import (
    DATE_TIME,
    ComplexType,
    EntityType,
    Property,
    flag,
    many,
    text,
    texts,
)

ASSIGNED_LABEL = ComplexType("assignedLabel", (text("displayName"), text("labelId")))
WRITEBACK = ComplexType(
    "groupWritebackConfiguration", (flag("isEnabled"), text("onPremisesGroupType"))
)

GROUP = EntityType(
    "group",
    (
        Property("deletedDateTime", DATE_TIME, read_only=True),
        text("classification"),
        Property("createdDateTime", DATE_TIME, read_only=True),
        texts("creationOptions", read_only=True),
        text("description", max_length=1024),
        text("displayName", max_length=256),
        Property("expirationDateTime", DATE_TIME, read_only=True),
        texts("groupTypes"),
        flag("isAssignableToRole"),
        text("mail", read_only=True),
        flag("mailEnabled"),
        text("mailNickname", max_length=64),
        text("membershipRule"),
        text("membershipRuleProcessingState"),
        text("onPremisesDomainName", read_only=True),
        Property("onPremisesLastSyncDateTime", DATE_TIME, read_only=True),
        text("onPremisesNetBiosName", read_only=True),
        text("onPremisesSamAccountName", read_only=True),
        text("onPremisesSecurityIdentifier", read_only=True),
        flag("onPremisesSyncEnabled", read_only=True),
        text("preferredDataLocation"),
        text("preferredLanguage"),
        texts("proxyAddresses", read_only=True),
        Property("renewedDateTime", DATE_TIME, read_only=True),
        texts("resourceBehaviorOptions"),
        texts("resourceProvisioningOptions"),
        flag("securityEnabled"),
        text("securityIdentifier", read_only=True),
        text("theme"),
        text("uniqueName"),
        text("visibility"),
        many("onPremisesProvisioningErrors", PROVISIONING_ERROR, read_only=True),
        many("serviceProvisioningErrors", SERVICE_PROVISIONING_ERROR, read_only=True),
        many("assignedLabels", ASSIGNED_LABEL, select_only=True),
        many("assignedLicenses", ASSIGNED_LICENSE, select_only=True, read_only=True),
        flag("allowExternalSenders", select_only=True),
        flag("autoSubscribeNewMembers", select_only=True),
        flag("hasMembersWithLicenseErrors", select_only=True, read_only=True),
        flag("hideFromAddressLists", select_only=True),
        flag("hideFromOutlookClients", select_only=True),
        flag("isArchived", select_only=True, read_only=True),
        flag("isManagementRestricted", select_only=True, read_only=True),
        flag("isSubscribedByMail", select_only=True),
        Property("writebackConfiguration", WRITEBACK, beta_only=True),
    ),
    bases=("directoryObject",),
    indexed=("displayName", "mailNickname", "uniqueName", "proxyAddresses"),
    alternate_keys=("uniqueName",),
    directory=True,
    open=True,
)
