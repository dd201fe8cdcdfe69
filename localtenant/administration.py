"""What every path below ``/-/`` shares. The administration of a tenant is no part of Graph.

There is no sign-in: the tenant listens on this machine only, and a name that is not this machine's
is refused, so that no page of the web can reach it by giving its own name this machine's address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response

if TYPE_CHECKING:
    from starlette.requests import Request

    from localtenant.tenant import Tenant


def from_elsewhere(request: Request, what: str) -> Response | None:
    """The refusal of a request that does not name this machine; None if it does.

    ``what`` completes the sentence "Only this machine …".
    """
    tenant: Tenant = request.app.state.tenant
    if f"https://{request.headers.get('host', '')}".lower() in tenant.origins:
        return None
    return refused(403, f"Only this machine {what}.")


def refused(status: int, message: str) -> Response:
    """An answer that says in one sentence why nothing was done."""
    return JSONResponse({"error": {"code": "Refused", "message": message}}, status)
