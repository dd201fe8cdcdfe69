"""Native authentication: Conditional Access demands a second factor, or lets nobody in."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest
from customer_browser import PASSWORD, App, address
from customer_fixture import allow_names, named
from native_client import INITIATE, RESET, START, Native, claims, masked, native_refused

from localtenant.pages.lockout import MOST_FAILURES

if TYPE_CHECKING:
    import httpx
    from customer_fixture import Demand

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

pytestmark = [pytest.mark.local_only, pytest.mark.usefixtures("passcode")]

ABLE = "registration_required,mfa_required"
CHALLENGE = "oauth2/v2.0/challenge"
INTROSPECT = "oauth2/v2.0/introspect"
CHANGED = (
    "Due to a configuration change made by your administrator, or because you moved to a new "
    "location, you must use multi-factor authentication to access '{}'."
)


@pytest.fixture
def demanding(by_password: Native, demand: Demand) -> Native:
    """Demand a second factor of the application's customers."""
    demand(App(by_password.client_id, ""))
    return by_password


def interrupted(app: Native, answer: httpx.Response) -> str:
    """Check that a second factor is missing; the continuation token."""
    text = CHANGED.format(app.client_id)
    body = native_refused(answer, "invalid_grant", 50076, text, "mfa_required")
    return str(body["continuation_token"])


def methods(answer: httpx.Response) -> list[str]:
    """How the customer has signed in, as Microsoft Graph is told."""
    payload = answer.json()["access_token"].split(".")[1]
    told: Json = json.loads(base64.urlsafe_b64decode(payload + "=="))
    return told["amr"]


def test_a_code_is_asked_for_after_the_password(demanding: Native, with_password: str) -> None:
    """The customer has one method, with an ID by which it is asked for."""
    token = demanding.challenged(INITIATE, with_password, capability=ABLE)
    answer = demanding.redeemed(token, "password", password=PASSWORD)
    token = interrupted(demanding, answer)
    assert demanding.mails(with_password) == []
    found = demanding.told(INTROSPECT, continuation_token=token)
    (method,) = found["methods"]
    key = method.pop("id")
    hint = masked(with_password)
    assert method == {"challenge_type": "oob", "challenge_channel": "email", "login_hint": hint}
    form = {"continuation_token": found["continuation_token"]}
    text = "id parameter is empty or not valid."
    other = demanding.ask(CHALLENGE, **form, id="another")
    native_refused(other, "invalid_request", 90100, text)
    sent = demanding.told(CHALLENGE, **form, id=key)
    assert (sent["challenge_type"], sent["challenge_target_label"]) == ("oob", hint)
    token = sent["continuation_token"]
    wrong = demanding.redeemed(token, "oob", oob="x")
    text = "Unable to validate the otp."
    native_refused(wrong, "invalid_grant", 50181, text, "invalid_oob_value")

    answer = demanding.redeemed(token, "mfa_oob", oob=demanding.code(with_password))

    assert claims(answer)["preferred_username"] == with_password
    assert methods(answer) == ["pwd", "otp", "mfa"]


def test_right_password_forgets_no_wrong_code(demanding: Native, with_password: str) -> None:
    """Whoever has but the password has ten tries for the code, however often he begins anew."""
    for _ in range(2):
        token = demanding.challenged(INITIATE, with_password, capability=ABLE)
        answer = demanding.redeemed(token, "password", password=PASSWORD)
        form = {"continuation_token": interrupted(demanding, answer)}
        token = demanding.token(CHALLENGE, **form)
        for _ in range(MOST_FAILURES // 2):
            demanding.redeemed(token, "mfa_oob", oob="x")
    token = demanding.challenged(INITIATE, with_password, capability=ABLE)

    answer = demanding.redeemed(token, "password", password=PASSWORD)

    assert answer.json()["error_codes"] == [50053]


@pytest.mark.parametrize("path", [START, RESET])
def test_a_code_is_asked_for_after_a_sign_up_and_a_reset(
    demanding: Native, with_password: str, path: str
) -> None:
    """The passcode that proved the address was another one."""
    if path == START:
        email = address()
        answer = demanding.proved(email, password=PASSWORD, capability=ABLE)
        token = answer.json()["continuation_token"]
    else:
        email, place = with_password, RESET.rpartition("/")[0]
        token = demanding.challenged(RESET, email, capability=ABLE)
        form = {"grant_type": "oob", "oob": demanding.code(email)}
        token = demanding.token(f"{place}/continue", continuation_token=token, **form)
        form = {"continuation_token": token, "new_password": "Another-horse-8"}
        token = demanding.token(f"{place}/submit", **form)
        token = demanding.token(f"{place}/poll_completion", continuation_token=token)
    token = interrupted(demanding, demanding.redeemed(token, "continuation_token"))
    again = demanding.redeemed(token, "continuation_token")
    assert again.json()["error_codes"] == [55000]

    token = demanding.token(CHALLENGE, continuation_token=token)
    answer = demanding.redeemed(token, "oob", oob=demanding.code(email))

    assert methods(answer) == ["pwd", "otp", "mfa"]


def test_client_that_cannot_ask_for_a_second_factor(demanding: Native, with_password: str) -> None:
    """It has to go on in a browser; the password that it gave is worth nothing more."""
    token = demanding.challenged(INITIATE, with_password)

    told = demanding.redeemed(token, "password", password=PASSWORD)

    reason = "Client is missing mfa_required capability"
    assert told.json() == {"challenge_type": "redirect", "redirect_reason": reason}
    assert demanding.redeemed(token, "password", password=PASSWORD).status_code == 400


def test_customer_without_a_second_factor(demanding: Native, without_password: str) -> None:
    """Who signs in by passcode has no other one to give."""
    token = demanding.challenged(INITIATE, without_password, capability=ABLE)

    told = demanding.redeemed(token, "oob", oob=demanding.code(without_password))

    reason = "Client is missing registration_required capability"
    assert told.json() == {"challenge_type": "redirect", "redirect_reason": reason}


def test_customer_who_is_blocked(by_password: Native, demand: Demand, with_password: str) -> None:
    """A second factor would not help."""
    demand(App(by_password.client_id, ""), "block")
    token = by_password.challenged(INITIATE, with_password, capability=ABLE)

    answer = by_password.redeemed(token, "password", password=PASSWORD)

    assert (answer.json()["error"], answer.json()["error_codes"]) == ("invalid_grant", [53003])
    assert "continuation_token" not in answer.json()


def test_customer_signs_in_with_a_user_name(graph: Graph, by_password: Native) -> None:
    """Where the tenant allows it; else nobody has such a name."""
    name = named(graph)
    allow_names(graph, enabled=True)
    token = by_password.challenged(INITIATE, name)
    answer = by_password.redeemed(token, "password", password=PASSWORD)
    allow_names(graph, enabled=False)

    assert claims(answer)["preferred_username"] == name
    answer = by_password.ask(INITIATE, username=name, challenge_type="password redirect")
    text = "username parameter is empty or not valid."
    native_refused(answer, "invalid_request", 90100, text)
