"""Trying a sign-in on the tenant's page: what comes of it, and that it gives nothing to others."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from customer_browser import App, address, application, customer, in_flow
from trying_browser import PLACE, Trier

from localtenant.portal.guarding import COOKIE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

OVER = "This browser waits for no such answer"
STALE = "This form is out of date. Send it again."


@pytest.fixture(scope="module")
def app(graph: Graph) -> App:
    """Make an application in a user flow."""
    return in_flow(graph, application(graph))


@pytest.fixture(scope="module")
def email(graph: Graph) -> str:
    """Make a customer; the address."""
    email = address()
    customer(graph, email)
    return email


@pytest.fixture
def trier(graph: Graph, app: App) -> Iterator[Trier]:
    """Open a browser."""
    trier = Trier(graph, app)
    yield trier
    trier.http.close()


@pytest.fixture
def other(graph: Graph, app: App) -> Iterator[Trier]:
    """Open another browser, which has looked at the page, too."""
    other = Trier(graph, app)
    other.open("/-/try", {"client": app.client_id})
    yield other
    other.http.close()


def code_of(location: str) -> str:
    """The code in an address."""
    return parse_qs(urlsplit(location).query)["code"][0]


def is_over(answer: httpx.Response, status: int = 400) -> None:
    """Check that a browser got nothing."""
    assert answer.status_code == status
    assert OVER in answer.text


def test_the_outcome_has_the_tokens_and_what_was_sent(trier: Trier, email: str) -> None:
    """Both tokens verified, what was granted, and each step."""
    location = trier.signed_in(email)
    assert location.startswith(f"{trier.graph.url}{PLACE}?")
    trier.open(location)
    assert trier.answer.status_code == 200
    for part in (
        "Signed in",
        "verified with the published keys",
        "Request to the token endpoint",
        "Object ID of the user or the service principal",
        f"{trier.graph.url}/{trier.graph.tenant_id}/oauth2/v2.0/authorize",
    ):
        assert part in trier.text, part


@pytest.mark.parametrize("platform", ["spa", "publicClient"])
def test_single_page_and_public_clients_are_tried_alike(
    graph: Graph, email: str, platform: str
) -> None:
    """Whatever the platform of the redirect URI."""
    uri = "http://localhost/back"
    made = graph.application(**{platform: {"redirectUris": [uri]}})
    principal = graph.made("/servicePrincipals", {"appId": made["appId"]})
    grant = {"clientId": principal["id"], "consentType": "AllPrincipals", "scope": "openid"}
    grant["resourceId"] = graph.graph_principal()["id"]
    graph.made("/oauth2PermissionGrants", grant)
    trier = Trier(graph, App(made["appId"], "", uri))
    trier.open(trier.signed_in(email))
    assert "Signed in" in trier.text
    assert "verified with the published keys" in trier.text
    trier.http.close()


def test_a_scope_without_consent_is_refused_as_for_the_application(
    trier: Trier, email: str
) -> None:
    """By the page that the answer comes to, with what to do about it."""
    trier.open(trier.signed_in(email, scope="openid https://graph.microsoft.com/User.Read"))
    assert "AADSTS65001" in trier.text
    assert "Grant the application consent" in trier.text


@pytest.mark.cases("abuse of the sign-in")
def test_an_answer_is_taken_once(trier: Trier, email: str) -> None:
    """The same address once more shows nothing."""
    location = trier.signed_in(email)
    trier.open(location)
    assert "Signed in" in trier.text
    is_over(trier.http.get(location))


@pytest.mark.cases("abuse of the sign-in")
def test_another_browser_takes_no_answer_and_sees_no_outcome(
    trier: Trier, other: Trier, email: str
) -> None:
    """Who has got hold of an address gets no token by it, and spoils nothing."""
    location = trier.signed_in(email)
    is_over(other.http.get(location))
    trier.open(location)
    assert "Signed in" in trier.text
    is_over(other.http.get(str(trier.answer.url)), 404)


@pytest.mark.cases("abuse of the sign-in")
def test_the_page_is_no_redirect_uri_for_anybody(trier: Trier, app: App) -> None:
    """The authorize endpoint itself takes it no more than any other that is not registered."""
    trier.begin(redirect_uri=f"{trier.graph.url}{PLACE}")
    assert trier.answer.status_code == 400
    assert "AADSTS50011" in trier.text
    trier.begin(redirect_uri=app.redirect_uri)
    assert trier.step == "email"


@pytest.mark.cases("abuse of the sign-in")
@pytest.mark.parametrize("uri", ["https://evil.example/", f"https://localhost{PLACE}"])
def test_no_other_redirect_uri_is_tried(trier: Trier, uri: str) -> None:
    """What the application has not registered is told to be so, and nobody is sent there."""
    trier.choose(redirect_uri=uri)
    assert urlsplit(str(trier.answer.url)).path.startswith("/-/try/outcome/")
    assert "AADSTS50011" in trier.text
    assert "Register this very redirect URI" in trier.text


@pytest.mark.cases("abuse of the sign-in")
def test_the_code_of_a_trial_is_worth_nothing_elsewhere(trier: Trier, email: str) -> None:
    """Not even for the application itself, which has no verifier, nor for its redirect URI."""
    code = code_of(trier.signed_in(email))
    app = trier.app
    refusals = {f"{trier.graph.url}{PLACE}": 50148, app.redirect_uri: 500112}
    for uri, number in refusals.items():
        form = {
            "grant_type": "authorization_code",
            "client_id": app.client_id,
            "client_secret": app.secret,
            "code": code,
            "redirect_uri": uri,
        }
        token = f"/{trier.graph.tenant_id}/oauth2/v2.0/token"
        answer = trier.http.post(token, data=form)
        assert answer.status_code == 400, answer.text
        assert answer.json()["error_codes"] == [number], answer.text


@pytest.mark.cases("abuse of the sign-in")
def test_a_form_from_elsewhere_begins_nothing(trier: Trier, other: Trier) -> None:
    """Without the page's proof, with another browser's, and with the proof but not the cookie."""
    trier.open("/-/try", {"client": trier.app.client_id})
    form = {
        "client_id": trier.app.client_id,
        "redirect_uri": trier.app.redirect_uri,
        "response_type": "code",
        "scope": "openid",
    }
    proofs = [re.search(r'name="csrf" value="(\w+)"', b.answer.text) for b in (trier, other)]
    own, foreign = (p[1] if p else "" for p in proofs)
    assert own
    assert own != foreign
    for proof in ("", "x", foreign):
        for place in ("/-/try", "/-/try/daemon"):
            answer = trier.http.post(place, data={**form, "csrf": proof})
            assert answer.status_code == 400
            assert STALE in unescape(answer.text)
    del trier.http.cookies[COOKIE]
    answer = trier.http.post("/-/try", data={**form, "csrf": own})
    assert STALE in unescape(answer.text)


@pytest.mark.cases("abuse of the sign-in")
def test_a_foreign_code_is_not_taken_for_the_own(
    trier: Trier, other: Trier, graph: Graph, email: str
) -> None:
    """A code of another sign-in, put into the own answer, fails by the verifier."""
    stolen = code_of(other.signed_in(email))
    location = trier.signed_in(email)
    trier.open(location.replace(code_of(location), stolen))
    assert "Refused" in trier.text
    assert "AADSTS" in trier.text
    assert "verified with" not in trier.text
    # Nor is what an attacker made up.
    is_over(trier.http.get(PLACE, params={"code": stolen, "state": "x" * 43}))
    del graph


def test_the_cookie_is_of_this_host_and_no_script_reads_it(trier: Trier) -> None:
    """And no other site has it sent."""
    sent = trier.open("/-/try", {"client": trier.app.client_id}).answer.headers["set-cookie"]
    assert sent.startswith(f"{COOKIE}=")
    for part in ("__Host-", "HttpOnly", "Secure", "SameSite=strict", "Path=/"):
        assert part in sent


def test_a_daemon_gets_a_token_or_is_told_why_not(trier: Trier) -> None:
    """Without roles of the API, as the token endpoint would say."""
    trier.choose()
    trier.open("/-/try", {"client": trier.app.client_id})
    csrf = re.search(r'name="csrf" value="(\w+)"', trier.answer.text)
    assert csrf
    form = {"csrf": csrf[1], "client_id": trier.app.client_id}
    trier.answer = trier.http.post("/-/try/daemon", data={**form, "resource": "api://nowhere"})
    trier._follow()
    assert "AADSTS500011" in trier.text
    resource = "https://graph.microsoft.com"
    trier.answer = trier.http.post("/-/try/daemon", data={**form, "resource": resource})
    trier._follow()
    assert "verified with the published keys" in trier.text


@pytest.mark.cases("abuse of the sign-in")
def test_a_link_from_elsewhere_ends_no_sign_in(trier: Trier, email: str) -> None:
    """A browser that another site leads here sends no cookie; it must not get a new one either."""
    location = trier.signed_in(email)
    led = {
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "navigate",
        "sec-fetch-dest": "document",
    }
    with trier.graph.anonymous() as without_cookie:
        path = {"client": trier.app.client_id}
        answer = without_cookie.get("/-/try", params=path, headers=led)
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert f"/-/try?client={trier.app.client_id}" in answer.text
    trier.open(location)
    assert "Signed in" in trier.text
