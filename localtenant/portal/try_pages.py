"""``/-/try``: choose a client and what it asks for, and begin its sign-in.

The request is read as the authorize endpoint reads it, with a redirect URI that the application has
registered, so all that is wrong with it is told. Only then, inside the server, the answer is
directed to the tenant's own page: the authorize endpoint itself takes no other redirect URI than
before, and the application is left as it is.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from localtenant.issued import digest, new_value
from localtenant.pages import forms
from localtenant.pages.outcomes import look
from localtenant.portal import applications, offers, own_request, try_answers
from localtenant.portal.guarding import (
    browser_of,
    csrf_of,
    for_own_pages,
    is_forged,
    is_led_here,
    set_cookie,
)
from localtenant.portal.home import int_of
from localtenant.portal.rendering import page
from localtenant.portal.trials import Outcome, Trial, Trials
from localtenant.signin import authorize, request_reading
from localtenant.signin.authorization import PageError, RedirectError
from localtenant.signin.endpoints import origin
from localtenant.signin.errors import SignInError
from localtenant.writing import written

if TYPE_CHECKING:
    from starlette.requests import Request

    from localtenant.pages.forms import Form
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_A_PAGE = 25
PROMPTS = ("", "login", "select_account", "create", "consent", "none")
TYPES = ("code", "code id_token", "id_token", "id_token token")
MODES = ("", "query", "fragment", "form_post")


@for_own_pages
async def choose(request: Request) -> Response:
    """The clients, or with ``client`` what that one can ask for."""
    tenant: Tenant = request.app.state.tenant
    client_id = request.query_params.get("client", "")
    with tenant.store.read() as tx:
        # A new cookie would end what the browser has begun: who is led here chooses first.
        if client_id and not is_led_here(request):
            return _form(request, tx, client_id)
        holding = (client_id or request.query_params.get("q", "")).strip()[:200]
        total = applications.count(tx, holding)
        last = max(1, -(-total // _A_PAGE))
        number = min(last, int_of(request.query_params.get("page", "")) or 1)
        found = applications.listed(tx, holding, (number - 1) * _A_PAGE, _A_PAGE)
        return page(
            "try_clients",
            **look(tenant, tx),
            holding=holding,
            applications=found,
            total=total,
            number=number,
            last=last,
        )


def _form(request: Request, tx: Transaction, client_id: str, *, stale: bool = False) -> Response:
    tenant: Tenant = request.app.state.tenant
    app = applications.find(tx, client_id)
    browser = browser_of(request)
    answer = page(
        "try",
        400 if stale else 200 if app else 404,
        **look(tenant, tx),
        app=app,
        scopes=offers.scopes(tx, app) if app else [],
        resources=offers.resources(tx, app) if app else [],
        prompts=PROMPTS,
        types=TYPES,
        modes=MODES,
        csrf=csrf_of(browser),
        errors={"": "This form is out of date. Send it again."} if stale else {},
    )
    set_cookie(answer, browser)
    return answer


@for_own_pages
async def begin(request: Request) -> Response:
    """Begin the sign-in, or for ``daemon`` get a token for the application itself."""
    tenant: Tenant = request.app.state.tenant
    form = await forms.read(request)
    client_id = form.get("client_id", "")
    if is_forged(request, form):
        with tenant.store.read() as tx:
            return _form(request, tx, client_id, stale=True)
    reached = tenant.at(origin(tenant, request))
    if request.url.path.endswith("/daemon"):
        return await _for_itself(request, reached, form)
    trial = _trial(reached, form, browser_of(request))
    trials: Trials = request.app.state.trials
    # Its answer may come at once, on the page for it.
    trials.wait_for(trial)
    try:
        return await written(request, lambda tx: _begun(reached, tx, trial, request))
    except (PageError, RedirectError) as error:
        outcome = Outcome(client_id, trial.browser, trial.sent, trial.nonce, error=error.error)
        return try_answers.shown(trials, outcome)


def _trial(tenant: Tenant, form: Form, browser: str) -> Trial:
    state, nonce, verifier = new_value(), new_value(), new_value()
    kinds = form.get("response_type", "code")
    hashed = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(hashed).decode().rstrip("=")
    proof = {"code_challenge": challenge, "code_challenge_method": "S256"}
    wanted = " ".join([*form.getlist("scope"), *form.get("more", "").split()])
    sent = {
        "client_id": form.get("client_id", ""),
        "redirect_uri": form.get("redirect_uri", ""),
        "response_type": kinds,
        "response_mode": form.get("response_mode", ""),
        "scope": wanted,
        "state": state,
        "nonce": nonce,
        "prompt": form.get("prompt", ""),
        "login_hint": form.get("login_hint", "").strip(),
        **(proof if "code" in kinds.split() else {}),
    }
    return Trial(
        client_id=sent["client_id"],
        browser=digest(browser),
        place=f"{tenant.url}{try_answers.PLACE}",
        sent={name: value for name, value in sent.items() if value},
        verifier=verifier,
        state=state,
        nonce=nonce,
    )


def _begun(tenant: Tenant, tx: Transaction, trial: Trial, request: Request) -> Response:
    asked = request_reading.read(tenant, tx, list(trial.sent.items()))
    own = replace(asked, redirect_uri=trial.place)
    try:
        return authorize.answered(tenant, tx, own, request.cookies)
    except RedirectError as error:
        raise RedirectError(error.error, asked) from error


async def _for_itself(request: Request, tenant: Tenant, form: Form) -> Response:
    client_id = form.get("client_id", "")
    asked = {
        "grant_type": "client_credentials",
        "client_id": client_id,
        "scope": f"{form.get('resource', '')}/.default",
    }
    trials: Trials = request.app.state.trials
    outcome = Outcome(client_id, digest(browser_of(request)), {}, asked=asked)
    try:
        told = await own_request.for_itself(tenant, asked, request.app.state.writer)
    except SignInError as error:
        return try_answers.shown(trials, replace(outcome, error=error))
    return try_answers.shown(trials, replace(outcome, redeemed=told))


async def over(request: Request) -> Response:
    """Lead who reloads the address of a form back to the choice."""
    del request
    return RedirectResponse("/-/try", 303)


ROUTES = [
    Route("/-/try", choose, methods=["GET"]),
    Route("/-/try", begin, methods=["POST"]),
    Route("/-/try/daemon", begin, methods=["POST"]),
    Route("/-/try/daemon", over, methods=["GET"]),
]
