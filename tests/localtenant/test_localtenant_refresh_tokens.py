"""Refresh tokens: who may use them, for what, and when they end."""

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

_WRONG_VERIFIER = (
    "The Code_Verifier does not match the code_challenge supplied in the authorization request."
)
_MALFORMED = "Invalid request. Request is malformed or invalid."
_NOT_YOURS = "Provided grant is invalid or malformed."
_BROWSERS_ONLY = (
    "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via "
    "cross-origin requests."
)
_NO_BROWSERS = (
    "Cross-origin token redemption is permitted only for the 'Single-Page Application' "
    "client-type. Request origin: 'https://spa.example'."
)


def _soon() -> str:
    """A moment after all that a test does, as Graph writes it."""
    return f"{datetime.now(UTC) + timedelta(seconds=9):%Y-%m-%dT%H:%M:%SZ}"


def test_browser_reads_why_it_is_refused(signing: SignIns) -> None:
    """An error of a single-page application is readable, so that its library can act."""
    answer = signing.refreshed(signing.spa, "junk", ORIGIN)

    refused(answer, 400, "invalid_grant", 9002313, _MALFORMED)
    assert answer.headers["access-control-allow-origin"] == "*"


def test_refresh_token_gives_a_new_one(signing: SignIns) -> None:
    """As Entra does it, the old one goes on being valid."""
    first = signing.tokens(signing.web)

    second = signing.refreshed(signing.web, first["refresh_token"]).body
    third = signing.refreshed(signing.web, first["refresh_token"])

    assert second["refresh_token"] != first["refresh_token"]
    assert signing.claims(second["id_token"])["oid"] == signing.user["id"]
    assert signing.claims(second["access_token"])["scp"] == "Todo.Read"
    assert third.status == 200


@pytest.mark.cases("abuse of the sign-in")
def test_refresh_token_of_another_client(signing: SignIns) -> None:
    """A refresh token is for the client that got it."""
    token = signing.tokens(signing.native)["refresh_token"]

    answer = signing.refreshed(signing.web, token)

    refused(answer, 400, "invalid_grant", 70000, _NOT_YOURS)


@pytest.mark.cases("abuse of the sign-in")
def test_refresh_token_of_a_web_application_needs_its_secret(signing: SignIns) -> None:
    """A stolen one is worth nothing by itself."""
    token = signing.tokens(signing.web)["refresh_token"]

    answer = signing.refreshed(signing.web, token, client_secret="")

    assert answer.body["error_codes"] == [7000218]


@pytest.mark.cases("abuse of the sign-in")
def test_refresh_token_of_a_page_comes_from_a_browser(signing: SignIns) -> None:
    """As its code does."""
    token = signing.tokens(signing.spa)["refresh_token"]

    answer = signing.refreshed(signing.spa, token)

    refused(answer, 400, "invalid_request", 9002327, _BROWSERS_ONLY)


@pytest.mark.cases("abuse of the sign-in")
def test_code_is_no_refresh_token(signing: SignIns) -> None:
    """What was handed out for one grant is worth nothing in another."""
    code = signing.code(signing.web)
    token = signing.tokens(signing.web)["refresh_token"]

    assert signing.refreshed(signing.web, code).body["error_codes"] == [9002313]
    assert signing.redeem(signing.web, token).body["error_codes"] == [9002313]


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


@pytest.mark.cases("abuse of the sign-in")
def test_refresh_for_a_scope_without_consent(signing: SignIns) -> None:
    """A refresh token opens nothing that nobody consented to."""
    token = signing.tokens(signing.web)["refresh_token"]

    answer = signing.refreshed(
        signing.web, token, scope=f"api://{signing.api.client_id}/Todo.ReadWrite"
    )

    refused(
        answer,
        400,
        "invalid_grant",
        65001,
        "The user or administrator has not consented to use the application with ID "
        f"'{signing.web.client_id}' named 'web'. Send an interactive authorization request for "
        "this user and resource.",
    )
    assert answer.body["suberror"] == "consent_required"


def test_refresh_for_another_resource(signing: SignIns) -> None:
    """One sign-in gives tokens for each resource that is consented to, one at a time."""
    token = signing.tokens(signing.web)["refresh_token"]
    graph = "https://graph.microsoft.com/openid"
    api = f"api://{signing.api.client_id}/Todo.Read"

    answer = signing.refreshed(signing.web, token, scope=graph)
    both = signing.refreshed(signing.web, token, scope=f"{graph} {api}")

    claims = signing.claims(answer.body["access_token"])
    assert claims["aud"] == "https://graph.microsoft.com"
    assert claims["idtyp"] == "user"
    refused(
        both,
        400,
        "invalid_scope",
        700022,
        "The provided value for the input parameter 'scope' is not valid because it contains more "
        "than one resource.",
    )
