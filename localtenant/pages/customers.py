"""Customers as a list of people: who there is, one more, one fewer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.entities.people.identities import EMAIL
from localtenant.entities.people.user import KIND
from localtenant.errors import LocalTenantError
from localtenant.pages import accounts
from localtenant.signin.account_names import preferred_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.odata.types import Json
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction


class NoCustomerError(LocalTenantError):
    """There is no customer with an email address; the text says so."""


def all_of(tx: Transaction) -> list[dict[str, Any]]:
    """The customers, the oldest first: object ID, email address, display name, and ``method``.

    The method is ``password`` or ``passcode``.
    """
    users = (row.doc for row in tx.find(KIND))
    return [_shown(tx, u) for u in users if any(i["signInType"] == EMAIL for i in u["identities"])]


def add(tenant: Tenant, tx: Transaction, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Make a customer of ``email``, ``password`` and ``name``; the last two may be left out.

    Raises GraphError, in Graph's words, for what Graph would refuse.
    """
    name = {"displayName": wanted["name"]} if wanted.get("name") else {}
    password = wanted.get("password") or None
    return _shown(tx, accounts.make(tenant, tx, wanted["email"], password, name))


def remove(tenant: Tenant, tx: Transaction, email: str) -> None:
    """Move a customer to the deleted items. Raises NoCustomerError."""
    user = accounts.find_by_email(tenant, tx, email)
    if user is None:
        raise NoCustomerError(f"There is no customer with the email address '{email}'.")
    accounts.remove(tenant, tx, user)


def _shown(tx: Transaction, user: Json) -> dict[str, Any]:
    kept = tx.get(KIND, user["id"]) or user
    method = "password" if accounts.has_password(tx, kept) else "passcode"
    name = kept["displayName"]
    return {"id": kept["id"], "email": preferred_name(kept), "name": name, "method": method}
