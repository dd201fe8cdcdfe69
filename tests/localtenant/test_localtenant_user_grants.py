"""What is refused when codes are redeemed, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from signing_browser import refused
from signing_in import ORIGIN

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


@pytest.mark.cases("abuse of the sign-in")
def test_code_counts_once(signing: SignIns) -> None:
    """Whoever comes second with a code gets nothing."""
    code = signing.code(signing.web)
    assert signing.redeem(signing.web, code).status == 200

    refused(
        signing.redeem(signing.web, code),
        400,
        "invalid_grant",
        54005,
        "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use "
        "an existing refresh token.",
    )


@pytest.mark.cases("abuse of the sign-in")
def test_code_expires(signing: SignIns, clock: dict[str, float]) -> None:
    """After ten minutes it is worth nothing."""
    code = signing.code(signing.web)
    clock["later"] = 601

    refused(
        signing.redeem(signing.web, code),
        400,
        "invalid_grant",
        70008,
        "The provided authorization code or refresh token has expired due to inactivity. Send a "
        "new interactive authorization request for this user and resource.",
    )


@pytest.mark.cases("abuse of the sign-in")
def test_code_that_never_was(signing: SignIns) -> None:
    """Neither a code nor a refresh token."""
    for answer in (
        signing.redeem(signing.web, "junk"),
        signing.refreshed(signing.web, "junk"),
    ):
        refused(answer, 400, "invalid_grant", 9002313, _MALFORMED)


@pytest.mark.cases("abuse of the sign-in")
def test_stolen_code_without_verifier(signing: SignIns) -> None:
    """A code is worth nothing without the verifier, and still good for who has it."""
    code = signing.code(signing.native)

    refused(
        signing.redeem(signing.native, code, code_verifier=""),
        400,
        "invalid_grant",
        50148,
        "The code_verifier does not match the code_challenge supplied in the authorization request "
        "for PKCE.",
    )
    assert signing.redeem(signing.native, code).status == 200


@pytest.mark.cases("abuse of the sign-in")
def test_wrong_verifier(signing: SignIns) -> None:
    """Another verifier of the right size; and the challenge itself."""
    code = signing.code(signing.native)

    answer = signing.redeem(signing.native, code, code_verifier="w" * 50)

    refused(answer, 400, "invalid_grant", 501481, _WRONG_VERIFIER)


@pytest.mark.cases("abuse of the sign-in")
def test_challenge_that_was_taken_away(signing: SignIns) -> None:
    """A client that sent a challenge and finds none kept is being attacked."""
    code = signing.code(signing.web, code_challenge=None, code_challenge_method=None)

    refused(signing.redeem(signing.web, code), 400, "invalid_grant", 501481, _WRONG_VERIFIER)
    assert signing.redeem(signing.web, code, code_verifier="").status == 200


def test_plain_challenge(signing: SignIns) -> None:
    """A challenge without a method is its verifier."""
    code = signing.code(signing.web, code_challenge="p" * 43, code_challenge_method=None)

    assert signing.redeem(signing.web, code, code_verifier="p" * 43).status == 200


@pytest.mark.cases("abuse of the sign-in")
def test_code_of_another_client(signing: SignIns) -> None:
    """A code is for the client that asked for it, even with its verifier."""
    code = signing.code(signing.native)

    answer = signing.redeem(signing.web, code, redirect_uri=signing.native.redirect_uri)

    refused(answer, 400, "invalid_grant", 70000, _NOT_YOURS)


@pytest.mark.cases("abuse of the sign-in")
def test_code_with_another_redirect_uri(signing: SignIns) -> None:
    """It has to be the one that the code went to."""
    code = signing.code(signing.web)

    refused(
        signing.redeem(signing.web, code, redirect_uri="https://evil.example/"),
        400,
        "invalid_client",
        500112,
        "The reply address 'https://evil.example/' does not match the reply address "
        "'https://app.example/callback' provided when requesting Authorization code.",
    )


@pytest.mark.cases("abuse of the sign-in")
def test_web_application_proves_who_it_is(signing: SignIns) -> None:
    """Without a secret, and with a wrong one."""
    code = signing.code(signing.web)

    refused(
        signing.redeem(signing.web, code, client_secret=""),
        401,
        "invalid_client",
        7000218,
        "The request body must contain the following parameter: 'client_assertion' or "
        "'client_secret'.",
    )
    refused(
        signing.redeem(signing.web, code, client_secret="wrong"),
        401,
        "invalid_client",
        7000215,
        "Invalid client secret provided. Ensure the secret being sent in the request is the client "
        f"secret value, not the client secret ID, for a secret added to app "
        f"'{signing.web.client_id}'.",
    )


def test_native_application_has_no_secret(signing: SignIns) -> None:
    """What everybody can read is no secret."""
    refused(
        signing.redeem(signing.native, signing.code(signing.native), client_secret="x"),
        401,
        "invalid_client",
        700025,
        "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
    )


@pytest.mark.cases("abuse of the sign-in")
def test_code_of_a_page_comes_from_a_browser(signing: SignIns) -> None:
    """A single-page application's code is not redeemed by a server."""
    answer = signing.redeem(signing.spa, signing.code(signing.spa))

    refused(answer, 400, "invalid_request", 9002327, _BROWSERS_ONLY)
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.cases("abuse of the sign-in")
def test_code_of_a_page_needs_a_challenge(signing: SignIns) -> None:
    """Without PKCE nothing is redeemed, wherever it comes from."""
    code = signing.code(signing.spa, code_challenge=None, code_challenge_method=None)

    refused(
        signing.redeem(signing.spa, code),
        400,
        "invalid_request",
        9002325,
        "Proof Key for Code Exchange is required for cross-origin authorization code redemption.",
    )


@pytest.mark.cases("abuse of the sign-in")
def test_browser_redeems_nothing_else(signing: SignIns) -> None:
    """Other codes, and client credentials; and no page reads the answer."""
    daemon = {
        "grant_type": "client_credentials",
        "client_id": signing.web.client_id,
        "scope": f"api://{signing.api.client_id}/.default",
    }
    for answer in (
        signing.redeem(signing.web, signing.code(signing.web), ORIGIN),
        signing.redeem(signing.native, signing.code(signing.native), ORIGIN),
        signing.token(ORIGIN, **daemon, **signing.web.credential),
    ):
        refused(answer, 400, "invalid_request", 9002326, _NO_BROWSERS)
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("name", ["code", "redirect_uri"])
def test_missing_parameter(signing: SignIns, name: str) -> None:
    """A code and where it went to have to be there."""
    form = {
        "grant_type": "authorization_code",
        "client_id": signing.web.client_id,
        "code": "code",
        "redirect_uri": signing.web.redirect_uri,
        name: "",
    }

    refused(
        signing.token(**form),
        400,
        "invalid_request",
        900144,
        f"The request body must contain the following parameter: '{name}'.",
    )
