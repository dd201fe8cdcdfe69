"""Consent, assignment, and what ties an interaction and a session to one browser."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from error_texts import described
from signing_browser import Browser, redirect_refused, refused, returned
from signing_in import application, consent, graph_principal

from localtenant.signin import interactions

if TYPE_CHECKING:
    from signing_in import SignIns

pytestmark = pytest.mark.local_only


def test_unknown_scope_and_resource(signing: SignIns) -> None:
    """A scope that the API does not publish, and an API that there is not."""
    api = signing.api.client_id
    browser = Browser(signing)

    redirect_refused(
        browser.authorize(signing.web, scope=f"api://{api}/Todo.Burn"),
        "invalid_client",
        650053,
        f"The application 'web' asked for scope 'Todo.Burn' that doesn't exist on the resource "
        f"'{api}'. Contact the app vendor.",
    )
    redirect_refused(
        browser.authorize(signing.web, scope="api://nowhere/Read"),
        "invalid_resource",
        500011,
        "The resource principal named api://nowhere was not found in the tenant named "
        "contoso.onmicrosoft.com. This can happen if the application has not been installed by the "
        "administrator of the tenant or consented to by any user in the tenant. You might have "
        "sent your authentication request to the wrong tenant.",
    )


def test_scope_without_consent(signing: SignIns) -> None:
    """A scope of the API to which nobody consented ends the sign-in."""
    scope = f"api://{signing.api.client_id}/Todo.ReadWrite openid"

    redirect_refused(
        Browser(signing).signed_in(signing.web, scope=scope),
        "consent_required",
        65001,
        "The user or administrator has not consented to use the application with ID "
        f"'{signing.web.client_id}' named 'web'. Send an interactive authorization request for "
        "this user and resource.",
    )


def test_application_without_any_consent(signing: SignIns) -> None:
    """Not even ``openid`` is free; consent to another user does not count."""
    app = application(signing, {"web": {"redirectUris": ["https://other.example/cb"]}})
    other = signing.person()
    signing.made(
        "/oauth2PermissionGrants",
        {
            "clientId": app.principal,
            "consentType": "Principal",
            "principalId": other["id"],
            "resourceId": graph_principal(signing),
            "scope": "openid",
        },
    )

    without = Browser(signing).signed_in(app, scope="openid")
    granted = Browser(signing).signed_in(app, other, scope="openid")

    assert returned(without)["error"] == "consent_required"
    assert "code" in returned(granted)


def test_application_for_assigned_users_only(signing: SignIns) -> None:
    """Who is not assigned does not get in; who is does."""
    app = application(signing, {"web": {"redirectUris": ["https://other.example/cb"]}})
    consent(signing, app, signing.api.principal, "Todo.Read")
    consent(signing, app, graph_principal(signing), "openid")
    signing.changed(f"/servicePrincipals/{app.principal}", {"appRoleAssignmentRequired": True})

    stranger = Browser(signing).signed_in(app)
    signing.made(
        f"/servicePrincipals/{app.principal}/appRoleAssignedTo",
        {
            "principalId": signing.user["id"],
            "resourceId": app.principal,
            "appRoleId": "00000000-0000-0000-0000-000000000000",
        },
    )

    redirect_refused(
        stranger,
        "interaction_required",
        50105,
        f"The signed in user '{signing.user['userPrincipalName']}' is not assigned to a role for "
        f"the application '{app.client_id}'({app.name}).",
    )
    assert "code" in returned(Browser(signing).signed_in(app))


def test_assignment_that_is_taken_back(signing: SignIns) -> None:
    """A code and a refresh token of before give nothing any more."""
    place = "http://localhost/cb"
    app = application(signing, {"publicClient": {"redirectUris": [place]}}, place)
    consent(signing, app, signing.api.principal, "Todo.Read")
    consent(signing, app, graph_principal(signing), "openid offline_access")
    token = signing.tokens(app)["refresh_token"]
    code = signing.code(app)
    signing.changed(f"/servicePrincipals/{app.principal}", {"appRoleAssignmentRequired": True})

    for answer in (signing.refreshed(app, token), signing.redeem(app, code)):
        refused(
            answer,
            400,
            "invalid_grant",
            50105,
            f"The signed in user '{signing.user['userPrincipalName']}' is not assigned to a role "
            f"for the application '{app.client_id}'({app.name}).",
        )


def test_hint_of_somebody_else(signing: SignIns) -> None:
    """Silence about another user than the one who is signed in."""
    browser = Browser(signing)
    browser.signed_in(signing.web)

    redirect_refused(
        browser.authorize(signing.web, prompt="none", login_hint="eve@customer.example"),
        "login_required",
        50058,
        "A silent sign-in request was sent but none of the currently signed in user(s) match the "
        "requested login hint.",
    )


@pytest.mark.cases("abuse of the sign-in")
def test_interaction_is_of_one_browser(signing: SignIns) -> None:
    """An address that was passed on, or read elsewhere, signs nobody in."""
    first, second = Browser(signing), Browser(signing)
    asked = first.authorize(signing.web)
    second.authorize(signing.web)

    for browser in (second, Browser(signing)):
        with pytest.raises(interactions.InteractionError):
            browser.complete(asked)
    assert "code" in returned(first.complete(asked))


@pytest.mark.cases("abuse of the sign-in")
def test_interaction_ends_once(signing: SignIns) -> None:
    """The back button gives no second code."""
    browser = Browser(signing)
    asked = browser.authorize(signing.web)
    browser.complete(asked)

    with pytest.raises(interactions.InteractionError):
        browser.complete(asked)


@pytest.mark.cases("abuse of the sign-in")
def test_interactions_of_one_browser_do_not_mix(signing: SignIns) -> None:
    """Each of two tabs answers its own application."""
    browser = Browser(signing)
    web, native = browser.authorize(signing.web), browser.authorize(signing.native)

    assert browser.complete(native).headers["location"].startswith("http://localhost/native?")
    assert browser.complete(web).headers["location"].startswith("https://app.example/callback?")


@pytest.mark.cases("abuse of the sign-in")
def test_session_value_is_new_after_each_sign_in(signing: SignIns) -> None:
    """A value that somebody planted beforehand is worth nothing afterwards."""
    planted = Browser(signing, {"__Host-session": "planted"})
    planted.signed_in(signing.web)
    first = planted.cookies["__Host-session"]
    planted.signed_in(signing.web, prompt="login")

    for value in ("planted", first):
        answer = Browser(signing, {"__Host-session": value}).authorize(signing.web, prompt="none")
        assert returned(answer)["error"] == "login_required"


def test_correlation_id_is_the_clients_own(signing: SignIns) -> None:
    """At the redirect URI as in an answer: MSAL sends it in a header, an address or a form."""
    sent = str(uuid4())
    silent = {"prompt": "none", "client-request-id": sent}
    told = returned(Browser(signing).authorize(signing.web, **silent))["error_description"]
    place = f"{signing.place}/oauth2/v2.0/token"
    name = "client-request-id"
    answers = [
        signing.token({name: sent}),
        signing.caller.ask("POST", place, query=f"{name}={sent}", headers={"authorization": ""}),
        signing.token(**{name: sent}),
    ]
    others = {signing.token().body["correlation_id"] for _ in range(2)}

    assert described(told)[2] == sent
    assert [answer.body["correlation_id"] for answer in answers] == [sent] * 3
    assert len(others - {sent}) == 2
