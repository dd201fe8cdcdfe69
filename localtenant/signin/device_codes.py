"""Device codes: a device without a browser waits while its user signs in in another one.

Source: Microsoft identity platform, "device authorization grant". The page at which the user enters
the code is ``/common/oauth2/deviceauth``: it calls :func:`requested`, begins an interaction with
what that returns, and is where the browser ends, at ``…/done`` or ``…/declined``.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from localtenant.issued import digest, new_value
from localtenant.signin import device_errors, grant_errors
from localtenant.signin.authorization import PUBLIC, AuthorizationRequest
from localtenant.signin.sessions import Session

if TYPE_CHECKING:
    from localtenant.issued import Kept
    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

PLACE = "/common/oauth2/deviceauth"
LIFETIME = 900
"""Seconds."""

_KIND, _USER_CODE = "device code", "user code"
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 9


@dataclass(frozen=True)
class Approved:
    """A device code whose user has signed in: for which scopes, and who."""

    scope: list[str]
    session: Session


def issue(tx: Transaction, client_id: str, scope: list[str]) -> tuple[str, str]:
    """A new device code and the code that its user enters."""
    device = new_value()
    user = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    expires = time.time() + LIFETIME
    doc = {"client_id": client_id, "scope": scope, "state": "pending", "session": None}
    tx.keep_issued(_KIND, digest(device), doc, owner=client_id, expires=expires)
    doc = {"device": digest(device)}
    tx.keep_issued(_USER_CODE, digest(user), doc, owner=client_id, expires=expires)
    return device, user


def requested(tx: Transaction, user_code: str) -> AuthorizationRequest:
    """What the device asks whose user entered a code. Raises SignInError for no such code."""
    entered = tx.issued(_USER_CODE, digest(user_code.strip().upper()))
    kept = tx.issued(_KIND, entered.doc["device"]) if entered else None
    if entered is None or kept is None or kept.doc["state"] != "pending":
        raise device_errors.user_code_wrong()
    if kept.is_over:
        raise device_errors.user_code_expired()
    return AuthorizationRequest(
        client_id=kept.doc["client_id"],
        redirect_uri="",
        platform=PUBLIC,
        response_type="device_code",
        response_mode="",
        scope=kept.doc["scope"],
        user_code=kept.key,
    )


def approve(tx: Transaction, key: str, session: Session) -> None:
    """Let the device have tokens for who signed in first. Raises SignInError for anybody later."""
    if not _settle(tx, key, {"state": "approved", "session": asdict(session)}):
        raise device_errors.declined()


def decline(tx: Transaction, key: str) -> None:
    """Let the device know that its user does not want to, unless somebody has decided before."""
    _settle(tx, key, {"state": "declined"})


def take(tx: Transaction, device_code: str, client_id: str) -> Approved:
    """Who signed in for the device with this code, which counts once. Raises SignInError."""
    kept = tx.issued(_KIND, digest(device_code))
    if kept is None:
        raise device_errors.user_code_wrong()
    if kept.doc["client_id"] != client_id:
        raise grant_errors.of_other_client()
    if kept.is_over:
        raise device_errors.device_code_expired()
    if kept.doc["state"] == "pending":
        raise device_errors.pending()
    if kept.doc["state"] == "declined":
        raise device_errors.declined()
    tx.drop_issued(_KIND, kept.key)
    return Approved(kept.doc["scope"], Session(**kept.doc["session"]))


def _settle(tx: Transaction, key: str, outcome: Json) -> bool:
    """Decide what becomes of a device that waits; whether it still did."""
    kept: Kept | None = tx.issued(_KIND, key)
    if kept is None or kept.doc["state"] != "pending":
        return False
    doc = {**kept.doc, **outcome}
    tx.keep_issued(_KIND, key, doc, owner=doc["client_id"], expires=kept.expires)
    return True
