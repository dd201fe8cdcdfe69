"""Which tenant a sign-in is for."""

from __future__ import annotations

import jwt
from azure.core.exceptions import AzureError, ClientAuthenticationError

from providers.graph.connection import CredentialOnThreads
from providers.graph.environment import Environment
from providers.graph.errors import ConfigurationError, first_line
from providers.graph.sign_in import refusal


async def token_tenant(credential: CredentialOnThreads, environment: Environment) -> str:
    """The tenant ID (``tid``) in the token that signs requests to Graph.

    The token is read, not verified: Graph does that. Raises ``ConfigurationError`` where signing
    in fails.
    """
    try:
        token = await credential.get_token(environment.scope)
    except ClientAuthenticationError as error:
        raise ConfigurationError(refusal(error)) from None
    except AzureError as error:
        raise ConfigurationError(
            f"The login endpoint {environment.login} does not answer: {first_line(error)}"
        ) from None
    try:
        claims = jwt.decode(token.token, options={"verify_signature": False})
        return str(claims["tid"])
    except (jwt.InvalidTokenError, KeyError):
        raise ConfigurationError(
            f"The login endpoint {environment.login} gave a token without a tenant ID; "
            "check azuread:metadataHost and azuread:environment."
        ) from None
