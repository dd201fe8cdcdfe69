"""Refresh tokens: what is kept of them, how long they live, and when they are revoked.

Source: Microsoft identity platform, "refresh tokens". Each use gives a new one and leaves the old
one valid. Those of single-page applications live for a day from the sign-in on, whatever is done
with them; others for 90 days from their last use on.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from localtenant.entities.applications.credentials import moment
from localtenant.issued import digest, new_value
from localtenant.signin import grant_errors, sessions
from localtenant.signin.authorization import SPA, WEB
from localtenant.signin.sessions import Session

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_KIND = "refresh token"
_DAY = 86_400
_UNUSED = 90 * _DAY


@dataclass(frozen=True)
class RefreshToken:
    """A refresh token that may be used: for which client and scopes, and whose.

    ``expires`` is the second in which its time is over.
    """

    client_id: str
    platform: str
    scope: list[str]
    session: Session
    expires: float

    @property
    def remaining(self) -> int:
        """How many seconds it still lives."""
        return max(0, int(self.expires - time.time()))


def issue(
    tx: Transaction, client_id: str, platform: str, scope: list[str], session: Session
) -> tuple[str, RefreshToken]:
    """The first refresh token of a sign-in."""
    lifetime = _DAY - 1 if platform == SPA else _UNUSED
    token = RefreshToken(client_id, platform, scope, session, time.time() + lifetime)
    return _kept(tx, token), token


def rotate(tx: Transaction, token: RefreshToken) -> tuple[str, RefreshToken]:
    """The refresh token that follows one that was used."""
    expires = token.expires if token.platform == SPA else time.time() + _UNUSED
    renewed = RefreshToken(token.client_id, token.platform, token.scope, token.session, expires)
    return _kept(tx, renewed), renewed


def find(tx: Transaction, value: str, client_id: str) -> RefreshToken:
    """The refresh token with this value, as its own client uses it. Raises SignInError."""
    kept = tx.issued(_KIND, digest(value))
    if kept is None:
        raise grant_errors.malformed()
    doc = kept.doc
    if doc["client_id"] != client_id:
        raise grant_errors.of_other_client()
    if kept.is_over:
        of_page = doc["platform"] == SPA
        told = grant_errors.single_page_refresh_expired if of_page else grant_errors.refresh_expired
        raise told(doc["issued"])
    session = Session(**doc["session"])
    return RefreshToken(client_id, doc["platform"], doc["scope"], session, kept.expires)


def user_of(tenant: Tenant, tx: Transaction, session: Session, platform: str) -> Json:
    """The user to whom something was given in a session. Raises SignInError if he lost it.

    A new password takes back what public clients were given for the old one.
    """
    user = tx.get("user", session.user_id)
    if user is None:
        raise grant_errors.user_missing(tenant.tenant_id)
    if user["accountEnabled"] is False:
        raise grant_errors.user_disabled()
    if not sessions.is_valid(user, session.auth_time):
        raise grant_errors.revoked()
    by_password = platform != WEB and "pwd" in session.methods
    changed = user["lastPasswordChangeDateTime"] if by_password else None
    # Who signs up has a password and a session of the same second.
    if changed and session.auth_time < int(moment(changed).timestamp()):
        raise grant_errors.revoked()
    return user


def _kept(tx: Transaction, token: RefreshToken) -> str:
    value = new_value()
    doc = {
        "client_id": token.client_id,
        "platform": token.platform,
        "scope": token.scope,
        "session": asdict(token.session),
        "issued": time.time(),
    }
    owner = token.session.user_id
    tx.keep_issued(_KIND, digest(value), doc, owner=owner, expires=token.expires)
    return value
