"""Actions of users: sign-in sessions ended, passwords changed and judged.

Source: the Graph pages "user: revokeSignInSessions", "user: changePassword" and
"user: validatePassword".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.people import passwords
from localtenant.entities.people.user_type import USER
from localtenant.odata.answers import now
from localtenant.odata.errors import bad_request, denied
from localtenant.odata.model import Action
from localtenant.odata.types import ComplexType, child, text

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_RULES = "The password meets the requirements.", "The password does not meet the requirements."


def _revoke(call: Call, doc: Json, values: Json) -> Json:
    del values
    call.replace(USER, doc | {"signInSessionsValidFromDateTime": now()})
    return {"value": True}


def _change_password(call: Call, doc: Json, values: Json) -> None:
    """Whose password it is may change it; the text for a wrong one is our own choice."""
    if doc["id"] != call.caller.object_id:
        raise denied()
    if not passwords.is_password_of(call.tx, doc["id"], values["currentPassword"]):
        raise bad_request("The specified current password is not correct.")
    passwords.check(values["newPassword"], doc["passwordPolicies"])
    passwords.keep(call, doc["id"], {"password": values["newPassword"]})
    profile = {**child(doc, "passwordProfile"), "forceChangePasswordNextSignIn": False}
    call.replace(USER, doc | {"passwordProfile": profile, "lastPasswordChangeDateTime": now()})


def _validate_password(call: Call, doc: Json, values: Json) -> Json:
    del call, doc
    valid = passwords.is_strong(values["password"])
    result = {
        "ruleName": "password_complexity",
        "validationPassed": valid,
        "message": _RULES[0] if valid else _RULES[1],
    }
    return {"isValid": valid, "validationResults": [result]}


REVOKE = Action(
    "revokeSignInSessions",
    ComplexType("revokeSignInSessions"),
    _revoke,
    returns="Edm.Boolean",
    empty_body=True,
)
CHANGE_PASSWORD = Action(
    "changePassword",
    ComplexType(
        "changePassword",
        (
            text("currentPassword", nullable=False, required=True),
            text("newPassword", nullable=False, required=True),
        ),
    ),
    _change_password,
)
VALIDATE_PASSWORD = Action(
    "validatePassword",
    ComplexType("validatePassword", (text("password", nullable=False, required=True),)),
    _validate_password,
    returns="microsoft.graph.passwordValidationInformation",
    writes=False,
)
