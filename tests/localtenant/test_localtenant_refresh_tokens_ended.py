"""When refresh tokens end: by age, by disuse, and by what becomes of their user."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from signing_browser import Browser, refused, returned
from signing_in import ORIGIN

from localtenant.entities.people import user, user_actions

if TYPE_CHECKING:
    from signing_in import SignIns

pytestmark = pytest.mark.local_only


def _soon() -> str:
    """A moment after all that a test does, as Graph writes it."""
    return f"{datetime.now(UTC) + timedelta(seconds=9):%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.cases("abuse of the sign-in")
def test_refresh_token_of_a_page_dies_after_a_day(
    signing: SignIns, clock: dict[str, float]
) -> None:
    """However often it is used in between."""
    first = signing.tokens(signing.spa)["refresh_token"]
    clock["later"] = 80_000
    second = signing.refreshed(signing.spa, first, ORIGIN).body
    assert second["refresh_token_expires_in"] <= 6_400
    clock["later"] = 86_400

    answer = signing.refreshed(signing.spa, second["refresh_token"], ORIGIN)

    body = answer.body
    assert (answer.status, body["error"], body["error_codes"]) == (400, "invalid_grant", [700084])
    assert body["error_description"].startswith(
        "AADSTS700084: The refresh token was issued to a single page app (SPA), and therefore has "
        "a fixed, limited lifetime of 1.00:00:00, which can't be extended. It is now expired and a "
        "new sign in request must be sent by the SPA to the sign in page. The token was issued on "
    )


@pytest.mark.cases("abuse of the sign-in")
def test_refresh_token_dies_when_it_is_not_used(signing: SignIns, clock: dict[str, float]) -> None:
    """After 90 days; each use gives 90 more."""
    first = signing.tokens(signing.web)["refresh_token"]
    clock["later"] = 80 * 86_400
    second = signing.refreshed(signing.web, first).body["refresh_token"]
    clock["later"] = 160 * 86_400
    assert signing.refreshed(signing.web, second).status == 200
    clock["later"] = 170 * 86_400 + 10

    answer = signing.refreshed(signing.web, second)

    body = answer.body
    assert (answer.status, body["error"], body["error_codes"]) == (400, "invalid_grant", [700082])
    assert "inactive for 90.00:00:00." in body["error_description"]


@pytest.mark.cases("abuse of the sign-in")
def test_sessions_that_were_revoked(signing: SignIns, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refresh token and the session in the browser end with ``revokeSignInSessions``."""
    browser, person = Browser(signing), signing.person()
    code = returned(browser.signed_in(signing.web, person))["code"]
    token = signing.redeem(signing.web, code).body["refresh_token"]
    monkeypatch.setattr(user_actions, "now", _soon)
    signing.caller.ask("POST", f"/v1.0/users/{person['id']}/revokeSignInSessions")

    answer = signing.refreshed(signing.web, token)

    refused(
        answer,
        400,
        "invalid_grant",
        50173,
        "The provided grant has expired due to it being revoked, a fresh auth token is needed.",
    )
    assert answer.body["suberror"] == "bad_token"
    assert "signin/" in browser.authorize(signing.web).headers["location"]


@pytest.mark.cases("abuse of the sign-in")
def test_new_password_ends_what_public_clients_have(
    signing: SignIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A web application, which proves who it is, goes on."""
    person = signing.person()
    tokens = {
        app.name: signing.redeem(
            app, returned(Browser(signing).signed_in(app, person))["code"]
        ).body["refresh_token"]
        for app in (signing.native, signing.web)
    }
    monkeypatch.setattr(user, "now", _soon)
    profile = {"password": "Another-horse-8", "forceChangePasswordNextSignIn": False}
    signing.changed(f"/users/{person['id']}", {"passwordProfile": profile})

    public = signing.refreshed(signing.native, tokens["native"])
    confidential = signing.refreshed(signing.web, tokens["web"])

    assert public.body["error_codes"] == [50173]
    assert confidential.status == 200


@pytest.mark.cases("abuse of the sign-in")
def test_user_who_is_no_more(signing: SignIns) -> None:
    """A disabled user, and a deleted one."""
    person = signing.person()
    code = returned(Browser(signing).signed_in(signing.web, person))["code"]
    token = signing.redeem(signing.web, code).body["refresh_token"]
    signing.changed(f"/users/{person['id']}", {"accountEnabled": False})

    refused(
        signing.refreshed(signing.web, token),
        400,
        "invalid_grant",
        50057,
        "The user account is disabled.",
    )
    signing.caller.ask("DELETE", f"/v1.0/users/{person['id']}")
    refused(
        signing.refreshed(signing.web, token),
        400,
        "invalid_grant",
        50034,
        "The user account {EmailHidden} does not exist in the "
        f"{signing.caller.tenant.tenant_id} directory. To sign into this application, the account "
        "must be added to the directory.",
    )
