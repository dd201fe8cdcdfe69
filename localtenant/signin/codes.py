"""Authorization codes: for ten minutes, and for one time.

What is kept of a code is its digest. A code that was redeemed is remembered, so that its second use
is told apart from a code that never was.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from localtenant.issued import digest, new_value
from localtenant.signin import grant_errors
from localtenant.signin.authorization import SPA, AuthorizationRequest
from localtenant.signin.sessions import Session

if TYPE_CHECKING:
    from localtenant.transaction import Transaction

LIFETIME = 600
"""Seconds."""

_KIND = "code"
_SHORTEST, _LONGEST = 43, 128


@dataclass(frozen=True)
class Code:
    """A code that may be redeemed: what was asked, and who signed in."""

    request: AuthorizationRequest
    session: Session


def issue(tx: Transaction, request: AuthorizationRequest, session: Session) -> str:
    """A new code."""
    code = new_value()
    doc = {"request": request.json, "session": asdict(session), "redeemed": False}
    expires = time.time() + LIFETIME
    tx.keep_issued(_KIND, digest(code), doc, owner=session.user_id, expires=expires)
    return code


def find(tx: Transaction, code: str, client_id: str, redirect_uri: str) -> Code:
    """The code with this value, as its own client redeems it. Raises SignInError."""
    kept = tx.issued(_KIND, digest(code))
    if kept is None:
        raise grant_errors.malformed()
    found = Code(AuthorizationRequest.of(kept.doc["request"]), Session(**kept.doc["session"]))
    if found.request.client_id != client_id:
        raise grant_errors.of_other_client()
    if kept.doc["redeemed"]:
        raise grant_errors.code_redeemed()
    if kept.is_over:
        raise grant_errors.code_expired()
    if found.request.redirect_uri != redirect_uri:
        raise grant_errors.redirect_uri_differs(redirect_uri, found.request.redirect_uri)
    return found


def check_verifier(request: AuthorizationRequest, verifier: str) -> None:
    """Check the proof key (RFC 7636) of who redeems a code. Raises SignInError.

    A verifier for a code without a challenge is refused, too: somebody took the challenge away.
    """
    if request.code_challenge is None:
        if request.platform == SPA:
            raise grant_errors.proof_key_required()
        if verifier:
            raise grant_errors.verifier_wrong()
        return
    if not _SHORTEST <= len(verifier) <= _LONGEST or not verifier.isascii():
        raise grant_errors.verifier_missing()
    made = verifier
    if request.code_challenge_method == "S256":
        hashed = hashlib.sha256(verifier.encode()).digest()
        made = base64.urlsafe_b64encode(hashed).decode().rstrip("=")
    if not hmac.compare_digest(made.encode(), request.code_challenge.rstrip("=").encode()):
        raise grant_errors.verifier_wrong()


def redeem(tx: Transaction, code: str) -> None:
    """Use a code up."""
    kept = tx.issued(_KIND, digest(code))
    if kept is None:
        raise grant_errors.malformed()
    doc = {**kept.doc, "redeemed": True}
    owner = kept.doc["session"]["user_id"]
    tx.keep_issued(_KIND, kept.key, doc, owner=owner, expires=kept.expires)
