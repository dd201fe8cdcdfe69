"""Accounts as a list of people: who there is, one customer more, one fewer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.entities.people.identities import EMAIL, FEDERATED, USER_NAME
from localtenant.entities.people.user import KIND
from localtenant.errors import LocalTenantError
from localtenant.pages import accounts
from localtenant.signin.account_names import local_address, shown_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.odata.types import Json
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction


class NoCustomerError(LocalTenantError):
    """There is no customer with an email address; the text says so."""


def all_of(tx: Transaction) -> list[dict[str, Any]]:
    """All accounts, the oldest first, each an object of texts.

    ``id`` is the object ID, ``account`` what pages call it: its email address, user name or
    principal name; ``email`` is the address with which it signs in, None for an account without
    one; ``name`` the display name. ``method`` is ``password`` or ``passcode``, and the names of the
    providers (``google.com``) by which it signs in, after a comma or alone.
    """
    return [_shown(tx, row.doc) for row in tx.find(KIND)]


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
    return {
        "id": kept["id"],
        "account": shown_name(kept),
        "email": local_address(kept),
        "name": kept["displayName"],
        "method": ", ".join(_methods(tx, kept)),
    }


def _methods(tx: Transaction, user: Json) -> list[str]:
    providers = [i["issuer"] for i in user["identities"] if i["signInType"] == FEDERATED]
    is_local = any(i["signInType"] in {EMAIL, USER_NAME} for i in user["identities"])
    if providers and not is_local:
        return providers
    return ["password" if accounts.has_password(tx, user) else "passcode", *providers]
