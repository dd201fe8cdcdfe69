"""Graph over HTTP: from a request on the wire to the bytes and headers of its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote
from uuid import uuid4

from starlette.responses import Response

from localtenant.answering import Desk
from localtenant.authentication import authenticate
from localtenant.batch import answer_batch
from localtenant.odata.answers import common_headers, content_headers, failed
from localtenant.odata.errors import GraphError, method_not_allowed
from localtenant.odata.request import Request, read_options
from localtenant.signin.endpoints import origin

if TYPE_CHECKING:
    from starlette.requests import Request as HttpRequest

    from localtenant.odata.answers import Answer
    from localtenant.tenant import Tenant

_BATCH = "$batch"


async def graph(request: HttpRequest) -> Response:
    """Answer one request below ``/v1.0`` or ``/beta``."""
    request_id = str(uuid4())
    client_request_id = request.headers.get("client-request-id") or request_id
    try:
        answer = await _answer(request, request_id, client_request_id)
    except GraphError as error:
        answer = failed(error, request_id, client_request_id)
    headers = common_headers(request_id, client_request_id)
    headers.update(answer.headers)
    headers.update(content_headers(answer))
    return Response(answer.content or None, answer.status, headers)


async def _answer(request: HttpRequest, request_id: str, client_request_id: str) -> Answer:
    tenant: Tenant = request.app.state.tenant
    caller = authenticate(tenant, request)
    request.state.client_id = caller.client_id
    encoded = _below_version(request)
    asked = Request(
        method=request.method,
        path=unquote(encoded),
        options=read_options(request.scope["query_string"].decode("latin-1")),
        headers={**dict(request.headers), "client-request-id": client_request_id},
        raw=await request.body(),
        encoded=encoded,
    )
    beta = request.scope["path"].startswith("/beta/")
    desk = Desk(tenant, caller, origin(tenant, request), request.app.state.writer)
    try:
        if asked.path.strip("/").lower() != _BATCH:
            return await desk.answer(asked, beta=beta)
        if asked.method != "POST":
            raise method_not_allowed()
        return await answer_batch(desk, asked, request_id, client_request_id, beta=beta)
    finally:
        if desk.faults:
            request.state.faults = [*getattr(request.state, "faults", ()), *desk.faults]


def _below_version(request: HttpRequest) -> str:
    """The path below the version, percent-encoded as it came."""
    raw: bytes = request.scope.get("raw_path") or b""
    parts = raw.decode("latin-1").split("/", 2)
    return parts[2] if len(parts) > 2 else request.path_params["path"]  # noqa: PLR2004 - as split
