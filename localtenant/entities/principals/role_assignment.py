"""App role assignments, seen from the resource or from the principal.

Source: the Graph pages "Grant an appRoleAssignment for a service principal".
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from localtenant.conditions import key_is
from localtenant.odata.answers import now
from localtenant.odata.errors import bad_request, not_found, role_not_found
from localtenant.odata.model import Entity
from localtenant.odata.rules import Rules
from localtenant.odata.types import DATE_TIME, GUID, EntityType, Property, text

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_PRINCIPALS = {"servicePrincipal": "Application", "user": "User", "group": "User"}
"""To what roles can be assigned, and what a role calls those that it is open to."""

DEFAULT_ACCESS = "00000000-0000-0000-0000-000000000000"

ASSIGNMENT = EntityType(
    "appRoleAssignment",
    (
        Property("deletedDateTime", DATE_TIME, read_only=True),
        Property("appRoleId", GUID, nullable=False, required=True),
        Property("createdDateTime", DATE_TIME, read_only=True),
        text("principalDisplayName", read_only=True),
        Property("principalId", GUID, required=True),
        text("principalType", read_only=True),
        text("resourceDisplayName", read_only=True),
        Property("resourceId", GUID, required=True),
    ),
    bases=("directoryObject",),
    label="AppRoleAssignment",
    guid_key=False,
    indexed=("principalId", "resourceId"),
)


class AssignmentRules(Rules):
    """The role must be the resource's, open to such principals, and not assigned already."""

    def create(self, call: Call, values: Json) -> Json:
        """Assign a role of a resource to a service principal, a user or a group."""
        values["id"] = secrets.token_urlsafe(32)
        doc = super().create(call, values)
        kind = call.tx.kind_of(doc["principalId"]) or ""
        if kind not in _PRINCIPALS:
            raise not_found(doc["principalId"])
        principal = call.require(kind, doc["principalId"])
        resource = call.require("servicePrincipal", doc["resourceId"])
        if not _offers(resource, doc["appRoleId"], _PRINCIPALS[kind]):
            raise role_not_found()
        for row in call.tx.find(ASSIGNMENT.filed_as, key_is("principalId", doc["principalId"])):
            same = all(row.doc[n] == doc[n] for n in ("resourceId", "appRoleId"))
            if same and row.doc["id"] != doc["id"]:
                raise bad_request("Permission being assigned already exists on the object")
        doc |= {
            "createdDateTime": now(),
            "principalDisplayName": principal["displayName"],
            "principalType": call.model.filed_as(kind).type.title,
            "resourceDisplayName": resource["displayName"],
        }
        call.replace(ASSIGNMENT, doc)
        return doc


def _offers(resource: Json, role_id: str, member: str) -> bool:
    """Whether a resource has a role for such a principal, or no role at all and default access."""
    enabled = [r for r in resource["appRoles"] if r["isEnabled"]]
    if role_id == DEFAULT_ACCESS:
        return not any(member in r["allowedMemberTypes"] for r in enabled)
    return any(r["id"] == role_id and member in r["allowedMemberTypes"] for r in enabled)


ENTITY = Entity(ASSIGNMENT, AssignmentRules(ASSIGNMENT))
