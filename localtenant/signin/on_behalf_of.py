"""The grant ``jwt-bearer``: an API that a user called calls another one on his behalf.

Source: Microsoft identity platform, "OAuth 2.0 On-Behalf-Of flow". Which numbers there are is known
of reports of the real service; the wording for other tokens than users' is our own choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.signin import authorize_errors, refresh_tokens, scopes, user_tokens
from localtenant.signin.authorization import WEB
from localtenant.signin.errors import SignInError
from localtenant.signin.keys import expired
from localtenant.signin.sessions import Session
from localtenant.signin.user_grants import SignedIn, answered

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.signin.token_request import TokenRequest
    from localtenant.transaction import Transaction

NAME = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_USE = "on_behalf_of"


async def on_behalf_of(asked: TokenRequest) -> dict[str, Any]:
    """The token endpoint's answer to an API with a user's token for it. Raises SignInError."""
    assertion, use = asked.needed("assertion"), asked.needed("requested_token_use")
    wanted = asked.needed("scope").split()
    if use != _USE:
        raise authorize_errors.parameter_invalid("requested_token_use", use)
    client = await asked.client(WEB)
    claims = _checked(asked, client.application, assertion)
    session = Session(
        claims["oid"],
        int(claims["iat"]),
        user_tokens.methods_of(claims),
        keep=False,
        sid=claims["sid"],
        idp=claims.get("idp"),
    )
    signed_in = SignedIn(client, session, WEB, wanted, interrupted="interaction_required")

    def give(tx: Transaction) -> dict[str, Any]:
        answer = answered(tx, asked, signed_in)
        if scopes.OFFLINE in wanted:
            client_id = client.application["appId"]
            answer["refresh_token"], _ = refresh_tokens.issue(tx, client_id, WEB, wanted, session)
        return answer

    return await asked.written(give)


def _checked(asked: TokenRequest, application: Json, assertion: str) -> dict[str, Any]:
    """The claims of a user's valid token for the calling application."""
    claims = asked.tenant.key.claims(assertion)
    if claims is None:
        raise _invalid(50013, "Assertion failed signature validation.")
    if expired(claims):
        raise _invalid(500133, "Assertion is not within its valid time range.")
    audience = str(claims.get("aud", ""))
    if audience not in {application["appId"], *application["identifierUris"]}:
        raise _invalid(
            500131, "Assertion audience does not match the Client app presenting the assertion."
        )
    if "azp" not in claims and "appid" not in claims:
        raise SignInError(
            240002, "invalid_request", f"Input id_token cannot be used as '{NAME}' grant."
        )
    if "scp" not in claims:
        raise _invalid(
            7000114,
            f"Application '{claims.get('azp') or claims.get('appid')}' is not allowed to make "
            "application on-behalf-of calls.",
        )
    return claims


def _invalid(number: int, text: str) -> SignInError:
    return SignInError(number, "invalid_grant", text)
