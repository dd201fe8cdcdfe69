"""The grant ``client_credentials``: from a form to the answer with an app-only token.

Source: Microsoft identity platform, "OAuth 2.0 client credentials flow".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.signin import credentials, errors, federation, tokens
from localtenant.signin.credentials import Presented

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.tenant import Tenant

_DEFAULT = "/.default"


async def client_credentials(
    tenant: Tenant, form: Mapping[str, str], authorization: str
) -> dict[str, Any]:
    """The token endpoint's answer to a client credentials request.

    ``authorization`` is the request's Authorization header, which may carry the client's ID and
    secret. Raises :class:`~localtenant.signin.errors.SignInError`.
    """
    presented, scope = _read(form, authorization)
    with tenant.store.read() as tx:
        client = credentials.identify(tenant, tx, presented)
    if client.federated is not None:
        # The issuer may take its time, and no transaction is to be open while it does.
        await federation.check_signature(
            tenant.issuers, client.application["appId"], client.federated
        )
    with tenant.store.read() as tx:
        resource = tokens.resource(tenant, tx, _resource_name(scope))
        lifetime, told = tenant.faults.token_lifetime() or (tokens.LIFETIME, tokens.LIFETIME)
        claims = tokens.app_claims(tenant, tx, client, resource, lifetime)
    return tokens.answer(tenant, claims, told)


def _read(form: Mapping[str, str], authorization: str) -> tuple[Presented, str]:
    grant_type = form.get("grant_type")
    if not grant_type:
        raise errors.parameter_missing("grant_type")
    if grant_type != "client_credentials":
        raise errors.unsupported_grant(grant_type)
    presented = Presented.of(form, authorization)
    if not presented.client_id:
        raise errors.parameter_missing("client_id")
    scope = form.get("scope", "").strip()
    if not scope:
        raise errors.parameter_missing("scope")
    return presented, scope


def _resource_name(scope: str) -> str:
    if " " in scope or not scope.endswith(_DEFAULT):
        raise errors.scope_invalid(scope)
    return scope.removesuffix(_DEFAULT)
