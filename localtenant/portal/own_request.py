"""Token requests of the tenant to itself, in the name of an application.

The tenant keeps no secret in clear, so it cannot present one. What else the token endpoint checks,
it checks here, too: the code, its client, its redirect URI, the verifier, consent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.signin.authorization import WEB
from localtenant.signin.client_credentials import client_credentials
from localtenant.signin.credentials import Client
from localtenant.signin.token_request import TokenRequest
from localtenant.signin.user_grants import authorization_code

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from localtenant.portal.trials import Trial
    from localtenant.tenant import Tenant


class _OwnRequest(TokenRequest):
    """A token request whose client need not prove who it is. It never comes over the network."""

    async def client(self, platform: str) -> Client:
        named = self.named()
        return Client(named.application, named.principal, "1" if platform == WEB else "0")


def redemption(trial: Trial, code: str) -> dict[str, str]:
    """The form that redeems the code of a trial."""
    return {
        "grant_type": "authorization_code",
        "client_id": trial.client_id,
        "code": code,
        "redirect_uri": trial.place,
        "code_verifier": trial.verifier,
        "client_info": "1",
    }


async def redeemed(tenant: Tenant, form: dict[str, str], writer: Executor) -> dict[str, Any]:
    """The answer to :func:`redemption`. Raises SignInError."""
    return await authorization_code(_OwnRequest(tenant, form, "", None, writer))


async def for_itself(tenant: Tenant, form: dict[str, str], writer: Executor) -> dict[str, Any]:
    """The answer to an application that wants a token by client credentials.

    Raises SignInError.
    """
    return await client_credentials(_OwnRequest(tenant, form, "", None, writer))
