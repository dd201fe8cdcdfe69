"""``/-/users``: the accounts of a running tenant, for tests, curl and ``localtenant users``.

======  ===============  ==================================================================
GET     /-/users         200, ``{"users": [{"id", "account", "email", "name", "method"}]}``, as
                         ``customers.all_of`` says
POST    /-/users         make one of ``{"email", "password", "name"}``: 201, the same fields;
                         without ``password`` one who signs in by passcode
DELETE  /-/users/{email}  move one to the deleted items: 204
======  ===============  ==================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from localtenant.administration import for_this_machine, refused
from localtenant.odata.errors import GraphError
from localtenant.pages import customers
from localtenant.signin.json_objects import json_object
from localtenant.writing import written

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_WANTED = 'POST wants a JSON object {"email": "…", "password": "…", "name": "…"} of texts.'


@for_this_machine
async def users(request: Request) -> Response:
    """List accounts, or make a customer's."""
    tenant: Tenant = request.app.state.tenant
    if request.method != "POST":
        with tenant.store.read() as tx:
            return JSONResponse({"users": customers.all_of(tx)})
    try:
        body = json_object(await request.body())
    except ValueError:
        return refused(400, _WANTED)
    if not body.get("email") or not all(isinstance(v, str | None) for v in body.values()):
        return refused(400, _WANTED)
    return await _answered(request, 201, lambda tx: customers.add(tenant, tx, body))


@for_this_machine
async def user(request: Request) -> Response:
    """Remove a customer."""
    tenant: Tenant = request.app.state.tenant
    email = request.path_params["email"]
    return await _answered(request, 204, lambda tx: customers.remove(tenant, tx, email))


async def _answered(
    request: Request, status: int, act: Callable[[Transaction], dict[str, Any] | None]
) -> Response:
    try:
        made = await written(request, act)
    except customers.NoCustomerError as error:
        return refused(404, str(error))
    except GraphError as error:
        return refused(error.status, error.message)
    return JSONResponse(made, status) if made is not None else Response(status_code=status)


ROUTES = [
    Route("/-/users", users, methods=["GET", "POST"]),
    Route("/-/users/{email}", user, methods=["DELETE"]),
]
