"""The pages over HTTP: ``/{tenant}/signin/{interaction}`` and the steps below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from localtenant.pages import (
    administration,
    branding_files,
    device,
    factor_steps,
    forms,
    outcomes,
    passcode_steps,
    provider_endpoints,
    rendering,
    reset_steps,
    session_steps,
    sign_in_steps,
    sign_up_steps,
)
from localtenant.pages.languages import accepted
from localtenant.pages.opening import NotOpenedError, opened
from localtenant.signin.endpoints import origin
from localtenant.signin.errors import tenant_not_found
from localtenant.writing import written

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from localtenant.pages.forms import Form
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_STEPS = {
    **session_steps.STEPS,
    **sign_in_steps.STEPS,
    **passcode_steps.STEPS,
    **sign_up_steps.STEPS,
    **reset_steps.STEPS,
    **factor_steps.STEPS,
}


async def step(request: Request) -> Response:
    """Show a step of a sign-in, or take its form."""
    tenant: Tenant = request.app.state.tenant
    reached = tenant.at(origin(tenant, request))
    if request.method != "POST":
        with tenant.store.read() as tx:
            return _answer(reached, tx, request, None)
    form = await forms.read(request)
    return await written(request, lambda tx: _answer(reached, tx, request, form))


async def signed_out(request: Request) -> Response:
    """Say that nobody is signed in any more."""
    tenant: Tenant = request.app.state.tenant
    reached, name = tenant.at(origin(tenant, request)), request.path_params["tenant"]
    with tenant.store.read() as tx:
        if not tenant.is_named(name):
            error = tenant_not_found(name, discovery=False)
            return outcomes.error_page(reached, tx, error, accepts=accepted(request))
        return outcomes.signed_out_page(reached, tx, accepted(request))


def _answer(tenant: Tenant, tx: Transaction, request: Request, form: Form | None) -> Response:
    wanted = _STEPS.get(request.path_params.get("step", ""))
    try:
        visit = opened(tenant, tx, request, request.path_params["id"], form)
    except NotOpenedError as error:
        return error.answer
    if wanted is None:
        return visit.lead("")
    if form is None:
        return wanted.show(visit)
    return outcomes.over_page(tenant, tx, visit.accepts) if visit.is_forged else wanted.act(visit)


ROUTES = [
    *rendering.ROUTES,
    *branding_files.ROUTES,
    *administration.ROUTES,
    *device.ROUTES,
    *provider_endpoints.ROUTES,
    Route("/{tenant}/signedout", signed_out),
    Route("/{tenant}/signin/{id}", step, methods=["GET", "POST"]),
    Route("/{tenant}/signin/{id}/{step}", step, methods=["GET", "POST"]),
]
