"""From the SDK's exceptions to Graph's answer."""

from __future__ import annotations

from kiota_abstractions.api_error import APIError
from msgraph.generated.models.o_data_errors.o_data_error import ODataError

from providers.graph.errors import Answer


def answer_of(error: APIError) -> Answer:
    """What Graph said, from the exception that Kiota raised for it.

    An answer that is not Graph's JSON (from a proxy, say) has the code ``UnknownError``.
    Source: https://learn.microsoft.com/graph/errors
    """
    headers = {name.lower(): value for name, value in (error.response_headers or {}).items()}
    code, message = "UnknownError", error.primary_message or ""
    request_id, client_request_id = headers.get("request-id"), headers.get("client-request-id")
    if isinstance(error, ODataError) and error.error is not None:
        code, message = error.error.code or code, error.error.message or ""
        inner = error.error.inner_error
        request_id = request_id or (inner.request_id if inner else None)
        client_request_id = client_request_id or (inner.client_request_id if inner else None)
    return Answer(
        status=error.response_status_code or 0,
        code=code,
        message=message,
        request_id=request_id,
        client_request_id=client_request_id,
        retry_after=_seconds(headers.get("retry-after")),
    )


def _seconds(header: str | None) -> float | None:
    """``Retry-After`` as seconds; Graph sends a number, never a date."""
    try:
        return max(0.0, float(header)) if header else None
    except ValueError:
        return None
