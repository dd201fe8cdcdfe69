"""The passcode: entered, sent again, and what its being right leads to."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from localtenant.pages import accounts, factor_steps, lockout, passcodes, proof, sign_up_steps
from localtenant.pages.steps import Step, beginning

if TYPE_CHECKING:
    from starlette.responses import Response

    from localtenant.pages.conversation import Visit

WRONG_CODE = "That code is incorrect. Check your mail and try again."
USED_CODE = "That code is no longer valid. Send a new code."


def _show(visit: Visit) -> Response:
    return proof.ask_code(visit) if visit.data.get("purpose") else beginning(visit)


def _enter(visit: Visit) -> Response:
    data, now = visit.data, time.time()
    if not data.get("purpose"):
        return beginning(visit)
    if visit.entered("again"):
        return proof.send_code(visit, data["purpose"])
    if lockout.is_locked(visit.tx, data["email"], now):
        return proof.ask_code(visit, {"": proof.LOCKED})
    if not passcodes.redeem(data, visit.entered("code"), now):
        lockout.failed(visit.tx, data["email"], now)
        return proof.ask_code(visit, {"code": WRONG_CODE if "passcode" in data else USED_CODE})
    data["proved"] = {"email": data["email"], "purpose": data["purpose"]}
    return _AFTER[data["purpose"]](visit)


def _signed_in(visit: Visit) -> Response:
    user = accounts.find_by_email(visit.tenant, visit.tx, visit.data["email"])
    if user is None or user["accountEnabled"] is False or accounts.has_password(visit.tx, user):
        return proof.ask_code(visit, {"": proof.DISABLED})
    return proof.prove(visit, user, "otp")


def _reset(visit: Visit) -> Response:
    return visit.go("new-password")


_AFTER = {
    proof.SIGN_IN: _signed_in,
    proof.SIGN_UP: sign_up_steps.proved,
    proof.RESET: _reset,
    proof.FACTOR: factor_steps.proved,
}
STEPS = {"passcode": Step(_show, _enter)}
