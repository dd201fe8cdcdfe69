"""Signing up: the address, a passcode that proves it, then a password and what the flow asks for.

Source: "Sign up and sign in" in the documentation of external tenants, and the order of the native
authentication API.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.errors import GraphError
from localtenant.pages import accounts, new_passwords, outcomes, proof
from localtenant.pages.fields import EMAIL, AnswerError
from localtenant.pages.steps import Step, beginning
from localtenant.signin.grant_errors import user_missing

if TYPE_CHECKING:
    from starlette.responses import Response

    from localtenant.pages.conversation import Visit
    from localtenant.pages.fields import Value
    from localtenant.pages.texts import Text

TAKEN = "It looks like you may already have an account with us using this email address."
AGAIN = "Enter your password again, too."
_PREFIX = "attribute."


def _show_create(visit: Visit) -> Response:
    if not visit.flow.sign_up and not (visit.flow.open and visit.flow.others):
        return refuse(visit)
    hint = visit.interaction.request.login_hint or ""
    return visit.show("create", value=visit.data.get("email") or hint)


def refuse(visit: Visit) -> Response:
    """Tell whoever was sent to sign up that the flow lets nobody, or that there is no flow.

    What Entra says there nobody captured. That it is AADSTS50034, an account that an administrator
    would have to add, is our own choice, and so are the page's words.
    """
    refusal = user_missing(visit.tenant.tenant_id)
    return visit.show(
        "no_sign_up",
        {"": f"AADSTS{refusal.number}: {refusal.text}"},
        details=outcomes.details(visit.interaction.request.correlation_id),
    )


def _create(visit: Visit) -> Response:
    if not visit.flow.sign_up:
        return beginning(visit)
    email = proof.address_of(visit)
    if email is None:
        error = {"email": proof.NO_ADDRESS}
        return visit.show("create", error, value=visit.entered("email"))
    proof.start(visit, email)
    return proof.send_code(visit, proof.SIGN_UP)


def proved(visit: Visit) -> Response:
    """Go on once the address has been proved; only now it is told whether it has an account."""
    email = visit.data["email"]
    if not visit.flow.sign_up:
        return beginning(visit)
    if accounts.find(visit.tenant, visit.tx, email):
        proof.start(visit, email)
        visit.keep()
        return visit.show("email", {"": TAKEN}, value=email)
    if visit.flow.password or any(f.asked for f in visit.flow.fields):
        return visit.go("details")
    return _make(visit, _answers(visit)[0])


def vouched(visit: Visit) -> Response:
    """Go on once another provider has vouched for a new customer: to what the flow asks for."""
    if any(f.asked for f in visit.flow.fields if f.attribute != EMAIL):
        return visit.go("details")
    return _make(visit, _answers(visit)[0])


def _wants_password(visit: Visit) -> bool:
    return visit.flow.password and "vouched" not in visit.data


def _is_reached(visit: Visit) -> bool:
    if "vouched" in visit.data:
        return visit.flow.open
    wanted = {"email": visit.data.get("email"), "purpose": proof.SIGN_UP}
    return visit.flow.sign_up and visit.data.get("proved") == wanted


def _show_details(visit: Visit) -> Response:
    if not _is_reached(visit):
        return beginning(visit)
    return _details(visit, {}, {})


def _enter_details(visit: Visit) -> Response:
    if not _is_reached(visit):
        return beginning(visit)
    errors: dict[str, str | Text] = {}
    if _wants_password(visit):
        errors |= new_passwords.errors(visit)
    values, wrong = _answers(visit)
    if wrong and _wants_password(visit) and not errors:
        # A page never holds a password that was entered.
        errors["password"] = AGAIN
    errors |= wrong
    if errors:
        return _again(visit, errors)
    return _make(visit, values)


def _answers(visit: Visit) -> tuple[dict[str, Value], dict[str, str]]:
    """What the fields were filled in with, by property, and what is wrong by field."""
    values: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for field in visit.flow.fields:
        if field.attribute == EMAIL:
            continue
        name = f"{_PREFIX}{field.attribute}"
        try:
            value = field.value(visit.all_entered(name))
        except AnswerError as error:
            errors[name] = str(error)
            continue
        if value is not None and field.written:
            values[field.attribute] = value
    return values, errors


def _again(visit: Visit, errors: dict[str, str | Text]) -> Response:
    given = {f.attribute: visit.all_entered(f"{_PREFIX}{f.attribute}") for f in visit.flow.fields}
    return _details(visit, errors, given)


def _details(visit: Visit, errors: dict[str, str | Text], values: dict[str, list[str]]) -> Response:
    return visit.show(
        "details",
        errors,
        values=values,
        prefix=_PREFIX,
        asks_password=_wants_password(visit),
        provider=visit.data.get("vouched", {}).get("name", ""),
    )


def _make(visit: Visit, values: dict[str, Value]) -> Response:
    if "vouched" in visit.data:
        return _make_vouched(visit, values)
    password = visit.entered("password") if visit.flow.password else None
    email = visit.data["email"]
    try:
        with visit.tx.attempt():
            made = accounts.make(
                visit.tenant, visit.tx, email, password, values, visit.flow.user_type
            )
    except GraphError as error:
        return _again(visit, {"": error.message})
    method = "pwd" if password is not None else "otp"
    return proof.finish(visit, made["id"], [method])


def _make_vouched(visit: Visit, values: dict[str, Value]) -> Response:
    known = visit.data["vouched"]
    # A display name that the provider tells is taken even if the flow does not ask for one.
    named = {n: v for n, v in known["values"].items() if n == "displayName"}
    mail = {"mail": visit.data["email"]} if visit.data["email"] else {}
    try:
        with visit.tx.attempt():
            made = accounts.make_federated(
                visit.tenant,
                visit.tx,
                known["issuer"],
                known["subject"],
                {**mail, **named, **values},
                visit.flow.user_type,
            )
    except GraphError as error:
        return _again(visit, {"": error.message})
    return proof.finish(visit, made["id"], [proof.FEDERATED], idp=known["issuer"])


STEPS = {
    "create": Step(_show_create, _create),
    "details": Step(_show_details, _enter_details),
}
