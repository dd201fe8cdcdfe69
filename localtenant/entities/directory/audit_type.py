"""The declaration of Graph's ``directoryAudit``: one change of the directory, and who made it.

Source: the Graph resource page "directoryAudit" and the published metadata of v1.0.
"""

from __future__ import annotations

from localtenant.entities.common import KEY_VALUE
from localtenant.odata.types import DATE_TIME, ComplexType, EntityType, Property, many, text

APP_IDENTITY = ComplexType(
    "appIdentity",
    (
        text("appId"),
        text("displayName"),
        text("servicePrincipalId"),
        text("servicePrincipalName"),
    ),
)
USER_IDENTITY = ComplexType(
    "userIdentity",
    (text("id"), text("displayName"), text("ipAddress"), text("userPrincipalName")),
)
INITIATOR = ComplexType(
    "auditActivityInitiator",
    (Property("app", APP_IDENTITY), Property("user", USER_IDENTITY)),
)
MODIFIED = ComplexType(
    "modifiedProperty", (text("displayName"), text("oldValue"), text("newValue"))
)
TARGET = ComplexType(
    "targetResource",
    (
        text("id"),
        text("displayName"),
        text("type"),
        text("userPrincipalName"),
        text("groupType"),
        many("modifiedProperties", MODIFIED),
    ),
)

AUDIT = EntityType(
    "directoryAudit",
    (
        text("category", nullable=False),
        text("correlationId"),
        text("result"),
        text("resultReason"),
        text("activityDisplayName", nullable=False),
        Property("activityDateTime", DATE_TIME, nullable=False),
        text("loggedByService"),
        text("operationType"),
        Property("initiatedBy", INITIATOR),
        many("targetResources", TARGET),
        many("additionalDetails", KEY_VALUE),
    ),
    guid_key=False,
    indexed=("activityDisplayName", "correlationId"),
)
