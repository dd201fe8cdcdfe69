"""Which tenant a sign-in is for."""

from __future__ import annotations

import base64
import binascii
import json

from providers.graph.environment import Environment
from providers.graph.errors import ConfigurationError
from providers.graph.sign_in import RefusedSignInError, UnansweredSignInError, refusal
from providers.graph.tokens import SignIn


async def token_tenant(sign_in: SignIn, environment: Environment) -> str:
    """The tenant ID (``tid``) in the token that signs requests to Graph.

    The token is read, not verified: Graph does that. Raises ``ConfigurationError`` where signing
    in fails.
    """
    try:
        token = await sign_in.token()
    except RefusedSignInError as error:
        raise ConfigurationError(refusal(error)) from None
    except UnansweredSignInError as error:
        raise ConfigurationError(
            f"The login endpoint {environment.login} does not answer: {error}"
        ) from None
    try:
        return str(_claims(token)["tid"])
    except (ValueError, IndexError, KeyError, TypeError):
        raise ConfigurationError(
            f"The login endpoint {environment.login} gave a token without a tenant ID; "
            "check azuread:metadataHost and azuread:environment."
        ) from None


def _claims(token: str) -> dict[str, object]:
    payload = token.split(".")[1]
    try:
        return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except binascii.Error as error:
        raise ValueError(str(error)) from error
