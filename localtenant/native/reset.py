"""``/{tenant}/resetpassword/v1.0/…``: a customer has forgotten his password.

Source: "Native authentication API reference", "Self-service password reset (SSPR)". The password is
another one as soon as it is submitted: the first poll says so.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from localtenant.native import challenges, continuation, errors, factor, new_password
from localtenant.native.challenges import OOB
from localtenant.native.continuation import LIFETIME, Place
from localtenant.native.steps import REDIRECT
from localtenant.odata.errors import GraphError
from localtenant.pages import accounts, lockout, proof
from localtenant.pages.branding import branding_of
from localtenant.signin.grant_errors import user_disabled, user_missing

if TYPE_CHECKING:
    from localtenant.native.steps import Turn
    from localtenant.signin.errors import SignInError

_POLL_INTERVAL = 2
"""Seconds."""


def start(turn: Turn) -> dict[str, Any]:
    """``/start``: take the username of somebody who has a password and an email address."""
    types, email = challenges.types_of(turn), turn.needed("username")
    if not accounts.is_address(email):
        raise errors.parameter_invalid("username")
    tenant, tx = turn.tenant, turn.tx
    user = accounts.find_by_email(tenant, tx, email)
    if user is None and accounts.find(tenant, tx, email) is None:
        raise errors.user_unknown(tenant.tenant_id)
    if user is None or not accounts.has_password(tx, user):
        raise errors.no_password()
    _check_offered(turn)
    if OOB not in types:
        return REDIRECT
    able = factor.capabilities(turn)
    data = {"user": user["id"], "email": email, "types": types, "capabilities": able}
    token = continuation.issue(tx, turn.client_id, data, Place.RESET_CHALLENGE)
    return {"continuation_token": token}


def challenge(turn: Turn) -> dict[str, Any]:
    """``/challenge``: send a passcode."""
    found = continuation.find(turn, Place.RESET_CHALLENGE)
    if OOB not in challenges.types_now(turn, found):
        return REDIRECT
    told = challenges.send(turn, found, proof.RESET)
    token = found.follow(turn.tx, Place.RESET_CHALLENGE, Place.RESET_CONTINUE)
    return {**told, "continuation_token": token}


def proceed(turn: Turn) -> dict[str, Any] | SignInError:
    """``/continue``: take the passcode."""
    found = continuation.find(turn, Place.RESET_CONTINUE)
    grant = turn.needed("grant_type")
    if grant != OOB:
        raise errors.grant_unknown(grant)
    if (refusal := challenges.check_code(turn, found)) is not None:
        return refusal
    token = found.follow(turn.tx, Place.RESET_SUBMIT)
    return {"expires_in": LIFETIME, "continuation_token": token}


def submit(turn: Turn) -> dict[str, Any]:
    """``/submit``: take the new password."""
    found, tenant, tx = continuation.find(turn, Place.RESET_SUBMIT), turn.tenant, turn.tx
    password = new_password.entered(turn, "new_password")
    user = tx.get("user", found.data["user"])
    _check_offered(turn)
    if user is None:
        raise user_missing(tenant.tenant_id)
    if user["accountEnabled"] is False:
        raise user_disabled()
    try:
        accounts.set_password(tenant, tx, user, password)
    except GraphError as error:
        raise errors.password_invalid(error.message) from error
    lockout.succeeded(tx, found.data["email"])
    found.data.update({"methods": ["pwd"], "auth_time": int(time.time())})
    token = found.follow(tx, Place.RESET_POLL)
    return {"continuation_token": token, "poll_interval": _POLL_INTERVAL}


def poll(turn: Turn) -> dict[str, Any]:
    """``/poll_completion``: say that the password is another one."""
    found = continuation.find(turn, Place.RESET_POLL)
    return {"status": "succeeded", "continuation_token": found.follow(turn.tx, Place.REDEEM)}


def _check_offered(turn: Turn) -> None:
    """Refuse to reset what the pages do not either: those of a branding that hides the link."""
    if not branding_of(turn.tx, ()).offers_reset:
        raise errors.no_password()
