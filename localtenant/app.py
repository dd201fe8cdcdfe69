"""The web application: sign-in and Graph on one origin, behind the log of requests.

What is to act on every request, such as the log, is middleware around this application.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from localtenant import state_administration
from localtenant.faults import administration as faults_administration
from localtenant.graph import graph
from localtenant.native import endpoints as native
from localtenant.native import grants as native_grants
from localtenant.nowhere import nowhere
from localtenant.odata.answers import common_headers, content_headers, failed
from localtenant.odata.errors import gateway, method_not_allowed
from localtenant.pages import endpoints as pages
from localtenant.portal import endpoints as portal
from localtenant.portal.exchanges import Exchanges
from localtenant.portal.recorder import Recorder
from localtenant.portal.trials import Trials
from localtenant.signin import administration as signin_administration
from localtenant.signin import authorize, endpoints, grants, logout, userinfo
from localtenant.upstream import administration as stand_ins

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from starlette.requests import Request

    from localtenant.states import States
    from localtenant.tenant import Tenant

_NOT_FOUND = 404
_METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"]


def make_app(tenant: Tenant, states: States, middleware: Sequence[Middleware] = ()) -> Starlette:
    """The application that serves ``tenant`` and takes it back to its ``states``."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        # One thread writes: SQLite has one writer at a time, and the event loop goes on answering
        # reads while a commit waits for the disk.
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer") as writer:
            app.state.writer = writer
            yield
        tenant.store.close()

    exchanges = Exchanges()
    app = Starlette(
        routes=[
            *endpoints.ROUTES,
            *authorize.ROUTES,
            *logout.ROUTES,
            *userinfo.ROUTES,
            *native.ROUTES,
            *faults_administration.ROUTES,
            *state_administration.ROUTES,
            *signin_administration.ROUTES,
            *stand_ins.ROUTES,
            *pages.ROUTES,
            *portal.ROUTES,
            Route("/v1.0/{path:path}", graph, methods=_METHODS),
            Route("/beta/{path:path}", graph, methods=_METHODS),
            Route("/{path:path}", nowhere, methods=_METHODS),
        ],
        middleware=[Middleware(Recorder, exchanges=exchanges), *middleware],
        exception_handlers={HTTPException: _refused, Exception: _failed},
        lifespan=lifespan,
    )
    app.state.tenant = tenant
    app.state.states = states
    app.state.grants = {**grants.GRANTS, **native_grants.GRANTS}
    app.state.exchanges = exchanges
    app.state.trials = Trials()
    return app


async def _refused(request: Request, error: Exception) -> Response:
    """A method that nothing has, or a path that is none, such as one with a line break in it."""
    misdirected = isinstance(error, HTTPException) and error.status_code == _NOT_FOUND
    last = request.scope["path"].rpartition("/")[2]
    refusal = (
        gateway(f"Resource not found for the segment '{last}'.")
        if misdirected
        else method_not_allowed()
    )
    request_id = str(uuid4())
    client_request_id = request.headers.get("client-request-id") or request_id
    answer = failed(refusal, request_id, client_request_id)
    headers = common_headers(request_id, client_request_id) | content_headers(answer)
    return Response(answer.content, answer.status, headers)


async def _failed(request: Request, error: Exception) -> Response:
    """A fault of the local tenant itself; its traceback goes to stderr, not to the client."""
    del request
    message = f"The local tenant failed with {type(error).__name__}; its stderr says more."
    return JSONResponse({"error": {"code": "InternalServerError", "message": message}}, 500)
