"""The groups of a user in his tokens, or where to read them if they are too many.

Source: Microsoft identity platform, "groups overage claim" and "configure groups optional claims",
and the Graph resource page "application" on ``groupMembershipClaims``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.conditions import key_is
from localtenant.entities.people.memberships import groups_of

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.signin.user_tokens import Subject
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_MOST, _MOST_IN_ADDRESS = 200, 5
_SECURITY, _ALL, _ASSIGNED = "SecurityGroup", "All", "ApplicationGroup"


def groups_claims(
    tenant: Tenant, tx: Transaction, application: Json, subject: Subject, *, asks: bool
) -> dict[str, Any]:
    """``groups``, or of more than 200 the address at Graph that tells them; nothing of none.

    In a token that comes in an address ``hasgroups`` stands for six and more.

    Which groups count says ``groupMembershipClaims``. That an application which ``asks`` by an
    optional claim and does not say it gets all of them is our own choice.
    """
    kinds = {kind.strip() for kind in (application["groupMembershipClaims"] or "").split(",")}
    if asks and not kinds & {_SECURITY, _ALL, _ASSIGNED}:
        kinds = {_ALL}
    if not kinds & {_SECURITY, _ALL, _ASSIGNED}:
        return {}
    found = groups_of(tx, subject.user["id"])
    if _ASSIGNED in kinds:
        assigned = _assigned(tx, application)
        found = [group for group in found if group["id"] in assigned]
    elif _ALL not in kinds:
        found = [group for group in found if group["securityEnabled"]]
    if subject.in_address and len(found) > _MOST_IN_ADDRESS:
        return {"hasgroups": True}
    if len(found) > _MOST:
        place = f"{tenant.url}/v1.0/users/{subject.user['id']}/getMemberObjects"
        return {
            "_claim_names": {"groups": "src1"},
            "_claim_sources": {"src1": {"endpoint": place}},
        }
    return {"groups": [group["id"] for group in found]} if found else {}


def _assigned(tx: Transaction, application: Json) -> set[str]:
    """Who is assigned to the application."""
    principal = tx.lookup("servicePrincipal", "appId", application["appId"])
    if principal is None:
        return set()
    rows = tx.find("appRoleAssignment", key_is("resourceId", principal["id"]))
    return {row.doc["principalId"] for row in rows}
