"""``/{tenant}/oauth2/v2.0/devicecode``, and the grant ``device_code`` with which a device polls.

Source: Microsoft identity platform, "device authorization grant".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.signin import device_codes, refresh_tokens, scopes
from localtenant.signin.authorization import PUBLIC, WEB
from localtenant.signin.user_grants import SignedIn, answered

if TYPE_CHECKING:
    from localtenant.signin.token_request import TokenRequest
    from localtenant.transaction import Transaction

_INTERVAL = 5
_POLL = "urn:ietf:params:oauth:grant-type:device_code"
NAMES = (_POLL, "device_code")
"""The grant's name, and the short form that MSAL for Node sends."""


async def begin(asked: TokenRequest) -> dict[str, Any]:
    """The answer to a device that wants a code. Raises SignInError."""
    application = asked.named().application
    names = asked.needed("scope").split()

    def issue(tx: Transaction) -> tuple[str, str]:
        scopes.read(asked.tenant, tx, application, names)
        return device_codes.issue(tx, application["appId"], names)

    device, user = await asked.written(issue)
    place = f"{asked.tenant.url}{device_codes.PLACE}"
    return {
        "user_code": user,
        "device_code": device,
        "verification_uri": place,
        "expires_in": device_codes.LIFETIME,
        "interval": _INTERVAL,
        "message": (
            f"To sign in, use a web browser to open the page {place} and enter the code {user} to "
            "authenticate."
        ),
    }


async def device_code(asked: TokenRequest) -> dict[str, Any]:
    """The token endpoint's answer to a device that polls. Raises SignInError.

    Only an application that allows public client flows does so without a credential.
    """
    value = asked.needed("device_code")
    application = asked.named().application
    platform = PUBLIC if application["isFallbackPublicClient"] else WEB
    client = await asked.client(platform)

    def take(tx: Transaction) -> dict[str, Any]:
        approved = device_codes.take(tx, value, application["appId"])
        signed_in = SignedIn(client, approved.session, platform, approved.scope)
        answer = answered(tx, asked, signed_in)
        if scopes.OFFLINE in approved.scope:
            answer["refresh_token"], _ = refresh_tokens.issue(
                tx, application["appId"], platform, approved.scope, approved.session
            )
        return answer

    return await asked.written(take)
