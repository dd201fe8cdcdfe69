"""What Graph and sign-in say on bad days.

Sources: the Graph page "Throttling" for 429; a capture for 503; the rest is what Azure AD Graph,
its predecessor, or Graph's gateway said, and our own choice as to which status gets which.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from starlette.responses import JSONResponse, Response

from localtenant.faults.spec import SIGN_IN
from localtenant.odata.answers import Answer, common_headers, error_body
from localtenant.odata.errors import GraphError, expired_token
from localtenant.signin.endpoints import failure
from localtenant.signin.errors import SignInError

if TYPE_CHECKING:
    from starlette.requests import Request

    from localtenant.faults.spec import Fault

_UNAUTHORIZED, _TOO_MANY = 401, 429
_GATEWAY = ("UnknownError", "")
_TEXTS = {
    500: ("Service_InternalServerError", "Encountered an internal server error."),
    503: (
        "Service_ServiceUnavailable",
        "Service is temporarily unavailable. Please wait and retry again.",
    ),
}


def answer(fault: Fault, request: Request, client_id: str | None, tenant_id: str) -> Response:
    """The answer of a service that throttles or fails; ``client_id`` is the caller's, if known."""
    if fault.at == SIGN_IN:
        response = failure(request, _sign_in_error(fault))
    elif fault.status == _TOO_MANY:
        response = _throttled(request, client_id or "", tenant_id)
    else:
        response = _failed(fault, request)
    if fault.retry_after:
        response.headers["Retry-After"] = fault.retry_after
    return response


def _sign_in_error(fault: Fault) -> SignInError:
    # AADSTS90033 is what Entra says of failures that pass; that it says so of throttling as well is
    # our own choice.
    text = "A transient error has occurred. Please try again."
    return SignInError(90033, "temporarily_unavailable", text, fault.status)


def _failed(fault: Fault, request: Request) -> Response:
    request_id, client_request_id = _ids(request)
    error = (
        expired_token()
        if fault.status == _UNAUTHORIZED
        else GraphError(fault.status, *_TEXTS.get(fault.status, _GATEWAY))
    )
    content = Answer(error.status, error_body(error, request_id, client_request_id)).content
    headers = common_headers(request_id, client_request_id) | dict(error.headers)
    return Response(content, error.status, headers, "application/json")


def _throttled(request: Request, client_id: str, tenant_id: str) -> Response:
    """429, whose envelope differs from that of all other errors."""
    request_id, client_request_id = _ids(request)
    reads = request.method == "GET"
    headers = common_headers(request_id, client_request_id) | {
        "x-ms-throttle-scope": f"Tenant_Application/ReadWrite/{client_id}/{tenant_id}",
        "x-ms-throttle-information": "ResourceUnitLimitExceeded" if reads else "WriteLimitExceeded",
    }
    body = {
        "error": {
            "code": "TooManyRequests",
            "innerError": {
                "code": "429",
                "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
                "message": "Please retry after",
                "request-id": request_id,
                "status": "429",
            },
            "message": "Please retry again later.",
        }
    }
    return JSONResponse(body, _TOO_MANY, headers)


def _ids(request: Request) -> tuple[str, str]:
    request_id = str(uuid4())
    return request_id, request.headers.get("client-request-id") or request_id
