"""What Conditional Access still demands of a user who has proved who he is, and how it is told.

Source: "Microsoft Entra authentication and authorization error codes", captures of its errors, and
"Conditional Access guidance for developers", which has the claims challenge.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from localtenant.signin import second_factor
from localtenant.signin.conditional_access import Attempt, Verdict, decide
from localtenant.signin.errors import SignInError
from localtenant.tenant import GRAPH_CLIENT_ID

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.signin.scopes import Asked
    from localtenant.signin.sessions import Session
    from localtenant.transaction import Transaction

BLOCKED, FACTOR_MISSING, FACTOR_IMPOSSIBLE = 53003, 50076, 50079
_BLOCKED_TEXT = (
    "Access has been blocked by Conditional Access policies. The access policy does not allow "
    "token issuance."
)
_CHANGED = (
    "Due to a configuration change made by your administrator, or because you moved to a new "
    "location, you must {what} multi-factor authentication to access '{resource}'."
)
_SUBERRORS = {BLOCKED: "message_only"}
_INTERRUPTED = "interaction_required"


@dataclass(frozen=True)
class Demand:
    """Why a sign-in does not go on: the number of the error, its text, the IDs of the policies."""

    number: int
    text: str
    policies: list[str]

    @property
    def at_redirect(self) -> SignInError:
        """The error as the application has it at its redirect URI.

        The OAuth error of a blocked sign-in nobody captured there: it is our own choice.
        """
        return SignInError(self.number, _INTERRUPTED, self.text)

    def at_token(self, error: str) -> SignInError:
        """The error as the token endpoint has it, with what the next sign-in has to ask for."""
        challenge = {"access_token": {"polids": {"essential": True, "values": self.policies}}}
        suberror = _SUBERRORS.get(self.number, "basic_action")
        more = {"claims": json.dumps(challenge, separators=(",", ":"))}
        return SignInError(self.number, error, self.text, suberror=suberror, more=more)


@dataclass(frozen=True)
class Occasion:
    """A sign-in to a client, or its use later on: whose session, and which scopes are asked."""

    user: Json
    session: Session
    client_id: str
    asked: Asked
    platform: str

    @property
    def applications(self) -> list[str]:
        """The client IDs of the APIs and of the client."""
        apis = [one.resource.principal["appId"] for one in self.asked.resources]
        return [*(a for a in apis if a != GRAPH_CLIENT_ID), self.client_id]

    def verdict(self, tx: Transaction) -> Verdict:
        """What all policies make of it."""
        applications, methods = frozenset(self.applications), tuple(self.session.methods)
        return decide(Attempt(tx, self.user, applications, self.platform, methods))


def demand(tx: Transaction, occasion: Occasion, verdict: Verdict) -> Demand | None:
    """What a verdict demands, None for nothing.

    A second factor that the user has no way to give is told apart, as an enrollment.
    """
    if verdict.blocks:
        return Demand(BLOCKED, _BLOCKED_TEXT, verdict.enforced)
    if not verdict.demands_factor:
        return None
    possible = second_factor.address(tx, occasion.user, occasion.session.methods)
    number, what = (FACTOR_MISSING, "use") if possible else (FACTOR_IMPOSSIBLE, "enroll in")
    text = _CHANGED.format(what=what, resource=occasion.applications[0])
    return Demand(number, text, verdict.enforced)
