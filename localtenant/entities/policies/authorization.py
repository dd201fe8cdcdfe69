"""``/policies/authorizationPolicy``: what users may do unless a role says more; and app management.

Source: the Graph resource pages "authorizationPolicy" and "tenantAppManagementPolicy".
"""

from __future__ import annotations

from localtenant.odata.model import Entity
from localtenant.odata.rules import Rules
from localtenant.odata.types import (
    GUID,
    INITIAL,
    ComplexType,
    EntityType,
    EnumType,
    Property,
    flag,
    many,
    text,
    texts,
)

_GUEST_ROLE = "10dae51f-b6af-4016-8d66-8c2a99b929b3"
"""The role template "Guest User", the default for guests."""

_USER_PERMISSIONS = ComplexType(
    "defaultUserRolePermissions",
    (
        flag("allowedToCreateApps", nullable=False, default=False),
        flag("allowedToCreateSecurityGroups", nullable=False, default=False),
        flag("allowedToCreateTenants", default=False),
        flag("allowedToReadBitlockerKeysForOwnedDevice", default=True),
        flag("allowedToReadOtherUsers", nullable=False, default=False),
        texts("permissionGrantPoliciesAssigned"),
    ),
)
AUTHORIZATION = EntityType(
    "authorizationPolicy",
    (
        Property(
            "allowInvitesFrom",
            EnumType(
                "allowInvitesFrom",
                ("none", "adminsAndGuestInviters", "adminsGuestInvitersAndAllMembers", "everyone"),
            ),
            default="everyone",
        ),
        flag("allowedToSignUpEmailBasedSubscriptions", nullable=False, default=True),
        flag("allowedToUseSSPR", nullable=False, default=True),
        flag("allowEmailVerifiedUsersToJoinOrganization", nullable=False, default=False),
        flag("allowUserConsentForRiskyApps"),
        flag("blockMsolPowerShell", default=False),
        text("displayName"),
        text("description"),
        Property("guestUserRoleId", GUID, default=_GUEST_ROLE),
        Property("defaultUserRolePermissions", _USER_PERMISSIONS, nullable=False, default=INITIAL),
    ),
    guid_key=False,
)
AUTHORIZATION_POLICY = {
    "id": "authorizationPolicy",
    "displayName": "Authorization Policy",
    "description": "Used to manage authorization related settings across the company.",
}

_RESTRICTION = ComplexType("appManagementConfiguration")
APP_MANAGEMENT = EntityType(
    "tenantAppManagementPolicy",
    (
        text("displayName"),
        text("description"),
        flag("isEnabled", nullable=False, default=False),
        *(
            Property(
                name,
                ComplexType(
                    f"appManagement{type_}Configuration",
                    (
                        many("passwordCredentials", _RESTRICTION),
                        many("keyCredentials", _RESTRICTION),
                    ),
                ),
                default=INITIAL,
            )
            for name, type_ in (
                ("applicationRestrictions", "Application"),
                ("servicePrincipalRestrictions", "ServicePrincipal"),
            )
        ),
    ),
    guid_key=False,
)
APP_MANAGEMENT_POLICY = {
    "id": "00000000-0000-0000-0000-000000000000",
    "displayName": "Default app management tenant policy",
    "description": "Default tenant policy that enforces app management restrictions on "
    "applications and service principals. To apply policy to targeted resources, create a new "
    "policy under appManagementPolicies collection.",
}

AUTHORIZATION_ENTITY = Entity(AUTHORIZATION, Rules(AUTHORIZATION))
APP_MANAGEMENT_ENTITY = Entity(APP_MANAGEMENT, Rules(APP_MANAGEMENT))
