"""Signing in with a client secret: one request.

Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
"""

from __future__ import annotations

import random
import re
import time
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

import httpx

from providers.graph.errors import ConfigurationError, first_line
from providers.graph.sign_in import RefusedSignInError, UnansweredSignInError
from providers.graph.tokens import Token, token
from providers.graph.trust import trust

_TRIES: Final = 10
"""How often a failing or throttling login endpoint is asked."""
_CONNECTS: Final = 4
"""How often one that cannot be reached is."""
_FIRST, _MOST = 0.4, 20.0
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
        self._login = login
        self._form = {
            "client_id": client,
            "client_secret": secret,
            "grant_type": "client_credentials",
        }

    def get(self, scope: str) -> Token:
        """Get a new token; see ``Tokens.get``."""
        form = {**self._form, "scope": scope}
        asked = time.time()
        with httpx.Client(verify=trust(), timeout=_TIMEOUT) as http:
            answer = self._asked(http, form)
        try:
            body = answer.json()
            if answer.is_success:
                return token(str(body["access_token"]), asked + float(body["expires_in"]))
            raise RefusedSignInError(str(body.get("error_description") or body["error"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise UnansweredSignInError(
                f"it answered with the status {answer.status_code} and no token."
            ) from None

    def _asked(self, http: httpx.Client, form: dict[str, str]) -> httpx.Response:
        for number in range(1, _TRIES + 1):
            pause = min(_MOST, _FIRST * 2 ** (number - 1)) * random.uniform(0.75, 1.25)  # noqa: S311 -- jitter, not a secret
            try:
                answer = http.post(self._url, data=form)
            except httpx.TransportError as error:
                if number >= _CONNECTS or "CERTIFICATE_VERIFY_FAILED" in str(error):
                    raise UnansweredSignInError(first_line(error)) from None
            else:
                if not _is_busy(answer.status_code) or number == _TRIES:
                    return answer
                pause = _told(answer, pause)
            time.sleep(pause)
        raise AssertionError("unreachable: the last try returns or raises")


def _is_busy(status: int) -> bool:
    return status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS) or (
        status >= HTTPStatus.INTERNAL_SERVER_ERROR
    )


def _told(answer: httpx.Response, otherwise: float) -> float:
    """The pause that the endpoint asks for, if it does so in seconds."""
    try:
        return max(0.0, float(answer.headers.get("Retry-After", otherwise)))
    except ValueError:
        return otherwise
