"""What the sign-in log is told of a sign-in that was granted, or of which more was demanded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from localtenant.entities.directory import sign_in_log
from localtenant.odata.answers import now
from localtenant.signin.authorization import PUBLIC

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.signin.authorization import AuthorizationRequest
    from localtenant.signin.conditional_access import Applied, Verdict
    from localtenant.signin.demands import Demand, Occasion
    from localtenant.transaction import Transaction

_SUCCEEDED = {"errorCode": 0, "failureReason": "Other.", "additionalDetails": None}
_CONTROLS = {"mfa": "Mfa", "block": "Block"}


@dataclass(frozen=True)
class Entry:
    """A sign-in, and what Conditional Access made of it; ``demand`` is why it does not go on."""

    request: AuthorizationRequest
    occasion: Occasion
    verdict: Verdict
    demand: Demand | None = None

    def record(self, tx: Transaction) -> None:
        """Put it into the log.

        The address and the words for the kind of client, for success and for controls are those of
        captures of the log; an error says what the customer is told.
        """
        user, client_id = self.occasion.user, self.occasion.client_id
        resource = self.occasion.applications[0]
        demand = self.demand
        doc: Json = {
            "id": str(uuid4()),
            "createdDateTime": now(),
            "appId": client_id,
            "appDisplayName": _name(tx, client_id),
            "resourceId": resource,
            "resourceDisplayName": _name(tx, resource),
            "userId": user["id"],
            "userDisplayName": user["displayName"],
            "userPrincipalName": user["userPrincipalName"],
            "clientAppUsed": "Mobile Apps and Desktop clients"
            if self.occasion.platform == PUBLIC
            else "Browser",
            "correlationId": self.request.correlation_id or str(uuid4()),
            "ipAddress": "127.0.0.1",
            "isInteractive": True,
            "conditionalAccessStatus": self._status,
            "appliedConditionalAccessPolicies": [_shown(one) for one in self.verdict.applied],
            "status": _SUCCEEDED
            if demand is None
            else {**_SUCCEEDED, "errorCode": demand.number, "failureReason": demand.text},
        }
        sign_in_log.record(tx, doc)

    @property
    def _status(self) -> str:
        results = {one.result for one in self.verdict.applied}
        return next((r for r in ("failure", "success") if r in results), "notApplied")


def _name(tx: Transaction, client_id: str) -> str | None:
    found = tx.lookup("application", "appId", client_id)
    return found["displayName"] if found else None


def _shown(applied: Applied) -> Json:
    return {
        "id": applied.policy["id"],
        "displayName": applied.policy["displayName"],
        "enforcedGrantControls": [_CONTROLS.get(one, one) for one in applied.controls],
        "enforcedSessionControls": [],
        "result": applied.result,
    }
