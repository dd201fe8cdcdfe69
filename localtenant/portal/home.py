"""``GET /`` and ``/-/applications/{client ID}``: what the tenant holds.

A program that asks for anything but a page at ``/`` is answered as at any path where nothing is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from localtenant.nowhere import nowhere
from localtenant.pages.outcomes import look
from localtenant.portal import applications, holdings
from localtenant.portal.guarding import for_own_pages
from localtenant.portal.rendering import page
from localtenant.signin.endpoints import origin

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from localtenant.tenant import Tenant

_A_PAGE = 25


async def home(request: Request) -> Response:
    """The page for a browser."""
    if "text/html" not in request.headers.get("accept", ""):
        return await nowhere(request)
    return await _home(request)


@for_own_pages
async def _home(request: Request) -> Response:
    tenant: Tenant = request.app.state.tenant
    reached = tenant.at(origin(tenant, request))
    holding = request.query_params.get("q", "").strip()[:200]
    with tenant.store.read() as tx:
        total = applications.count(tx, holding)
        last = max(1, -(-total // _A_PAGE))
        number = min(last, int_of(request.query_params.get("page", "")) or 1)
        return page(
            "home",
            **look(reached, tx),
            tenant=reached,
            about=holdings.about(reached, tx),
            endpoints=holdings.endpoints(reached),
            holding=holding,
            applications=applications.listed(tx, holding, (number - 1) * _A_PAGE, _A_PAGE),
            all_applications=applications.count(tx),
            total=total,
            number=number,
            last=last,
            flows=holdings.flows(tx),
            customers=holdings.customers(tx),
            providers=holdings.providers(tx),
            numbers=holdings.numbers(tx),
        )


@for_own_pages
async def application(request: Request) -> Response:
    """One application with all that is told of it."""
    tenant: Tenant = request.app.state.tenant
    with tenant.store.read() as tx:
        found = applications.find(tx, request.path_params["id"])
        return page(
            "application", 200 if found else 404, **look(tenant, tx), app=found, tenant=tenant
        )


def int_of(text: str) -> int:
    """A number in a query, 0 for none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(10**9)) else 0


ROUTES = [Route("/", home), Route("/-/applications/{id}", application)]
