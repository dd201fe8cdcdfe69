"""What an application is given at its redirect URI once it is known who signed in.

Source: Microsoft identity platform, "OAuth 2.0 authorization code flow", and OpenID Connect Core
for what is given there beside a code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import RedirectResponse

from localtenant.signin import (
    answers,
    authorize_errors,
    codes,
    credentials,
    demands,
    device_codes,
    scopes,
    tokens,
    user_tokens,
)
from localtenant.signin.authorization import DemandError, RedirectError
from localtenant.signin.errors import SignInError
from localtenant.signin.sign_in_log import Entry
from localtenant.signin.user_tokens import Subject

if TYPE_CHECKING:
    from starlette.responses import Response

    from localtenant.signin.authorization import AuthorizationRequest
    from localtenant.signin.scopes import Asked
    from localtenant.signin.sessions import Session
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction


def granted(
    tenant: Tenant, tx: Transaction, request: AuthorizationRequest, session: Session
) -> Response:
    """The answer with a code, or tokens, for the user of a session. Raises RedirectError.

    The :class:`DemandError` among them comes before anything is given.
    """
    try:
        subject, asked, entry = allowed(tenant, tx, request, session)
        entry.record(tx)
        if request.user_code is not None:
            device_codes.approve(tx, request.user_code, session)
            return RedirectResponse(f"{device_codes.PLACE}/done", 303, answers.NOT_KEPT)
        return answers.answered(request, _fields(tenant, tx, request, subject, asked))
    except SignInError as error:
        raise RedirectError(error, request) from error


def allowed(
    tenant: Tenant, tx: Transaction, request: AuthorizationRequest, session: Session
) -> tuple[Subject, Asked, Entry]:
    """Who signed in, for whom, and what is asked; all of it is held against the directory.

    Beside it there is what the sign-in log is told once it is granted.

    Raises SignInError, and DemandError for what Conditional Access demands beyond.
    """
    client = credentials.for_users(tenant, tx, request.client_id)
    user = tx.get("user", session.user_id)
    if user is None:
        raise authorize_errors.nobody_signed_in()
    client_id, name = request.client_id, client.application["displayName"]
    if not tokens.is_assigned(tx, user_tokens.holders(tx, user["id"]), client.principal):
        raise authorize_errors.not_assigned(client_id, name, user["userPrincipalName"])
    asked = scopes.read(tenant, tx, client.application, request.scope)
    if not scopes.is_consented(tx, client.principal, user["id"], asked):
        raise authorize_errors.consent_missing(client_id, name)
    occasion = demands.Occasion(user, session, client_id, asked, request.platform)
    verdict = occasion.verdict(tx)
    demand = demands.demand(tx, occasion, verdict)
    entry = Entry(request, occasion, verdict, demand)
    if demand is not None:
        raise DemandError(demand.at_redirect, entry)
    return Subject(user, session, client, request.response_mode == "fragment"), asked, entry


def _fields(
    tenant: Tenant, tx: Transaction, request: AuthorizationRequest, subject: Subject, asked: Asked
) -> dict[str, str]:
    kinds = request.response_type.split()
    fields: dict[str, str] = {}
    hashes: dict[str, Any] = {}
    if "code" in kinds:
        fields["code"] = codes.issue(tx, request, subject.session)
        hashes["c_hash"] = user_tokens.half_hash(fields["code"])
    if "token" in kinds:
        principal, user_id = subject.client.principal, subject.user["id"]
        given = scopes.for_token(tenant, tx, principal, user_id, asked)
        lifetime, told = tokens.lifetimes(tenant, tx, given.resource)
        claims = user_tokens.access_claims(tenant, tx, subject, given, lifetime)
        answer = tokens.answer(tenant, claims, told)
        for name in ("access_token", "token_type", "expires_in"):
            fields[name] = str(answer[name])
        fields["scope"] = " ".join(given.told)
        hashes["at_hash"] = user_tokens.half_hash(fields["access_token"])
    if "id_token" in kinds:
        timed = request.max_age is not None
        claims = user_tokens.id_claims(
            tenant, tx, subject, asked.connect, nonce=request.nonce, timed=timed
        )
        fields["id_token"] = tenant.key.sign({**claims, **hashes})
    if request.client_info:
        fields["client_info"] = user_tokens.client_info(tenant, subject.user["id"])
    fields["session_state"] = subject.session.sid
    return fields
