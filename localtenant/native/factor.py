"""Multifactor authentication: ``/{tenant}/oauth2/v2.0/introspect``, and what leads there.

Source: "Native authentication API reference", "Get user registered strong authentication methods"
and the suberror ``mfa_required`` of the token endpoint. The one method is a passcode that is mailed
to the customer's address, which here need not be registered: ``/register`` is not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from localtenant.native import continuation, errors
from localtenant.native.challenges import OOB
from localtenant.native.continuation import Place
from localtenant.native.steps import REDIRECT
from localtenant.pages import passcodes
from localtenant.signin import demands, second_factor

if TYPE_CHECKING:
    from localtenant.native.continuation import Continuation
    from localtenant.native.steps import Turn
    from localtenant.signin.errors import SignInError

CAPABLE = "mfa_required"
"""The capability of a client that can ask for a second factor."""

_REASONS = {
    demands.FACTOR_MISSING: "Client is missing mfa_required capability",
    demands.FACTOR_IMPOSSIBLE: "Client is missing registration_required capability",
}


def capabilities(turn: Turn) -> list[str]:
    """What a client can do: ``capability`` of the reference, or ``capabilities``, as MSAL has it.

    Spaces and commas stand between them; what is unknown says nothing.
    """
    given = f"{turn.given('capability')} {turn.given('capabilities')}"
    return given.replace(",", " ").split()


def demanded(
    turn: Turn, found: Continuation, methods: list[str], error: SignInError
) -> dict[str, Any] | SignInError:
    """What a client is told of a sign-in that Conditional Access does not let through.

    Raises ``error`` where a second factor would not help.
    """
    if error.number not in _REASONS:
        raise error
    user = turn.tx.get("user", found.data["user"]) or {}
    to = second_factor.address(turn.tx, user, methods) if user else None
    if to is None or CAPABLE not in found.data["capabilities"]:
        # Not the last word: the customer goes on in a browser, and this token leads nowhere.
        found.use(turn.tx)
        return {**REDIRECT, "redirect_reason": _REASONS[error.number]}
    found.data.update({"methods": methods, "method": OOB, "to": to, "id": str(uuid4())})
    found.data.setdefault("email", to)
    token = found.follow(turn.tx, Place.INTROSPECT, Place.SIGN_IN_CHALLENGE)
    return errors.factor_required(error, token)


def introspect(turn: Turn) -> dict[str, Any]:
    """``/introspect``: list the methods of which one is to be used."""
    found = continuation.find(turn, Place.INTROSPECT)
    method = {
        "id": found.data["id"],
        "challenge_type": OOB,
        "challenge_channel": "email",
        "login_hint": passcodes.masked(found.data["to"]),
    }
    token = found.follow(turn.tx, Place.INTROSPECT, Place.SIGN_IN_CHALLENGE)
    return {"continuation_token": token, "methods": [method]}


def check_id(turn: Turn, found: Continuation) -> None:
    """Check the method that a client names, if it names any. Raises SignInError."""
    if turn.given("id") not in {"", found.data.get("id", "")}:
        raise errors.parameter_invalid("id")
