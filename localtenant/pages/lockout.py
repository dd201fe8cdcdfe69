"""Lockout: who guesses passwords or passcodes too often has to wait.

Source: "Smart lockout" of Microsoft Entra: ten failures lock an account for a minute, and each
further one for longer. Our own choice: every failure counts, the same wrong password again too, so
that nothing need be kept of what was tried; each further wait is twice as long, up to an hour; a
day without failures forgets them. Addresses that are nobody's are counted alike, so that the
answer does not tell who has an account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from localtenant.transaction import Transaction

MOST_FAILURES = 10
SECONDS = 60
_LONGEST = 3600
_REMEMBERED = 86_400
_KIND = "lockout"


def is_locked(tx: Transaction, email: str, now: float) -> bool:
    """Whether an address has to wait; ``now`` is in seconds of the epoch."""
    kept = tx.issued(_KIND, email.casefold())
    return kept is not None and kept.doc["until"] > now


def failed(tx: Transaction, email: str, now: float) -> None:
    """Count a failure, and lock the address if there were too many."""
    kept = tx.issued(_KIND, email.casefold())
    failures = 1 + (kept.doc["failures"] if kept and kept.expires > now else 0)
    beyond = failures - MOST_FAILURES
    until = now + min(SECONDS * 2 ** min(beyond, 6), _LONGEST) if beyond >= 0 else 0
    doc = {"failures": failures, "until": until}
    tx.keep_issued(_KIND, email.casefold(), doc, owner="", expires=now + _REMEMBERED)


def succeeded(tx: Transaction, email: str) -> None:
    """Forget the failures of an address."""
    tx.drop_issued(_KIND, email.casefold())
