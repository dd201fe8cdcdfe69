"""What the steps share in having a customer prove who he is: addresses, passcodes, the end.

Texts on the pages are those of the real service where one is known, else our own choice.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from localtenant.pages import accounts, lockout, passcodes
from localtenant.signin import account_names, completion, second_factor
from localtenant.signin.authorization import DemandError

if TYPE_CHECKING:
    from starlette.responses import Response

    from localtenant.odata.types import Json
    from localtenant.pages.conversation import Visit

SIGN_IN, SIGN_UP, RESET, FACTOR = "sign-in", "sign-up", "password reset", "verification"
"""What a passcode can be for."""

FEDERATED = "fed"
"""How somebody has proved who he is for whom another provider vouches, in the claim ``amr``."""

LOCKED = (
    "Your account is temporarily locked to prevent unauthorized use. Try again later, and if you "
    "still have trouble, contact your admin."
)
DISABLED = "The user account is disabled."
NO_ADDRESS = "Enter a valid email address."
NO_NAME = "Enter a valid email address or username."
TOO_MANY_CODES = "Too many codes were sent. Wait a while, then start again."
_USER_NAME = re.compile(r"[^\W_][\w-]{0,63}", re.ASCII)


def address_of(visit: Visit) -> str | None:
    """The email address that was entered, or None for what is none."""
    entered = visit.entered("email").strip()
    return entered if accounts.is_address(entered) else None


def name_of(visit: Visit) -> str | None:
    """The email address that was entered, or the user name where the tenant allows any."""
    entered = visit.entered("email").strip()
    if visit.by_name and _USER_NAME.fullmatch(entered):
        return entered
    return address_of(visit)


def start(visit: Visit, email: str, **learned: object) -> None:
    """Forget what was learned but how many codes were sent, and take an address."""
    codes = visit.data.get("codes", 0)
    visit.data.clear()
    visit.data.update({"email": email, "codes": codes, **learned})


def send_code(visit: Visit, purpose: str) -> Response:
    """Send a passcode to the address and ask for it; nobody is told whether it was sent."""
    visit.data["purpose"] = purpose
    if lockout.is_locked(visit.tx, visit.data["email"], time.time()):
        return ask_code(visit, {"": LOCKED})
    code = passcodes.issue(visit.data, time.time())
    if code is None:
        return ask_code(visit, {"": TOO_MANY_CODES})
    to = _recipient(visit, purpose)
    if to is not None:
        passcodes.mail(visit.tenant, visit.tx, to, code, purpose)
    return visit.go("passcode")


def ask_code(visit: Visit, errors: dict[str, str] | None = None) -> Response:
    """The page that asks for a passcode."""
    visit.keep_if_posted()
    purpose = visit.data["purpose"]
    return visit.show("passcode", errors, purpose=purpose, masked=masked(visit, purpose))


def masked(visit: Visit, purpose: str) -> str:
    """What tells a reader which of his addresses gets a passcode.

    Before anybody has proved who he is, that is made of what was entered alone.
    """
    to = _recipient(visit, purpose) if purpose == FACTOR else None
    return passcodes.masked(to or visit.data["email"])


def _recipient(visit: Visit, purpose: str) -> str | None:
    """To whom a passcode goes; None for nobody.

    Who has a password may reset it, and who has none signs in by passcode.
    """
    email = visit.data.get("email", "")
    if purpose == SIGN_UP:
        return email
    if purpose == FACTOR:
        proved = who(visit)
        return second_factor.address(visit.tx, *proved) if proved else None
    user = accounts.find_customer(visit.tenant, visit.tx, email)
    if user is None or accounts.has_password(visit.tx, user) != (purpose == RESET):
        return None
    return email if "@" in email else account_names.address(user)


def prove(visit: Visit, user: Json, method: str) -> Response:
    """Remember who has proved who he is, and go on to what is demanded of him beyond."""
    visit.data.update({"user": user["id"], "methods": [method]})
    return go_on(visit)


def go_on(visit: Visit) -> Response:
    """Ask whether to stay signed in, and before that for what Conditional Access demands."""
    proved = who(visit)
    if proved is None:
        return visit.go("")
    user, methods = proved
    try:
        completion.check(visit.tenant, visit.tx, visit.interaction, user["id"], methods)
    except DemandError as error:
        return ask_more(visit, error)
    # Not before: whoever has but the password would have any number of tries for the passcode.
    lockout.succeeded(visit.tx, visit.data["email"])
    return visit.go("stay")


def who(visit: Visit) -> tuple[Json, list[str]] | None:
    """Who has proved who he is, here or in a session of the browser, and by which methods."""
    data = visit.data
    found: tuple[str, list[str]] | None = None
    if data.get("session"):
        session = completion.account(visit.tx, visit.interaction, data["session"])
        found = (session.user_id, session.methods) if session else None
    elif data.get("user"):
        found = data["user"], data["methods"]
    user = visit.tx.get("user", found[0]) if found else None
    return (user, found[1]) if found and user else None


def finish(
    visit: Visit, user_id: str, methods: list[str], *, keep: bool = False, idp: str | None = None
) -> Response:
    """Tell the application who has signed in, and who has vouched for him if somebody has.

    If Conditional Access demands more of him, he is asked for that first.
    """
    try:
        return completion.complete(
            visit.tenant, visit.tx, visit.interaction, user_id, methods=methods, keep=keep, idp=idp
        )
    except DemandError as error:
        return ask_more(visit, error, user=user_id, methods=methods, idp=idp)


def ask_more(visit: Visit, error: DemandError, **learned: object) -> Response:
    """Lead to what Conditional Access demands beyond; the sign-in log has that it does."""
    error.entry.record(visit.tx)
    visit.data.update(learned)
    return visit.go("second-factor")
