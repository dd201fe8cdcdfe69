"""What accounts are called in tokens and on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.people.identities import EMAIL, FEDERATED, USER_NAME

if TYPE_CHECKING:
    from localtenant.odata.types import Json


def preferred_name(user: Json) -> str:
    """What a user types to sign in: a local account's email address or name, else the principal's.

    That a token calls who has no email address by his user name is our own choice.
    """
    return _local(user, EMAIL) or _local(user, USER_NAME) or user["userPrincipalName"]


def shown_name(user: Json) -> str:
    """What a page calls an account: its email address, else its principal name.

    Who signs in by another provider and has no address is called by his display name. Source: "Add
    OpenID Connect as an identity provider".
    """
    if any(i["signInType"] == FEDERATED for i in user["identities"]):
        return _local(user, EMAIL) or user["mail"] or user["displayName"]
    return preferred_name(user)


def signs_in_by_address(user: Json) -> bool:
    """Whether a user is a local account, whose email address is the one that he signs in with."""
    local = _local(user, EMAIL)
    return local is not None and local == address(user)


def address(user: Json) -> str | None:
    """A user's email address: that of his profile, or that with which he signs in."""
    return user["mail"] or _local(user, EMAIL)


def local_address(user: Json) -> str | None:
    """The email address that a local account signs in with; None for an account without one."""
    return _local(user, EMAIL)


def is_hinted(user: Json, hint: str) -> bool:
    """Whether a ``login_hint`` means a user."""
    names = {preferred_name(user), user["userPrincipalName"], address(user), user["id"]}
    return hint.casefold() in {n.casefold() for n in names if n}


def _local(user: Json, kind: str) -> str | None:
    found = (i["issuerAssignedId"] for i in user["identities"] if i["signInType"] == kind)
    return next(found, None)
