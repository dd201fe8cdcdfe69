"""``/oidc/userinfo``: who the user of an access token for Graph is.

Source: Microsoft identity platform, "UserInfo endpoint". Which claims there are cannot be chosen;
the texts for tokens that will not do are Graph's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from localtenant.authentication import authenticate
from localtenant.odata.answers import common_headers, content_headers, failed
from localtenant.odata.errors import GraphError, denied
from localtenant.signin.account_names import address
from localtenant.signin.scopes import OPENID
from localtenant.signin.user_tokens import pairwise

if TYPE_CHECKING:
    from starlette.requests import Request

    from localtenant.odata.call import Caller
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_PICTURE = "https://graph.microsoft.com/v1.0/me/photo/$value"


async def userinfo(request: Request) -> Response:
    """Answer with the claims of the caller, for a token with the scope ``openid``."""
    tenant: Tenant = request.app.state.tenant
    request_id = str(uuid4())
    client_request_id = request.headers.get("client-request-id") or request_id
    headers = common_headers(request_id, client_request_id)
    try:
        caller = authenticate(tenant, request)
        if not caller.delegated or OPENID not in caller.permissions:
            raise denied()
        with tenant.store.read() as tx:
            claims = _claims(tx, caller)
    except GraphError as error:
        answer = failed(error, request_id, client_request_id)
        headers |= content_headers(answer)
        return Response(answer.content, answer.status, headers)
    return JSONResponse(claims, headers=headers)


def _claims(tx: Transaction, caller: Caller) -> dict[str, Any]:
    user = tx.get("user", caller.object_id)
    if user is None:
        raise denied()
    claims = {
        "sub": pairwise(user["id"], caller.client_id),
        "name": user["displayName"],
        "family_name": user["surname"],
        "given_name": user["givenName"],
        "picture": _PICTURE,
        "email": address(user),
    }
    return {name: value for name, value in claims.items() if value is not None}


ROUTES = [Route("/oidc/userinfo", userinfo, methods=["GET", "POST"])]
