"""Who guesses passwords or passcodes by native authentication has to wait, there and elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_browser import PASSWORD, address, customer
from native_client import INITIATE, RESET, START, Native, claims, native_refused

from localtenant.pages.lockout import MOST_FAILURES

if TYPE_CHECKING:
    from customer_browser import App, Browse

    from localtenant.testing_client import Graph

pytestmark = [pytest.mark.local_only, pytest.mark.cases("abuse of the sign-in")]

LOCKED_TEXT = (
    "The account is locked, you've tried to sign in too many times with an incorrect user ID or "
    "password."
)
LOCKED = ("invalid_grant", 50053, LOCKED_TEXT)
WRONG_CODE = ("invalid_grant", 50181, "Unable to validate the otp.", "invalid_oob_value")


def test_guessed_passwords_lock_the_account_everywhere(
    graph: Graph, by_password: Native, shop: App, browse: Browse
) -> None:
    """The pages count with it; the right password does not open a locked account."""
    email = address()
    customer(graph, email)
    token = by_password.challenged(INITIATE, email)
    for _ in range(MOST_FAILURES - 1):
        assert by_password.redeemed(token, "password", password="x").json()["error_codes"] == [
            50126
        ]
    browser = browse(shop).begin().send(email=email)
    assert "incorrect" in browser.send(password="x").text

    native_refused(by_password.redeemed(token, "password", password=PASSWORD), *LOCKED)
    assert "locked" in browser.send(password=PASSWORD).text


@pytest.mark.parametrize("path", [START, RESET])
def test_guessed_passcodes_lock_the_account(graph: Graph, by_password: Native, path: str) -> None:
    """A code has five tries, and an address ten, however many codes it is sent."""
    email = address()
    if path == RESET:
        customer(graph, email)
    place = path.rpartition("/")[0]
    token = by_password.challenged(path, email)
    form = {"grant_type": "oob", "oob": "x"}
    for _ in range(5):
        answer = by_password.ask(f"{place}/continue", continuation_token=token, **form)
        native_refused(answer, *WRONG_CODE)
    right = {**form, "oob": by_password.code(email)}
    used = by_password.ask(f"{place}/continue", continuation_token=token, **right)
    native_refused(used, *WRONG_CODE)
    token = by_password.challenged(path, email)
    for _ in range(MOST_FAILURES - 6):
        by_password.ask(f"{place}/continue", continuation_token=token, **form)

    right = {**form, "oob": by_password.code(email)}
    answer = by_password.ask(f"{place}/continue", continuation_token=token, **right)

    native_refused(answer, *LOCKED)
    begun = by_password.begun(path, email)
    answer = by_password.ask(f"{place}/challenge", continuation_token=begun)
    native_refused(answer, *LOCKED)


def test_scope_that_is_wrong_tells_nothing_of_a_password(graph: Graph, by_password: Native) -> None:
    """A wrong password is counted before anything else is looked at."""
    email = address()
    customer(graph, email)
    token = by_password.challenged(INITIATE, email)

    wrong = by_password.redeemed(token, "password", password="x", scope="api://none/none")
    right = by_password.redeemed(token, "password", password=PASSWORD, scope="api://none/none")

    assert (wrong.json()["error_codes"], right.json()["error_codes"]) == ([50126], [500011])
    assert claims(by_password.redeemed(token, "password", password=PASSWORD))


@pytest.mark.parametrize("way", ["sign-in", "reset"])
def test_failures_are_forgotten(graph: Graph, by_password: Native, way: str) -> None:
    """By a sign-in, and by a new password: another nine may follow."""
    email = address()
    customer(graph, email)
    token = by_password.challenged(INITIATE, email)
    for _ in range(MOST_FAILURES - 1):
        by_password.redeemed(token, "password", password="x")
    if way == "sign-in":
        assert claims(by_password.redeemed(token, "password", password=PASSWORD))
        token = by_password.challenged(INITIATE, email)
    else:
        place = RESET.rpartition("/")[0]
        sent = by_password.challenged(RESET, email)
        form = {"grant_type": "oob", "oob": by_password.code(email)}
        proved = by_password.token(f"{place}/continue", continuation_token=sent, **form)
        by_password.token(f"{place}/submit", continuation_token=proved, new_password=PASSWORD)

    by_password.redeemed(token, "password", password="x")

    assert claims(by_password.redeemed(token, "password", password=PASSWORD))
