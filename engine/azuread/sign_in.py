"""Sign-in of the deployer: one token per process, renewed before it ends."""

from __future__ import annotations

import asyncio
import time
from typing import Final

import httpx

from engine.azuread.credential import AccessToken, Credential, object_id_in
from engine.azuread.deadline import seconds_left
from engine.azuread.environment import Environment
from engine.azuread.errors import ConfigurationError
from engine.azuread.settings import Settings

_RENEW_BEFORE_END: Final = 300
"""Seconds before its end at which a token is no longer used."""


class SignIn:
    """The deployer's access token."""

    def __init__(
        self, settings: Settings, environment: Environment, http: httpx.AsyncClient
    ) -> None:
        """Sign in as `settings` say when a token is needed for the first time."""
        self._settings = settings
        self._environment = environment
        self._http = http
        self._token: AccessToken | None = None
        self._refused: ConfigurationError | None = None
        self._one_at_a_time = asyncio.Lock()

    async def token(self, refused: str | None = None) -> str:
        """Return an access token for Graph, and not the one that it has `refused`.

        Raises ConfigurationError when signing in is refused, or takes longer than the operation
        may.
        """
        async with self._one_at_a_time:
            if self._refused is not None:
                raise self._refused
            if self._token is not None and self._token.token == refused:
                self._token = None
            if self._token is None:
                self._token = await self._first()
            elif self._token.expires_on - time.time() < _RENEW_BEFORE_END:
                self._token = await self._in_time()
            return self._token.token

    async def object_id(self) -> str:
        """Return the object ID of the deployer's service principal."""
        return object_id_in(await self.token())

    async def _first(self) -> AccessToken:
        """Sign in; where that fails it is not tried again for each resource of a stack."""
        try:
            return await self._in_time()
        except ConfigurationError as error:
            self._refused = error
            raise

    async def _in_time(self) -> AccessToken:
        try:
            async with asyncio.timeout(max(seconds_left(), 0.0)):
                credential = Credential(self._settings, self._environment, self._http)
                return await credential.sign_in()
        except TimeoutError:
            raise ConfigurationError(
                f"could not sign in to tenant {self._settings.tenant_id}: no answer from "
                f"{self._environment.login_url} within the time for the operation. Check "
                "that the tenant runs, then try again."
            ) from None
