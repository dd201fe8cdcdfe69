"""What Graph answers to a request that it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from providers.graph.errors import Answer

if TYPE_CHECKING:
    import httpx


class RefusedRequestError(Exception):
    """Graph has refused a request; ``answer`` is what it said."""

    def __init__(self, answer: Answer) -> None:
        """Keep the answer."""
        super().__init__(f"{answer.status} {answer.code}: {answer.message}")
        self.answer = answer


def answer_of(response: httpx.Response) -> Answer:
    """What Graph said in a response that has been read.

    An answer that is not Graph's JSON (from a proxy, say) has the code ``UnknownError``.
    Source: https://learn.microsoft.com/graph/errors
    """
    error, inner = _error(response), {}
    if isinstance(found := error.get("innerError"), dict):
        inner = cast("dict[str, Any]", found)
    headers = response.headers
    return Answer(
        status=response.status_code,
        code=str(error.get("code") or "UnknownError"),
        message=str(error.get("message") or ""),
        request_id=headers.get("request-id") or inner.get("request-id"),
        client_request_id=headers.get("client-request-id") or inner.get("client-request-id"),
        retry_after=seconds_told(headers.get("retry-after")),
    )


def _error(response: httpx.Response) -> dict[str, Any]:
    try:
        error = response.json()["error"]
    except (ValueError, KeyError, TypeError):
        return {}
    return cast("dict[str, Any]", error) if isinstance(error, dict) else {}


def seconds_told(header: str | None) -> float | None:
    """``Retry-After`` as seconds; Graph sends a number, never a date."""
    try:
        return max(0.0, float(header)) if header else None
    except ValueError:
        return None
