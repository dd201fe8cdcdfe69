"""The deployer's credential: azure-identity and PyJWT.

They stand apart from everything else because importing them takes longer than most operations.
"""

from __future__ import annotations

import os
from typing import Any, Final

import jwt
from azure.core.credentials import AccessToken
from azure.core.exceptions import (
    ClientAuthenticationError,
    ServiceRequestError,
    ServiceResponseError,
)
from azure.core.pipeline.transport import RequestsTransport
from azure.identity import ClientSecretCredential

from engine.azuread.environment import Environment
from engine.azuread.errors import ConfigurationError
from engine.azuread.settings import Settings

_CONNECT_SECONDS: Final = 10
_READ_SECONDS: Final = 30
_RETRIES: Final = 8
"""Of answers; a tenant that cannot be connected to is asked as often as azure-core does."""
_BACKOFF_SECONDS: Final = 0.1
"""azure-core doubles it with every repetition."""

_NO_DISCOVERY: Final = "authority configuration"
"""In MSAL's words for a tenant without a discovery document: a paragraph about its own use."""


class Credential:
    """The client secret of the deployer."""

    def __init__(self, settings: Settings, environment: Environment) -> None:
        """Sign in as `settings` say, at the sign-in endpoint of `environment`.

        Raises ConfigurationError for a tenant ID that cannot be one.
        """
        self._settings = settings
        self._environment = environment
        try:
            self._credential = ClientSecretCredential(
                settings.tenant_id,
                settings.client_id,
                settings.client_secret,
                authority=environment.login_url,
                # Only Microsoft's own authorities are known to Microsoft's instance discovery.
                disable_instance_discovery=True,
                retry_total=_RETRIES,
                retry_status=_RETRIES,
                retry_read=_RETRIES,
                retry_backoff_factor=_BACKOFF_SECONDS,
                transport=RequestsTransport(
                    connection_timeout=_CONNECT_SECONDS,
                    read_timeout=_READ_SECONDS,
                    connection_verify=os.environ.get("SSL_CERT_FILE") or True,
                    # No proxy of the environment may stand before the loopback interface.
                    use_env_settings=False,
                ),
            )
        except ValueError as error:
            raise ConfigurationError(
                f"azuread:tenantId {settings.tenant_id!r} (ARM_TENANT_ID) cannot be one: {error}"
            ) from error

    def sign_in(self) -> AccessToken:
        """Return an access token for Graph. Blocks, up to the time-outs of the endpoint.

        Raises ConfigurationError with the endpoint's own text when it refuses.
        """
        try:
            return self._credential.get_token(f"{self._environment.graph_url}/.default")
        except (ClientAuthenticationError, ServiceRequestError, ServiceResponseError) as error:
            said = " ".join(error.message.split()).removeprefix("Authentication failed: ")
            if _NO_DISCOVERY in said:
                said = "it knows no such tenant"
            raise ConfigurationError(
                f"could not sign in to tenant {self._settings.tenant_id} as client "
                f"{self._settings.client_id} at {self._environment.login_url}: "
                f"{said.rstrip('.')}. Check azuread:tenantId, azuread:clientId "
                "and azuread:clientSecret (ARM_TENANT_ID, ARM_CLIENT_ID, ARM_CLIENT_SECRET); after "
                "a change of the configuration, 'pulumi up' comes before refresh and destroy."
            ) from error


def object_id_in(token: str) -> str:
    """Return the object ID of the service principal that an access token was issued to.

    Raises ConfigurationError when the token does not say.
    """
    try:
        # The signature is Graph's to check, not a client's.
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
        return str(claims["oid"])
    except (jwt.InvalidTokenError, KeyError) as error:
        raise ConfigurationError(
            "the sign-in endpoint issued a token that does not name the deployer's object ID (oid)"
        ) from error
