"""``/{tenant}/oauth2/v2.0/initiate`` and ``…/challenge``: a customer says who he is.

Source: "Native authentication API reference", "Sign-in API reference". A customer signs in as he
signed up: with his password, or else with a passcode.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.native import challenges, continuation, errors, factor
from localtenant.native.challenges import OOB, PASSWORD
from localtenant.native.continuation import Place
from localtenant.native.steps import REDIRECT
from localtenant.pages import accounts, proof
from localtenant.signin import account_names

if TYPE_CHECKING:
    from localtenant.native.steps import Turn


def initiate(turn: Turn) -> dict[str, Any]:
    """``/initiate``: take a username, which need be no email address."""
    types, name = challenges.types_of(turn), turn.needed("username")
    tenant, tx = turn.tenant, turn.tx
    user = accounts.find(tenant, tx, name)
    if user is None:
        known = accounts.is_address(name)
        raise (
            errors.user_unknown(tenant.tenant_id) if known else errors.parameter_invalid("username")
        )
    method = PASSWORD if accounts.has_password(tx, user) else OOB
    customer = accounts.find_customer(tenant, tx, name)
    to = account_names.address(customer) if customer else None
    # Without a password and an address to send a passcode to, there is but a browser.
    if method not in types or (method == OOB and to is None):
        return REDIRECT
    data: dict[str, Any] = {"user": user["id"], "email": name, "types": types, "method": method}
    if method == OOB and "@" not in name:
        data["to"] = to
    data["capabilities"] = factor.capabilities(turn)
    token = continuation.issue(tx, turn.client_id, data, Place.SIGN_IN_CHALLENGE)
    return {"continuation_token": token}


def challenge(turn: Turn) -> dict[str, Any]:
    """``/challenge``: send a passcode, as second factor too, or say that the password is wanted."""
    found = continuation.find(turn, Place.SIGN_IN_CHALLENGE)
    factor.check_id(turn, found)
    method = found.data["method"]
    if method not in challenges.types_now(turn, found):
        return REDIRECT
    told: dict[str, Any] = {"challenge_type": PASSWORD}
    if method == OOB:
        purpose = proof.FACTOR if "id" in found.data else proof.SIGN_IN
        told = challenges.send(turn, found, purpose)
    token = found.follow(turn.tx, Place.SIGN_IN_CHALLENGE, Place.SIGN_IN_TOKEN)
    return {**told, "continuation_token": token}
