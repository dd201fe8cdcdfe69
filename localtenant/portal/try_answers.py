"""``/-/try/answer``: where the answer to a sign-in of the tenant's own page arrives.

It is taken once, from the browser that began it. Its code is redeemed inside the server, and what
came of it is on a page of an address that only this browser can open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from localtenant.pages import forms
from localtenant.pages.outcomes import look
from localtenant.portal import applications, own_request
from localtenant.portal.advice import advice, number_of
from localtenant.portal.decoding import decoded
from localtenant.portal.guarding import COOKIE, for_own_pages
from localtenant.portal.rendering import page
from localtenant.portal.trials import Outcome, Trial, Trials
from localtenant.signin.endpoints import origin
from localtenant.signin.errors import SignInError
from localtenant.signin.tokens import issuer

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from starlette.requests import Request

    from localtenant.portal.decoding import Decoded
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

PLACE = "/-/try/answer"
_TOKENS = {
    "access_token": "Access token",
    "id_token": "ID token",
    "refresh_token": "Refresh token",
}


@for_own_pages
async def answer(request: Request) -> Response:
    """Take the answer from the query, a posted form, or the fragment, which the script posts."""
    tenant: Tenant = request.app.state.tenant
    trials: Trials = request.app.state.trials
    if request.method == "POST":
        form = dict(await forms.read(request))
        told = dict(parse_qsl(form["fragment"])) if "fragment" in form else form
    else:
        told = dict(parse_qsl(request.scope["query_string"].decode("latin-1")))
    if not told:
        with tenant.store.read() as tx:
            return page("try_fragment", **look(tenant, tx), place=PLACE)
    trial = trials.take(told.get("state", ""), request.cookies.get(COOKIE, ""))
    if trial is None:
        with tenant.store.read() as tx:
            return page("try_over", 400, **look(tenant, tx))
    reached = tenant.at(origin(tenant, request))
    return shown(trials, await _outcome(reached, trial, told, request.app.state.writer))


async def _outcome(tenant: Tenant, trial: Trial, told: dict[str, str], writer: Executor) -> Outcome:
    asked: dict[str, str] = {}
    redeemed: dict[str, Any] = {}
    error: SignInError | None = None
    if code := told.get("code", ""):
        asked = own_request.redemption(trial, code)
        try:
            redeemed = await own_request.redeemed(tenant, asked, writer)
        except SignInError as refusal:
            error = refusal
    return Outcome(
        trial.client_id, trial.browser, trial.sent, trial.nonce, told, asked, redeemed, error
    )


def shown(trials: Trials, outcome: Outcome) -> Response:
    """Keep an outcome, and lead to its page."""
    return RedirectResponse(f"/-/try/outcome/{trials.keep(outcome)}", 303)


@for_own_pages
async def outcome(request: Request) -> Response:
    """What came of a sign-in."""
    tenant: Tenant = request.app.state.tenant
    trials: Trials = request.app.state.trials
    found = trials.outcome(request.path_params["id"], request.cookies.get(COOKIE, ""))
    with tenant.store.read() as tx:
        if found is None:
            return page("try_over", 404, **look(tenant, tx))
        return _page(tenant.at(origin(tenant, request)), tx, found)


def _page(tenant: Tenant, tx: Transaction, found: Outcome) -> Response:
    tokens = _tokens(tenant, found)
    failure = _failure(found)
    base = f"{tenant.url}/{tenant.tenant_id}/oauth2/v2.0"
    nonces = [c.value for t in tokens for c in t.claims if c.name == "nonce"]
    return page(
        "outcome",
        **look(tenant, tx),
        app=applications.find(tx, found.client_id),
        client_id=found.client_id,
        failure=failure,
        advice=advice(number_of(failure)),
        tokens=tokens,
        nonce_fits=all(n == found.nonce for n in nonces) if nonces else None,
        asked_scopes=found.sent.get("scope", found.asked.get("scope", "")).split(),
        scopes=str(found.redeemed.get("scope", found.told.get("scope", ""))).split(),
        steps=[
            ("Request to the authorize endpoint", f"{base}/authorize", found.sent),
            ("Answer at the redirect URI", "", _short(found.told)),
            ("Request to the token endpoint", f"{base}/token", _short(found.asked)),
            ("Answer of the token endpoint", "", _short(found.redeemed)),
        ],
        link=f"{base}/authorize?{urlencode(found.sent)}" if found.sent else "",
        sign_out=f"{base}/logout",
    )


def _tokens(tenant: Tenant, found: Outcome) -> list[Decoded]:
    published = tenant.key.published(issuer(tenant, 2))
    return [
        decoded(f"{title}{where}", str(source[name]), published)
        for source, where in ((found.redeemed, ""), (found.told, " at the redirect URI"))
        for name, title in _TOKENS.items()
        if name in source
    ]


def _failure(found: Outcome) -> str:
    if found.error is not None:
        return f"AADSTS{found.error.number}: {found.error.text}"
    return found.told.get("error_description", found.told.get("error", ""))


def _short(fields: Any) -> dict[str, str]:  # noqa: ANN401 - fields of forms, or a JSON object
    """Fields as texts; tokens stand in full further below."""
    return {n: "(see above)" if n in _TOKENS else str(v) for n, v in fields.items()}


ROUTES = [
    Route(PLACE, answer, methods=["GET", "POST"]),
    Route("/-/try/outcome/{id}", outcome),
]
