"""The operations of ``/users`` and ``/me``."""

from __future__ import annotations

from localtenant.entities.people import accepted
from localtenant.odata.operations import Accepted, Operation, operation

_BASIC = "User.ReadBasic.All shows every property, not only the basic ones."
_OF_ONE = (
    ("GET", "", accepted.READ_USER, "user-get"),
    ("PATCH", "", accepted.UPDATE_USER, "user-update"),
    ("GET", "/manager", accepted.READ_MANAGER, "user-list-manager"),
    ("GET", "/manager/$ref", accepted.READ_MANAGER, "user-list-manager"),
    ("PUT", "/manager/$ref", accepted.WRITE_MANAGER, "user-post-manager"),
    ("DELETE", "/manager/$ref", accepted.WRITE_MANAGER, "user-delete-manager"),
    ("GET", "/directReports", accepted.READ_REPORTS, "user-list-directreports"),
    ("GET", "/memberOf", accepted.READ_MEMBER_OF, "user-list-memberof"),
    ("GET", "/transitiveMemberOf", accepted.READ_ALL_MEMBER_OF, "user-list-transitivememberof"),
    ("GET", "/ownedObjects", accepted.READ_OWNED, "user-list-ownedobjects"),
    ("GET", "/createdObjects", accepted.READ_OWNED, "user-list-createdobjects"),
    ("GET", "/appRoleAssignments", accepted.READ_ASSIGNMENTS, "user-list-approleassignments"),
    ("POST", "/appRoleAssignments", accepted.ASSIGN, "user-post-approleassignments"),
    (
        "GET",
        "/appRoleAssignments/{id}",
        accepted.READ_ASSIGNMENTS,
        "user-list-approleassignments",
    ),
    ("DELETE", "/appRoleAssignments/{id}", accepted.ASSIGN, "user-delete-approleassignments"),
    ("GET", "/oauth2PermissionGrants", accepted.READ_GRANTS, "user-list-oauth2permissiongrants"),
    ("POST", "/revokeSignInSessions", accepted.REVOKE_SESSIONS, "user-revokesigninsessions"),
    ("POST", "/changePassword", accepted.CHANGE_PASSWORD, "user-changepassword"),
    (
        "POST",
        "/getMemberGroups",
        accepted.CHECK_MEMBERSHIPS,
        "directoryobject-getmembergroups",
    ),
    (
        "POST",
        "/getMemberObjects",
        accepted.CHECK_MEMBERSHIPS,
        "directoryobject-getmemberobjects",
    ),
    (
        "POST",
        "/checkMemberGroups",
        accepted.CHECK_MEMBERSHIPS,
        "directoryobject-checkmembergroups",
    ),
    (
        "POST",
        "/checkMemberObjects",
        accepted.CHECK_MEMBERSHIPS,
        "directoryobject-checkmemberobjects",
    ),
)


def _of_me(of_users: Accepted) -> Accepted:
    return Accepted((), of_users.delegated)


OPERATIONS: tuple[Operation, ...] = (
    operation("GET /users", accepted.READ_USERS, "user-list", differences=_BASIC),
    operation("POST /users", accepted.CREATE_USER, "user-post-users"),
    operation("DELETE /users/{id}", accepted.DELETE_USER, "user-delete"),
    operation(
        "POST /users/validatePassword",
        accepted.VALIDATE_PASSWORD,
        "user-validatepassword",
        differences="It tells of one rule, that of Entra's complexity.",
        beta=True,
    ),
    *(operation(f"{m} /users/{{id}}{path}", a, source) for m, path, a, source in _OF_ONE),
    *(operation(f"{m} /me{path}", _of_me(a), source) for m, path, a, source in _OF_ONE),
)
