"""Who may see the tenant's own pages: a browser that was led there, and no other site in it.

The pages administer the tenant, and whoever is at this machine may do that without signing in. A
page of the web that is open in the same browser must neither read nor start anything: a name that
is not this machine's is refused (DNS rebinding), and so is what another site has a browser send,
but for following a link. That is told by the headers ``Sec-Fetch-*`` (W3C, "Fetch Metadata Request
Headers"), which no script can set, and for browsers without them by ``Origin``.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import wraps
from typing import TYPE_CHECKING

from localtenant.addresses import claimed_origin
from localtenant.administration import refused
from localtenant.issued import new_value

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from localtenant.administration import Endpoint
    from localtenant.pages.forms import Form
    from localtenant.tenant import Tenant

COOKIE = "__Host-portal"
CSRF = "csrf"
_KEY = secrets.token_bytes(32)
_OWN = {"same-origin", "none"}


def for_own_pages(endpoint: Endpoint) -> Endpoint:
    """Refuse what does not come from this machine, or comes from another site."""

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        tenant: Tenant = request.app.state.tenant
        origin = claimed_origin(request.headers.get("host", ""))
        if origin not in tenant.addresses.local or not _is_own(request, origin):
            return refused(403, "The tenant's pages are for a browser on this machine alone.")
        return await endpoint(request)

    return guarded


def _is_own(request: Request, origin: str) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is None:
        return request.headers.get("origin", origin) == origin
    if site in _OWN:
        return True
    asked = request.headers.get("sec-fetch-mode"), request.headers.get("sec-fetch-dest")
    return request.method == "GET" and asked == ("navigate", "document")


def is_led_here(request: Request) -> bool:
    """Whether a page of another site has led the browser here: without our cookie, by its rules."""
    return request.headers.get("sec-fetch-site", "none") not in _OWN


def browser_of(request: Request) -> str:
    """The value of the browser's cookie, a new one if it has none that is ours."""
    known = request.cookies.get(COOKIE, "")
    return known if len(known) == len(new_value()) else new_value()


def set_cookie(answer: Response, browser: str) -> None:
    """Have the browser be known again. No other site can have it send the cookie."""
    answer.set_cookie(COOKIE, browser, secure=True, httponly=True, samesite="strict")


def csrf_of(browser: str) -> str:
    """What each form carries: only pages of this process in this browser know it."""
    return hmac.new(_KEY, browser.encode(), hashlib.sha256).hexdigest()


def is_forged(request: Request, form: Form) -> bool:
    """Whether a form came from elsewhere than a page in this browser."""
    wanted = csrf_of(request.cookies.get(COOKIE, ""))
    return not hmac.compare_digest(form.get(CSRF, "").encode(), wanted.encode())
