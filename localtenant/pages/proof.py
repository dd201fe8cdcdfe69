"""What the steps share in having a customer prove who he is: addresses, passcodes, the end.

Texts on the pages are those of the real service where one is known, else our own choice.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from localtenant.pages import accounts, lockout, passcodes
from localtenant.signin.completion import complete

if TYPE_CHECKING:
    from starlette.responses import Response

    from localtenant.odata.types import Json
    from localtenant.pages.conversation import Visit

SIGN_IN, SIGN_UP, RESET = "sign-in", "sign-up", "password reset"
"""What a passcode can be for."""

FEDERATED = "fed"
"""How somebody has proved who he is for whom another provider vouches, in the claim ``amr``."""

LOCKED = (
    "Your account is temporarily locked to prevent unauthorized use. Try again later, and if you "
    "still have trouble, contact your admin."
)
DISABLED = "The user account is disabled."
NO_ADDRESS = "Enter a valid email address."
TOO_MANY_CODES = "Too many codes were sent. Wait a while, then start again."
_ADDRESS = re.compile(r'[^@\s<>"]{1,64}@[^@\s<>"]{1,190}')


def address_of(visit: Visit) -> str | None:
    """The email address that was entered, or None for what is none."""
    entered = visit.entered("email").strip()
    return entered if _ADDRESS.fullmatch(entered) else None


def start(visit: Visit, email: str, **learned: object) -> None:
    """Forget what was learned but how many codes were sent, and take an address."""
    codes = visit.data.get("codes", 0)
    visit.data.clear()
    visit.data.update({"email": email, "codes": codes, **learned})


def send_code(visit: Visit, purpose: str) -> Response:
    """Send a passcode to the address and ask for it; nobody is told whether it was sent."""
    visit.data["purpose"] = purpose
    email = visit.data["email"]
    if lockout.is_locked(visit.tx, email, time.time()):
        return ask_code(visit, {"": LOCKED})
    code = passcodes.issue(visit.data, time.time())
    if code is None:
        return ask_code(visit, {"": TOO_MANY_CODES})
    if purpose == SIGN_UP or _may_get_code(visit, purpose):
        passcodes.mail(visit.tenant, visit.tx, email, code, purpose)
    return visit.go("passcode")


def ask_code(visit: Visit, errors: dict[str, str] | None = None) -> Response:
    """The page that asks for a passcode."""
    visit.keep_if_posted()
    masked = passcodes.masked(visit.data["email"])
    return visit.show("passcode", errors, purpose=visit.data["purpose"], masked=masked)


def prove(visit: Visit, user: Json, method: str) -> Response:
    """Remember who has proved who he is, and ask whether to stay signed in."""
    lockout.succeeded(visit.tx, visit.data["email"])
    visit.data.update({"user": user["id"], "methods": [method]})
    return visit.go("stay")


def finish(
    visit: Visit, user_id: str, methods: list[str], *, keep: bool = False, idp: str | None = None
) -> Response:
    """Tell the application who has signed in, and who has vouched for him if somebody has."""
    return complete(
        visit.tenant, visit.tx, visit.interaction, user_id, methods=methods, keep=keep, idp=idp
    )


def _may_get_code(visit: Visit, purpose: str) -> bool:
    """Who has a password may reset it, and who has none signs in by passcode."""
    user = accounts.find_by_email(visit.tenant, visit.tx, visit.data["email"])
    return user is not None and accounts.has_password(visit.tx, user) == (purpose == RESET)
