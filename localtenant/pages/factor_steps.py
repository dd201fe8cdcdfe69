"""The second factor: who has signed in proves it once more, by a passcode that is mailed to him.

Source: "Add multifactor authentication to a customer app" in the documentation of external tenants.
The words on the pages are our own choice, but for those of the errors and of what is shown to who
is blocked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.pages import lockout, outcomes, proof
from localtenant.pages.steps import Step, beginning
from localtenant.signin import completion, demands
from localtenant.signin.account_names import preferred_name
from localtenant.signin.authorization import DemandError
from localtenant.signin.completion import ReauthenticationRequiredError
from localtenant.signin.second_factor import PASSCODE, PROVED

if TYPE_CHECKING:
    from starlette.responses import Response

    from localtenant.odata.types import Json
    from localtenant.pages.conversation import Visit
    from localtenant.signin.errors import SignInError


def _show(visit: Visit) -> Response:
    proved = proof.who(visit)
    if proved is None:
        return beginning(visit)
    user, methods = proved
    try:
        completion.check(visit.tenant, visit.tx, visit.interaction, user["id"], methods)
    except DemandError as error:
        return _demanded(visit, user, error.error)
    return visit.lead("stay")


def _demanded(visit: Visit, user: Json, error: SignInError) -> Response:
    """Ask for what can be given, or tell that nothing can."""
    name = preferred_name(user)
    if error.number == demands.FACTOR_MISSING:
        return visit.show("factor", name=name, masked=proof.masked(visit, proof.FACTOR))
    return visit.show(
        "refused",
        {"": f"AADSTS{error.number}: {error.text}"},
        name=name,
        is_blocked=error.number == demands.BLOCKED,
        details=outcomes.details(visit.interaction.request.correlation_id),
    )


def _send(visit: Visit) -> Response:
    proved = proof.who(visit)
    if proved is None:
        return beginning(visit)
    visit.data["email"] = visit.data.get("email") or preferred_name(proved[0])
    return proof.send_code(visit, proof.FACTOR)


def proved(visit: Visit) -> Response:
    """Go on once the passcode was right."""
    known = proof.who(visit)
    if known is None:
        return beginning(visit)
    user, methods = known
    if not visit.data.get("session"):
        visit.data["methods"] = list(dict.fromkeys([*methods, PASSCODE, PROVED]))
        return proof.go_on(visit)
    tenant, tx, interaction = visit.tenant, visit.tx, visit.interaction
    lockout.succeeded(tx, visit.data["email"])
    try:
        return completion.strengthen(tenant, tx, interaction, user["id"], (PASSCODE, PROVED))
    except (ReauthenticationRequiredError, DemandError):
        return beginning(visit)


STEPS = {"second-factor": Step(_show, _send)}
