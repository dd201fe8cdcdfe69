"""What Entra says of device codes. Texts are of captures and of its page of error codes."""

from __future__ import annotations

from localtenant.signin.errors import SignInError


def pending() -> SignInError:
    """AADSTS70016: nobody has signed in yet."""
    return SignInError(
        70016,
        "authorization_pending",
        "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
    )


def declined() -> SignInError:
    """AADSTS90120: the user does not want to, or somebody has decided before.

    Nobody captured the wording and its OAuth error: both are our own choice.
    """
    return SignInError(
        90120, "authorization_declined", "The request was already authorized or declined."
    )


def user_code_wrong() -> SignInError:
    """AADSTS70018: no device waits with such a code. Its OAuth error is our own choice."""
    return SignInError(
        70018,
        "bad_verification_code",
        "Invalid verification code due to user typing in wrong user code for device code flow.",
    )


def user_code_expired() -> SignInError:
    """AADSTS70019: the code was entered too late."""
    return SignInError(
        70019, "expired_token", "Verification code expired. Have the user retry the sign-in."
    )


def device_code_expired() -> SignInError:
    """AADSTS70020: nobody signed in in time.

    Test suites of clients have the beginning; the second sentence is our own choice.
    """
    return SignInError(
        70020,
        "expired_token",
        "The provided value for the input parameter 'device_code' is not valid. This device code "
        "has expired.",
    )
