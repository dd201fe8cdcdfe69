"""Native authentication: which clients may use it, and how a request has to look."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from customer_browser import address
from native_client import (
    INITIATE,
    RESET,
    START,
    TYPES,
    Native,
    flowing,
    native_client,
    native_refused,
)
from token_requests import JWT_BEARER

from localtenant.native import endpoints
from localtenant.signin.user_tokens import encoded

if TYPE_CHECKING:
    import httpx

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

STARTS = (START, INITIATE, RESET)
PLACES = [route.path.removeprefix("/{tenant}/") for route in endpoints.ROUTES]
CONTINUING = [place for place in PLACES if place not in STARTS]
FORM = {"challenge_type": TYPES, "username": "ada@customer.example"}
DISABLED = (
    "invalid_client",
    500225,
    "The application is not enabled for native authentication.",
    "nativeauthapi_disabled",
)


def test_endpoints_are_those_of_the_reference() -> None:
    """Three flows; strong methods need not be registered, and cannot be."""
    assert [
        *(f"signup/v1.0/{step}" for step in ("start", "challenge", "continue")),
        *(f"oauth2/v2.0/{step}" for step in ("initiate", "challenge", "introspect")),
        *(f"resetpassword/v1.0/{step}" for step in ("start", "challenge", "continue")),
        *(f"resetpassword/v1.0/{step}" for step in ("submit", "poll_completion")),
    ] == PLACES


@pytest.mark.parametrize("place", PLACES)
def test_application_that_is_not_enabled(graph: Graph, unsigned: httpx.Client, place: str) -> None:
    """Neither one that never was, nor one that is no longer."""
    never = native_client(graph, unsigned, nativeAuthenticationApisEnabled="none")
    native_refused(never.ask(place, **FORM), *DISABLED)


def test_application_that_is_enabled_no_longer(graph: Graph, unsigned: httpx.Client) -> None:
    """Its tokens lead nowhere, at the token endpoint neither."""
    app = flowing(native_client(graph, unsigned))
    token = app.challenged(START, address())
    (made,) = graph.read("/applications", {"$filter": f"appId eq '{app.client_id}'"})["value"]
    graph.patch(f"/applications/{made['id']}", {"nativeAuthenticationApisEnabled": "none"})

    native_refused(app.continued(token, "oob", oob="1"), *DISABLED)
    for grant in ("password", "oob", "continuation_token"):
        native_refused(app.redeemed(token, grant), *DISABLED)


def test_application_that_is_not_public(graph: Graph, unsigned: httpx.Client) -> None:
    """It would have to prove who it is, which these endpoints know no way for."""
    app = native_client(graph, unsigned, isFallbackPublicClient=False)

    native_refused(
        app.ask(INITIATE, **FORM),
        "invalid_client",
        7000218,
        "The request body must contain the following parameter: 'client_assertion' or "
        "'client_secret'.",
        status=401,
    )


def test_application_that_is_not_there(graph: Graph, by_password: Native) -> None:
    """A client ID that nobody has, and none at all."""
    client_id = str(uuid4())
    answer = by_password.ask(INITIATE, **FORM, client_id=client_id)
    assert (answer.status_code, answer.json()["error_codes"]) == (400, [700016])
    assert answer.json()["error"] == "unauthorized_client"
    assert graph.domain in answer.json()["error_description"]

    answer = by_password.ask(INITIATE, **FORM, client_id="")

    text = "client_id parameter is empty or not valid."
    native_refused(answer, "invalid_request", 90100, text)


@pytest.mark.parametrize("place", [START, INITIATE, RESET, "oauth2/v2.0/token"])
def test_credential_that_a_public_client_has_not(by_password: Native, place: str) -> None:
    """A secret in the form or the header, or an assertion, is refused, so that nobody ships one."""
    own = by_password.client_id
    form = {**FORM, "client_id": own, "grant_type": "oob", "continuation_token": "x", "oob": "1"}
    path = f"/{by_password.graph.tenant_id}/{place}"
    told = {"iss": own, "sub": own, "aud": by_password.graph.url, "jti": "1", "exp": 1, "nbf": 0}
    parts: tuple[Json, ...] = ({"alg": "RS256", "x5t": "x"}, told, {})
    assertion = ".".join(encoded(json.dumps(part).encode()) for part in parts)
    presented = {"client_assertion_type": JWT_BEARER, "client_assertion": assertion}
    text = "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."

    for answer in (
        by_password.http.post(path, data={**form, "client_secret": "secret"}),
        by_password.http.post(path, data={**form, **presented}),
        by_password.http.post(path, data=form, auth=(own, "secret")),
    ):
        native_refused(answer, "invalid_client", 700025, text, status=401)


@pytest.mark.parametrize("place", STARTS)
@pytest.mark.parametrize(
    ("types", "number", "text"),
    [
        ("", 90100, "challenge_type parameter is empty or not valid."),
        (
            "oob password",
            901007,
            "The challenge_type list parameter does not include the 'redirect' type.",
        ),
        (
            "oob sms redirect",
            901006,
            "The challenge_type list parameter contains an unsupported challenge type.",
        ),
    ],
)
def test_challenge_types_that_will_not_do(
    by_password: Native, place: str, types: str, number: int, text: str
) -> None:
    """A client has to be able to go on in a browser, and cannot have types that there are not."""
    answer = by_password.ask(place, **{**FORM, "challenge_type": types})

    native_refused(answer, "invalid_request", number, text)


def test_challenge_types_of_a_later_request(by_password: Native) -> None:
    """They may be left out, but not be wrong."""
    token = by_password.begun(START, address())
    place = "signup/v1.0/challenge"

    answer = by_password.ask(place, continuation_token=token, challenge_type="oob")

    text = "The challenge_type list parameter does not include the 'redirect' type."
    native_refused(answer, "invalid_request", 901007, text)
    by_password.token(place, continuation_token=token)


@pytest.mark.parametrize("place", PLACES)
def test_parameter_that_is_given_twice(by_password: Native, place: str) -> None:
    """Nobody can tell which of two values was meant, so none is."""
    path = f"/{by_password.graph.tenant_id}/{place}"
    form = {**FORM, "client_id": by_password.client_id, "username": ["a@b.c", "d@e.f"]}

    answer = by_password.http.post(path, data=form)

    text = "The request is not properly formatted. The parameter 'username' is duplicated."
    native_refused(answer, "invalid_request", 9000411, text)


@pytest.mark.parametrize("place", CONTINUING)
def test_continuation_token_that_is_missing(by_password: Native, place: str) -> None:
    """Every endpoint but the first of a flow wants one."""
    text = "continuation_token parameter is empty or not valid."

    native_refused(by_password.ask(place), "invalid_request", 90100, text)


def test_request_of_another_kind(by_password: Native) -> None:
    """What stands in the address, in JSON, or is no POST, says nothing; unknown names neither."""
    path = f"/{by_password.graph.tenant_id}/{START}"
    form = {**FORM, "client_id": by_password.client_id, "username": address()}
    nothing = ("invalid_request", 90100, "client_id parameter is empty or not valid.")

    native_refused(by_password.http.post(path, params=form), *nothing)
    native_refused(by_password.http.post(path, json=form), *nothing)
    text = "The endpoint only accepts POST requests. Received a GET request."
    native_refused(by_password.http.get(path, params=form), "invalid_request", 900561, text)
    form |= {"capabilities": "mfa_required", "capability": "registration_required", "dc": "x"}
    assert by_password.told(START, **form).keys() == {"continuation_token"}


def test_request_for_another_tenant(by_password: Native) -> None:
    """The tenant has its ID and its initial domain; no other name."""
    form = {**FORM, "client_id": by_password.client_id, "username": address()}
    assert by_password.http.post(f"/{by_password.graph.domain}/{START}", data=form).is_success

    answer = by_password.http.post(f"/fabrikam.onmicrosoft.com/{START}", data=form)

    assert (answer.status_code, answer.json()["error_codes"]) == (400, [90002])


def test_page_of_another_origin(by_password: Native) -> None:
    """No browser may ask, and none may read what it is told."""
    path = f"/{by_password.graph.tenant_id}/{START}"
    form = {**FORM, "client_id": by_password.client_id}
    origin = {"origin": "https://app.example"}

    for answer in (
        by_password.http.options(path, headers=origin),
        by_password.http.post(path, data=form, headers=origin),
    ):
        assert answer.status_code == 400
        assert "access-control-allow-origin" not in answer.headers


def test_password_grant_without_a_continuation_token(by_password: Native) -> None:
    """That would be OAuth's grant of this name, which external tenants do not have."""
    form = {"grant_type": "password", "username": "ada@customer.example", "password": "x"}

    answer = by_password.ask("oauth2/v2.0/token", **form)

    text = "The app requested an unsupported grant type 'password'."
    native_refused(answer, "unsupported_grant_type", 70003, text)
