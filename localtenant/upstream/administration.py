"""``/-/stand-ins``: what stands in for identity providers, for ``localtenant stand-in`` and curl.

======  ====================  =================================================================
GET     /-/stand-ins          200, ``{"standIns": [{"name", "issuer", "clientId"}]}``, and as
                              ``redirectUris`` where the tenant takes providers' answers
PUT     /-/stand-ins          have ``{"name", "issuer", "trust", "clientId", "clientSecret"}``
                              stand in: 200, the first, the second and the fourth of them
DELETE  /-/stand-ins/{name}   have nothing stand in: 204
POST    /-/relying-parties    let another local tenant of ``{"redirectUris": […]}`` sign customers
                              in here: 200, ``issuer``, ``clientId`` and ``clientSecret``
======  ====================  =================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from localtenant.administration import for_this_machine, refused
from localtenant.odata.errors import GraphError
from localtenant.odata.types import is_array
from localtenant.signin.json_objects import json_object
from localtenant.upstream import registration, stand_ins
from localtenant.writing import written

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction


@for_this_machine
async def all_of(request: Request) -> Response:
    """List what stands in, or add to it."""
    tenant: Tenant = request.app.state.tenant
    if request.method != "PUT":
        with tenant.store.read() as tx:
            found = stand_ins.listed(tx)
        return JSONResponse({"standIns": found, "redirectUris": registration.redirect_uris(tenant)})
    try:
        body = json_object(await request.body())
    except ValueError:
        return refused(400, stand_ins.WANTED)
    return await _answered(request, lambda tx: stand_ins.put(tx, body))


@for_this_machine
async def relying_parties(request: Request) -> Response:
    """Register another tenant."""
    tenant: Tenant = request.app.state.tenant
    try:
        found: object = json_object(await request.body()).get("redirectUris")
    except ValueError:
        found = None
    uris = [u for u in found if isinstance(u, str)] if is_array(found) else []
    if not uris:
        return refused(400, 'POST wants a JSON object {"redirectUris": ["https://…"]}.')
    return await _answered(request, lambda tx: registration.register(tenant, tx, uris))


@for_this_machine
async def one(request: Request) -> Response:
    """Take one away."""
    name = request.path_params["name"]
    return await _answered(request, lambda tx: stand_ins.remove(tx, name))


async def _answered(
    request: Request, act: Callable[[Transaction], dict[str, Any] | None]
) -> Response:
    try:
        made = await written(request, act)
    except stand_ins.StandInError as error:
        return refused(400, str(error))
    except GraphError as error:
        return refused(error.status, error.message)
    return JSONResponse(made) if made is not None else Response(status_code=204)


ROUTES = [
    Route("/-/stand-ins", all_of, methods=["GET", "PUT"]),
    Route("/-/stand-ins/{name:path}", one, methods=["DELETE"]),
    Route("/-/relying-parties", relying_parties, methods=["POST"]),
]
