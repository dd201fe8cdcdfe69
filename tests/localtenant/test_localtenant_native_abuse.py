"""What somebody tries with native authentication who wants more than he was given.

All cases are counted in the table ``abuse of the sign-in``.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from customer_browser import PASSWORD, address, customer
from native_client import (
    CREDENTIAL_REQUIRED,
    ENABLED,
    INITIATE,
    RESET,
    START,
    TYPES,
    Native,
    claims,
    flowing,
    native_client,
    native_refused,
)

from localtenant.issued import digest
from localtenant.native.continuation import LIFETIME
from localtenant.pages import accounts, mails
from localtenant.testing_bodies import flow_body
from localtenant.testing_client import FLOWS

if TYPE_CHECKING:
    import httpx
    from graph_in_process import Answered
    from signing_in import SignIns

    from localtenant.testing import Ready
    from localtenant.testing_client import Graph

pytestmark = [pytest.mark.local_only, pytest.mark.cases("abuse of the sign-in")]

RACERS = 8
INVALID = "The continuation_token is invalid."
ELSEWHERE = "The continuation_token provided is not valid for this endpoint."
ENDPOINTS = {
    "signup/v1.0/challenge": {},
    "signup/v1.0/continue": {"grant_type": "oob", "oob": "1"},
    "oauth2/v2.0/challenge": {},
    "oauth2/v2.0/token": {"grant_type": "oob", "oob": "1", "scope": "openid"},
    "resetpassword/v1.0/challenge": {},
    "resetpassword/v1.0/continue": {"grant_type": "oob", "oob": "1"},
    "resetpassword/v1.0/submit": {"new_password": PASSWORD},
    "resetpassword/v1.0/poll_completion": {},
}
NONE: dict[str, str] = dict.fromkeys(
    ("signup/v1.0/challenge", "oauth2/v2.0/challenge", "oauth2/v2.0/token"), "invalid_grant"
)
"""What endpoints call a token that is none, where it is not an ``invalid_request``."""
STEPS = ["started", "begun", "challenged", "resetting", "sent", "proved"]


@pytest.fixture(scope="module")
def other(graph: Graph, unsigned: httpx.Client) -> Native:
    """Make another application in a flow."""
    return flowing(native_client(graph, unsigned))


@pytest.fixture(scope="module")
def enabled(signing: SignIns) -> str:
    """Let the native application of the tenant in this process sign customers up and in."""
    signing.changed(f"/applications/{signing.native.id}", ENABLED)
    included = {"includeApplications": [{"appId": signing.native.client_id}]}
    signing.made(FLOWS, flow_body(conditions={"applications": included}))
    return signing.native.client_id


def posted(signing: SignIns, path: str, **form: str) -> Answered:
    """Post a form to an endpoint of the tenant in this process."""
    place, headers = f"{signing.place}/{path}", {"authorization": ""}
    return signing.caller.ask("POST", place, headers=headers, raw=urlencode(form).encode())


@pytest.fixture(scope="module")
def tokens(graph: Graph, by_password: Native) -> dict[str, tuple[str, set[str]]]:
    """Have a token of each step, with the endpoints that it leads to."""
    email = address()
    customer(graph, email)
    started = by_password.begun(START, address())
    begun = by_password.begun(INITIATE, email)
    challenged = by_password.challenged(INITIATE, email)
    resetting = by_password.begun(RESET, email)
    sent = by_password.challenged(RESET, email)
    later = by_password.challenged(RESET, email)
    form = {"grant_type": "oob", "oob": by_password.code(email)}
    proved = by_password.token("resetpassword/v1.0/continue", continuation_token=later, **form)
    return {
        "started": (started, {"signup/v1.0/challenge", "signup/v1.0/continue"}),
        "begun": (begun, {"oauth2/v2.0/challenge"}),
        "challenged": (challenged, {"oauth2/v2.0/challenge", "oauth2/v2.0/token"}),
        "resetting": (resetting, {"resetpassword/v1.0/challenge"}),
        "sent": (sent, {"resetpassword/v1.0/challenge", "resetpassword/v1.0/continue"}),
        "proved": (proved, {"resetpassword/v1.0/submit"}),
    }


@pytest.mark.parametrize("step", STEPS)
def test_token_of_another_step(
    by_password: Native, tokens: dict[str, tuple[str, set[str]]], step: str
) -> None:
    """It leads to its own endpoints alone: nobody leaves out a step, or changes the flow."""
    token, own = tokens[step]
    for place, form in ENDPOINTS.items():
        if place not in own:
            answer = by_password.ask(place, continuation_token=token, **form)
            native_refused(answer, "invalid_request", 55000, ELSEWHERE)
    if step != "challenged":
        answer = by_password.redeemed(token, "continuation_token")
        native_refused(answer, "invalid_request", 55000, ELSEWHERE)


@pytest.mark.parametrize("step", STEPS)
def test_token_of_another_client(
    other: Native, tokens: dict[str, tuple[str, set[str]]], step: str
) -> None:
    """To anybody else it is none at all."""
    token, own = tokens[step]
    for place in own:
        answer = other.ask(place, continuation_token=token, **ENDPOINTS[place])
        native_refused(answer, NONE.get(place, "invalid_request"), 55200, INVALID)


@pytest.mark.parametrize("place", ENDPOINTS)
@pytest.mark.parametrize("token", ["junk", "x" * 5000, "eyJhbGciOiJub25lIn0.e30."])
def test_token_that_is_made_up(by_password: Native, place: str, token: str) -> None:
    """It is none."""
    answer = by_password.ask(place, continuation_token=token, **ENDPOINTS[place])

    native_refused(answer, NONE.get(place, "invalid_request"), 55200, INVALID)


def test_token_that_is_used_again(by_password: Native) -> None:
    """Each one counts once, from the first to the last of a sign-up."""
    email = address()
    first = by_password.begun(START, email)
    form = {"continuation_token": first}
    second = by_password.token("signup/v1.0/challenge", **form)
    native_refused(
        by_password.ask("signup/v1.0/challenge", **form), "invalid_grant", 55200, INVALID
    )
    code = by_password.code(email)
    answer = by_password.continued(second, "oob", oob=code)
    third = native_refused(answer, *CREDENTIAL_REQUIRED)["continuation_token"]
    again = by_password.continued(second, "oob", oob=code)
    native_refused(again, "invalid_request", 55200, INVALID)
    last = by_password.continued(third, "password", password=PASSWORD).json()["continuation_token"]
    assert claims(by_password.redeemed(last, "continuation_token"))

    again = by_password.redeemed(last, "continuation_token")

    native_refused(again, "invalid_grant", 55200, INVALID)


def test_token_that_many_redeem_at_once(by_password: Native) -> None:
    """One of them gets tokens, and the account is made once."""
    email = address()
    token = by_password.challenged(START, email, password=PASSWORD)
    code = by_password.code(email)

    with ThreadPoolExecutor(RACERS) as pool:
        asked = [pool.submit(by_password.continued, token, "oob", oob=code) for _ in range(RACERS)]
        answers = [one.result() for one in asked]

    assert sorted(one.status_code for one in answers) == [200] + [400] * (RACERS - 1)


def test_revoked_sessions(signing: SignIns, enabled: str, clock: dict[str, float]) -> None:
    """What was proved before them leads to no tokens, though the continuation token lives on."""
    email, tenant = address(), signing.caller.tenant
    form = {"client_id": enabled, "challenge_type": TYPES}
    begun = posted(signing, START, username=email, password=PASSWORD, **form).body
    asked = {"client_id": enabled, "continuation_token": begun["continuation_token"]}
    sent = posted(signing, "signup/v1.0/challenge", **asked).body["continuation_token"]
    asked |= {"continuation_token": sent, "grant_type": "oob"}
    with tenant.store.read() as tx:
        code = mails.newest(tx, email)[0].code
    token = posted(signing, "signup/v1.0/continue", **asked, oob=code).body["continuation_token"]
    with tenant.store.write() as tx:
        user = accounts.find(tenant, tx, email)
        assert user
        revoked = datetime.now(UTC) + timedelta(seconds=50)
        limit = {"signInSessionsValidFromDateTime": f"{revoked:%Y-%m-%dT%H:%M:%SZ}"}
        tx.replace("user", user["id"], {**user, **limit}, ())
    clock["later"] = 100

    asked |= {"continuation_token": token, "grant_type": "continuation_token"}
    answer = posted(signing, "oauth2/v2.0/token", **asked, scope="openid")

    assert (answer.status, answer.body["error_codes"]) == (400, [50173])


def test_state_holds_no_token_and_no_password(ready: Ready, by_password: Native) -> None:
    """Who reads the tenant's files goes on with nobody's sign-up."""
    password = f"Correct-horse-{uuid4()}"
    tokens = [by_password.begun(START, address(), password=password)]
    tokens.append(by_password.token("signup/v1.0/challenge", continuation_token=tokens[0]))

    kept = b"".join(f.read_bytes() for f in Path(ready.caFile).parent.glob("tenant.sqlite3*"))

    assert digest(tokens[1]).encode() in kept
    for secret in (*tokens, password):
        assert secret.encode() not in kept


@pytest.mark.parametrize("path", [INITIATE, START, RESET])
def test_token_that_comes_too_late(
    signing: SignIns, enabled: str, clock: dict[str, float], path: str
) -> None:
    """It lives ten minutes."""
    name = "new@customer.example" if path == START else "ada@customer.example"
    form = {"client_id": enabled, "challenge_type": TYPES}
    token = posted(signing, path, username=name, **form).body["continuation_token"]
    place = f"{path.rpartition('/')[0]}/challenge"
    clock["later"] = LIFETIME - 1
    token = posted(signing, place, continuation_token=token, **form).body["continuation_token"]
    clock["later"] += LIFETIME + 1

    answer = posted(signing, place, continuation_token=token, **form)

    assert (answer.status, answer.body["error"]) == (400, "expired_token")
    assert answer.body["error_codes"] == [552003]
    assert "AADSTS552003: The continuation_token is expired." in answer.body["error_description"]
