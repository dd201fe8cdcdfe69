"""One-time passcodes that prove an email address: made, mailed, and checked once.

Source: the native authentication API of External ID (eight digits, "Unable to validate the otp.").
How long a code is good, how many tries it has and how many are sent is our own choice. Of a code
the sign-in keeps a salted digest.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from typing import TYPE_CHECKING

from localtenant.pages import mails

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

SECONDS = 600
MOST_TRIES = 5
MOST_CODES = 5
DIGITS = 8
_KEPT_AS = "passcode"


def issue(data: Json, now: float) -> str | None:
    """A new code in the place of the last one; None if the sign-in has had too many."""
    count = data.get("codes", 0) + 1
    if count > MOST_CODES:
        return None
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    salt = os.urandom(16).hex()
    data["codes"] = count
    data[_KEPT_AS] = {"salt": salt, "digest": _digest(salt, code), "made": now, "tries": 0}
    return code


def mail(tenant: Tenant, tx: Transaction, recipient: str, code: str, purpose: str) -> None:
    """Send a code to an address; ``purpose`` says what it is for."""
    name = tenant_name(tenant, tx)
    text = (
        f"Your {name} {purpose} code is {code}.\n\n"
        f"It is good for {SECONDS // 60} minutes and for one use. If you did not ask for it, "
        "you can ignore this mail."
    )
    mails.send(tx, recipient, f"Your {name} {purpose} code", text, code)


def redeem(data: Json, given: str, now: float) -> bool:
    """Whether ``given`` is the code of the sign-in; a right one, or too many wrong, uses it up."""
    kept = data.get(_KEPT_AS)
    if not kept:
        return False
    digits = "".join(given.split())
    kept["tries"] += 1
    fresh = now - kept["made"] <= SECONDS
    right = fresh and hmac.compare_digest(_digest(kept["salt"], digits), kept["digest"])
    if right or kept["tries"] >= MOST_TRIES:
        del data[_KEPT_AS]
    return right


def masked(email: str) -> str:
    """An address of which a reader recognizes his own: ``c***r@example.com``.

    What is no address, such as a user name, stays as it is.
    """
    local, at, domain = email.partition("@")
    if not at:
        return email
    return f"{local[:1]}***{local[-1:] if len(local) > 2 else ''}@{domain}"  # noqa: PLR2004 - first and last


def tenant_name(tenant: Tenant, tx: Transaction) -> str:
    """What the tenant is called on pages and in mails."""
    found = tx.get("organization", tenant.tenant_id)
    return str((found or {}).get("displayName") or tenant.subdomain)


def _digest(salt: str, code: str) -> str:
    return hashlib.sha256(f"{salt} {code}".encode()).hexdigest()
