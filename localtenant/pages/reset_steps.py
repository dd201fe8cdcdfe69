"""A forgotten password, and one that has to be changed at the next sign-in.

Source: "Self-service password reset" in the documentation of external tenants; the Graph resource
page "passwordProfile"; "Microsoft Entra password policies": a change wants another password, a
reset does not. That a tenant whose branding hides the link resets no password, whatever a browser
sends, is our own choice; so is that the policy on the email method does not matter here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.errors import GraphError
from localtenant.pages import accounts, lockout, new_passwords, proof
from localtenant.pages.steps import Step, beginning

if TYPE_CHECKING:
    from starlette.responses import Response

    from localtenant.odata.types import Json
    from localtenant.pages.conversation import Visit

SAME = "Choose a password that you have not used before."


def _forget(visit: Visit) -> Response:
    email = visit.data.get("email")
    if not email or not visit.branding.offers_reset:
        return beginning(visit)
    proof.start(visit, email)
    return proof.send_code(visit, proof.RESET)


def _whose(visit: Visit) -> Json | None:
    """Whose password may be set: that of the address that was proved, or that is due."""
    if visit.data.get("password"):
        return visit.tx.get("user", visit.data["password"])
    email = visit.data.get("email")
    if not email or visit.data.get("proved") != {"email": email, "purpose": proof.RESET}:
        return None
    if not visit.branding.offers_reset:
        return None
    return accounts.find_customer(visit.tenant, visit.tx, email)


def _show_new(visit: Visit) -> Response:
    if _whose(visit) is None:
        return beginning(visit)
    return visit.show("new_password", due="password" in visit.data)


def _enter_new(visit: Visit) -> Response:
    user = _whose(visit)
    if user is None:
        return beginning(visit)
    password, due = visit.entered("password"), "password" in visit.data
    errors = new_passwords.errors(visit)
    if not errors and due and accounts.is_password_of(visit.tx, user, password):
        errors = {"password": SAME}
    if not errors and user["accountEnabled"] is False:
        errors = {"": proof.DISABLED}
    if errors:
        return visit.show("new_password", errors, due=due)
    try:
        with visit.tx.attempt():
            accounts.set_password(visit.tenant, visit.tx, user, password)
    except GraphError as error:
        return visit.show("new_password", {"": error.message}, due=due)
    lockout.succeeded(visit.tx, visit.data["email"])
    return proof.finish(visit, user["id"], ["pwd"])


STEPS = {
    "reset": Step(beginning, _forget),
    "new-password": Step(_show_new, _enter_new),
}
