"""Signing out, and who a user is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from signing_browser import Browser, returned
from signing_in import GRAPH

if TYPE_CHECKING:
    from graph_in_process import Answered
    from signing_in import SignIns

pytestmark = pytest.mark.local_only


def signed_out(signing: SignIns, browser: Browser, **parameters: str) -> Answered:
    """Go to the logout endpoint."""
    return browser.ask(f"{signing.place}/oauth2/v2.0/logout", query=urlencode(parameters))


def userinfo(signing: SignIns, token: str) -> Answered:
    """Ask who the user of a token is."""
    return signing.caller.ask("GET", "/oidc/userinfo", headers={"authorization": f"Bearer {token}"})


def test_signed_out(signing: SignIns) -> None:
    """The session is over; nobody is sent anywhere without asking."""
    browser = Browser(signing)
    browser.signed_in(signing.web)

    answer = signed_out(signing, browser)

    assert answer.status == 303
    assert answer.headers["location"] == f"{signing.place}/signedout"
    silent = browser.authorize(signing.web, prompt="none")
    assert returned(silent)["error"] == "login_required"


def test_browser_goes_back_to_the_application(signing: SignIns) -> None:
    """To an address of an application that was signed in here, or that names itself."""
    uri = signing.web.redirect_uri
    browser, stranger = Browser(signing), Browser(signing)
    token = signing.tokens(signing.web)["id_token"]
    browser.signed_in(signing.web)

    answers = (
        signed_out(signing, browser, post_logout_redirect_uri=uri, state="s 1"),
        signed_out(
            signing, stranger, post_logout_redirect_uri=uri, state="s 1", id_token_hint=token
        ),
        signed_out(
            signing,
            stranger,
            post_logout_redirect_uri=uri,
            state="s 1",
            client_id=signing.web.client_id,
        ),
    )

    assert {a.headers["location"] for a in answers} == {f"{uri}?state=s+1"}


@pytest.mark.cases("abuse of the sign-in")
@pytest.mark.parametrize("uri", ["https://evil.example/", "https://spa.example/", "javascript:1"])
def test_browser_goes_nowhere_else(signing: SignIns, uri: str) -> None:
    """Not to an address that nobody registered, nor to that of another application."""
    browser = Browser(signing)
    browser.signed_in(signing.web)

    answer = signed_out(signing, browser, post_logout_redirect_uri=uri)

    assert answer.headers["location"] == f"{signing.place}/signedout"


@pytest.mark.cases("abuse of the sign-in")
def test_tampered_hint_counts_for_nothing(signing: SignIns) -> None:
    """An ID token that the tenant did not sign names no application."""
    header, payload, _ = signing.tokens(signing.web)["id_token"].split(".")

    answer = signed_out(
        signing,
        Browser(signing),
        post_logout_redirect_uri=signing.web.redirect_uri,
        id_token_hint=f"{header}.{payload}.AAAA",
    )

    assert answer.headers["location"] == f"{signing.place}/signedout"


def test_hint_of_another_application(signing: SignIns) -> None:
    """An ID token of one application does not send the browser to another, which names itself."""
    answer = signed_out(
        signing,
        Browser(signing),
        post_logout_redirect_uri=signing.spa.redirect_uri,
        id_token_hint=signing.tokens(signing.web)["id_token"],
        client_id=signing.spa.client_id,
    )

    assert answer.headers["location"] == f"{signing.place}/signedout"


def test_hint_signs_one_account_out(signing: SignIns) -> None:
    """The other account of the browser stays."""
    browser = Browser(signing)
    other = signing.person()
    browser.signed_in(signing.web)
    browser.signed_in(signing.web, other, prompt="login")

    signed_out(signing, browser, logout_hint=other["userPrincipalName"])

    code = returned(browser.authorize(signing.web, prompt="none"))["code"]
    claims = signing.claims(signing.redeem(signing.web, code).body["id_token"])
    assert claims["oid"] == signing.user["id"]


def test_applications_are_told(signing: SignIns) -> None:
    """The browser visits the logout address of each application that was signed in."""
    url = "https://app.example/signed-out"
    signing.changed(f"/applications/{signing.web.id}", {"web": {"logoutUrl": url}})
    browser = Browser(signing)
    sid = returned(browser.signed_in(signing.web))["session_state"]

    answer = signed_out(signing, browser, post_logout_redirect_uri=signing.web.redirect_uri)
    signing.changed(f"/applications/{signing.web.id}", {"web": {"logoutUrl": None}})

    page = answer.content.decode()
    assert answer.status == 200
    assert f'<iframe hidden src="{url}?iss=' in page
    assert f"sid={sid}" in page
    assert f'<a href="{signing.web.redirect_uri}">Go on</a>' in page
    assert "frame-src https://app.example;" in answer.headers["content-security-policy"]


@pytest.mark.cases("abuse of the sign-in")
def test_logout_of_another_tenant(signing: SignIns) -> None:
    """There is no other."""
    answer = Browser(signing).ask(f"/{uuid4()}/oauth2/v2.0/logout")

    assert answer.status == 400
    assert b"AADSTS90002" in answer.content


def test_userinfo(signing: SignIns) -> None:
    """It says of the user what the ID token says."""
    body = signing.tokens(signing.web, scope="openid profile email")

    answer = userinfo(signing, body["access_token"])

    assert answer.status == 200
    assert answer.body == {
        "sub": signing.claims(body["id_token"])["sub"],
        "name": "Ada Lovelace",
        "family_name": "Lovelace",
        "given_name": "Ada",
        "picture": "https://graph.microsoft.com/v1.0/me/photo/$value",
        "email": "ada@customer.example",
    }
    assert signing.claims(body["access_token"])["aud"] == GRAPH


@pytest.mark.cases("abuse of the sign-in")
def test_token_for_another_audience(signing: SignIns) -> None:
    """A token for the API opens neither userinfo nor Graph."""
    token = signing.tokens(signing.web)["access_token"]

    for path in ("/oidc/userinfo", "/v1.0/me"):
        answer = signing.caller.ask("GET", path, headers={"authorization": f"Bearer {token}"})
        error = answer.body["error"]
        assert (answer.status, error["code"]) == (401, "InvalidAuthenticationToken")
        assert error["message"] == "Access token validation failure. Invalid audience."


def test_userinfo_is_for_users(signing: SignIns) -> None:
    """An application's own token has no user behind it, and some of users' not ``openid``."""
    scope = "https://graph.microsoft.com/offline_access"
    without = signing.tokens(signing.web, scope=scope)["access_token"]

    for token in (signing.caller.token, without):
        answer = userinfo(signing, token)
        error = answer.body["error"]
        assert (answer.status, error["code"]) == (403, "Authorization_RequestDenied")
        assert error["message"] == "Insufficient privileges to complete the operation."


@pytest.mark.cases("abuse of the sign-in")
@pytest.mark.parametrize("header", ["eyJhbGciOiJub25lIn0", "eyJhbGciOiJIUzI1NiJ9"])
def test_token_that_nobody_signed(signing: SignIns, header: str) -> None:
    """Neither ``alg: none`` nor a signature with what is public is one."""
    _, payload, _ = signing.tokens(signing.web, scope="openid")["access_token"].split(".")

    answer = userinfo(signing, f"{header}.{payload}.")

    error = answer.body["error"]
    assert (answer.status, error["code"]) == (401, "InvalidAuthenticationToken")
    assert error["message"] == "Access token validation failure. Invalid signature."
