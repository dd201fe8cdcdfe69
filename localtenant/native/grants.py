"""The grants ``password``, ``oob`` and ``continuation_token``: the end of a native sign-in.

Source: "Native authentication API reference", "Request for security tokens". The tokens are made by
the code of every other grant. ``password`` without a continuation token would be the grant of
OAuth of this name, which external tenants do not have.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from localtenant.native import challenges, continuation, errors, factor
from localtenant.native.challenges import OOB, PASSWORD
from localtenant.native.continuation import Place
from localtenant.native.steps import answering
from localtenant.pages import accounts, lockout
from localtenant.signin import grant_errors, refresh_tokens, scopes
from localtenant.signin.authorization import PUBLIC
from localtenant.signin.errors import SignInError, parameter_missing, unsupported_grant
from localtenant.signin.second_factor import PASSCODE, PROVED
from localtenant.signin.sessions import Session
from localtenant.signin.user_grants import SignedIn, answered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.native.continuation import Continuation
    from localtenant.native.steps import Turn
    from localtenant.signin.grants import Answer
    from localtenant.signin.token_request import TokenRequest

_METHODS = {PASSWORD: "pwd", OOB: "otp"}
"""What a challenge is called in the claim ``amr``."""


def _with_password(turn: Turn) -> dict[str, Any] | SignInError:
    found, tx = _found(turn, PASSWORD), turn.tx
    password, email = turn.asked.form.get(PASSWORD, ""), found.data["email"]
    if not password:
        raise parameter_missing(PASSWORD)
    if lockout.is_locked(tx, email, time.time()):
        raise errors.locked()
    user = tx.get("user", found.data["user"])
    if not accounts.is_password_of(tx, user, password) or user is None:
        return challenges.failed_password(turn, found)
    if user["accountEnabled"] is False:
        raise grant_errors.user_disabled()
    if accounts.must_change_password(user):
        raise errors.password_due()
    return _signed_in(turn, found, PASSWORD)


def _with_code(turn: Turn) -> dict[str, Any] | SignInError:
    found = _found(turn, OOB)
    if (refusal := challenges.check_code(turn, found)) is not None:
        return refusal
    return _signed_in(turn, found, OOB)


def _with_token(turn: Turn) -> dict[str, Any] | SignInError:
    found = continuation.find(turn, Place.REDEEM)
    return _tokens(turn, found, found.data["methods"], found.data["auth_time"])


def _found(turn: Turn, grant: str) -> Continuation:
    """The continuation token of somebody who signs in by a grant. Raises SignInError."""
    found = continuation.find(turn, Place.SIGN_IN_TOKEN)
    if found.data["method"] != grant:
        raise errors.grant_unknown(grant)
    return found


def _signed_in(turn: Turn, found: Continuation, grant: str) -> dict[str, Any] | SignInError:
    first = found.data.get("methods")
    proved = [_METHODS[grant]] if first is None else [*first, PASSCODE, PROVED]
    return _tokens(turn, found, proved, int(time.time()))


def _tokens(
    turn: Turn, found: Continuation, methods: list[str], auth_time: int
) -> dict[str, Any] | SignInError:
    """The tokens of who has proved who he is by ``methods``, in the second ``auth_time``.

    Or what Conditional Access demands beyond.
    """
    asked, tx, client = turn.asked, turn.tx, turn.client
    names = asked.needed("scope").split()
    if len(scopes.read(turn.tenant, tx, client.application, names).resources) > 1:
        raise grant_errors.several_resources()
    session = Session(found.data["user"], auth_time, methods, keep=False)
    try:
        answer = answered(tx, asked, SignedIn(client, session, PUBLIC, names))
    except SignInError as error:
        return factor.demanded(turn, found, methods, error)
    if scopes.OFFLINE in {name.lower() for name in names}:
        made, _ = refresh_tokens.issue(tx, turn.client_id, PUBLIC, names, session)
        answer["refresh_token"] = made
    # Not before: whoever has but the password would have any number of tries for the passcode.
    lockout.succeeded(tx, found.data["email"])
    found.use(tx)
    return answer


_by_password = answering(_with_password)


async def _password(asked: TokenRequest) -> dict[str, Any]:
    if "continuation_token" not in asked.form:
        raise unsupported_grant(PASSWORD)
    return await _by_password(asked)


GRANTS: Mapping[str, Answer] = {
    "password": _password,
    **dict.fromkeys((OOB, "mfa_oob"), answering(_with_code)),
    "continuation_token": answering(_with_token),
}
"""The grants by their names; MSAL for browsers calls a passcode that is a second factor
``mfa_oob``.
"""
