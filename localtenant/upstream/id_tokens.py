"""The ID token of a provider, checked as OpenID Connect Core, 3.1.3.7 says.

There is no leeway for clocks that differ: the provider is on this machine.
"""

from __future__ import annotations

import hmac
import json
import time
from typing import TYPE_CHECKING, Any

from joserfc import jws, jwt
from joserfc.errors import JoseError

from localtenant.odata.types import is_array
from localtenant.upstream import errors

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

    from localtenant.odata.types import Json
    from localtenant.upstream.providers import Provider

_ALGORITHMS = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
)  # fmt: skip
_MALFORMED = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What joserfc raises for members of a header or of a key that it does not look at before."""

_REGISTRY = jws.JWSRegistry(algorithms=_ALGORITHMS, strict_check_header=False)


def checked(token: str, keys: KeySet, provider: Provider, nonce: str) -> Json:
    """The claims of an ID token that is ``provider``'s, for us, and for this request.

    Raises SignInError.
    """
    try:
        claims = jwt.decode(token, keys, algorithms=_ALGORITHMS, registry=_REGISTRY).claims
        # Half of a surrogate pair, which JSON can escape, is no text that could be kept.
        json.dumps(claims, ensure_ascii=False).encode()
    except (JoseError, *_MALFORMED) as error:
        why = f"it is not signed by a key of {provider.signer} ({error})"
        raise errors.token_refused(why) from error
    _check(claims, provider, nonce)
    return claims


def _check(claims: Json, provider: Provider, nonce: str) -> None:
    if claims.get("iss") != provider.signer:
        raise errors.token_refused(f"its issuer is '{claims.get('iss')}', not '{provider.signer}'")
    found: object = claims.get("aud")
    audiences: list[Any] = found if is_array(found) else [found]
    if provider.client_id not in audiences:
        raise errors.token_refused(f"its audience is not '{provider.client_id}'")
    if len(audiences) > 1 and claims.get("azp") != provider.client_id:
        raise errors.token_refused(f"it is for several, and not for '{provider.client_id}'")
    if not _second(claims, "exp", 0) > time.time():
        raise errors.token_refused("it has expired")
    # A time in whole seconds may be rounded up.
    if _second(claims, "nbf", 0) > time.time() + 1:
        raise errors.token_refused("it is not valid yet")
    if not hmac.compare_digest(str(claims.get("nonce") or "").encode(), nonce.encode()):
        raise errors.token_refused("its nonce is not that of the request")
    subject: object = claims.get(provider.claims["sub"])
    if not isinstance(subject, str) or not subject:
        raise errors.token_refused(f"it has no '{provider.claims['sub']}'")


def _second(claims: Json, name: str, default: float) -> float:
    found: object = claims.get(name, default)
    return found if isinstance(found, int | float) and not isinstance(found, bool) else default
