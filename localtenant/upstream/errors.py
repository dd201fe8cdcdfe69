"""What Entra says of a sign-in at another identity provider that comes to nothing.

901011, 901012 and 165000 are captures; the texts of 40008, 40010 and 40015 are those of the page
"Microsoft Entra authentication and authorization error codes". What follows them, and which number
stands for which mistake, is our own choice where a docstring does not say otherwise.
"""

from __future__ import annotations

from localtenant.signin.errors import SignInError

_CONTACT = (
    "There's an issue with your federated Identity Provider. Contact your IDP to resolve this "
    "issue."
)
_LONGEST = 500


def context_missing() -> SignInError:
    """AADSTS165000: the answer is to no request of this browser, or to one that was answered."""
    return SignInError(
        165000,
        "invalid_request",
        "Invalid Request: The request did not include the required tokens for the user context. "
        "One or more of the user context values (cookies; form fields; headers) were not supplied, "
        "every request must include these values and maintain them across a complete single user "
        "flow. Failure Reasons:[Token was not provided;]",
    )


def refused_by_provider(error: str, description: str) -> SignInError:
    """AADSTS40008, and 40010 where trying again may help: the provider answered with an error."""
    again = error in {"temporarily_unavailable", "server_error"}
    said = f"{error}: {description}" if description else error
    return SignInError(40010 if again else 40008, "invalid_request", f"{_CONTACT} {_cut(said)}")


def code_refused(why: str) -> SignInError:
    """AADSTS40015: the provider did not redeem its code."""
    return SignInError(40015, "invalid_request", f"{_CONTACT} {_cut(why)}")


def token_refused(why: str) -> SignInError:
    """AADSTS40015: the ID token will not do. Documented for it, in general words."""
    return code_refused(f"Its ID token was refused: {why}.")


def unreachable(why: str) -> SignInError:
    """AADSTS501661: the provider cannot be asked. Its text is a capture, ``why`` our own."""
    return SignInError(
        501661, "invalid_request", f"Request to External OIDC endpoint failed. {_cut(why)}"
    )


def email_missing() -> SignInError:
    """AADSTS901011: a new customer without an email address, which the user flow requires."""
    return SignInError(
        901011,
        "invalid_request",
        "No email address was obtained from the external oidc identity provider.",
    )


def email_unverified() -> SignInError:
    """AADSTS901012: a new customer whose email address the provider does not vouch for."""
    return SignInError(
        901012,
        "invalid_request",
        "No verified email address was obtained from the identity provider. The email address is "
        "not verified in the ID token from the external OIDC identity provider.",
    )


def email_taken() -> SignInError:
    """AADSTS1003037: somebody signs in with the address already.

    The text is that of the native authentication API.
    """
    return SignInError(
        1003037,
        "user_already_exists",
        "It looks like you may already have an account with us using this email address.",
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
