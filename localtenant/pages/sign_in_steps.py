"""Signing in: the address, then a password or a passcode, then whether to stay signed in.

Source: "Authentication methods for customers" in the documentation of external tenants.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from localtenant.pages import accounts, lockout, proof
from localtenant.pages.steps import Step, beginning

if TYPE_CHECKING:
    from starlette.responses import Response

    from localtenant.pages.conversation import Visit

WRONG_PASSWORD = "Your email address or password is incorrect."  # noqa: S105 - a text
WRONG_FOR_NAME = "Your username or password is incorrect."


def _show_email(visit: Visit) -> Response:
    hint = visit.interaction.request.login_hint or ""
    return visit.show("email", value=visit.data.get("email") or hint)


def _enter_email(visit: Visit) -> Response:
    name = proof.name_of(visit)
    if name is None:
        error = proof.NO_NAME if visit.by_name else proof.NO_ADDRESS
        return visit.show("email", {"email": error}, value=visit.entered("email"))
    return ask(visit, name)


def ask(visit: Visit, email: str) -> Response:
    """Ask for what proves that the account of an address, or of a user name, is one's own.

    Who is unknown is asked for what a new customer of the flow would be.
    """
    proof.start(visit, email)
    user = accounts.find(visit.tenant, visit.tx, email)
    by_password = accounts.has_password(visit.tx, user) if user else visit.flow.password
    return visit.go("password") if by_password else proof.send_code(visit, proof.SIGN_IN)


def _show_password(visit: Visit) -> Response:
    return visit.show("password") if visit.data.get("email") else beginning(visit)


def _enter_password(visit: Visit) -> Response:
    email = visit.data.get("email")
    if not email:
        return beginning(visit)
    tx, now = visit.tx, time.time()
    if lockout.is_locked(tx, email, now):
        return visit.show("password", {"": proof.LOCKED})
    user = accounts.find(visit.tenant, tx, email)
    if not accounts.is_password_of(tx, user, visit.entered("password")) or user is None:
        lockout.failed(tx, email, now)
        wrong = WRONG_PASSWORD if "@" in email else WRONG_FOR_NAME
        return visit.show("password", {"password": wrong})
    if user["accountEnabled"] is False:
        return visit.show("password", {"": proof.DISABLED})
    if accounts.must_change_password(user):
        visit.data["password"] = user["id"]
        return visit.go("new-password")
    return proof.prove(visit, user, "pwd")


def _show_stay(visit: Visit) -> Response:
    return visit.show("stay") if visit.data.get("user") else beginning(visit)


def _stay(visit: Visit) -> Response:
    data = visit.data
    if not data.get("user"):
        return beginning(visit)
    keep = visit.entered("keep") == "yes"
    idp = data.get("idp")
    return proof.finish(visit, data["user"], data["methods"], keep=keep, idp=idp)


STEPS = {
    "email": Step(_show_email, _enter_email),
    "password": Step(_show_password, _enter_password),
    "stay": Step(_show_stay, _stay),
}
