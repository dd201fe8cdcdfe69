"""``/{tenant}/oauth2/v2.0/authorize``: an application sends a browser to have somebody sign in.

Source: Microsoft identity platform, "OAuth 2.0 authorization code flow" and "OpenID Connect". Who
is signed in already is not asked again; everybody else meets the pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from localtenant.signin import (
    account_names,
    answers,
    authorize_errors,
    error_page,
    interactions,
    request_reading,
    sessions,
)
from localtenant.signin.authorization import DemandError, PageError, RedirectError
from localtenant.signin.endpoints import origin
from localtenant.signin.errors import tenant_not_found
from localtenant.signin.granting import granted
from localtenant.writing import written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from localtenant.odata.types import Json
    from localtenant.signin.authorization import AuthorizationRequest
    from localtenant.signin.sessions import Session
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction


async def authorize(request: Request) -> Response:
    """Answer the application at once, or send the browser to the pages."""
    tenant: Tenant = request.app.state.tenant
    reached = tenant.at(origin(tenant, request))
    raw = (await request.body()).decode("utf-8", "replace")
    query = request.scope["query_string"].decode("latin-1")
    encoded = raw if request.method == "POST" else query
    try:
        parameters = parse_qsl(encoded, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        parameters = []
    name = request.path_params["tenant"]
    try:
        return await written(
            request, lambda tx: _answer(reached, tx, name, parameters, request.cookies)
        )
    except RedirectError as error:
        return answers.refused(error.request, error.error)
    except PageError as error:
        accepts = request.headers.get("accept-language", "")
        return error_page.error_page(reached, error, accepts)


def _answer(
    tenant: Tenant,
    tx: Transaction,
    name: str,
    parameters: list[tuple[str, str]],
    cookies: Mapping[str, str],
) -> Response:
    if not tenant.is_named(name):
        raise PageError(tenant_not_found(name, discovery=False))
    return answered(tenant, tx, request_reading.read(tenant, tx, parameters), cookies)


def answered(
    tenant: Tenant, tx: Transaction, asked: AuthorizationRequest, cookies: Mapping[str, str]
) -> Response:
    """The answer to a checked request: the application's, or the way to the pages.

    Raises RedirectError.
    """
    session = _session(tx, asked, sessions.accounts(tx, cookies))
    if session is not None:
        try:
            answer = granted(tenant, tx, asked, session)
        except DemandError as error:
            error.entry.record(tx)
            if asked.prompt == "none":
                return answers.refused(asked, error.error)
            return _to_pages(tenant, tx, asked, cookies, {"session": session.user_id})
        browser = cookies[sessions.SESSION_COOKIE]
        sessions.note_client(tx, browser, session, asked.client_id)
        return answer
    return _to_pages(tenant, tx, asked, cookies)


def _to_pages(
    tenant: Tenant,
    tx: Transaction,
    asked: AuthorizationRequest,
    cookies: Mapping[str, str],
    known: Json | None = None,
) -> Response:
    interaction = interactions.begin(tx, asked, cookies, known)
    place = f"/{tenant.tenant_id}/signin/{interaction.id}"
    answer = RedirectResponse(place, 303, answers.NOT_KEPT)
    interaction.set_cookie(answer)
    return answer


def _session(
    tx: Transaction, asked: AuthorizationRequest, accounts: list[Session]
) -> Session | None:
    """The session that answers without a page, or None. With ``prompt=none`` there is no page.

    Consent is an administrator's, so ``prompt=consent`` asks nobody. Raises RedirectError.
    """
    silent = asked.prompt == "none"
    if asked.prompt not in {None, "none", "consent"}:
        return None
    hint = asked.login_hint
    fitting = [s for s in accounts if not hint or _is_hinted(tx, s, hint)]
    if hint and accounts and not fitting and silent:
        raise RedirectError(authorize_errors.hint_not_signed_in(), asked)
    fresh = [s for s in fitting if s.is_fresh(asked.max_age)]
    if len(fresh) == 1 == len(fitting):
        return fresh[0]
    if silent and fresh:
        raise RedirectError(authorize_errors.several_signed_in(), asked)
    if silent:
        raise RedirectError(authorize_errors.nobody_signed_in(), asked)
    return None


def _is_hinted(tx: Transaction, session: Session, hint: str) -> bool:
    user = tx.get("user", session.user_id)
    return user is not None and account_names.is_hinted(user, hint)


ROUTES = [Route("/{tenant}/oauth2/v2.0/authorize", authorize, methods=["GET", "POST"])]
