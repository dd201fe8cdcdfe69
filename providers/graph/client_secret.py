"""Signing in with a client secret: one request.

azure-identity would ask for the tenant's discovery document first, and takes longer to import than
everything else that an operation needs; see decision 11.
Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
"""

from __future__ import annotations

import re
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import quote

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    retry_if_result,
    wait_exponential_jitter,
)

from providers.graph.answers import seconds_told
from providers.graph.errors import ConfigurationError, first_line
from providers.graph.sign_in import RefusedSignInError, UnansweredSignInError
from providers.graph.tokens import Token, token
from providers.graph.trust import trust

if TYPE_CHECKING:
    from tenacity import Future

_TRIES: Final = 10
"""How often a failing or throttling login endpoint is asked."""
_CONNECTS: Final = 4
"""How often one that cannot be reached is."""
_BACKOFF: Final = wait_exponential_jitter(multiplier=0.4, max=20.0, jitter=0.1)
_TIMEOUT: Final = httpx.Timeout(60.0, connect=20.0)
_TENANT: Final = re.compile(r"[A-Za-z0-9.-]+")


class ClientSecret:
    """A client's secret, and where it signs in."""

    def __init__(self, tenant: str, client: str, secret: str, login: str) -> None:
        """Sign ``client`` in to ``tenant`` at the endpoint ``login``; sends no request yet.

        Raises ``ConfigurationError`` where the tenant is no name of one.
        """
        if not _TENANT.fullmatch(tenant):
            raise ConfigurationError(
                f"Signing in to Microsoft Graph cannot work (azuread:tenantId is '{tenant}'): "
                "Invalid tenant ID: it is neither a GUID nor a domain."
            )
        self._url = f"{login}/{quote(tenant)}/oauth2/v2.0/token"
        self._form = {
            "client_id": client,
            "client_secret": secret,
            "grant_type": "client_credentials",
        }

    def get(self, scope: str) -> Token:
        """Get a new token; see ``Tokens.get``."""
        asking = Retrying(
            retry=retry_if_exception(_may_pass) | retry_if_result(_is_busy),
            stop=_enough,
            wait=_pause,
            retry_error_callback=_last,
        )
        form = {**self._form, "scope": scope}
        asked = time.time()
        with httpx.Client(verify=trust(), timeout=_TIMEOUT) as http:
            try:
                answer = asking(http.post, self._url, data=form)
            except httpx.TransportError as error:
                raise UnansweredSignInError(first_line(error)) from None
        return _token(answer, asked)


def _token(answer: httpx.Response, asked: float) -> Token:
    try:
        body = answer.json()
        if answer.is_success:
            return token(str(body["access_token"]), asked + float(body["expires_in"]))
        raise RefusedSignInError(str(body.get("error_description") or body["error"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnansweredSignInError(
            f"it answered with the status {answer.status_code} and no token."
        ) from None


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, httpx.TransportError) and "CERTIFICATE_VERIFY_FAILED" not in str(error)


def _is_busy(answer: httpx.Response) -> bool:
    return answer.is_server_error or answer.status_code in (
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
    )


def _enough(state: RetryCallState) -> bool:
    unreachable = state.outcome is not None and state.outcome.failed
    return state.attempt_number >= (_CONNECTS if unreachable else _TRIES)


def _pause(state: RetryCallState) -> float:
    """What the endpoint asks for, if it does so in seconds, or a growing step."""
    if state.outcome is not None and not state.outcome.failed:
        answer = cast("httpx.Response", state.outcome.result())
        if (told := seconds_told(answer.headers.get("Retry-After"))) is not None:
            return told
    return _BACKOFF(state)


def _last(state: RetryCallState) -> httpx.Response:
    """The last answer, or its error."""
    return cast("Future", state.outcome).result()
