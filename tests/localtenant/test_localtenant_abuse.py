"""What somebody tries who wants more of the sign-in than he was given.

The cases that belong to one part of the protocol are tested with it; these concern several, or
none. All are counted in the table ``abuse of the sign-in``.
"""

from __future__ import annotations

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx
import pytest
from customer_browser import PASSWORD, address, customer
from joserfc import jwt
from joserfc.jwk import OctKey
from signing_browser import CHALLENGE, VERIFIER, Browser, refused, returned
from signing_in import ORIGIN, SignIns, signing_in

from localtenant.signin import completion, device_codes, interactions

if TYPE_CHECKING:
    from pathlib import Path

    from customer_browser import App, Browse
    from graph_in_process import Answered

    from localtenant.testing_client import Graph

pytestmark = [pytest.mark.local_only, pytest.mark.cases("abuse of the sign-in")]

RACERS = 8


def presented(signing: SignIns, token: str, path: str = "/oidc/userinfo") -> Answered:
    """Ask something of Graph with a token."""
    return signing.caller.ask("GET", path, headers={"authorization": f"Bearer {token}"})


def invalid(answer: Answered) -> bool:
    """Whether Graph took the token for none."""
    return (answer.status, answer.body["error"]["code"]) == (401, "InvalidAuthenticationToken")


def redemption(signing: SignIns) -> dict[str, str]:
    """The form with which the web application redeems a new code."""
    return {
        "grant_type": "authorization_code",
        "client_id": signing.web.client_id,
        "code": signing.code(signing.web),
        "redirect_uri": signing.web.redirect_uri,
        "code_verifier": VERIFIER,
        **signing.web.credential,
    }


def test_code_that_many_redeem_at_once(graph: Graph, shop: App, browse: Browse) -> None:
    """One of them gets tokens, and all others hear that the code is used up."""
    email = address()
    customer(graph, email)
    signed_in = browse(shop).begin(login_hint=email).send(email=email).send(password=PASSWORD)
    while not signed_in.returned:
        signed_in.send()
    form = {
        "grant_type": "authorization_code",
        "client_id": shop.client_id,
        "client_secret": shop.secret,
        "code": signed_in.returned["code"],
        "redirect_uri": shop.redirect_uri,
    }
    place = f"{graph.url}/{graph.tenant_id}/oauth2/v2.0/token"

    with ThreadPoolExecutor(RACERS) as pool:
        asked = [
            pool.submit(httpx.post, place, data=form, verify=graph.trust) for _ in range(RACERS)
        ]
        answers = [one.result() for one in asked]

    assert sorted(one.status_code for one in answers) == [200] + [400] * (RACERS - 1)
    refusals = [one.json()["error_codes"] for one in answers if one.status_code != 200]
    assert refusals == [[54005]] * (RACERS - 1)


def test_proof_key_that_is_made_weaker_on_the_way(signing: SignIns) -> None:
    """What was hashed for the request is no plain verifier."""
    code = signing.code(signing.web)

    answer = signing.redeem(signing.web, code, code_verifier=CHALLENGE)

    assert answer.body["error_codes"] == [501481]


@pytest.mark.parametrize("alg", ["HS256", "HS512"])
def test_token_that_is_signed_with_what_is_public(signing: SignIns, alg: str) -> None:
    """The published key is no secret to sign with."""
    keys = signing.caller.ask("GET", f"{signing.place}/discovery/v2.0/keys").body["keys"]
    token = signing.tokens(signing.web, scope="openid")["access_token"]
    forged = jwt.encode(
        {"alg": alg, "kid": keys[0]["kid"]},
        dict(signing.claims(token)),
        OctKey.import_key(keys[0]["n"].encode()),
        algorithms=[alg],
    )

    assert presented(signing, token).status == 200
    assert invalid(presented(signing, forged))


def test_token_whose_claims_were_changed(signing: SignIns) -> None:
    """The signature is of what the tenant has said."""
    token = signing.tokens(signing.web, scope="openid")["access_token"]
    header, payload, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    other = base64.urlsafe_b64encode(json.dumps({**claims, "scp": "User.ReadWrite.All"}).encode())

    answer = presented(signing, f"{header}.{other.decode().rstrip('=')}.{signature}")

    assert invalid(answer)


def test_id_token_opens_nothing(signing: SignIns) -> None:
    """It tells the application who has signed in, and is for nobody else."""
    token = signing.tokens(signing.web)["id_token"]

    assert invalid(presented(signing, token))
    assert invalid(presented(signing, token, "/v1.0/me"))


def test_refresh_token_and_code_open_nothing(signing: SignIns) -> None:
    """They are for the token endpoint."""
    assert invalid(presented(signing, signing.tokens(signing.web)["refresh_token"]))
    assert invalid(presented(signing, signing.code(signing.web)))


def test_what_another_tenant_gave(signing: SignIns, tmp_path: Path) -> None:
    """Its tokens, codes and refresh tokens are nothing here, though its claims look alike."""
    with signing_in(tmp_path) as other:
        tokens, code = other.tokens(other.web, scope="openid offline_access"), other.code(other.web)
        assert presented(other, tokens["access_token"]).status == 200

    assert invalid(presented(signing, tokens["access_token"]))
    assert signing.redeem(signing.web, code).body["error_codes"] == [9002313]
    refreshed = signing.refreshed(signing.web, tokens["refresh_token"])
    assert refreshed.body["error_codes"] == [9002313]


def test_token_that_is_over(signing: SignIns, clock: dict[str, float]) -> None:
    """It says itself until when it is valid."""
    token = signing.tokens(signing.web, scope="openid")["access_token"]
    clock["later"] = signing.claims(token)["exp"] - signing.claims(token)["iat"] + 1

    assert invalid(presented(signing, token))


@pytest.mark.parametrize("name", ["grant_type", "client_id", "code", "code_verifier"])
def test_parameter_that_is_given_twice(signing: SignIns, name: str) -> None:
    """Nobody can tell which of two values was meant, so none is."""
    form = redemption(signing)
    body = f"{urlencode(form)}&{urlencode({name: form[name]})}"

    answer = signing.caller.ask(
        "POST",
        f"{signing.place}/oauth2/v2.0/token",
        headers={"authorization": ""},
        raw=body.encode(),
    )

    assert (answer.status, answer.body["error"]) == (400, "invalid_request")


def test_parameters_in_the_address_of_the_token_endpoint(signing: SignIns) -> None:
    """A secret or a code in an address stands in every log, so what stands there does not count."""
    form = redemption(signing)

    answer = signing.caller.ask(
        "POST",
        f"{signing.place}/oauth2/v2.0/token",
        query=urlencode(form),
        headers={"authorization": ""},
    )

    assert (answer.status, answer.body["error"]) == (400, "invalid_request")


def test_state_that_would_begin_a_header(signing: SignIns) -> None:
    """It comes back as it was, and is never more than a part of the address."""
    state = "kept\r\nSet-Cookie: stolen=1\r\n\r\n<script>"

    answer = Browser(signing).signed_in(signing.web, state=state)

    assert returned(answer)["state"] == state
    assert "\n" not in answer.headers["location"]
    assert "stolen" not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize(
    "uri", ["https://app.example/callback\r\nx: y", "https://app.example/callback%0d%0ax"]
)
def test_redirect_uri_that_would_begin_a_header(signing: SignIns, uri: str) -> None:
    """It is not the registered one."""
    answer = Browser(signing).authorize(signing.web, redirect_uri=uri)

    assert answer.status == 400
    assert b"AADSTS50011" in answer.content
    assert "location" not in answer.headers


def test_answers_with_tokens_are_kept_by_nobody(signing: SignIns) -> None:
    """Neither by caches, nor by pages of other origins."""
    good = signing.redeem(signing.web, signing.code(signing.web))
    bad = signing.redeem(signing.web, "junk")

    for answer in (good, bad):
        assert "no-store" in answer.headers["cache-control"]
        assert "access-control-allow-origin" not in answer.headers


def test_page_of_another_origin_gets_no_token_of_a_web_application(signing: SignIns) -> None:
    """Only a single-page application's answer may be read by a page."""
    answer = signing.redeem(signing.web, signing.code(signing.web), ORIGIN)

    assert answer.status == 400
    assert answer.body["error_codes"] == [9002326]


def test_state_of_one_sign_in_is_not_anothers(signing: SignIns) -> None:
    """Two that run in one browser each come back with their own."""
    browser = Browser(signing)
    first = browser.authorize(signing.web, state="first", nonce="one")
    second = browser.authorize(signing.web, state="second", nonce="two")

    later = returned(browser.complete(second))
    earlier = returned(browser.complete(first))

    assert (earlier["state"], later["state"]) == ("first", "second")
    told = [signing.redeem(signing.web, one["code"]).body["id_token"] for one in (earlier, later)]
    assert [signing.claims(one)["nonce"] for one in told] == ["one", "two"]


@pytest.mark.parametrize("wanted", [True, False])
def test_device_that_two_people_answer(signing: SignIns, *, wanted: bool) -> None:
    """Who has decided first has decided: nobody else makes the device his own, or stops it."""
    signing.changed(f"/applications/{signing.native.id}", {"isFallbackPublicClient": True})
    native = signing.native.client_id
    device = signing.token_at("devicecode", client_id=native, scope=signing.scope).body
    tenant, thief = signing.caller.tenant, signing.person()["id"]
    with tenant.store.write() as tx:
        asked = device_codes.requested(tx, device["user_code"])
        mine, theirs = (interactions.begin(tx, asked, {}) for _ in range(2))
        completion.complete(tenant, tx, mine, signing.user["id"], methods=["pwd"], keep=False)
        if wanted:
            late = completion.complete(tenant, tx, theirs, thief, methods=["pwd"], keep=False)
        else:
            late = completion.cancel(tenant, tx, theirs)

    polled = signing.token(
        grant_type="device_code", client_id=native, device_code=device["device_code"]
    )

    assert "/declined" in late.headers["location"]
    assert signing.claims(polled.body["id_token"])["oid"] == signing.user["id"]


def test_browser_is_told_nothing_of_who_signs_in(signing: SignIns) -> None:
    """An application that may not know a user is told of a wrong client alone."""
    answer = signing.redeem(signing.native, signing.code(signing.web))

    refused(answer, 400, "invalid_grant", 70000, "Provided grant is invalid or malformed.")
