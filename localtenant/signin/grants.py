"""Which grant of the token endpoint answers a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.signin import device_grant, errors, on_behalf_of
from localtenant.signin.client_credentials import client_credentials
from localtenant.signin.user_grants import authorization_code, refresh_token

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from localtenant.signin.token_request import TokenRequest

_GRANTS: Mapping[str, Callable[[TokenRequest], Awaitable[dict[str, Any]]]] = {
    "authorization_code": authorization_code,
    "client_credentials": client_credentials,
    "refresh_token": refresh_token,
    on_behalf_of.NAME: on_behalf_of.on_behalf_of,
    **dict.fromkeys(device_grant.NAMES, device_grant.device_code),
}


async def answer(asked: TokenRequest) -> dict[str, Any]:
    """The answer to a token request. Raises :class:`~localtenant.signin.errors.SignInError`."""
    grant_type = asked.needed("grant_type")
    grant = _GRANTS.get(grant_type)
    if grant is None:
        raise errors.unsupported_grant(grant_type)
    return await grant(asked)
