"""The deployer's credential: a client secret, for which signing in is one request.

Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
"""

from __future__ import annotations

import base64
import json
import re
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import quote

import httpx
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    retry_if_result,
    wait_exponential_jitter,
)

from engine.azuread.environment import Environment
from engine.azuread.errors import ConfigurationError
from engine.azuread.settings import Settings

if TYPE_CHECKING:
    from tenacity import Future

_TRIES: Final = 8
"""How often an endpoint that fails or throttles is asked."""
_CONNECTS: Final = 3
"""How often one that cannot be reached is."""
_BACKOFF: Final = wait_exponential_jitter(multiplier=0.1, jitter=0.1)
_TENANT: Final = re.compile(r"[A-Za-z0-9.-]+")


@dataclass(frozen=True)
class AccessToken:
    """A token for Graph, and when it ends (seconds since 1970)."""

    token: str
    expires_on: float


class Credential:
    """The client secret of the deployer."""

    def __init__(
        self, settings: Settings, environment: Environment, http: httpx.AsyncClient
    ) -> None:
        """Sign in as `settings` say, at the sign-in endpoint of `environment`.

        Raises ConfigurationError for a tenant ID that cannot be one.
        """
        if not _TENANT.fullmatch(settings.tenant_id):
            raise ConfigurationError(
                f"azuread:tenantId {settings.tenant_id!r} (ARM_TENANT_ID) cannot be one: "
                "Invalid tenant ID, which is a GUID or a domain"
            )
        self._settings = settings
        self._environment = environment
        self._http = http

    async def sign_in(self) -> AccessToken:
        """Return an access token for Graph.

        Raises ConfigurationError with the endpoint's own text when it refuses.
        """
        settings, login = self._settings, self._environment.login_url
        url = f"{login}/{quote(settings.tenant_id)}/oauth2/v2.0/token"
        form = {
            "client_id": settings.client_id,
            "client_secret": settings.client_secret,
            "grant_type": "client_credentials",
            "scope": f"{self._environment.graph_url}/.default",
        }
        asking = AsyncRetrying(
            retry=retry_if_exception_type(httpx.TransportError) | retry_if_result(_is_busy),
            stop=_enough,
            wait=_pause,
            retry_error_callback=_last,
        )
        asked = time.time()
        try:
            answer: httpx.Response = await asking(self._http.post, url, data=form)
        except httpx.TransportError as error:
            raise self._refused(str(error) or type(error).__name__) from error
        try:
            body: dict[str, Any] = answer.json()
            if answer.is_success:
                return AccessToken(str(body["access_token"]), asked + float(body["expires_in"]))
            said = str(body.get("error_description") or body["error"])
        except (ValueError, KeyError, TypeError, AttributeError):
            said = f"it answered with the status {answer.status_code} and no token"
        raise self._refused(said)

    def _refused(self, said: str) -> ConfigurationError:
        settings = self._settings
        return ConfigurationError(
            f"could not sign in to tenant {settings.tenant_id} as client {settings.client_id} at "
            f"{self._environment.login_url}: {' '.join(said.split()).rstrip('.')}. Check "
            "azuread:tenantId, azuread:clientId and azuread:clientSecret (ARM_TENANT_ID, "
            "ARM_CLIENT_ID, ARM_CLIENT_SECRET); after a change of the configuration, 'pulumi up' "
            "comes before refresh and destroy."
        )


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
        told = cast("httpx.Response", state.outcome.result()).headers.get("Retry-After", "")
        if told.isdecimal():
            return float(told)
    return _BACKOFF(state)


def _last(state: RetryCallState) -> httpx.Response:
    """The last answer, or its error."""
    return cast("Future", state.outcome).result()


def object_id_in(token: str) -> str:
    """Return the object ID of the service principal that an access token was issued to.

    Its signature is Graph's to check, not a client's. Raises ConfigurationError when it does not
    say.
    """
    try:
        payload = token.split(".")[1]
        text = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        return str(cast("dict[str, Any]", json.loads(text))["oid"])
    except (ValueError, IndexError, KeyError, TypeError) as error:
        raise ConfigurationError(
            "the sign-in endpoint issued a token that does not name the deployer's object ID (oid)"
        ) from error
