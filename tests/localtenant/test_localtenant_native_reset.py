"""Native authentication: a customer resets his password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_browser import PASSWORD, address
from native_client import INITIATE, RESET, TYPES, Native, claims, native_refused, unknown

if TYPE_CHECKING:
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

NEW = "Another-horse-8"
PLACE = RESET.rpartition("/")[0]


def proved(app: Native, email: str) -> str:
    """Prove the address; the continuation token."""
    token = app.challenged(RESET, email)
    form = {"grant_type": "oob", "oob": app.code(email)}
    return app.token(f"{PLACE}/continue", continuation_token=token, **form)


def test_customer_resets_his_password(by_password: Native, with_password: str) -> None:
    """Step by step, with each answer as the reference has it; he is signed in at the end."""
    begun = by_password.told(RESET, username=with_password, challenge_type="oob redirect")
    assert begun.keys() == {"continuation_token"}
    token = begun["continuation_token"]
    sent = by_password.told(f"{PLACE}/challenge", continuation_token=token)
    token = sent.pop("continuation_token")
    assert sent.pop("challenge_target_label").endswith("@customer.example")
    assert sent == {
        "challenge_type": "oob",
        "binding_method": "prompt",
        "challenge_channel": "email",
        "code_length": 8,
    }
    form = {
        "continuation_token": token,
        "grant_type": "oob",
        "oob": by_password.code(with_password),
    }
    found = by_password.told(f"{PLACE}/continue", **form)
    token = found.pop("continuation_token")
    assert found == {"expires_in": 600}
    done = by_password.told(f"{PLACE}/submit", continuation_token=token, new_password=NEW)
    token = done.pop("continuation_token")
    assert done == {"poll_interval": 2}
    polled = by_password.told(f"{PLACE}/poll_completion", continuation_token=token)
    assert polled["status"] == "succeeded"

    answer = by_password.redeemed(polled["continuation_token"], "continuation_token")

    assert claims(answer)["preferred_username"] == with_password
    token = by_password.challenged(INITIATE, with_password)
    assert by_password.redeemed(token, "password", password=PASSWORD).status_code == 400
    assert claims(by_password.redeemed(token, "password", password=NEW))


@pytest.mark.parametrize(
    ("password", "why"), [("Ab1-", "short"), ("Ab1-" * 65, "long"), ("password", "weak")]
)
def test_password_that_will_not_do(
    by_password: Native, with_password: str, password: str, why: str
) -> None:
    """It is told why, and the token stays good."""
    token = proved(by_password, with_password)
    form = {"continuation_token": token, "new_password": password}

    answer = by_password.ask(f"{PLACE}/submit", **form)

    text = f"New password is too {why}."
    native_refused(answer, "invalid_grant", 399246, text, f"password_too_{why}")
    by_password.token(f"{PLACE}/submit", continuation_token=token, new_password=NEW)


def test_wrong_passcode_can_be_entered_again(by_password: Native, with_password: str) -> None:
    """The continuation token stays good, and another grant does not go on."""
    token = by_password.challenged(RESET, with_password)
    form = {"continuation_token": token, "grant_type": "oob"}

    wrong = by_password.ask(f"{PLACE}/continue", oob="x", **form)
    other = by_password.ask(
        f"{PLACE}/continue", continuation_token=token, grant_type="password", password=NEW
    )

    refusal = ("invalid_grant", 50181, "Unable to validate the otp.", "invalid_oob_value")
    native_refused(wrong, *refusal)
    text = "The grant type 'password' is not valid for this request."
    native_refused(other, "invalid_grant", 400002, text)
    by_password.token(f"{PLACE}/continue", oob=by_password.code(with_password), **form)


def test_who_has_no_password(graph: Graph, by_password: Native) -> None:
    """There is nothing to reset for who gets passcodes, or has no address."""
    name = address()
    graph.http.post("/-/users", json={"email": name})
    text = "The tenant or user does not support native credential recovery."

    for one in (name, graph.user()["userPrincipalName"]):
        answer = by_password.ask(RESET, username=one, challenge_type=TYPES)
        native_refused(answer, "invalid_request", 500222, text)


def test_nobody_is_told_of(graph: Graph, by_password: Native) -> None:
    """The service says who has no account, and what is no address."""
    answer = by_password.ask(RESET, username=address(), challenge_type=TYPES)
    native_refused(answer, *unknown(graph))
    answer = by_password.ask(RESET, username="nobody", challenge_type=TYPES)
    text = "username parameter is empty or not valid."
    native_refused(answer, "invalid_request", 90100, text)


def test_client_that_lacks_passcodes(by_password: Native, with_password: str) -> None:
    """It has to go on in a browser."""
    types = "password redirect"
    told = by_password.told(RESET, username=with_password, challenge_type=types)
    assert told == {"challenge_type": "redirect"}
    token = by_password.begun(RESET, with_password)
    form = {"continuation_token": token, "challenge_type": types}
    assert by_password.told(f"{PLACE}/challenge", **form) == {"challenge_type": "redirect"}


def test_disabled_customer(graph: Graph, by_password: Native, with_password: str) -> None:
    """His password stays what it is."""
    token = proved(by_password, with_password)
    users = {one["email"]: one["id"] for one in graph.http.get("/-/users").json()["users"]}
    graph.patch(f"/users/{users[with_password]}", {"accountEnabled": False})

    answer = by_password.ask(f"{PLACE}/submit", continuation_token=token, new_password=NEW)

    native_refused(answer, "invalid_grant", 50057, "The user account is disabled.")


def test_tenant_that_resets_no_password(
    graph: Graph, by_password: Native, with_password: str
) -> None:
    """One whose branding hides the link, as on the pages: at the start, and at the end."""
    token = proved(by_password, with_password)
    path = f"/organization/{graph.tenant_id}/branding"
    graph.patch(path, {"loginPageTextVisibilitySettings": {"hideForgotMyPassword": True}})

    begun = by_password.ask(RESET, username=with_password, challenge_type=TYPES)
    ended = by_password.ask(f"{PLACE}/submit", continuation_token=token, new_password=NEW)
    graph.delete(path)

    text = "The tenant or user does not support native credential recovery."
    for answer in (begun, ended):
        native_refused(answer, "invalid_request", 500222, text)
