"""Which tenant a sign-in is for."""

from __future__ import annotations

import jwt
from azure.core.exceptions import AzureError, ClientAuthenticationError

from providers.graph.connection import CredentialOnThreads
from providers.graph.environment import Environment
from providers.graph.errors import ConfigurationError, first_line


async def token_tenant(credential: CredentialOnThreads, environment: Environment) -> str:
    """The tenant ID (``tid``) in the token that signs requests to Graph.

    The token is read, not verified: Graph does that. Raises ``ConfigurationError`` where signing
    in fails.
    """
    try:
        token = await credential.get_token(environment.scope)
    except ClientAuthenticationError as error:
        raise ConfigurationError(_refused(error, environment)) from None
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


def _refused(error: ClientAuthenticationError, environment: Environment) -> str:
    said = first_line(error)
    if "authority configuration" in said:
        # MSAL's words for a tenant without a discovery document are a paragraph about its own use.
        return (
            f"Signing in to Microsoft Graph failed: {environment.login} knows no such tenant. "
            "Check azuread:tenantId (ARM_TENANT_ID)."
        )
    advice = next((text for code, text in _ADVICE.items() if code in said), _ADVICE_OTHERWISE)
    return f"Signing in to Microsoft Graph failed: {said} {advice}"


_ADVICE = {
    "AADSTS7000215": "The client secret is wrong: use its value, not its ID.",
    "AADSTS7000222": "The client secret has expired: add a new one to the deployer application.",
    "AADSTS700016": "azuread:clientId (ARM_CLIENT_ID) names no application of this tenant.",
    "AADSTS90002": "azuread:tenantId (ARM_TENANT_ID) names no tenant.",
}
_ADVICE_OTHERWISE = (
    "Check azuread:tenantId, azuread:clientId and the credential (README, 'Sign in')."
)
