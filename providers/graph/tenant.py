"""Which tenant a sign-in is for, and whose it is."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from providers.graph.environment import Environment
from providers.graph.errors import ConfigurationError
from providers.graph.sign_in import RefusedSignInError, UnansweredSignInError, refusal
from providers.graph.tokens import SignIn


@dataclass(frozen=True)
class SignedIn:
    """The tenant's ID, and the object ID of who signs in: a service principal, or a user.

    The second is empty where the token does not say.
    """

    tenant_id: str = ""
    object_id: str = ""


async def signed_in(sign_in: SignIn, environment: Environment) -> SignedIn:
    """What the token says that signs requests to Graph (``tid`` and ``oid``).

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
        claims = _claims(token)
        return SignedIn(str(claims["tid"]), str(claims.get("oid") or ""))
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
