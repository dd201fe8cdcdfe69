"""The second factor: a passcode that is mailed after another proof, which never was one itself.

Source: "Add multifactor authentication to a customer app" in the documentation of external tenants.
SMS, which later versions of that page have beside it, is not modelled; nor are users and groups
whom the tenant's policy on the email method leaves out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.policies.method_types import METHOD
from localtenant.signin import account_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

PASSCODE, PROVED = "otp", "mfa"
"""What the claim ``amr`` calls a passcode, and a sign-in with two factors."""


def address(tx: Transaction, user: Json, methods: Iterable[str]) -> str | None:
    """Where a passcode goes as second factor after ``methods``; None if it cannot be one."""
    policy = tx.get(METHOD.filed_as, "Email") or {}
    if policy.get("state") != "enabled" or PASSCODE in methods:
        return None
    return account_names.address(user)
