"""Access tokens for Graph, by whichever way to sign in the configuration asks for.

A client secret needs one request, which is sent here; every other way is azure-identity's, which is
loaded only then: importing it takes longer than most operations.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from providers.graph.configuration import Configuration
from providers.graph.environment import Environment
from providers.graph.errors import ConfigurationError
from providers.graph.sign_in import HOW

_RENEWED_BEFORE_END = 300.0
"""Seconds before its end at which a token is no longer used, if it lives so long."""


@dataclass(frozen=True)
class Token:
    """An access token, and when a new one should take its place (seconds since 1970)."""

    text: str
    renew_at: float


def token(text: str, expires_on: float) -> Token:
    """A token that ends at ``expires_on`` (seconds since 1970)."""
    now = time.time()
    return Token(text, max(expires_on - _RENEWED_BEFORE_END, now + (expires_on - now) / 2))


class Tokens(Protocol):
    """One way to sign in."""

    def get(self, scope: str) -> Token:
        """Get a new token; blocks.

        Raises ``RefusedSignInError``, ``UnansweredSignInError`` or ``ConfigurationError``.
        """
        ...


def make_tokens(configuration: Configuration, environment: Environment) -> Tokens:
    """Choose the way to sign in; sends no request.

    The order of preference is the plugin's: certificate, client secret, a federated token (given,
    or asked of Azure DevOps or GitHub Actions), managed identity, Azure CLI.
    Raises ``ConfigurationError`` where the settings name no way to sign in, or an unusable one.
    """
    certificate = configuration.client_certificate or configuration.client_certificate_path
    if configuration.client_secret and not certificate:
        from providers.graph.client_secret import ClientSecret  # noqa: PLC0415 -- see above

        return ClientSecret(*both(configuration), configuration.client_secret, environment.login)
    if certificate or configuration.use_oidc or configuration.use_msi or configuration.use_cli:
        from providers.graph.credentials import AzureTokens, make_credential  # noqa: PLC0415

        return AzureTokens(make_credential(configuration, environment))
    raise ConfigurationError(f"No way to sign in to Microsoft Graph is configured. {HOW}")


def both(configuration: Configuration) -> tuple[str, str]:
    """The tenant's and the client's ID, where both are needed; ``ConfigurationError``."""
    if configuration.tenant_id and configuration.client_id:
        return configuration.tenant_id, configuration.client_id
    missing = [
        name
        for name, value in (
            ("azuread:tenantId (ARM_TENANT_ID)", configuration.tenant_id),
            ("azuread:clientId (ARM_CLIENT_ID)", configuration.client_id),
        )
        if not value
    ]
    raise ConfigurationError(f"To sign in to Microsoft Graph, set {' and '.join(missing)}.")


class SignIn:
    """The tokens of one process: kept while they are valid, one request for many callers."""

    def __init__(self, make: Callable[[], Tokens], scope: str) -> None:
        """Sign in by the way that ``make`` makes, for ``scope``; sends no request yet."""
        self._make = make
        self._tokens = make()
        self._scope = scope
        self._turn = asyncio.Lock()
        self._kept: Token | None = None

    async def token(self, refused: str = "") -> str:
        """Get a token, and not the one that Graph has ``refused``; raises as ``Tokens.get``."""
        async with self._turn:
            kept = self._kept
            if kept is not None and kept.text == refused:
                # Whatever keeps tokens takes no hint that one has ended, so another takes its
                # place, which has none yet.
                self._tokens, kept = self._make(), None
            if kept is None or time.time() >= kept.renew_at:
                kept = await asyncio.to_thread(self._tokens.get, self._scope)
            self._kept = kept
            return kept.text
