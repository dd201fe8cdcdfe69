"""What goes wrong at another identity provider, by mistake or on purpose: a page, and nobody in."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import pytest
from customer_browser import address
from federated_errors import CONTACT, nobody, refused_token
from federating import come_back, coming_by, redirect_uri
from token_issuer import DISCOVERY

if TYPE_CHECKING:
    from customer_browser import App, Browse
    from federating import Coming, Provider

    from localtenant.testing_client import Graph

pytestmark = [pytest.mark.local_only, pytest.mark.cases("abuse of the sign-in")]

CONTEXT = (
    "Invalid Request: The request did not include the required tokens for the user context. One or "
    "more of the user context values (cookies; form fields; headers) were not supplied, every "
    "request must include these values and maintain them across a complete single user flow. "
    "Failure Reasons:[Token was not provided;]"
)


@pytest.mark.parametrize("state", ["", "made-up", "{state}x"])
def test_answer_to_nothing(coming: Coming, state: str) -> None:
    """A state that nobody gave out answers no request."""
    coming.provider.vouch(coming.asked, email=address())

    nobody(coming.back(state=state.format(**coming.asked)), 165000, CONTEXT)
    assert coming.provider.issuer.forms == []


def test_answer_that_comes_again(coming: Coming) -> None:
    """A request is answered once, whatever came of it."""
    coming.vouched(email=None)

    nobody(coming.back(), 165000, CONTEXT)
    assert len(coming.provider.issuer.forms) == 1


def test_answer_in_another_browser(coming: Coming, federated: App, browse: Browse) -> None:
    """Who is led to an answer of somebody else's is not signed in; who began it still is."""
    coming.provider.vouch(coming.asked, email=address())
    other = browse(federated).begin()

    come_back(other, coming.asked)

    assert "This sign-in is over" in other.text
    assert coming.provider.issuer.forms == []
    assert coming.back().step == "details"


def test_answers_to_two_requests_mixed_up(coming: Coming) -> None:
    """The nonce of one is not that of the other."""
    other = coming_by(coming.browser, coming.provider)
    coming.provider.vouch(coming.asked, email=address())

    refused_token(other.back(), "its nonce is not that of the request")


def test_answer_after_the_end(coming: Coming) -> None:
    """A sign-in that has ended is not gone on with."""
    late = coming_by(coming.browser, coming.provider)
    coming.vouched(email=address()).send()
    assert coming.browser.returned
    coming.provider.vouch(late.asked, email=address())

    assert "This sign-in is over" in late.back().text


def test_answer_that_is_posted_twice(graph: Graph, coming: Coming) -> None:
    """The first counts: nobody can put another code in its place."""
    path = redirect_uri(graph)
    for code in ("right", "planted"):
        form = {"state": coming.asked["state"], "code": code}
        page = coming.browser.http.post(path, data=form)
        assert f"url={escape(path.removeprefix(graph.url))}?state=" in page.text
        assert code not in page.text
    coming.provider.vouch(coming.asked, email=address())

    assert coming.back(code="").step == "details"
    assert coming.provider.form["code"] == "right"


def test_customer_who_gives_up(coming: Coming) -> None:
    """He is back on the page of the sign-in, with all that it offers."""
    browser = coming.back(code="", error="access_denied", error_description="no")

    assert (browser.step, browser.answer.status_code) == ("email", 200)
    assert f"/by/{coming.provider.key}" in browser.text


@pytest.mark.parametrize(
    ("error", "number"),
    [("invalid_request", 40008), ("server_error", 40010), ("temporarily_unavailable", 40010)],
)
def test_provider_that_answers_with_an_error(coming: Coming, error: str, number: int) -> None:
    """Its words are shown, and are no more than words."""
    words = "<script>alert(1)</script>"

    browser = coming.back(code="", error=error, error_description=words)

    nobody(browser, number, f"{CONTACT} {error}: {words}")
    assert words not in browser.answer.text


def test_answer_without_a_code(coming: Coming) -> None:
    """There is nothing to redeem."""
    nobody(coming.back(code=""), 40015, f"{CONTACT} Its answer holds no code.")


def test_answer_of_another_issuer(coming: Coming) -> None:
    """Who passes on another's code is found out by the name of who gave it (RFC 9207)."""
    coming.provider.vouch(coming.asked, email=address())

    browser = coming.back(iss="https://evil.example")

    nobody(browser, 40015, f"{CONTACT} Its answer is of the issuer 'https://evil.example'.")
    assert coming.provider.issuer.forms == []


def _answers(status: int, body: bytes) -> Any:
    def answer(handler: Any) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (
            401,
            b'{"error": "invalid_client", "error_description": "wrong secret"}',
            "Its token endpoint answered with status 401: invalid_client: wrong secret",
        ),
        (500, b"<html>", "Its token endpoint answered with status 500: it holds no JSON."),
        (302, b"", "Its token endpoint answered with status 302: it holds no JSON."),
        (200, b"{}", "Its token endpoint answered without an ID token."),
        (200, b'{"id_token": 7}', "Its token endpoint answered without an ID token."),
    ],
)
def test_code_that_is_not_redeemed(coming: Coming, status: int, body: bytes, why: str) -> None:
    """What the provider says of it is told."""
    coming.provider.issuer.publishes["/token"] = _answers(status, body)

    nobody(coming.back(), 40015, f"{CONTACT} {why}")


def test_provider_of_no_flow(federated: App, browse: Browse) -> None:
    """What the user flow does not offer leads to the beginning."""
    browser = browse(federated).begin()

    for key in ("EmailPassword-OAUTH", "nothing"):
        assert browser.open(f"{browser.place}/by/{key}").step == "email"


ELSEWHERE = "https://evil.example/x"


@pytest.mark.parametrize(
    ("metadata", "why"),
    [
        (
            {"issuer": "https://localhost"},
            "its discovery document is of the issuer 'https://localhost'",
        ),
        ({"token_endpoint": None}, "its discovery document has no 'token_endpoint'"),
        ({"authorization_endpoint": 7}, "its discovery document has no 'authorization_endpoint'"),
    ],
)
def test_provider_that_is_not_as_configured(
    federated: App, provider: Provider, browse: Browse, metadata: dict[str, Any], why: str
) -> None:
    """The browser is not sent there."""
    browser = browse(federated).begin()
    provider.publish(**metadata)

    browser.open(f"{browser.place}/by/{provider.key}")

    url = provider.issuer.url
    nobody(browser, 501661, f"Request to External OIDC endpoint failed. {url}: {why}.")


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("place", [ELSEWHERE, "http://localhost:1/x"])
def test_provider_that_leads_elsewhere(
    federated: App, provider: Provider, browse: Browse, name: str, place: str
) -> None:
    """Nothing leaves the machine, and no browser is sent away from it."""
    browser = browse(federated).begin()
    provider.publish(**{name: place})

    browser.open(f"{browser.place}/by/{provider.key}")

    assert "is not on this machine" in browser.text
    assert provider.issuer.asked == [DISCOVERY]


@pytest.mark.parametrize("published", [None, b"<html>", [], {"keys": 7}])
def test_keys_that_cannot_be_had(coming: Coming, published: Any) -> None:
    """Without them no token is believed."""
    coming.provider.issuer.publishes["/keys"] = published

    assert "AADSTS501661: Request to External OIDC endpoint failed." in coming.vouched().text
