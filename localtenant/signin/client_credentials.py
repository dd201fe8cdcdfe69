"""The grant ``client_credentials``: from a form to the answer with an app-only token.

Source: Microsoft identity platform, "OAuth 2.0 client credentials flow".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.signin import errors, tokens
from localtenant.signin.authorization import WEB
from localtenant.signin.scopes import CONNECT

if TYPE_CHECKING:
    from localtenant.signin.token_request import TokenRequest

_DEFAULT = "/.default"


async def client_credentials(asked: TokenRequest) -> dict[str, Any]:
    """The token endpoint's answer to a client credentials request. Raises SignInError."""
    tenant = asked.tenant
    _ = asked.presented  # a missing client ID is told before a missing scope
    scope = asked.needed("scope")
    client = await asked.client(WEB)
    with tenant.store.read() as tx:
        resource = tokens.resource(tenant, tx, _resource_name(scope))
        lifetime, told = tokens.lifetimes(tenant, tx, resource)
        claims = tokens.app_claims(tenant, tx, client, resource, lifetime)
    return tokens.answer(tenant, claims, told)


def _resource_name(scope: str) -> str:
    """The resource of a scope; older libraries send OpenID Connect's scopes along."""
    names = [s for s in scope.split() if s.lower() not in CONNECT]
    if len(names) != 1 or not names[0].endswith(_DEFAULT):
        raise errors.scope_invalid(scope)
    return names[0].removesuffix(_DEFAULT)
