"""``/auditLogs/signIns``: who signed in to what, and what Conditional Access made of it.

Source: the Graph pages "List signIns", "Get signIn" and the resource pages "signIn" and
"appliedConditionalAccessPolicy". The newest :data:`MOST_RECORDS` are kept. What is recorded is what
the authorize endpoint and the pages come to; that a use of a refresh token is none is documented of
v1.0. Which policies applied is for readers of policies alone.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from localtenant.odata.model import Entity, EntitySet
from localtenant.odata.operations import Operation, operation, same
from localtenant.odata.rules import Rules
from localtenant.odata.types import (
    DATE_TIME,
    INT32,
    ComplexType,
    EntityType,
    EnumType,
    Property,
    flag,
    many,
    text,
    texts,
)

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

MOST_RECORDS = 10_000
_LEFT_BETWEEN = 100
_written = itertools.count()
_POLICIES = "appliedConditionalAccessPolicies"
_READ_POLICIES = {
    "Policy.Read.All",
    "Policy.Read.ConditionalAccess",
    "Policy.ReadWrite.ConditionalAccess",
}

APPLIED = ComplexType(
    "appliedConditionalAccessPolicy",
    (
        text("displayName"),
        texts("enforcedGrantControls"),
        texts("enforcedSessionControls"),
        text("id"),
        Property(
            "result",
            EnumType(
                "appliedConditionalAccessPolicyResult",
                (
                    "success",
                    "failure",
                    "notApplied",
                    "notEnabled",
                    "unknown",
                    "reportOnlySuccess",
                    "reportOnlyFailure",
                    "reportOnlyNotApplied",
                    "reportOnlyInterrupted",
                ),
            ),
        ),
    ),
)
SIGN_IN = EntityType(
    "signIn",
    (
        text("appDisplayName"),
        text("appId"),
        many(_POLICIES, APPLIED),
        text("clientAppUsed"),
        Property(
            "conditionalAccessStatus",
            EnumType("conditionalAccessStatus", ("success", "failure", "notApplied")),
        ),
        text("correlationId"),
        Property("createdDateTime", DATE_TIME, nullable=False),
        text("ipAddress"),
        flag("isInteractive"),
        text("resourceDisplayName"),
        text("resourceId"),
        Property(
            "status",
            ComplexType(
                "signInStatus",
                (
                    text("additionalDetails"),
                    Property("errorCode", INT32),
                    text("failureReason"),
                ),
            ),
        ),
        text("userDisplayName"),
        text("userId", nullable=False),
        text("userPrincipalName"),
    ),
    indexed=("appId", "userId", "correlationId"),
)


class SignInRules(Rules):
    """Records are read, and in part by some alone."""

    def shown(self, call: Call, doc: Json) -> Json:
        """The record, for who may not read policies without those that applied."""
        return doc if call.caller.permissions & _READ_POLICIES else {**doc, _POLICIES: []}


def record(tx: Transaction, doc: Json) -> None:
    """Keep the record of a sign-in."""
    tx.insert(SIGN_IN.filed_as, doc["id"], doc, SIGN_IN.indexed)
    if next(_written) % _LEFT_BETWEEN == 0:
        tx.keep_newest(SIGN_IN.filed_as, MOST_RECORDS)


READ = same("AuditLog.Read.All+Directory.Read.All", "AuditLog.Read.All+Directory.ReadWrite.All")
ENTITY = Entity(SIGN_IN, SignInRules(SIGN_IN))
SET = EntitySet("auditLogs/signIns", (SIGN_IN.name,), newest_first=True)
_KEPT = (
    f"the newest {MOST_RECORDS:,} sign-ins of users at the pages and at the authorize endpoint; "
    "nothing of devices, places and risks"
)
OPERATIONS: tuple[Operation, ...] = (
    operation("GET /auditLogs/signIns", READ, "signin-list", differences=_KEPT),
    operation("GET /auditLogs/signIns/{id}", READ, "signin-get"),
)
