"""Customers sign in: codes, the tokens for them, response modes, sessions."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest
from signing_browser import Browser, interaction_id, redirect_refused, returned
from signing_in import ORIGIN

from localtenant.signin import completion, interactions

if TYPE_CHECKING:
    from signing_in import SignIns

pytestmark = pytest.mark.local_only


def test_web_application_signs_a_customer_in(signing: SignIns) -> None:
    """The answer has what client libraries read, and both tokens say who signed in."""
    browser = Browser(signing)
    asked = browser.authorize(signing.web, nonce="n", client_info="1")
    code = returned(browser.complete(asked))

    answer = signing.redeem(signing.web, code["code"], client_info="1")

    body = answer.body
    assert code["state"] == "kept"
    assert body["token_type"] == "Bearer"
    assert (body["expires_in"], body["ext_expires_in"]) == (3599, 3599)
    api = signing.api.client_id
    assert body["scope"] == f"api://{api}/Todo.Read openid profile email"
    assert "no-store" in answer.headers["cache-control"]
    for info in (body["client_info"], code["client_info"]):
        told = json.loads(base64.urlsafe_b64decode(info + "=" * (-len(info) % 4)))
        assert told == {"uid": signing.user["id"], "utid": signing.caller.tenant.tenant_id}
    claims = signing.claims(body["id_token"])
    assert (claims["aud"], claims["nonce"]) == (signing.web.client_id, "n")
    assert claims["iss"] == f"{signing.caller.tenant.url}/{claims['tid']}/v2.0"
    assert (claims["name"], claims["ver"]) == ("Ada Lovelace", "2.0")
    assert claims["preferred_username"] == claims["email"] == "ada@customer.example"
    assert claims["exp"] - claims["iat"] == 3600
    assert claims["sid"] == code["session_state"]
    assert not claims.keys() & {"c_hash", "at_hash", "auth_time", "amr", "upn"}


def test_access_token_is_for_the_api(signing: SignIns) -> None:
    """It has the claims of a v2.0 token, and is not who the ID token's subject is."""
    body = signing.tokens(signing.web)

    claims = signing.claims(body["access_token"])
    assert (claims["aud"], claims["ver"]) == (signing.api.client_id, "2.0")
    assert (claims["azp"], claims["azpacr"]) == (signing.web.client_id, "1")
    assert (claims["scp"], claims["oid"]) == ("Todo.Read", signing.user["id"])
    assert len(claims["sub"]) == 43
    assert claims["sub"] != signing.claims(body["id_token"])["sub"]
    assert not claims.keys() & {"roles", "idtyp", "appid"}


@pytest.mark.parametrize("mode", ["query", "fragment", "form_post"])
def test_answer_comes_in_the_asked_mode(signing: SignIns, mode: str) -> None:
    """A posted form names no script of another site, and goes to the redirect URI only."""
    answer = Browser(signing).signed_in(signing.web, response_mode=mode)

    if mode == "form_post":
        page = bytes(answer.body).decode()
        assert answer.status_code == 200
        assert 'action="https://app.example/callback"' in page
        assert 'name="code"' in page
        policy = answer.headers["content-security-policy"]
        assert "form-action https://app.example;" in policy
        assert "default-src 'none'" in policy
    else:
        separator = {"query": "?", "fragment": "#"}[mode]
        assert answer.status_code == 302
        assert answer.headers["location"].startswith(f"https://app.example/callback{separator}")
        assert returned(answer).keys() == {"code", "session_state", "state"}


@pytest.mark.cases("abuse of the sign-in")
def test_state_cannot_leave_the_posted_form(signing: SignIns) -> None:
    """What the application sends along is no markup on the page."""
    answer = Browser(signing).signed_in(
        signing.web, response_mode="form_post", state='"><script>alert(1)</script>'
    )

    assert b"<script>alert" not in bytes(answer.body)


def test_single_page_application(signing: SignIns) -> None:
    """It redeems its code from a browser, which may read the answer, and its tokens live a day."""
    answer = signing.redeem(signing.spa, signing.code(signing.spa), ORIGIN)

    assert answer.headers["access-control-allow-origin"] == "*"
    assert 86_390 <= answer.body["refresh_token_expires_in"] <= 86_399
    assert signing.claims(answer.body["access_token"])["azpacr"] == "0"


def test_browser_may_ask_the_token_endpoint(signing: SignIns) -> None:
    """The question that a browser asks before is answered."""
    answer = signing.caller.ask("OPTIONS", f"{signing.place}/oauth2/v2.0/token", headers=ORIGIN)

    assert answer.status == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]


def test_native_application_listens_on_any_port(signing: SignIns) -> None:
    """The port of its loopback address may differ."""
    redirect_uri = "http://localhost:4711/native"
    code = signing.code(signing.native, redirect_uri=redirect_uri)

    answer = signing.redeem(signing.native, code, redirect_uri=redirect_uri)

    assert answer.status == 200


def test_second_application_need_not_ask_again(signing: SignIns) -> None:
    """One session in a browser answers, silently or not, for every application."""
    browser = Browser(signing)
    browser.signed_in(signing.web)

    first = browser.authorize(signing.native)
    second = browser.authorize(signing.spa, prompt="none")

    assert signing.redeem(signing.native, returned(first)["code"]).status == 200
    assert signing.redeem(signing.spa, returned(second)["code"], ORIGIN).status == 200


@pytest.mark.parametrize(
    "parameters",
    [
        {"prompt": "login"},
        {"prompt": "select_account"},
        {"max_age": "0"},
        {"login_hint": "eve@customer.example"},
    ],
)
def test_session_does_not_answer(signing: SignIns, parameters: dict[str, str]) -> None:
    """What asks for a page, an account or a recent sign-in is sent to the pages."""
    browser = Browser(signing)
    browser.signed_in(signing.web)

    interaction_id(browser.authorize(signing.web, **parameters))


def test_hint_chooses_among_accounts(signing: SignIns) -> None:
    """With two accounts a hint finds one; without it the pages ask, and silence is refused."""
    browser = Browser(signing)
    other = signing.person()
    browser.signed_in(signing.web)
    browser.signed_in(signing.web, other, prompt="login")

    hinted = browser.authorize(signing.web, login_hint="ada@customer.example")
    silent = browser.authorize(signing.web, prompt="none")

    body = signing.redeem(signing.web, returned(hinted)["code"]).body
    assert signing.claims(body["id_token"])["oid"] == signing.user["id"]
    interaction_id(browser.authorize(signing.web))
    redirect_refused(
        silent,
        "interaction_required",
        16000,
        "Either multiple user identities are available for the current request or selected account "
        "is not supported for the scenario.",
    )


def test_picked_account_goes_on(signing: SignIns) -> None:
    """An account of this browser needs no credential; one of no session and prompt=login do."""
    browser = Browser(signing)
    browser.signed_in(signing.web)
    tenant = signing.caller.tenant
    picking = interaction_id(browser.authorize(signing.web, prompt="select_account"))
    anew = interaction_id(browser.authorize(signing.web, prompt="login"))

    with tenant.store.write() as tx:
        found = interactions.load(tx, picking, browser.cookies)
        answer = completion.resume(tenant, tx, found, signing.user["id"])
        again = interactions.load(tx, anew, browser.cookies)
        with pytest.raises(completion.ReauthenticationRequiredError):
            completion.resume(tenant, tx, again, signing.user["id"])
        with pytest.raises(completion.ReauthenticationRequiredError):
            completion.resume(tenant, tx, again, "somebody")

    assert "code" in returned(answer)


def test_cancelled(signing: SignIns) -> None:
    """The application learns that the user does not want to, and the interaction is over."""
    browser = Browser(signing)
    name = interaction_id(browser.authorize(signing.web))
    tenant = signing.caller.tenant

    with tenant.store.write() as tx:
        answer = completion.cancel(tenant, tx, interactions.load(tx, name, browser.cookies))

    redirect_refused(answer, "access_denied", 65004, "User declined to consent to access the app.")
    with tenant.store.read() as tx, pytest.raises(interactions.InteractionError):
        interactions.load(tx, name, browser.cookies)


@pytest.mark.cases("abuse of the sign-in")
def test_session_cookie_is_out_of_reach(signing: SignIns) -> None:
    """Scripts, other sites and plain HTTP have nothing of it; it stays only if that is wanted."""
    browser = Browser(signing)

    passing = browser.signed_in(signing.web).headers["set-cookie"]
    kept = browser.complete(browser.authorize(signing.web, prompt="login"), keep=True)

    for part in ("__Host-session=", "HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert part in passing
    assert "Max-Age" not in passing
    assert "Max-Age=7776000" in kept.headers["set-cookie"]


def test_hybrid_answer(signing: SignIns) -> None:
    """Where an application enabled it, an ID token comes along and vouches for the code."""
    signing.changed(
        f"/applications/{signing.web.id}",
        {"web": {"implicitGrantSettings": {"enableIdTokenIssuance": True}}},
    )

    answer = Browser(signing).signed_in(
        signing.web, response_type="code id_token", nonce="n", response_mode="fragment"
    )

    claims = signing.claims(returned(answer)["id_token"])
    assert claims["nonce"] == "n"
    assert len(claims["c_hash"]) == 22
