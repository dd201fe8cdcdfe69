"""``/-/mailbox``: the mails of the tenant, as a page and for programs as JSON.

``GET /-/mailbox`` is the page, ``GET /-/mails`` the JSON ``{"mails": [{"sent", "recipient",
"subject", "text", "code"}]}``, newest first; ``?to=`` an address leaves those to it.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from localtenant.administration import for_this_machine
from localtenant.pages import mails
from localtenant.pages.outcomes import look
from localtenant.portal.rendering import page

if TYPE_CHECKING:
    from starlette.requests import Request

    from localtenant.tenant import Tenant


@for_this_machine
async def mailbox(request: Request) -> Response:
    """The page."""
    tenant: Tenant = request.app.state.tenant
    to = request.query_params.get("to", "")
    with tenant.store.read() as tx:
        return page("mailbox", **look(tenant, tx), mails=mails.newest(tx, to), to=to)


@for_this_machine
async def as_json(request: Request) -> Response:
    """The mails for programs."""
    tenant: Tenant = request.app.state.tenant
    with tenant.store.read() as tx:
        found = mails.newest(tx, request.query_params.get("to", ""))
    return JSONResponse(
        {"mails": [asdict(m) for m in found]}, headers={"Cache-Control": "no-store"}
    )


ROUTES = [Route("/-/mailbox", mailbox), Route("/-/mails", as_json)]
