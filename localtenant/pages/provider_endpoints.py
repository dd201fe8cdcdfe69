"""To another identity provider and back: ``…/signin/{id}/by/{provider}``, ``…/federation/oauth2``.

Source: the redirect URIs of "Add Google", "Add Facebook", "Add Apple" and "Add OpenID Connect as an
identity provider". All four have ``/{tenant}/federation/oauth2``, which is the one that providers
are given here; ``/{tenant}/federation/oidc/{host}`` is answered as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.responses import RedirectResponse
from starlette.routing import Route

from localtenant.pages import forms, outcomes, provider_steps
from localtenant.pages.languages import accepted
from localtenant.pages.opening import NotOpenedError, opened
from localtenant.signin.answers import NOT_KEPT
from localtenant.signin.endpoints import origin
from localtenant.signin.errors import SignInError
from localtenant.signin.outbound import ElsewhereError
from localtenant.upstream import asking, customers, errors, requests
from localtenant.writing import written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from localtenant.pages.conversation import Visit
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction
    from localtenant.upstream.providers import Provider
    from localtenant.upstream.requests import Asked

_ANSWER = ("code", "iss", "error", "error_description", "user")


async def go(request: Request) -> Response:
    """Send the browser to a provider of the user flow."""
    tenant: Tenant = request.app.state.tenant
    reached, key = tenant.at(origin(tenant, request)), request.path_params["id"]
    try:
        with tenant.store.read() as tx:
            visit = opened(reached, tx, request, key)
            provider = _offered(visit, request.path_params["provider"])
        if provider is None:
            return visit.lead("")
        return await _sent(request, reached, key, provider)
    except NotOpenedError as error:
        return error.answer


async def _sent(request: Request, tenant: Tenant, key: str, provider: Provider) -> Response:
    """The way to a provider that can be asked, else the page that says why not."""
    try:
        found = await asking.found(provider, tenant.issuers)
    except (ElsewhereError, SignInError) as error:
        with tenant.store.read() as tx:
            return _failed(opened(tenant, tx, request, key), provider, error)

    def write(tx: Transaction) -> Response:
        visit = opened(tenant, tx, request, key)
        redirect_uri = provider_steps.redirect_uri(tenant)
        state, asked = requests.ask(tx, key, provider.key, redirect_uri)
        application = visit.interaction.request
        place = requests.address(provider, found, state, asked, application)
        return RedirectResponse(place, 303, NOT_KEPT)

    return await written(request, write)


async def posted(request: Request) -> Response:
    """Take an answer that a provider posts: from another site, so without the browser's cookies.

    The browser comes back for it by itself, and its cookies come along. It is a page that sends
    it, not a redirect: what a page of the provider lets its forms lead to ends with the form.
    """
    tenant: Tenant = request.app.state.tenant
    form = await forms.read(request)
    state = form.get("state", "")
    answer = {n: form[n] for n in _ANSWER if n in form}

    def write(tx: Transaction) -> Response:
        requests.keep_answer(tx, state, answer)
        place = f"{request.url.path}?{urlencode({'state': state})}"
        return outcomes.working_page(tenant, tx, place, accepted(request))

    return await written(request, write)


async def back(request: Request) -> Response:
    """Take what a provider has answered."""
    tenant: Tenant = request.app.state.tenant
    reached = tenant.at(origin(tenant, request))
    try:
        asked, provider = await written(request, lambda tx: _asked(reached, tx, request))
        answer = request.query_params if asked.answer is None else asked.answer
        return await _answered(request, reached, asked, provider, answer)
    except NotOpenedError as error:
        return error.answer


def _asked(tenant: Tenant, tx: Transaction, request: Request) -> tuple[Asked, Provider]:
    """What was asked that is answered now, by this browser and nobody else. Raises NotOpenedError.

    A request that another browser brings the answer to stays unanswered.
    """
    state = request.query_params.get("state", "")
    with tx.attempt():
        asked = requests.answered(tx, state)
        if asked is not None:
            visit = opened(tenant, tx, request, asked.interaction)
            provider = _offered(visit, asked.provider)
            if provider is not None:
                return asked, provider
        error = errors.context_missing()
        raise NotOpenedError(outcomes.error_page(tenant, tx, error, accepts=accepted(request)))


def _offered(visit: Visit, key: str) -> Provider | None:
    """The provider with an ID, as long as the user flow offers it."""
    return next((p for p in visit.flow.others if p.key == key), None)


async def _answered(
    request: Request,
    tenant: Tenant,
    asked: Asked,
    provider: Provider,
    answer: Mapping[str, str],
) -> Response:
    try:
        if answer.get("error") == "access_denied":
            with tenant.store.read() as tx:
                return opened(tenant, tx, request, asked.interaction).lead("email")
        _check(provider, answer)
        claims = await asking.identified(provider, tenant.issuers, asked, answer["code"])
    except (ElsewhereError, SignInError) as error:
        with tenant.store.read() as tx:
            return _failed(opened(tenant, tx, request, asked.interaction), provider, error)
    who = customers.vouched(provider, claims, answer.get("user", ""))

    def write(tx: Transaction) -> Response:
        return provider_steps.come(opened(tenant, tx, request, asked.interaction), provider, who)

    return await written(request, write)


def _check(provider: Provider, answer: Mapping[str, str]) -> None:
    """Check that an answer holds a code, and is of whom it claims to be. Raises SignInError."""
    if "error" in answer:
        raise errors.refused_by_provider(answer["error"], answer.get("error_description", ""))
    # RFC 9207: who is asked says who he is, so that no other can pass on his answer.
    if answer.get("iss", provider.signer) != provider.signer:
        raise errors.code_refused(f"Its answer is of the issuer '{answer['iss']}'.")
    if not answer.get("code"):
        raise errors.code_refused("Its answer holds no code.")


def _failed(visit: Visit, provider: Provider, error: ElsewhereError | SignInError) -> Response:
    if isinstance(error, SignInError):
        return provider_steps.refuse(visit, error)
    return provider_steps.not_here(visit, provider)


_BACK = ("/{tenant}/federation/oauth2", "/{tenant}/federation/oidc/{host}")
ROUTES = [
    Route("/{tenant}/signin/{id}/by/{provider}", go),
    *(Route(path, back) for path in _BACK),
    *(Route(path, posted, methods=["POST"]) for path in _BACK),
]
