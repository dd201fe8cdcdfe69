"""How the tenant shows a provider that it is the registered client.

Source: "Add OpenID Connect as an identity provider": ``client_secret_post`` and
``client_secret_jwt``, and neither ``client_secret_basic`` nor, yet, ``private_key_jwt``; and
Apple's own page "Creating a client secret": a token that the key from Apple signs.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from uuid import uuid4

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OctKey

from localtenant.upstream import errors

if TYPE_CHECKING:
    from localtenant.upstream.metadata import Metadata
    from localtenant.upstream.providers import Provider

_POST, _JWT = "client_secret_post", "client_secret_jwt"
_SECONDS = 300
_APPLE = "https://appleid.apple.com"


def fields(provider: Provider, found: Metadata) -> dict[str, str]:
    """What a token request of the client holds beside the code. Raises SignInError."""
    if provider.secret is None:
        raise errors.code_refused(
            f"There is no client secret of {provider.name}. One that was set in an earlier version "
            "of the local tenant was not kept: set it anew. The method private_key_jwt is not "
            "supported."
        )
    named = {"client_id": provider.client_id}
    if provider.key_id:
        return {**named, "client_secret": _of_apple(provider, provider.secret)}
    if not found.authentication or _POST in found.authentication:
        return {**named, _POST.removesuffix("_post"): provider.secret}
    if _JWT in found.authentication:
        return {
            **named,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": _assertion(provider, found, provider.secret),
        }
    offered = ", ".join(found.authentication)
    raise errors.code_refused(f"It takes {offered}, and neither {_POST} nor {_JWT}.")


def _assertion(provider: Provider, found: Metadata, secret: str) -> str:
    now = int(time.time())
    claims = {
        "iss": provider.client_id,
        "sub": provider.client_id,
        "aud": found.token_endpoint,
        "jti": str(uuid4()),
        "iat": now,
        "exp": now + _SECONDS,
    }
    key = OctKey.import_key(secret.encode())
    return jwt.encode({"alg": "HS256"}, claims, key, algorithms=["HS256"])


def _of_apple(provider: Provider, key: str) -> str:
    now = int(time.time())
    claims = {
        "iss": provider.team,
        "iat": now,
        "exp": now + _SECONDS,
        "aud": _APPLE,
        "sub": provider.client_id,
    }
    try:
        signer = ECKey.import_key(key)
        header = {"alg": "ES256", "kid": provider.key_id}
        return jwt.encode(header, claims, signer, algorithms=["ES256"])
    except (JoseError, ValueError, TypeError) as error:
        why = f"The private key of {provider.name} is none: a PEM text as in Apple's .p8 file."
        raise errors.code_refused(why) from error
