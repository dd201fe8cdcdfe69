"""The beginning, the account picker, and giving up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.people.identities import FEDERATED
from localtenant.pages import proof, sign_in_steps
from localtenant.pages.steps import Step, beginning
from localtenant.signin import completion
from localtenant.signin.account_names import preferred_name, shown_name
from localtenant.signin.authorization import DemandError
from localtenant.signin.completion import ReauthenticationRequiredError

if TYPE_CHECKING:
    from starlette.responses import Response

    from localtenant.pages.conversation import Visit


def _begin(visit: Visit) -> Response:
    """Lead to the account picker if there is somebody to pick, else to the first form.

    An application may have chosen for its customer: to sign up, or another identity provider.
    """
    request = visit.interaction.request
    if request.prompt == "create":
        return visit.lead("create")
    if visit.data.get("session"):
        return visit.lead("second-factor")
    if hinted := visit.flow.hinted(request.domain_hint):
        return visit.lead(f"by/{hinted.key}")
    picks = request.prompt != "login" and not request.login_hint and not visit.data.get("email")
    if picks and completion.accounts(visit.tx, visit.interaction):
        return visit.lead("accounts")
    return visit.lead("email")


def _show_accounts(visit: Visit) -> Response:
    found = completion.accounts(visit.tx, visit.interaction)
    users = [visit.tx.get("user", session.user_id) or {} for session in found]
    if not users:
        return visit.lead("email")
    people = [(u["id"], u["displayName"], shown_name(u)) for u in users]
    return visit.show("accounts", people=people)


def _pick(visit: Visit) -> Response:
    picked = visit.entered("account")
    try:
        return completion.resume(visit.tenant, visit.tx, visit.interaction, picked)
    except DemandError as error:
        return proof.ask_more(visit, error, session=picked)
    except ReauthenticationRequiredError:
        user = visit.tx.get("user", picked)
        # Nobody learns the address of an account that is not signed in here.
        mine = {s.user_id for s in completion.accounts(visit.tx, visit.interaction)}
        if user is None or picked not in mine:
            return beginning(visit)
        known = {i["issuer"] for i in user["identities"] if i["signInType"] == FEDERATED}
        provider = next((p for p in visit.flow.others if p.issuer in known), None)
        if provider is not None:
            return visit.lead(f"by/{provider.key}")
        return sign_in_steps.ask(visit, preferred_name(user))


def _cancel(visit: Visit) -> Response:
    return completion.cancel(visit.tenant, visit.tx, visit.interaction)


STEPS = {
    "": Step(_begin, beginning),
    "accounts": Step(_show_accounts, _pick),
    "cancel": Step(beginning, _cancel),
}
