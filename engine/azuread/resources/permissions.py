"""Scopes and app roles: between Pulumi's form and Graph's, and disabling before a removal.

Sources: https://learn.microsoft.com/graph/api/resources/permissionscope and .../approle.
"""

from __future__ import annotations

from engine.azuread.values import UNKNOWN, Properties, is_list


def scope_body(scope: Properties) -> Properties:
    """Return Graph's `permissionScope` for an entry of `oauth2PermissionScopes`."""
    return {
        "id": scope["id"],
        "adminConsentDescription": scope["adminConsentDescription"],
        "adminConsentDisplayName": scope["adminConsentDisplayName"],
        "isEnabled": scope["enabled"],
        "type": scope["type"],
        "userConsentDescription": scope["userConsentDescription"],
        "userConsentDisplayName": scope["userConsentDisplayName"],
        "value": scope["value"],
    }


def scope_state(scope: Properties) -> Properties:
    """Return an entry of `oauth2PermissionScopes` for Graph's `permissionScope`."""
    return {
        "id": scope["id"],
        "adminConsentDescription": scope.get("adminConsentDescription") or "",
        "adminConsentDisplayName": scope.get("adminConsentDisplayName") or "",
        "enabled": bool(scope.get("isEnabled")),
        "type": scope.get("type") or "",
        "userConsentDescription": scope.get("userConsentDescription") or "",
        "userConsentDisplayName": scope.get("userConsentDisplayName") or "",
        "value": scope.get("value") or "",
    }


def role_body(role: Properties) -> Properties:
    """Return Graph's `appRole` for an entry of `appRoles`."""
    return {
        "id": role["id"],
        "allowedMemberTypes": role["allowedMemberTypes"],
        "description": role["description"],
        "displayName": role["displayName"],
        "isEnabled": role["enabled"],
        "value": role["value"],
    }


def role_state(role: Properties) -> Properties:
    """Return an entry of `appRoles` for Graph's `appRole`."""
    return {
        "id": role["id"],
        "allowedMemberTypes": role.get("allowedMemberTypes") or [],
        "description": role.get("description") or "",
        "displayName": role.get("displayName") or "",
        "enabled": bool(role.get("isEnabled")),
        "value": role.get("value") or "",
    }


def ids_by_value(permissions: object) -> object:
    """Return the ids of scopes or roles by their values: unknown while any of them is unknown."""
    if not is_list(permissions):
        return UNKNOWN
    ids: dict[str, str] = {}
    for permission in permissions:
        if permission == UNKNOWN or UNKNOWN in (permission["id"], permission["value"]):
            return UNKNOWN
        if permission["value"]:
            ids[permission["value"]] = permission["id"]
    return ids


def disabled(live: list[Properties], wanted: list[Properties]) -> list[Properties] | None:
    """Return Graph's list with those disabled that must be before `wanted` can take its place.

    Graph refuses to remove an enabled one and to change the value of one. None when nothing must be
    disabled.
    """
    values = {permission["id"]: permission["value"] for permission in wanted}
    must = [
        permission["id"]
        for permission in live
        if permission.get("isEnabled")
        and (
            permission["id"] not in values
            or (permission.get("value") or "") != values[permission["id"]]
        )
    ]
    if not must:
        return None
    return [
        {**permission, "isEnabled": False} if permission["id"] in must else permission
        for permission in live
    ]
