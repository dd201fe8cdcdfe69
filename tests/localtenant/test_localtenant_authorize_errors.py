"""What is refused at the authorize endpoint: on a page, or at the redirect URI."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from error_texts import check_page
from signing_browser import Browser, redirect_refused, refused
from signing_in import application

if TYPE_CHECKING:
    from graph_in_process import Answered
    from signing_in import SignIns

pytestmark = pytest.mark.local_only


def page_refused(answer: Answered, number: int, text: str) -> None:
    """Check that a browser is shown Entra's error, and is sent nowhere."""
    assert answer.status == 400
    check_page(answer.content.decode(), number, text)
    assert "location" not in answer.headers
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.cases("abuse of the sign-in")
def test_unknown_tenant(signing: SignIns) -> None:
    """A tenant that this is not."""
    answer = Browser(signing).ask("/other.onmicrosoft.com/oauth2/v2.0/authorize")

    page_refused(
        answer,
        90002,
        "Tenant 'other.onmicrosoft.com' not found. Check to make sure you have the correct tenant "
        "ID and are signing into the correct cloud. Check with your subscription administrator, "
        "this may happen if there are no active subscriptions for the tenant.",
    )


@pytest.mark.parametrize("name", ["contoso", "common", "a_b.example", "-a.example"])
def test_what_can_be_no_tenant(signing: SignIns, name: str) -> None:
    """Neither a domain name nor an ID; the token endpoint and discovery say the same."""
    text = (
        f"Specified tenant identifier '{name}' is neither a valid DNS name, nor a valid external "
        "domain."
    )

    page_refused(Browser(signing).ask(f"/{name}/oauth2/v2.0/authorize"), 900023, text)
    for method, place in (
        ("POST", "oauth2/v2.0/token"),
        ("GET", "v2.0/.well-known/openid-configuration"),
    ):
        answer = signing.caller.ask(method, f"/{name}/{place}")
        refused(answer, 400, "invalid_request", 900023, text)


def test_unknown_client(signing: SignIns) -> None:
    """A client ID that no application has."""
    client_id = str(uuid4())

    page_refused(
        Browser(signing).authorize(signing.web, client_id=client_id),
        700016,
        f"Application with identifier '{client_id}' was not found in the directory "
        "'contoso.onmicrosoft.com'. This can happen if the application has not been installed by "
        "the administrator of the tenant or consented to by any user in the tenant. You may have "
        "sent your authentication request to the wrong tenant.",
    )


def test_missing_client(signing: SignIns) -> None:
    """No client ID at all."""
    page_refused(
        Browser(signing).authorize(signing.web, client_id=None),
        900144,
        "The request body must contain the following parameter: 'client_id'.",
    )


@pytest.mark.cases("abuse of the sign-in")
@pytest.mark.parametrize(
    "uri",
    [
        "https://evil.example/callback",
        "https://app.example/callback/",
        "https://app.example/Callback",
        "https://app.example/callback?more=1",
        "https://app.example@evil.example/callback",
        "https://app.example:4711/callback",
        "http://app.example/callback",
        "javascript:alert(1)",
        "//evil.example",
    ],
)
def test_redirect_uri_is_compared_exactly(signing: SignIns, uri: str) -> None:
    """Nobody is sent to an address that is not registered, however near to it."""
    page_refused(
        Browser(signing).authorize(signing.web, redirect_uri=uri),
        50011,
        f"The redirect URI '{uri}' specified in the request does not match the redirect URIs "
        f"configured for the application '{signing.web.client_id}'. Make sure the redirect URI "
        "sent in the request matches one added to your application in the Azure portal. Navigate "
        "to https://aka.ms/redirectUriMismatchError to learn more about how to troubleshoot this "
        "error.",
    )


@pytest.mark.cases("abuse of the sign-in")
@pytest.mark.parametrize(
    "uri",
    [
        "http://localhost:1@evil.example/native",
        "http://localhost.evil.example/native",
        "http://user@localhost:1/native",
        "http://localhost:1/nat\nive",
        "http://localhost:99999/native",
        "http://localhost:1/native#fragment",
        "http://127.0.0.1:1/native",
    ],
)
def test_only_the_port_of_a_native_application_differs(signing: SignIns, uri: str) -> None:
    """Host and path are those of the registered address."""
    answer = Browser(signing).authorize(signing.native, redirect_uri=uri)

    assert answer.status == 400
    assert b"AADSTS50011" in answer.content


def test_application_without_redirect_uri(signing: SignIns) -> None:
    """There is nowhere to go to."""
    app = application(signing, {})

    page_refused(
        Browser(signing).authorize(app, redirect_uri=None),
        500113,
        "No reply address is registered for the application.",
    )


@pytest.mark.cases("abuse of the sign-in")
def test_duplicated_parameter(signing: SignIns) -> None:
    """Of two redirect URIs nobody chooses."""
    query = urlencode(
        [
            ("client_id", signing.web.client_id),
            ("redirect_uri", signing.web.redirect_uri),
            ("redirect_uri", "https://evil.example"),
        ]
    )

    page_refused(
        Browser(signing).ask(f"{signing.place}/oauth2/v2.0/authorize", query=query),
        9000411,
        "The request is not properly formatted. The parameter 'redirect_uri' is duplicated.",
    )


_MISSING = "The request body must contain the following parameter: '{}'."
_TYPE = (
    "The provided value for the input parameter 'response_type' isn't allowed for this client. "
    "Expected value is 'code'"
)
_INVALID = "The parameter '{}' has an unsupported value '{}'."


@pytest.mark.parametrize(
    ("parameters", "error", "number", "text"),
    [
        ({"scope": None}, "invalid_request", 900144, _MISSING.format("scope")),
        ({"response_type": None}, "invalid_request", 900144, _MISSING.format("response_type")),
        ({"response_type": "magic"}, "unsupported_response_type", 70005, _TYPE),
        (
            {"response_type": "id_token"},
            "unsupported_response_type",
            700054,
            "response_type 'id_token' is not enabled for the application.",
        ),
        (
            {"response_type": "token"},
            "unsupported_response_type",
            700051,
            "response_type 'token' is not enabled for the application.",
        ),
        (
            {"response_mode": "web_message"},
            "invalid_request",
            70007,
            "'web_message' is not a supported value of 'response_mode' when requesting a token.",
        ),
        ({"prompt": "maybe"}, "invalid_request", 90023, _INVALID.format("prompt", "maybe")),
        ({"max_age": "-1"}, "invalid_request", 90023, _INVALID.format("max_age", "-1")),
        (
            {"code_challenge_method": "S512"},
            "invalid_request",
            90023,
            _INVALID.format("code_challenge_method", "S512"),
        ),
        (
            {"code_challenge": "short"},
            "invalid_request",
            501491,
            "The size of the Code_Challenge parameter is invalid.",
        ),
        (
            {"prompt": "none"},
            "login_required",
            50058,
            "A silent sign-in request was sent but no user is signed in.",
        ),
    ],
)
def test_application_is_told(
    signing: SignIns, parameters: dict[str, str | None], error: str, number: int, text: str
) -> None:
    """Once the redirect URI is known, the application learns what is wrong, with its state."""
    redirect_refused(Browser(signing).authorize(signing.web, **parameters), error, number, text)


@pytest.mark.cases("abuse of the sign-in")
def test_tokens_do_not_come_in_the_query(signing: SignIns) -> None:
    """A mode that would show a token to servers and logs is refused, in the fragment."""
    app = application(
        signing,
        {
            "web": {
                "redirectUris": ["https://other.example/cb"],
                "implicitGrantSettings": {"enableIdTokenIssuance": True},
            }
        },
    )

    answer = Browser(signing).authorize(app, response_type="id_token", response_mode="query")

    assert "/cb#error=" in answer.headers["location"]
    redirect_refused(
        answer,
        "invalid_request",
        70007,
        "'query' is not a supported value of 'response_mode' when requesting a token.",
    )
