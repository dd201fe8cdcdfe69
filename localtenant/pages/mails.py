"""The mails of the tenant: they go to its mailbox page instead of to the network."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from localtenant.odata.answers import now

if TYPE_CHECKING:
    from localtenant.transaction import Transaction

_KIND, _OWNER = "mail", "mailbox"
_KEPT = 7 * 86_400
"""Seconds for which a mail is kept."""


@dataclass(frozen=True)
class Mail:
    """A mail: when it was sent (ISO 8601, UTC), to whom, and what it says.

    ``code`` is the passcode in it, so that nobody has to search the text for it.
    """

    sent: str
    recipient: str
    subject: str
    text: str
    code: str


def send(tx: Transaction, recipient: str, subject: str, text: str, code: str) -> None:
    """Put a mail into the mailbox."""
    mail = Mail(now(), recipient, subject, text, code)
    # Keys are in the order of time.
    key = f"{time.time_ns():020}"
    tx.keep_issued(_KIND, key, asdict(mail), owner=_OWNER, expires=time.time() + _KEPT)


def newest(tx: Transaction, recipient: str = "") -> list[Mail]:
    """The mails, newest first, of everybody or of one address."""
    kept = [Mail(**k.doc) for k in reversed(tx.issued_to(_KIND, _OWNER)) if not k.is_over]
    return [m for m in kept if not recipient or m.recipient.casefold() == recipient.casefold()]
