"""How an interaction ends: the functions that the pages call when it is known who is there.

Each is called inside a write transaction and returns the whole answer for the browser, cookies
included. Nothing of what a page was sent decides whom a code is for: the caller has proved it.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from localtenant.signin import answers, authorize_errors, device_codes, interactions, sessions
from localtenant.signin.authorization import DemandError, RedirectError
from localtenant.signin.errors import SignInError
from localtenant.signin.granting import allowed, granted
from localtenant.signin.sessions import Session, open_session, set_session_cookie

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from localtenant.signin.interactions import Interaction
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction


class ReauthenticationRequiredError(Exception):
    """The session of an account does not do: the page has to ask for its credential."""


def complete(
    tenant: Tenant,
    tx: Transaction,
    interaction: Interaction,
    user_id: str,
    *,
    methods: Sequence[str],
    keep: bool,
    idp: str | None = None,
) -> Response:
    """Sign a user in who has proved who he is by ``methods`` (``pwd``, ``otp``, ``mfa``).

    ``idp`` is the identity provider that has vouched for him, if one has, for the claim ``idp``.
    ``tenant`` is the tenant as the browser reached it. Answers the application and ends the
    interaction. What is refused by now, such as missing consent, is told to the application, too.
    Raises DemandError, before anything has happened, for what the page has to ask for beyond.
    """
    session = Session(user_id, int(time.time()), list(methods), keep, idp=idp)
    return _opened(tenant, tx, interaction, session)


def strengthen(
    tenant: Tenant, tx: Transaction, interaction: Interaction, user_id: str, methods: Sequence[str]
) -> Response:
    """Go on with an account that is signed in in this browser, and has proved more by ``methods``.

    Its session stays the one that it was. Raises ReauthenticationRequiredError for an account that
    is not signed in any more, and DemandError.
    """
    session = account(tx, interaction, user_id)
    if session is None:
        raise ReauthenticationRequiredError
    proved = list(dict.fromkeys([*session.methods, *methods]))
    return _opened(tenant, tx, interaction, replace(session, methods=proved))


def check(
    tenant: Tenant,
    tx: Transaction,
    interaction: Interaction,
    user_id: str,
    methods: Sequence[str],
) -> None:
    """Look whether more is demanded of a user, who has proved who he is by ``methods``, to go on.

    Raises DemandError. What else will be refused is told to the application when it is.
    """
    session = Session(user_id, int(time.time()), list(methods), keep=False)
    try:
        allowed(tenant, tx, interaction.request, session)
    except SignInError:
        return


def resume(tenant: Tenant, tx: Transaction, interaction: Interaction, user_id: str) -> Response:
    """Go on with an account that is signed in in this browser, as picked from :func:`accounts`.

    Raises ReauthenticationRequiredError for an account that is not, for ``prompt=login``, and for a
    sign-in that is older than ``max_age``; DemandError for what the page has to ask for beyond.
    """
    session = account(tx, interaction, user_id)
    request = interaction.request
    if session is None or request.prompt == "login" or not session.is_fresh(request.max_age):
        raise ReauthenticationRequiredError
    answer, is_given = _answered(tenant, tx, interaction, session)
    if is_given:
        sessions.note_client(tx, interaction.session, session, request.client_id)
    return answer


def cancel(tenant: Tenant, tx: Transaction, interaction: Interaction) -> Response:
    """End an interaction because the user wants no more of it: ``access_denied``."""
    del tenant
    interactions.end(tx, interaction.id)
    return _refused(tx, RedirectError(authorize_errors.declined(), interaction.request))


def accounts(tx: Transaction, interaction: Interaction) -> list[Session]:
    """The accounts that are signed in in the interaction's browser, for the picker."""
    return sessions.accounts(tx, {sessions.SESSION_COOKIE: interaction.session})


def account(tx: Transaction, interaction: Interaction, user_id: str) -> Session | None:
    """The session of one account in the interaction's browser; None if it is not signed in."""
    return next((s for s in accounts(tx, interaction) if s.user_id == user_id), None)


def _opened(
    tenant: Tenant, tx: Transaction, interaction: Interaction, session: Session
) -> Response:
    """Answer the application, and have the browser hold the session."""
    answer, is_given = _answered(tenant, tx, interaction, session)
    browser = open_session(tx, interaction.session, session)
    if is_given:
        sessions.note_client(tx, browser, session, interaction.request.client_id)
    set_session_cookie(answer, browser, keep=session.keep)
    return answer


def _answered(
    tenant: Tenant, tx: Transaction, interaction: Interaction, session: Session
) -> tuple[Response, bool]:
    """End the interaction; the answer, and whether the application is given what it asks."""
    try:
        answer = granted(tenant, tx, interaction.request, session)
    except DemandError:
        raise
    except RedirectError as error:
        interactions.end(tx, interaction.id)
        return _refused(tx, error), False
    interactions.end(tx, interaction.id)
    return answer, True


def _refused(tx: Transaction, error: RedirectError) -> Response:
    """Tell the application; a device learns that it was declined when it polls."""
    key = error.request.user_code
    if key is None:
        return answers.refused(error.request, error.error)
    device_codes.decline(tx, key)
    place = f"{device_codes.PLACE}/declined?code={error.error.number}"
    return RedirectResponse(place, 303, answers.NOT_KEPT)
