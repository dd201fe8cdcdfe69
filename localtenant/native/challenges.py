"""Challenges: what a client says it can ask for, and passcodes that are sent and checked.

Source: "Native authentication challenge types" and the answers of ``/challenge`` in "Native
authentication API reference". Passcodes and the lockout are those of the pages: who guesses here
has to wait there.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from localtenant.native import errors
from localtenant.pages import lockout, passcodes

if TYPE_CHECKING:
    from localtenant.native.continuation import Continuation
    from localtenant.native.steps import Turn
    from localtenant.signin.errors import SignInError

OOB, PASSWORD, REDIRECT = "oob", "password", "redirect"
INTERVAL = 300
"""Seconds after which a client may offer to send another passcode."""

_TYPES = {OOB, PASSWORD, REDIRECT}


def types_of(turn: Turn) -> list[str]:
    """The challenge types that a client supports. Raises SignInError."""
    types = turn.needed("challenge_type").lower().split()
    if not set(types) <= _TYPES:
        raise errors.challenge_type_unknown()
    if REDIRECT not in types:
        raise errors.redirect_left_out()
    return types


def types_now(turn: Turn, found: Continuation) -> list[str]:
    """Those that a later request names, else those of the first. Raises SignInError."""
    return types_of(turn) if turn.given("challenge_type") else found.data["types"]


def send(turn: Turn, found: Continuation, purpose: str) -> dict[str, Any]:
    """Mail a passcode; what the client is told of it. Raises SignInError.

    It goes to the address ``to``, while it is the name ``email`` whose failures count.
    """
    email, now = found.data["email"], time.time()
    to = found.data.get("to", email)
    if lockout.is_locked(turn.tx, email, now):
        raise errors.locked()
    code = passcodes.issue(found.data, now)
    if code is None:
        raise errors.too_many_codes()
    passcodes.mail(turn.tenant, turn.tx, to, code, purpose)
    return {
        "challenge_type": OOB,
        "binding_method": "prompt",
        "challenge_channel": "email",
        "challenge_target_label": passcodes.masked(to),
        "code_length": passcodes.DIGITS,
    }


def check_code(turn: Turn, found: Continuation) -> SignInError | None:
    """What is wrong with the passcode of a request, counted as a failure. Raises SignInError."""
    email, now, given = found.data["email"], time.time(), turn.needed(OOB)
    if lockout.is_locked(turn.tx, email, now):
        raise errors.locked()
    if passcodes.redeem(found.data, given, now):
        return None
    return _failed(turn, found, errors.code_wrong())


def failed_password(turn: Turn, found: Continuation) -> SignInError:
    """The answer to a wrong password, counted as a failure."""
    return _failed(turn, found, errors.password_wrong())


def _failed(turn: Turn, found: Continuation, error: SignInError) -> SignInError:
    lockout.failed(turn.tx, found.data["email"], time.time())
    found.keep(turn.tx)
    return error
