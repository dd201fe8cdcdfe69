"""Owners and members of groups: who may be one, and how they come and go.

Source: the Graph pages "Create group", "Add members", "Add owner", "Remove owner".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.people import memberships
from localtenant.entities.references import check_target
from localtenant.odata.errors import bad_request
from localtenant.odata.model import References

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_TARGETS = ("user", "group", "servicePrincipal")
OWNERS = References("owners", targets=("user", "servicePrincipal"), typed=True)
MEMBERS = References(memberships.MEMBERS, targets=_TARGETS, typed=True, bound_by_patch=True)
TRANSITIVE_MEMBERS = References(
    "transitiveMembers", targets=_TARGETS, typed=True, of=memberships.MEMBERS, transitive=True
)
MOST_BOUND = 20


def take_bound(call: Call, values: Json) -> tuple[list[str], list[str]]:
    """Take the owners and members that a body names by ``@odata.bind`` out of it, checked.

    A signed-in user who makes a group owns it, and may not be named beside. That more than 20 are
    refused is documented; the words are our own choice.
    """
    owners: list[str] = values.pop(f"{OWNERS.name}@odata.bind", [])
    members: list[str] = values.pop(f"{MEMBERS.name}@odata.bind", [])
    if len(owners) + len(members) > MOST_BOUND:
        raise bad_request(
            f"At most {MOST_BOUND} references to owners and members can be added in one request."
        )
    by_user = call.caller.delegated and call.request.method == "POST"
    if by_user:
        owners = [call.caller.object_id, *owners]
    for navigation, keys in ((OWNERS, owners), (MEMBERS, members)):
        if len({k.lower() for k in keys}) < len(keys):
            raise bad_request("Request contains a property with duplicate values.")
        for key in keys:
            check_target(call, navigation, key)
    return owners, members


def link_bound(call: Call, key: str, owners: list[str], members: list[str]) -> None:
    """Record the first owners and members of a group."""
    for navigation, keys in ((OWNERS, owners), (MEMBERS, members)):
        for target in keys:
            call.tx.link(key, navigation.relation, target)


def check_addition(call: Call, doc: Json, navigation: References, target: str) -> None:
    """400 for what cannot be added; of dynamic groups and of itself the words are our own."""
    check_target(call, navigation, target)
    if navigation is OWNERS:
        return
    if "DynamicMembership" in doc["groupTypes"]:
        raise bad_request("Members cannot be added to a group whose membership is dynamic.")
    if target.lower() == doc["id"]:
        raise bad_request("A group cannot be added as a member of itself.")


def check_removal(call: Call, doc: Json, navigation: References, target: str) -> None:
    """400 for the removal of a group's last owner."""
    owners = call.tx.targets(doc["id"], OWNERS.relation)
    if navigation is OWNERS and [o.lower() for o in owners] == [target.lower()]:
        raise bad_request(
            "The group must have at least one owner, hence this owner cannot be removed."
        )
