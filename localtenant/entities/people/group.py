"""``/groups``: the rules of security groups and Microsoft 365 groups.

Source: the Graph pages "Create group", "Update group", "Delete group", "Add member", "Remove
owner". Where no capture of an error is known, its wording is our own choice; the rule is Graph's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from localtenant.conditions import key_is
from localtenant.entities import extensions
from localtenant.entities.ownership import CREATOR
from localtenant.entities.people.group_members import (
    MEMBERS,
    OWNERS,
    TRANSITIVE_MEMBERS,
    check_addition,
    check_removal,
    link_bound,
    take_bound,
)
from localtenant.entities.people.group_type import GROUP
from localtenant.entities.people.memberships import ACTIONS, MEMBER_OF, TRANSITIVE_MEMBER_OF
from localtenant.entities.people.security_identifier import security_identifier
from localtenant.odata.answers import now
from localtenant.odata.errors import (
    bad_request,
    denied,
    invalid_value,
    object_conflict,
    value_required,
)
from localtenant.odata.literals import is_guid
from localtenant.odata.model import Entity, Missing, References, View
from localtenant.odata.rules import Rules

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json, Property

KIND = GROUP.filed_as
_UNIFIED, _DYNAMIC = "Unified", "DynamicMembership"
_NOT_IN_NICKNAMES = set('@()\\[]";:<>, ')
_REQUIRED = ("displayName", "mailEnabled", "mailNickname", "securityEnabled")
_ROLES = "RoleManagement.ReadWrite.Directory"


class GroupRules(Rules):
    """What Graph checks of a group beyond the types of its properties."""

    def find(self, call: Call, key: str, *, deleted: bool = False) -> Json | None:
        """The group of an object ID; what is none names no group."""
        return call.tx.get(KIND, key, deleted=deleted) if is_guid(key) else None

    def open_property(self, call: Call, name: str) -> Property | None:
        """A directory extension of groups."""
        return extensions.registered(call, name, GROUP.title)

    def create(self, call: Call, values: Json) -> Json:
        """Make a group with its first owners and members."""
        for name in _REQUIRED:
            if values.get(name) in (None, ""):
                raise value_required(name, GROUP.title)
        owners, members = take_bound(call, values)
        key = values["id"] = str(uuid4())
        made = now()
        values |= {
            "createdDateTime": made,
            "renewedDateTime": made,
            "securityIdentifier": security_identifier(key),
        }
        if values.get("isAssignableToRole") and _ROLES not in call.caller.permissions:
            raise denied()
        _fill_in(call, values)
        _check(call, {"id": key, **self.type.complete(values)})
        doc = super().create(call, values)
        link_bound(call, key, owners, members)
        call.tx.link(key, CREATOR, call.caller.object_id)
        return doc

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change a group, or add members to it."""
        _, members = take_bound(call, values)
        for member in members:
            self.add_reference(call, doc, MEMBERS, member)
        if not values:
            return
        self.check_lengths(values)
        changed = self.merged(doc, values)
        for name in _REQUIRED:
            if changed[name] in (None, ""):
                raise invalid_value(name, GROUP.title)
        if bool(changed["isAssignableToRole"]) != bool(doc["isAssignableToRole"]):
            raise bad_request(
                "Property 'isAssignableToRole' can be set when the group is created, and not "
                "changed later."
            )
        _check(call, changed)
        call.replace(self.type, changed)

    def delete(self, call: Call, doc: Json) -> None:
        """Move a Microsoft 365 group to the deleted items; a security group is gone for good."""
        if _UNIFIED in doc["groupTypes"]:
            call.tx.mark_deleted(KIND, doc["id"], now())
        else:
            self.purge(call, doc)

    def restore(self, call: Call, doc: Json) -> None:
        """Refuse to restore a group of which another has the name for mail by now."""
        _check_unique(call, doc)

    def purge(self, call: Call, doc: Json) -> None:
        """Delete for good, with the role assignments of the group."""
        for row in call.tx.find("appRoleAssignment", key_is("principalId", doc["id"])):
            call.tx.remove("appRoleAssignment", row.doc["id"])
        super().purge(call, doc)

    def add_reference(self, call: Call, doc: Json, navigation: References, target: str) -> None:
        """Add an owner or a member."""
        check_addition(call, doc, navigation, target)
        super().add_reference(call, doc, navigation, target)

    def remove_reference(self, call: Call, doc: Json, navigation: References, target: str) -> None:
        """Remove an owner, unless it is the last one, or a member."""
        check_removal(call, doc, navigation, target)
        super().remove_reference(call, doc, navigation, target)


def _fill_in(call: Call, values: Json) -> None:
    """What the service adds to a Microsoft 365 group: addresses, visibility, a description."""
    values["visibility"] = values.get("visibility")
    if _UNIFIED not in (values.get("groupTypes") or ()):
        return
    address = f"{values['mailNickname']}@{call.tenant.initial_domain}"
    values |= {"mail": address, "proxyAddresses": [f"SMTP:{address}"]}
    values["visibility"] = values["visibility"] or "Public"
    values["description"] = values.get("description") or values["displayName"]


def _check(call: Call, doc: Json) -> None:
    types = set(doc["groupTypes"])
    if not types <= {_UNIFIED, _DYNAMIC}:
        raise invalid_value("groupTypes", GROUP.title)
    if set(doc["mailNickname"]) & _NOT_IN_NICKNAMES or not doc["mailNickname"].isascii():
        raise invalid_value("mailNickname", GROUP.title)
    if doc["mailEnabled"] and _UNIFIED not in types:
        raise bad_request("Cannot Create a mail-enabled security groups and or distribution list.")
    if _UNIFIED in types and not doc["mailEnabled"]:
        raise bad_request("A group of the type 'Unified' must be enabled for mail.")
    if not (doc["mailEnabled"] or doc["securityEnabled"]):
        raise bad_request("A group must be enabled for mail or for security.")
    if (_DYNAMIC in types) != bool(doc["membershipRule"]):
        raise invalid_value("membershipRule", GROUP.title)
    if doc["isAssignableToRole"] and (_DYNAMIC in types or not doc["securityEnabled"]):
        raise bad_request(
            "A group to which roles can be assigned must be enabled for security, and its "
            "members must be assigned."
        )
    if doc["visibility"] not in {None, "Public", "Private", "HiddenMembership"}:
        raise invalid_value("visibility", GROUP.title)
    _check_unique(call, doc)


def _check_unique(call: Call, doc: Json) -> None:
    names = ["uniqueName"]
    if _UNIFIED in doc["groupTypes"]:
        names.append("mailNickname")
    for name in names:
        if doc[name] is None:
            continue
        for row in call.tx.find(KIND, key_is(name, doc[name])):
            other = row.doc
            mail = name == "uniqueName" or other["mailEnabled"]
            if other["id"] != doc["id"] and mail:
                raise object_conflict(name, GROUP.title, other["id"])


ASSIGNMENTS = View("appRoleAssignments", target="appRoleAssignment", match="principalId")

ENTITY = Entity(
    GROUP,
    GroupRules(GROUP),
    navigations=(
        OWNERS,
        MEMBERS,
        TRANSITIVE_MEMBERS,
        MEMBER_OF,
        TRANSITIVE_MEMBER_OF,
        ASSIGNMENTS,
        *(
            Missing(name)
            for name in (
                "acceptedSenders",
                "addFavorite",
                "assignLicense",
                "calendar",
                "conversations",
                "createdOnBehalfOf",
                "drive",
                "events",
                "extensions",
                "groupLifecyclePolicies",
                "membersWithLicenseErrors",
                "permissionGrants",
                "photo",
                "planner",
                "rejectedSenders",
                "renew",
                "settings",
                "sites",
                "team",
                "threads",
            )
        ),
    ),
    actions=ACTIONS,
)
