"""Who calls: from the header ``Authorization`` to the caller behind a token of this tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.odata.call import Caller
from localtenant.odata.errors import expired_token, unauthenticated
from localtenant.signin.keys import expired
from localtenant.tenant import GRAPH_CLIENT_ID

if TYPE_CHECKING:
    from starlette.requests import Request as HttpRequest

    from localtenant.tenant import Tenant

_NO_DOTS = (
    "IDX14100: JWT is not well formed, there are no dots (.).\nThe token needs to be in JWS or JWE "
    "Compact Serialization Format. (JWS): 'EncodedHeader.EncodedPayload.EncodedSignature'. (JWE): "
    "'EncodedProtectedHeader.EncodedEncryptedKey.EncodedInitializationVector.EncodedCiphertext."
    "EncodedAuthenticationTag'."
)


def claims_of(tenant: Tenant, request: HttpRequest) -> dict[str, Any] | None:
    """The claims of a request's token if the tenant signed it, whatever else is wrong with it."""
    return tenant.key.claims(_token(request))


def authenticate(tenant: Tenant, request: HttpRequest) -> Caller:
    """The caller of a request; Graph's 401 for a token that will not do."""
    token = _token(request)
    if not token:
        raise unauthenticated("Access token is empty.")
    if "." not in token:
        raise unauthenticated(_NO_DOTS)
    claims = tenant.key.claims(token)
    if claims is None:
        raise unauthenticated("Access token validation failure. Invalid signature.")
    if expired(claims):
        raise expired_token()
    audiences = (*tenant.origins, "https://graph.microsoft.com", GRAPH_CLIENT_ID)
    if str(claims.get("aud", "")).rstrip("/") not in audiences:
        raise unauthenticated("Access token validation failure. Invalid audience.")
    scopes = claims.get("scp")
    permissions_held = claims.get("roles", ()) if scopes is None else str(scopes).split()
    return Caller(
        claims["appid"], claims["oid"], frozenset(permissions_held), delegated=scopes is not None
    )


def _token(request: HttpRequest) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
