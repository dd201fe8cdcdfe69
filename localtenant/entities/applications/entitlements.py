"""App roles and scopes of an application: one space of ids and values, and changes to enabled ones.

Source: the Graph resource pages "appRole" and "permissionScope".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from localtenant.odata.errors import (
    GraphError,
    bad_request,
    duplicate_value,
    entitlement_enabled,
    invalid_value,
)

if TYPE_CHECKING:
    from localtenant.odata.types import Json

ROLES = "appRoles"
SCOPES = "api.oauth2PermissionScopes"
# The characters are documented. So is a length of 120, but values of up to 249 characters are
# observed to be taken: https://github.com/hashicorp/terraform-provider-azuread/issues/1005
_VALUE = re.compile(r"(?!\.)[A-Za-z0-9:!#$%&'()*+,./;<=>?@\[\]^_`{|}~-]{1,249}")


def check_entitlements(doc: Json) -> None:
    """Refuse roles and scopes that clash with each other or among themselves."""
    roles: list[Json] = doc["appRoles"]
    scopes: list[Json] = doc["api"]["oauth2PermissionScopes"]
    _check_distinct(roles, ROLES)
    _check_distinct(scopes, SCOPES)
    by_id = {s["id"]: s for s in scopes}
    values = {s["value"]: s["id"] for s in scopes if s["value"]}
    for role in roles:
        twin = by_id.get(role["id"])
        if twin and not _same(role, twin):
            raise bad_request(
                "The following values must match for the 'oauth2Permissions' and 'appRoles' "
                f"properties with identifier '{role['id']}': (description, "
                "adminConsentDescription),(displayName, adminConsentDisplayName),(isEnabled, "
                "isEnabled),(origin, origin),(value, value). Ensure that you are intending to have "
                "entries with the same identifier, and if so, are updating them together."
            )
        if twin is None and role["value"] and role["value"] in values:
            raise duplicate_value(ROLES)
    _check_pre_authorized(doc, set(by_id))


def check_changes(before: Json, after: Json) -> None:
    """Refuse to take away a role or scope that is still enabled."""
    pairs = (
        (before["appRoles"], after["appRoles"]),
        (before["api"]["oauth2PermissionScopes"], after["api"]["oauth2PermissionScopes"]),
    )
    for old, new in pairs:
        kept = {e["id"] for e in new}
        if any(e["isEnabled"] and e["id"] not in kept for e in old):
            raise entitlement_enabled()


def _check_distinct(entries: list[Json], target: str) -> None:
    ids = [e["id"] for e in entries]
    values = [e["value"] for e in entries if e["value"]]
    if len(set(ids)) < len(ids) or len(set(values)) < len(values):
        raise duplicate_value(target)
    if not all(_VALUE.fullmatch(value) for value in values):
        raise invalid_value(target, "Application")


def _same(role: Json, scope: Json) -> bool:
    return all(
        role[mine] == scope[theirs]
        for mine, theirs in (
            ("description", "adminConsentDescription"),
            ("displayName", "adminConsentDisplayName"),
            ("isEnabled", "isEnabled"),
            ("origin", "origin"),
            ("value", "value"),
        )
    )


def _check_pre_authorized(doc: Json, scope_ids: set[str]) -> None:
    for client in doc["api"]["preAuthorizedApplications"]:
        if any(i.lower() not in scope_ids for i in client["delegatedPermissionIds"]):
            target = "api.preAuthorizedApplications.delegatedPermissionIds"
            message = (
                f"Property {target} has a Permission Id that cannot be found in the AppPermissions "
                "sets."
            )
            detail = {"code": "InvalidValue", "message": message, "target": target}
            raise GraphError(400, "Request_BadRequest", message, [detail])
