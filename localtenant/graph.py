"""Graph over HTTP: authentication, permission, the transaction, and the shape of every answer."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl
from uuid import uuid4

from starlette.responses import Response

from localtenant import permissions
from localtenant.entities import MODEL
from localtenant.faults import lag
from localtenant.odata import engine
from localtenant.odata.answers import Answer, common_headers, error_body
from localtenant.odata.call import Call, Caller
from localtenant.odata.errors import GraphError, expired_token, unauthenticated
from localtenant.odata.loading import type_of
from localtenant.odata.paths import resolve
from localtenant.odata.request import Request
from localtenant.signin.endpoints import origin
from localtenant.signin.keys import expired
from localtenant.tenant import GRAPH_CLIENT_ID

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from starlette.requests import Request as HttpRequest

    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_NO_DOTS = (
    "IDX14100: JWT is not well formed, there are no dots (.).\nThe token needs to be in JWS or JWE "
    "Compact Serialization Format. (JWS): 'EncodedHeader.EncodedPayload.EncodedSignature'. (JWE): "
    "'EncodedProtectedHeader.EncodedEncryptedKey.EncodedInitializationVector.EncodedCiphertext."
    "EncodedAuthenticationTag'."
)


async def graph(request: HttpRequest) -> Response:
    """Answer one request below ``/v1.0`` or ``/beta``."""
    request_id = str(uuid4())
    client_request_id = request.headers.get("client-request-id") or request_id
    headers = common_headers(request_id, client_request_id)
    try:
        answer = await _answer(request, client_request_id)
    except GraphError as error:
        failed = Answer(error.status, error_body(error, request_id, client_request_id))
        return Response(
            failed.content, failed.status, headers | dict(error.headers), "application/json"
        )
    headers |= answer.headers
    if not answer.content:
        return Response(None, answer.status, headers)
    headers["Content-Type"] = answer.media_type
    if answer.body is not None:
        headers["OData-Version"] = "4.0"
    return Response(answer.content, answer.status, headers)


async def _answer(request: HttpRequest, client_request_id: str) -> Answer:
    tenant: Tenant = request.app.state.tenant
    caller = _authenticate(tenant, request)
    request.state.client_id = caller.client_id
    path = request.path_params["path"]
    asked = Request(
        method=request.method,
        path=path,
        options=dict(parse_qsl(request.url.query, keep_blank_values=True)),
        headers={**dict(request.headers), "client-request-id": client_request_id},
        raw=await request.body(),
    )
    beta = request.url.path.startswith("/beta/")
    route = resolve(MODEL, path)
    operation = engine.operation_of(MODEL, route, asked.method, beta=beta)
    owned_only = permissions.check(operation, caller)
    base = origin(tenant, request)

    def call(tx: Transaction) -> Call:
        if tx.kind_of(caller.object_id) != ("user" if caller.delegated else "servicePrincipal"):
            raise GraphError(
                401,
                "Authorization_IdentityNotFound",
                "The identity of the calling application could not be established.",
            )
        made = Call(tenant, MODEL, tx, caller, asked, base, beta, owned_only)
        if operation.by_type:
            limited = permissions.check(operation, caller, type_of(made, route))
            made = replace(made, owned_only=limited)
        return made

    def run(tx: Transaction) -> Answer:
        made = call(tx)
        if late := lag.strikes(made, route):
            fault, error = late
            request.state.faults = [*getattr(request.state, "faults", ()), fault.text]
            raise error
        return engine.run(made, route)

    if asked.method == "GET":
        with tenant.store.read() as tx:
            return run(tx)

    def write() -> Answer:
        with tenant.store.write() as tx:
            return run(tx)

    writer: Executor = request.app.state.writer
    return await asyncio.get_running_loop().run_in_executor(writer, write)


def claims_of(tenant: Tenant, request: HttpRequest) -> dict[str, Any] | None:
    """The claims of a request's token if the tenant signed it, whatever else is wrong with it."""
    return tenant.key.claims(_token(request))


def _token(request: HttpRequest) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _authenticate(tenant: Tenant, request: HttpRequest) -> Caller:
    token = _token(request)
    if not token:
        raise unauthenticated("Access token is empty.")
    if "." not in token:
        raise unauthenticated(_NO_DOTS)
    claims = tenant.key.claims(token)
    if claims is None:
        raise unauthenticated("Access token validation failure. Invalid signature.")
    if expired(claims):
        raise expired_token()
    audiences = (*tenant.origins, "https://graph.microsoft.com", GRAPH_CLIENT_ID)
    if str(claims.get("aud", "")).rstrip("/") not in audiences:
        raise unauthenticated("Access token validation failure. Invalid audience.")
    scopes = claims.get("scp")
    permissions_held = claims.get("roles", ()) if scopes is None else str(scopes).split()
    return Caller(
        claims["appid"], claims["oid"], frozenset(permissions_held), delegated=scopes is not None
    )
