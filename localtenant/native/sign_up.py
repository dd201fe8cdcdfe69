"""``/{tenant}/signup/v1.0/…``: an application makes an account for a new customer.

Source: "Native authentication API reference", "Sign-up API reference". What a client gives may come
in any order; what is still missing is asked for in this one: a passcode that proves the address, a
password if the flow has passwords, attributes.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from localtenant.entities.people.passwords import hashed
from localtenant.native import attributes, challenges, continuation, errors, factor, new_password
from localtenant.native.challenges import OOB, PASSWORD
from localtenant.native.continuation import Place
from localtenant.native.steps import REDIRECT
from localtenant.odata.errors import GraphError
from localtenant.pages import accounts, proof
from localtenant.pages.flows import flow_of
from localtenant.signin.grant_errors import user_missing

if TYPE_CHECKING:
    from localtenant.native.continuation import Continuation
    from localtenant.native.steps import Turn
    from localtenant.pages.flows import Flow
    from localtenant.signin.errors import SignInError

_OPEN = (Place.SIGN_UP_CHALLENGE, Place.SIGN_UP_CONTINUE)


def start(turn: Turn) -> dict[str, Any]:
    """``/start``: take a username, and whatever else the client knows already."""
    types, email = challenges.types_of(turn), turn.needed("username")
    if not accounts.is_address(email):
        raise errors.parameter_invalid("username")
    flow = _flow(turn)
    if not {OOB, *([PASSWORD] if flow.password else [])} <= set(types):
        return REDIRECT
    if accounts.find(turn.tenant, turn.tx, email):
        raise errors.user_exists()
    able = factor.capabilities(turn)
    data: dict[str, Any] = {"email": email, "types": types, "values": {}, "capabilities": able}
    if flow.password and turn.given(PASSWORD):
        data["password"] = hashed(new_password.entered(turn, PASSWORD))
    if turn.given("attributes"):
        data["values"] = attributes.given(turn, flow)
    return {"continuation_token": continuation.issue(turn.tx, turn.client_id, data, *_OPEN)}


def challenge(turn: Turn) -> dict[str, Any]:
    """``/challenge``: send a passcode, or say that a password is wanted."""
    found, flow = continuation.find(turn, Place.SIGN_UP_CHALLENGE), _flow(turn)
    types = challenges.types_now(turn, found)
    wanted = _wanted(flow, found)
    if wanted not in types:
        return REDIRECT
    told: dict[str, Any] = {"challenge_type": PASSWORD}
    if wanted == OOB:
        told = {"interval": challenges.INTERVAL, **challenges.send(turn, found, proof.SIGN_UP)}
    return {**told, "continuation_token": found.follow(turn.tx, *_OPEN)}


def proceed(turn: Turn) -> dict[str, Any] | SignInError:
    """``/continue``: take a passcode, a password or attributes, and make the account at the end."""
    found, flow = continuation.find(turn, Place.SIGN_UP_CONTINUE), _flow(turn)
    match turn.needed("grant_type"):
        case "oob" if not found.data.get("proved"):
            if (refusal := challenges.check_code(turn, found)) is not None:
                return refusal
            found.data["proved"] = True
        case "password" if flow.password:
            found.data["password"] = hashed(new_password.entered(turn, PASSWORD))
        case "attributes":
            found.data["values"] |= attributes.given(turn, flow)
        case other:
            raise errors.grant_unknown(other)
    if _wanted(flow, found):
        return errors.credential_required(found.follow(turn.tx, *_OPEN))
    if wanted := attributes.missing(flow, found.data["values"]):
        token = found.follow(turn.tx, Place.SIGN_UP_CONTINUE)
        return errors.attributes_required(token, wanted)
    return _made(turn, flow, found)


def _made(turn: Turn, flow: Flow, found: Continuation) -> dict[str, Any]:
    tenant, tx, data = turn.tenant, turn.tx, found.data
    if accounts.find(tenant, tx, data["email"]):
        raise errors.user_exists()
    values = attributes.to_write(flow, data["values"])
    try:
        user = accounts.make(tenant, tx, data["email"], None, values, flow.user_type)
    except GraphError as error:
        # Only an attribute can be at fault: what the directory itself does not take.
        named = [name for name in values if name in error.message] or list(values)
        raise errors.attributes_invalid(dict.fromkeys(named, error.message)) from error
    if flow.password:
        accounts.keep_password(tx, user, data["password"])
    for name in ("password", "values"):
        data.pop(name, None)
    methods = ["pwd" if flow.password else "otp"]
    data.update({"user": user["id"], "methods": methods, "auth_time": int(time.time())})
    return {"continuation_token": found.follow(tx, Place.REDEEM)}


def _wanted(flow: Flow, found: Continuation) -> str:
    """The challenge that comes next; empty if there is none."""
    if not found.data.get("proved"):
        return OOB
    return PASSWORD if flow.password and "password" not in found.data else ""


def _flow(turn: Turn) -> Flow:
    """The flow of the client. Raises SignInError for one that signs nobody up, or for none.

    That this is AADSTS50034, as on the pages, is our own choice.
    """
    flow = flow_of(turn.tx, turn.client_id)
    if not flow.sign_up:
        raise user_missing(turn.tenant.tenant_id)
    return flow
