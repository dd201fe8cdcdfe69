"""The answer to a path where the local tenant has nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def nowhere(request: Request) -> Response:
    """Say what is where, for a program or a person."""
    message = (
        f"The local tenant has nothing at '{request.url.path}'. Graph is under /v1.0 and /beta, "
        "sign-in under /{tenant}/oauth2/v2.0 and /{tenant}/v2.0."
    )
    return JSONResponse({"error": {"code": "NotFound", "message": message}}, 404)
