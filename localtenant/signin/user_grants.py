"""The grants ``authorization_code`` and ``refresh_token``: from a form to tokens for a user.

Source: Microsoft identity platform, "OAuth 2.0 authorization code flow" and "refresh tokens".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from localtenant.signin import (
    codes,
    demands,
    grant_errors,
    refresh_tokens,
    scopes,
    tokens,
    user_tokens,
)
from localtenant.signin.authorization import SPA
from localtenant.signin.user_tokens import Subject

if TYPE_CHECKING:
    from localtenant.signin.credentials import Client
    from localtenant.signin.refresh_tokens import RefreshToken
    from localtenant.signin.scopes import Asked
    from localtenant.signin.sessions import Session
    from localtenant.signin.token_request import TokenRequest
    from localtenant.transaction import Transaction


@dataclass(frozen=True)
class SignedIn:
    """A sign-in for which a client wants tokens: what it asked for then, and asks for now.

    ``interrupted`` is the OAuth error if Conditional Access has come to demand more of it.
    """

    client: Client
    session: Session
    platform: str
    scope: list[str]
    nonce: str | None = None
    timed: bool = False
    interrupted: str = "invalid_grant"


async def authorization_code(asked: TokenRequest) -> dict[str, Any]:
    """The token endpoint's answer to a code. Raises SignInError."""
    value, redirect_uri = asked.needed("code"), asked.needed("redirect_uri")
    client_id = asked.named().application["appId"]
    with asked.tenant.store.read() as tx:
        code = codes.find(tx, value, client_id, redirect_uri)
    request = code.request
    if request.platform == SPA and request.code_challenge is None:
        raise grant_errors.proof_key_required()
    client = await asked.client(request.platform)
    codes.check_verifier(request, asked.form.get("code_verifier", ""))

    def redeem(tx: Transaction) -> dict[str, Any]:
        # Found anew: only one of several redemptions at the same time counts.
        found = codes.find(tx, value, client_id, redirect_uri)
        codes.redeem(tx, value)
        signed_in = SignedIn(
            client,
            found.session,
            request.platform,
            request.scope,
            request.nonce,
            request.max_age is not None,
        )
        answer = answered(tx, asked, signed_in)
        if scopes.OFFLINE in {s.lower() for s in request.scope}:
            made = refresh_tokens.issue(
                tx, client_id, request.platform, request.scope, found.session
            )
            answer |= _told(made)
        return answer

    return await asked.written(redeem)


async def refresh_token(asked: TokenRequest) -> dict[str, Any]:
    """The token endpoint's answer to a refresh token. Raises SignInError."""
    value = asked.needed("refresh_token")
    client_id = asked.named().application["appId"]
    with asked.tenant.store.read() as tx:
        token = refresh_tokens.find(tx, value, client_id)
    client = await asked.client(token.platform)

    def use(tx: Transaction) -> dict[str, Any]:
        found = refresh_tokens.find(tx, value, client_id)
        signed_in = SignedIn(client, found.session, found.platform, found.scope)
        answer = answered(tx, asked, signed_in)
        return answer | _told(refresh_tokens.rotate(tx, found))

    return await asked.written(use)


def answered(tx: Transaction, asked: TokenRequest, signed_in: SignedIn) -> dict[str, Any]:
    """The answer with an access token for one resource and, for ``openid``, an ID token.

    Of the scopes of the form, else of the sign-in, those of the first resource count; a form with
    scopes of several resources is refused unless the sign-in asked for as many. Raises SignInError.
    """
    tenant, client = asked.tenant, signed_in.client
    user = refresh_tokens.user_of(tenant, tx, signed_in.session, signed_in.platform)
    application = client.application
    client_id, name = application["appId"], application["displayName"]
    if not tokens.is_assigned(tx, user_tokens.holders(tx, user["id"]), client.principal):
        raise grant_errors.not_assigned(client_id, name, user["userPrincipalName"])
    wanted = _wanted(tx, asked, signed_in)
    if not scopes.is_consented(tx, client.principal, user["id"], wanted):
        raise grant_errors.consent_missing(client_id, name)
    occasion = demands.Occasion(user, signed_in.session, client_id, wanted, signed_in.platform)
    demand = demands.demand(tx, occasion, occasion.verdict(tx))
    if demand is not None:
        raise demand.at_token(signed_in.interrupted)
    granted = scopes.for_token(tenant, tx, client.principal, user["id"], wanted)
    subject = Subject(user, signed_in.session, client)
    lifetime, told = tokens.lifetimes(tenant, tx, granted.resource)
    claims = user_tokens.access_claims(tenant, tx, subject, granted, lifetime)
    token = tokens.answer(tenant, claims, told)
    answer = {"token_type": token.pop("token_type"), "scope": " ".join(granted.told), **token}
    if scopes.OPENID in wanted.connect:
        claims = user_tokens.id_claims(
            tenant, tx, subject, wanted.connect, nonce=signed_in.nonce, timed=signed_in.timed
        )
        answer["id_token"] = tenant.key.sign(claims)
    if asked.form.get("client_info") == "1":
        answer["client_info"] = user_tokens.client_info(tenant, user["id"])
    return answer


def _wanted(tx: Transaction, asked: TokenRequest, signed_in: SignedIn) -> Asked:
    """The scopes of the form with OpenID Connect's of the sign-in; without any, the sign-in's."""
    application = signed_in.client.application
    now = asked.form.get("scope", "").split()
    connect = [s for s in signed_in.scope if s.lower() in scopes.CONNECT]
    names = [*now, *connect] if _names_one(now) else signed_in.scope
    wanted = scopes.read(asked.tenant, tx, application, names)
    if now and len(wanted.resources) > 1 and set(now) != set(signed_in.scope):
        raise grant_errors.several_resources()
    return wanted


def _names_one(names: list[str]) -> bool:
    return any(n.lower() not in scopes.CONNECT for n in names)


def _told(made: tuple[str, RefreshToken]) -> dict[str, Any]:
    value, token = made
    told: dict[str, Any] = {"refresh_token": value}
    if token.platform == SPA:
        told["refresh_token_expires_in"] = token.remaining
    return told
