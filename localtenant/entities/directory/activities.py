"""The names that Entra's audit log gives to changes, and the categories that it files them under.

Source: the page "Microsoft Entra audit log categories and activities". Where that page names no
activity for an operation, the name follows the page's pattern: "Update" and the type.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from localtenant.odata.observing import Written

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
_VERBS = {"POST": "Add", "PATCH": "Update", "PUT": "Update", "DELETE": "Delete"}
_APPLICATION_SECRETS = "Update application – Certificates and secrets management"  # noqa: RUF001 - Entra's own dash
_NAMES = {
    "DELETE /servicePrincipals/{id}": "Remove service principal",
    "POST /applications/{id}/addKey": _APPLICATION_SECRETS,
    "POST /applications/{id}/addPassword": _APPLICATION_SECRETS,
    "POST /applications/{id}/removeKey": _APPLICATION_SECRETS,
    "POST /applications/{id}/removePassword": _APPLICATION_SECRETS,
    "POST /servicePrincipals/{id}/addKey": "Add service principal credentials",
    "POST /servicePrincipals/{id}/addPassword": "Add service principal credentials",
    "POST /servicePrincipals/{id}/removeKey": "Remove service principal credentials",
    "POST /servicePrincipals/{id}/removePassword": "Remove service principal credentials",
    "PUT /users/{id}/manager/$ref": "Set user manager",
    "DELETE /users/{id}/manager/$ref": "Remove user manager",
    "POST /users/{id}/changePassword": "Change user password",
    "POST /users/{id}/revokeSignInSessions": "Update StsRefreshTokenValidFrom Timestamp",
    "POST /domains": "Add unverified domain",
    "POST /domains/{id}/verify": "Verify domain",
    "DELETE /domains/{id}": "Remove unverified domain",
    "PATCH /organization/{id}": "Set Company Information",
}
_TYPES = {
    "oAuth2PermissionGrant": (
        "Add delegated permission grant",
        "Remove delegated permission grant",
    ),
    "appRoleAssignment": (
        "Add app role assignment to service principal",
        "Remove app role assignment from service principal",
    ),
}
_OF_USERS_AND_GROUPS = {
    "user": ("Add app role assignment grant to user", "Remove app role assignment from user"),
    "group": ("Add app role assignment to group", "Remove app role assignment from group"),
}
_CATEGORIES = {
    "user": "UserManagement",
    "group": "GroupManagement",
    "domain": "DirectoryManagement",
    "organization": "DirectoryManagement",
}
_OF_APPLICATIONS = {
    "appRoleAssignment",
    "application",
    "extensionProperty",
    "federatedIdentityCredential",
    "oAuth2PermissionGrant",
    "servicePrincipal",
}


def name_of(method: str, written: Written) -> str:
    """The ``activityDisplayName`` of a change, such as ``Add member to group``."""
    route = written.route
    template = route.template
    if template == "/me" or template.startswith("/me/"):
        template = f"/users/{{id}}{template.removeprefix('/me')}"
    if known := _NAMES.get(f"{method} {template}"):
        return known
    type_name = written.entity.type.name
    said = words(type_name)
    if route.deleted:
        return f"Hard Delete {said}" if method == "DELETE" else f"Restore {said}"
    if route.navigation:
        part = words(route.navigation.name.removesuffix("s"))
        added = method != "DELETE"
        return f"Add {part} to {said}" if added else f"Remove {part} from {said}"
    if route.action:
        return f"{words(route.action.name).capitalize()} of {said}"
    owner = route.owner.entity.type.name if route.owner else ""
    names = _OF_USERS_AND_GROUPS.get(owner) if type_name == "appRoleAssignment" else None
    names = names or _TYPES.get(type_name)
    if names and method != "PATCH":
        return names[method == "DELETE"]
    return f"{_VERBS[method]} {said}"


def category_of(written: Written) -> str:
    """The ``category`` of a change, such as ``UserManagement``."""
    type_name = written.entity.type.name
    if type_name in _OF_APPLICATIONS:
        return "ApplicationManagement"
    if written.route.template.startswith(("/policies/", "/identity/conditionalAccess/")):
        return "Policy"
    return _CATEGORIES.get(type_name, "ResourceManagement")


def service_of(written: Written) -> str:
    """The ``loggedByService`` of a change."""
    template = written.route.template
    if template.startswith("/identity/conditionalAccess"):
        return "Conditional Access"
    return "B2C" if template.startswith("/identity") else "Core Directory"


def operation_type_of(method: str, written: Written) -> str:
    """The ``operationType`` of a change."""
    if written.route.navigation:
        return "Unassign" if method == "DELETE" else "Assign"
    if written.route.action:
        return "Update"
    return _VERBS[method]


def words(name: str) -> str:
    """A camelCase name as words: ``servicePrincipal`` is ``service principal``."""
    return _CAPITAL.sub(" ", name).lower()
