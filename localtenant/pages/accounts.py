"""Customers' accounts: found by what they enter, made as Graph makes them, given passwords.

Source: the Graph pages "Create user" (local accounts) and "Update user"; "Email one-time passcode"
in the documentation of external tenants: who signed up with a method keeps it; "Sign in with an
alias or username" there: a user name counts for nothing unless the tenant's policy allows it.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from localtenant.entities.people import identities, passwords
from localtenant.entities.people.user import KIND
from localtenant.entities.sign_up.sign_in_identifier import IDENTIFIER, USER_NAMES
from localtenant.odata.types import child
from localtenant.own_requests import carry_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.odata.types import Json
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_NAMELESS = "unknown"
"""The display name that the service gives to a customer who is asked for none."""

# The hash of a password that nobody has: a wrong address takes as long as a wrong password.
_NOBODYS = passwords.hashed(secrets.token_hex(16))
_MAY = frozenset({"User.ReadWrite.All"})
_ADDRESS = re.compile(r'[^@\s<>"]{1,64}@[^@\s<>"]{1,190}')


def is_address(text: str) -> bool:
    """Whether a text has the form of an email address."""
    return _ADDRESS.fullmatch(text) is not None


def find(tenant: Tenant, tx: Transaction, name: str) -> Json | None:
    """The user of an email address, a user name or a user principal name; None for nobody."""
    return find_customer(tenant, tx, name) or tx.lookup(KIND, "userPrincipalName", name)


def find_customer(tenant: Tenant, tx: Transaction, name: str) -> Json | None:
    """The customer who signs in with an email address or a user name; None for nobody."""
    found = find_by_email(tenant, tx, name)
    if found is None and allows_user_names(tx):
        key = identities.key_of(identities.USER_NAME, tenant.initial_domain, name)
        found = tx.lookup(KIND, "identityKeys", key)
    return found


def allows_user_names(tx: Transaction) -> bool:
    """Whether the tenant lets customers sign in with a user name."""
    return bool((tx.get(IDENTIFIER.filed_as, USER_NAMES) or {}).get("isEnabled"))


def find_by_email(tenant: Tenant, tx: Transaction, email: str) -> Json | None:
    """The customer who signs in with an email address; None for nobody."""
    key = identities.key_of(identities.EMAIL, tenant.initial_domain, email)
    return tx.lookup(KIND, "identityKeys", key)


def find_federated(tx: Transaction, issuer: str, subject: str) -> Json | None:
    """Who is known under an ID at another provider; None for nobody.

    Keys are looked up without regard to letter case, and the IDs of issuers differ by it.
    """
    found = tx.lookup(
        KIND, "identityKeys", identities.key_of(identities.FEDERATED, issuer, subject)
    )
    mine = (issuer, subject)
    known = [(i["issuer"], i["issuerAssignedId"]) for i in found["identities"]] if found else []
    return found if mine in known else None


def has_password(tx: Transaction, user: Json) -> bool:
    """Whether a user signs in with a password; who does not gets passcodes."""
    return passwords.KEPT_AS in tx.secrets(user["id"])


def is_password_of(tx: Transaction, user: Json | None, password: str) -> bool:
    """Whether it is the password of a user; it takes as long to say that it is nobody's."""
    kept = tx.secrets(user["id"]).get(passwords.KEPT_AS) if user else None
    return passwords.matches(password, kept or _NOBODYS) and kept is not None


def must_change_password(user: Json) -> bool:
    """Whether a new password is due at the next sign-in."""
    return bool(child(user, "passwordProfile").get("forceChangePasswordNextSignIn"))


def make(
    tenant: Tenant,
    tx: Transaction,
    email: str,
    password: str | None,
    properties: Mapping[str, object],
    user_type: str = "Member",
) -> Json:
    """Make a local account, without a password for one that gets passcodes. Raises GraphError."""
    issuer = tenant.initial_domain
    identity = {"signInType": identities.EMAIL, "issuer": issuer, "issuerAssignedId": email}
    body: Json = {
        "displayName": _NAMELESS,
        "mail": email,
        **properties,
        "userType": user_type,
        "identities": [identity],
        "passwordPolicies": "DisablePasswordExpiration",
        "passwordProfile": {
            # Graph makes no local account without a password: this one is forgotten at once.
            "password": password or f"Aa1-{secrets.token_urlsafe(24)}",
            "forceChangePasswordNextSignIn": False,
        },
    }
    made = _carry_out(tenant, tx, "POST", "/users", body)
    if password is None:
        tx.drop_secret(made["id"], passwords.KEPT_AS)
    return made


def keep_password(tx: Transaction, user: Json, hashed: str) -> None:
    """Give a user that was made without a password the one of which this is kept."""
    tx.keep_secret(user["id"], passwords.KEPT_AS, hashed)


def make_federated(
    tenant: Tenant,
    tx: Transaction,
    issuer: str,
    subject: str,
    properties: Mapping[str, object],
    user_type: str = "Member",
) -> Json:
    """Make an account of who signs in by another provider. Raises GraphError."""
    identity = {
        "signInType": identities.FEDERATED,
        "issuer": issuer,
        "issuerAssignedId": subject,
    }
    named = {"displayName": _NAMELESS, **properties}
    body: Json = {**named, "userType": user_type, "identities": [identity]}
    return _carry_out(tenant, tx, "POST", "/users", body)


def set_password(tenant: Tenant, tx: Transaction, user: Json, password: str) -> None:
    """Give a user a password. Raises GraphError for one that will not do."""
    profile = {"password": password, "forceChangePasswordNextSignIn": False}
    _carry_out(tenant, tx, "PATCH", f"/users/{user['id']}", {"passwordProfile": profile})


def remove(tenant: Tenant, tx: Transaction, user: Json) -> None:
    """Move a user to the deleted items."""
    _carry_out(tenant, tx, "DELETE", f"/users/{user['id']}", None)


def _carry_out(tenant: Tenant, tx: Transaction, method: str, path: str, body: Json | None) -> Json:
    return carry_out(tenant, tx, method, path, body, _MAY)
