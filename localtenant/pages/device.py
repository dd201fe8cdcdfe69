"""``/common/oauth2/deviceauth``: where a user enters the code that a device shows.

Source: Microsoft identity platform, "device authorization grant". That the form is taken only from
the page itself keeps other sites from having a browser sign in for a device of theirs.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from localtenant.issued import digest, new_value
from localtenant.pages import forms, outcomes
from localtenant.pages.languages import accepted
from localtenant.pages.rendering import page
from localtenant.signin import device_codes, interactions
from localtenant.signin.device_codes import PLACE
from localtenant.signin.endpoints import origin
from localtenant.signin.errors import SignInError
from localtenant.writing import written

if TYPE_CHECKING:
    from starlette.requests import Request

    from localtenant.pages.forms import Form
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

COOKIE = "__Host-device"
_WRONG = "That code is not right, or it is too late for it. Check the device and try again."


async def enter(request: Request) -> Response:
    """Show the form, or begin the sign-in of the device whose code was entered."""
    tenant: Tenant = request.app.state.tenant
    reached = tenant.at(origin(tenant, request))
    if request.method != "POST":
        with tenant.store.read() as tx:
            return _form(reached, tx, accepted(request))
    form = await forms.read(request)
    return await written(request, lambda tx: _begin(reached, tx, form, request))


def _form(
    tenant: Tenant, tx: Transaction, accepts: str, entered: str = "", error: str = ""
) -> Response:
    browser = new_value()
    answer = page(
        "device",
        400 if error else 200,
        **outcomes.look_in(tenant, tx, accepts),
        action=PLACE,
        csrf=digest(browser),
        value=entered,
        errors={"user_code": error} if error else {},
    )
    answer.set_cookie(COOKIE, browser, secure=True, httponly=True, samesite="strict")
    return answer


def _begin(tenant: Tenant, tx: Transaction, form: Form, request: Request) -> Response:
    cookies, accepts = request.cookies, accepted(request)
    token = form.get("csrf", "").encode()
    if not hmac.compare_digest(token, digest(cookies.get(COOKIE, "")).encode()):
        return outcomes.over_page(tenant, tx, accepts)
    entered = form.get("user_code", "")
    try:
        asked = device_codes.requested(tx, entered.replace("-", "").replace(" ", ""))
    except SignInError:
        return _form(tenant, tx, accepts, entered, _WRONG)
    interaction = interactions.begin(tx, asked, cookies)
    answer = RedirectResponse(f"/{tenant.tenant_id}/signin/{interaction.id}", 303)
    interaction.set_cookie(answer)
    return answer


async def ended(request: Request) -> Response:
    """Say that the device goes on, or that it does not."""
    tenant: Tenant = request.app.state.tenant
    reached = tenant.at(origin(tenant, request))
    declined = request.url.path.endswith("declined")
    with tenant.store.read() as tx:
        seen = outcomes.look_in(reached, tx, accepted(request))
        return page("device_ended", **seen, declined=declined)


ROUTES = [
    Route(PLACE, enter, methods=["GET", "POST"]),
    Route(f"{PLACE}/done", ended),
    Route(f"{PLACE}/declined", ended),
]
