"""Which grant of the token endpoint answers a request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from localtenant.signin import device_grant, errors, on_behalf_of
from localtenant.signin.client_credentials import client_credentials
from localtenant.signin.user_grants import authorization_code, refresh_token

if TYPE_CHECKING:
    from localtenant.signin.token_request import TokenRequest

Answer = Callable[["TokenRequest"], Awaitable[dict[str, Any]]]
"""What answers a form with the body of an answer, or raises SignInError."""

GRANTS: Mapping[str, Answer] = {
    "authorization_code": authorization_code,
    "client_credentials": client_credentials,
    "refresh_token": refresh_token,
    on_behalf_of.NAME: on_behalf_of.on_behalf_of,
    **dict.fromkeys(device_grant.NAMES, device_grant.device_code),
}
"""The grants of OAuth by their names. The token endpoint has those of native authentication too."""


async def answer(asked: TokenRequest, known: Mapping[str, Answer]) -> dict[str, Any]:
    """The answer to a token request by one of the known grants. Raises SignInError."""
    grant_type = asked.needed("grant_type")
    grant = known.get(grant_type)
    if grant is None:
        raise errors.unsupported_grant(grant_type)
    return await grant(asked)
