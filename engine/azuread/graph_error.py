"""A refusal by Graph, in words for the person who runs Pulumi.

Source: the error envelope `{"error": {"code", "message", "innerError": {"request-id"}}}` of
https://learn.microsoft.com/graph/errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import httpx

from engine.azuread import permissions
from engine.azuread.errors import StandInError
from engine.azuread.values import is_object

_ADVICE: Final[Mapping[int, str]] = {
    400: "Correct the value that the message names.",
    401: "Check azuread:tenantId, azuread:clientId and azuread:clientSecret.",
    404: "If the object was deleted outside of Pulumi, run `pulumi refresh`.",
    409: "If the object exists already, import it with `pulumi import`, or delete it.",
    429: "Try again later.",
    501: "The tenant on this machine does not implement this operation.",
}
_ADVICE_FOR_SERVER_ERRORS: Final = "Try again later; if it stays so, look at the tenant's log."
_SERVER_ERRORS: Final = HTTPStatus.INTERNAL_SERVER_ERROR


class GraphError(StandInError):
    """Graph answered with an error.

    `status` is the HTTP status, `code` and `said` Graph's own code and message, `retry_after` the
    seconds that it asked to wait, if it did.
    """

    def __init__(self, doing: str, response: httpx.Response) -> None:
        """Put the refusal in words; `doing` completes "could not …"."""
        error = _error_of(response)
        self.status = response.status_code
        self.code = str(error.get("code") or response.reason_phrase)
        self.said = str(error.get("message") or "").strip()
        self.retry_after = _seconds(response.headers.get("Retry-After"))
        inner = error.get("innerError")
        identifier = response.headers.get("request-id") or (
            inner.get("request-id") if is_object(inner) else None
        )
        request = response.request
        path = request.url.raw_path.decode()
        advice = _advice(self.status, request.url.path)
        super().__init__(
            f"could not {doing}: {self.status} {self.code}: {self.said or 'no message'} "
            f"({request.method} {path}, request ID {identifier or 'not given'}). {advice}".rstrip()
        )

    @property
    def gone(self) -> bool:
        """Whether the object does not exist."""
        return self.status == HTTPStatus.NOT_FOUND

    @property
    def transient(self) -> bool:
        """Whether the same request may succeed a little later, whatever it asks for."""
        return self.status in (
            HTTPStatus.REQUEST_TIMEOUT,
            HTTPStatus.LOCKED,
            HTTPStatus.FAILED_DEPENDENCY,
            HTTPStatus.TOO_MANY_REQUESTS,
        ) or (self.status >= _SERVER_ERRORS and self.status != HTTPStatus.NOT_IMPLEMENTED)

    @property
    def unclear(self) -> bool:
        """Whether the request may have been carried out all the same."""
        return self.transient and self.status != HTTPStatus.TOO_MANY_REQUESTS


def _advice(status: int, path: str) -> str:
    if status == HTTPStatus.FORBIDDEN:
        # Without the version, which is the first part.
        return permissions.advice("/" + path.lstrip("/").partition("/")[2])
    return _ADVICE.get(status, _ADVICE_FOR_SERVER_ERRORS if status >= _SERVER_ERRORS else "")


def _error_of(response: httpx.Response) -> dict[str, Any]:
    try:
        body: object = response.json()
    except ValueError:
        return {}
    error = body.get("error") if is_object(body) else None
    return error if is_object(error) else {}


def _seconds(header: str | None) -> float | None:
    try:
        return max(0.0, float(header)) if header is not None else None
    except ValueError:
        return None
