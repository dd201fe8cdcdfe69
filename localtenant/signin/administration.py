"""``POST /-/tokens``: a delegated access token for Microsoft Graph, without a sign-in. For tests.

The body ``{"user": "<object ID or user principal name>", "client": "<client ID>", "scopes":
["User.Read", …]}`` is answered as the token endpoint answers. No consent is asked for or looked at:
what a delegated permission lets a client do can be tried before there is anybody to grant it.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, cast

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from localtenant.administration import for_this_machine, refused
from localtenant.odata.types import is_array
from localtenant.signin import tokens
from localtenant.signin.credentials import Client
from localtenant.signin.json_objects import json_object
from localtenant.signin.scopes import Granted
from localtenant.signin.sessions import Session
from localtenant.signin.user_tokens import Subject, access_claims

if TYPE_CHECKING:
    from starlette.requests import Request

    from localtenant.odata.types import Json
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_WANTED = (
    'POST wants a JSON object {"user": "object ID or user principal name", "client": "client ID", '
    '"scopes": ["User.Read", …]}.'
)


@for_this_machine
async def delegated(request: Request) -> Response:
    """Answer with a token that acts for a user."""
    tenant: Tenant = request.app.state.tenant
    try:
        body = _read(await request.body())
    except ValueError:
        return refused(400, _WANTED)
    with tenant.store.read() as tx:
        return _made(tenant, tx, body["user"], body["client"], body["scopes"])


def _made(
    tenant: Tenant, tx: Transaction, user: str, client_id: str, scopes: list[str]
) -> Response:
    person = tx.get("user", user) or tx.lookup("user", "userPrincipalName", user)
    if person is None:
        return refused(404, f"The tenant has no user '{user}'.")
    application = tx.lookup("application", "appId", client_id)
    principal = tx.lookup("servicePrincipal", "appId", client_id)
    if application is None or principal is None:
        message = f"The tenant has no application with a service principal '{client_id}'."
        return refused(404, message)
    graph = tokens.resource(tenant, tx, tenant.url)
    if unknown := [s for s in scopes if s not in _scopes(graph.principal)]:
        return refused(400, f"Microsoft Graph has no delegated permission '{unknown[0]}'.")
    client = Client(application, principal, "0")
    session = Session(person["id"], int(time.time()), ["pwd"], keep=False)
    subject = Subject(person, session, client)
    granted = Granted(graph, scopes, scopes)
    claims = access_claims(tenant, tx, subject, granted, tokens.LIFETIME)
    answer = tokens.answer(tenant, claims, tokens.LIFETIME)
    return JSONResponse({**answer, "scope": claims["scp"]})


def _scopes(graph: Json) -> set[str]:
    return {scope["value"] for scope in graph["oauth2PermissionScopes"]}


def _read(raw: bytes) -> dict[str, Any]:
    """A body of the form that is wanted. Raises ValueError."""
    body = json_object(raw)
    if body.keys() != {"user", "client", "scopes"}:
        raise ValueError
    scopes: object = body["scopes"]
    if not is_array(scopes) or not scopes:
        raise ValueError
    texts: list[object] = [body["user"], body["client"], *cast("list[object]", scopes)]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError
    return body


@for_this_machine
async def rotate(request: Request) -> Response:
    """``POST /-/keys``: sign with a new key. Tokens in use stay valid: the old key is published."""
    tenant: Tenant = request.app.state.tenant

    def write() -> None:
        with tenant.store.write() as tx:
            keys = tenant.key.rotated(tx)
        tenant.key.use(keys)

    await asyncio.get_running_loop().run_in_executor(request.app.state.writer, write)
    return Response(status_code=204)


ROUTES = [
    Route("/-/tokens", delegated, methods=["POST"]),
    Route("/-/keys", rotate, methods=["POST"]),
]
