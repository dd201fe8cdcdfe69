"""Passwords of users: what Entra demands of them, and what is kept of them.

Source: the page "Microsoft Entra password policies" and the Graph resource page "passwordProfile".
Of a password the tenant keeps a salted scrypt hash, beside the hashes of client secrets under the
user's object ID and the name :data:`KEPT_AS`: ``scrypt$N$r$p$salt$hash``, the last two in base64.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import string
from typing import TYPE_CHECKING

from localtenant.odata.errors import bad_request, invalid_value

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

KEPT_AS = "password"
POLICIES = {"DisablePasswordExpiration", "DisableStrongPassword"}

# A tenant of tests makes users by the hundred, and what it keeps never leaves the machine: 4 MiB
# and some ten milliseconds for each password. The numbers stand in what is kept, so they may grow.
_COST, _BLOCK, _PARALLEL = 2**12, 8, 1
_SALT = 16
_SHORTEST, _LONGEST, _KINDS = 8, 256, 3
_CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits)


def hashed(password: str) -> str:
    """What is kept of a password."""
    salt = os.urandom(_SALT)
    digest = _scrypt(password, salt, _COST, _BLOCK, _PARALLEL)
    numbers = f"{_COST}${_BLOCK}${_PARALLEL}"
    return f"scrypt${numbers}${_text(salt)}${_text(digest)}"


def matches(password: str, kept: str) -> bool:
    """Whether ``password`` is the one of which ``kept`` was made by :func:`hashed`."""
    _, cost, block, parallel, salt, digest = kept.split("$")
    found = _scrypt(password, base64.b64decode(salt), int(cost), int(block), int(parallel))
    return hmac.compare_digest(found, base64.b64decode(digest))


def is_password_of(tx: Transaction, user_id: str, password: str) -> bool:
    """Whether ``password`` is that of the user with this object ID; False for one without any."""
    kept = tx.secrets(user_id).get(KEPT_AS)
    return kept is not None and matches(password, kept)


def is_strong(password: str) -> bool:
    """Whether a password is of 8 to 256 characters of at least three of Entra's four kinds."""
    return not shortcoming(password)


def shortcoming(password: str) -> str:
    """Why a password is not strong: it is ``short``, ``long`` or ``weak``. Empty if it is."""
    if len(password) < _SHORTEST:
        return "short"
    if len(password) > _LONGEST:
        return "long"
    kinds = sum(any(c in characters for c in password) for characters in _CLASSES)
    kinds += any(c not in "".join(_CLASSES) for c in password)
    return "weak" if kinds < _KINDS else ""


def check(password: str, policies: str | None) -> None:
    """400 for a password that does not do; ``DisableStrongPassword`` asks only for its length."""
    weak_allowed = "DisableStrongPassword" in named_policies(policies)
    if not (is_strong(password) or (weak_allowed and _SHORTEST <= len(password) <= _LONGEST)):
        raise bad_request(
            "The specified password does not comply with password complexity requirements. Please "
            "provide a different password."
        )


def check_policies(policies: str | None) -> None:
    """400 for password policies that there are not."""
    if not named_policies(policies) <= {*POLICIES, "None"}:
        raise invalid_value("passwordPolicies", "User")


def named_policies(policies: str | None) -> set[str]:
    """The policies that a comma-separated text names."""
    return {p.strip() for p in (policies or "").split(",") if p.strip()}


def keep(call: Call, user_id: str, profile: Json) -> None:
    """Keep the hash of a profile's password and take the password out of ``profile``."""
    password = profile.pop("password", None)
    if password is not None:
        call.tx.drop_secret(user_id, KEPT_AS)
        call.tx.keep_secret(user_id, KEPT_AS, hashed(password))


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=block, p=parallel, dklen=32)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
