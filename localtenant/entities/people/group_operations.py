"""The operations of ``/groups``."""

from __future__ import annotations

from localtenant.entities.people import accepted
from localtenant.odata.operations import Operation, operation

_ONE = "/groups/{id}"
_MEMBERSHIPS = ("getMemberGroups", "getMemberObjects", "checkMemberGroups", "checkMemberObjects")

OPERATIONS: tuple[Operation, ...] = (
    operation("GET /groups", accepted.READ_GROUPS, "group-list"),
    operation("POST /groups", accepted.CREATE_GROUP, "group-post-groups"),
    operation(f"GET {_ONE}", accepted.READ_GROUPS, "group-get"),
    operation(
        f"PATCH {_ONE}",
        accepted.UPDATE_GROUP,
        "group-update",
        differences="Properties that Exchange keeps are kept here like all others.",
    ),
    operation(
        f"DELETE {_ONE}",
        accepted.DELETE_GROUP,
        "group-delete",
        differences="Security groups are never among the deleted items.",
    ),
    operation(f"GET {_ONE}/owners", accepted.READ_MEMBERS, "group-list-owners"),
    operation(f"GET {_ONE}/owners/$ref", accepted.READ_MEMBERS, "group-list-owners"),
    operation(f"POST {_ONE}/owners/$ref", accepted.WRITE_OWNERS, "group-post-owners"),
    operation(f"DELETE {_ONE}/owners/{{id}}/$ref", accepted.WRITE_OWNERS, "group-delete-owners"),
    operation(f"GET {_ONE}/members", accepted.READ_MEMBERS, "group-list-members"),
    operation(f"GET {_ONE}/members/$ref", accepted.READ_MEMBERS, "group-list-members"),
    operation(f"POST {_ONE}/members/$ref", accepted.WRITE_MEMBERS, "group-post-members"),
    operation(f"DELETE {_ONE}/members/{{id}}/$ref", accepted.WRITE_MEMBERS, "group-delete-members"),
    operation(
        f"GET {_ONE}/transitiveMembers", accepted.READ_MEMBERS, "group-list-transitivemembers"
    ),
    operation(f"GET {_ONE}/memberOf", accepted.READ_GROUPS, "group-list-memberof"),
    operation(
        f"GET {_ONE}/transitiveMemberOf", accepted.READ_GROUPS, "group-list-transitivememberof"
    ),
    operation(
        f"GET {_ONE}/appRoleAssignments",
        accepted.READ_ASSIGNMENTS,
        "group-list-approleassignments",
    ),
    operation(f"POST {_ONE}/appRoleAssignments", accepted.ASSIGN, "group-post-approleassignments"),
    operation(
        f"GET {_ONE}/appRoleAssignments/{{id}}",
        accepted.READ_ASSIGNMENTS,
        "group-list-approleassignments",
    ),
    operation(
        f"DELETE {_ONE}/appRoleAssignments/{{id}}",
        accepted.ASSIGN,
        "group-delete-approleassignments",
    ),
    *(
        operation(
            f"POST {_ONE}/{name}", accepted.CHECK_MEMBERSHIPS, f"directoryobject-{name.lower()}"
        )
        for name in _MEMBERSHIPS
    ),
)
