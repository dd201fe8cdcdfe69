"""What Entra says of grants that act for users: at the token and the device code endpoint.

Texts and OAuth errors are those of captures and of the page "Microsoft Entra authentication and
authorization error codes". What is our own choice says so.
"""

from __future__ import annotations

from datetime import UTC, datetime

from localtenant.signin import authorize_errors
from localtenant.signin.errors import SignInError

NOT_SINGLE_PAGE = 9002326
"""The number of the answer that a browser may not read."""


def _invalid_grant(number: int, text: str, suberror: str = "") -> SignInError:
    return SignInError(number, "invalid_grant", text, suberror=suberror)


def malformed() -> SignInError:
    """AADSTS9002313: no code and no refresh token of this tenant."""
    return _invalid_grant(9002313, "Invalid request. Request is malformed or invalid.")


def of_other_client() -> SignInError:
    """AADSTS70000: a code or refresh token of another client."""
    return _invalid_grant(70000, "Provided grant is invalid or malformed.")


def code_redeemed() -> SignInError:
    """AADSTS54005: a code counts once."""
    return _invalid_grant(
        54005,
        "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use "
        "an existing refresh token.",
    )


def code_expired() -> SignInError:
    """AADSTS70008: a code lives ten minutes."""
    return _invalid_grant(
        70008,
        "The provided authorization code or refresh token has expired due to inactivity. Send a "
        "new interactive authorization request for this user and resource.",
    )


def redirect_uri_differs(found: str, wanted: str) -> SignInError:
    """AADSTS500112: another redirect URI than the code's. The wording is our own choice."""
    return SignInError(
        500112,
        "invalid_client",
        f"The reply address '{found}' does not match the reply address '{wanted}' provided when "
        "requesting Authorization code.",
    )


def verifier_wrong() -> SignInError:
    """AADSTS501481: not the verifier of the code's challenge, or one of a code without any."""
    return _invalid_grant(
        501481,
        "The Code_Verifier does not match the code_challenge supplied in the authorization "
        "request.",
    )


def verifier_missing() -> SignInError:
    """AADSTS50148: no verifier, or one of the wrong size. The ending is our own choice."""
    return _invalid_grant(
        50148,
        "The code_verifier does not match the code_challenge supplied in the authorization request "
        "for PKCE.",
    )


def proof_key_required() -> SignInError:
    """AADSTS9002325: a code of a single-page application was asked for without a challenge."""
    return SignInError(
        9002325,
        "invalid_request",
        "Proof Key for Code Exchange is required for cross-origin authorization code redemption.",
    )


def not_single_page(origin: str) -> SignInError:
    """AADSTS9002326: a browser came with what is not a single-page application's."""
    return SignInError(
        NOT_SINGLE_PAGE,
        "invalid_request",
        "Cross-origin token redemption is permitted only for the 'Single-Page Application' "
        f"client-type. Request origin: '{origin}'.",
    )


def single_page_only() -> SignInError:
    """AADSTS9002327: what is a single-page application's came without an origin."""
    return SignInError(
        9002327,
        "invalid_request",
        "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via "
        "cross-origin requests.",
    )


def client_is_public() -> SignInError:
    """AADSTS700025: a public client presents a credential."""
    return SignInError(
        700025,
        "invalid_client",
        "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
        401,
    )


def refresh_expired(issued: float) -> SignInError:
    """AADSTS700082: a refresh token was not used for 90 days."""
    return _invalid_grant(
        700082,
        "The refresh token has expired due to inactivity. The token was issued on "
        f"{_told(issued)} and was inactive for 90.00:00:00.",
    )


def single_page_refresh_expired(issued: float) -> SignInError:
    """AADSTS700084: the day is over since the sign-in to a single-page application."""
    return _invalid_grant(
        700084,
        "The refresh token was issued to a single page app (SPA), and therefore has a fixed, "
        "limited lifetime of 1.00:00:00, which can't be extended. It is now expired and a new sign "
        "in request must be sent by the SPA to the sign in page. The token was issued on "
        f"{_told(issued)}.",
    )


def revoked() -> SignInError:
    """AADSTS50173: the user's sessions were revoked, or his password is another one."""
    return _invalid_grant(
        50173,
        "The provided grant has expired due to it being revoked, a fresh auth token is needed.",
        "bad_token",
    )


def user_missing(tenant: str) -> SignInError:
    """AADSTS50034: the user is no more."""
    return _invalid_grant(
        50034,
        f"The user account {{EmailHidden}} does not exist in the {tenant} directory. To sign into "
        "this application, the account must be added to the directory.",
    )


def user_disabled() -> SignInError:
    """AADSTS50057: the user must not sign in. The wording is our own choice."""
    return _invalid_grant(50057, "The user account is disabled.")


def consent_missing(client_id: str, name: str) -> SignInError:
    """AADSTS65001 at the token endpoint: nobody has consented to a scope."""
    text = authorize_errors.consent_missing(client_id, name).text
    return _invalid_grant(65001, text, "consent_required")


def not_assigned(client_id: str, name: str, user: str) -> SignInError:
    """AADSTS50105 at the token endpoint: the user is not assigned, or no longer."""
    return _invalid_grant(50105, authorize_errors.not_assigned(client_id, name, user).text)


def several_resources() -> SignInError:
    """AADSTS700022: a token is for one resource. The wording is our own choice."""
    return SignInError(
        700022,
        "invalid_scope",
        "The provided value for the input parameter 'scope' is not valid because it contains more "
        "than one resource.",
    )


def _told(second: float) -> str:
    """A time as Entra writes it, with seven decimals."""
    return f"{datetime.fromtimestamp(second, UTC):%Y-%m-%dT%H:%M:%S.%f}0Z"
