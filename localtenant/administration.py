"""``/-/``: what is done to the tenant from outside, by tests and by curl. It is no part of Graph.

There is no sign-in: the tenant listens on this machine only. So that no page of the web can reach
it with a browser of this machine, a name that is not this machine's is refused, whether it was
given this machine's address or is an alias of the tenant, and so is what a browser sends.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response

from localtenant.addresses import claimed_origin

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from localtenant.tenant import Tenant

    Endpoint = Callable[[Request], Awaitable[Response]]


def refused(status: int, message: str) -> Response:
    """The answer to what cannot be done."""
    return JSONResponse({"error": {"code": "Refused", "message": message}}, status)


def for_this_machine(endpoint: Endpoint) -> Endpoint:
    """Refuse those who may not administer the tenant."""

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        tenant: Tenant = request.app.state.tenant
        origin = claimed_origin(request.headers.get("host", ""))
        if origin not in tenant.addresses.local or "origin" in request.headers:
            return refused(403, "Only this machine administers the local tenant.")
        return await endpoint(request)

    return guarded
