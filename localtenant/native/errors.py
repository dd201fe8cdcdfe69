"""What Entra says of native authentication, beside what the token endpoint says of everything.

Source: "Native authentication API reference", whose examples have most numbers and texts, and the
tests of the client libraries of Microsoft for Android, iOS and JavaScript. What is our own choice
says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.signin.errors import SignInError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from localtenant.odata.types import Json


def native_disabled() -> SignInError:
    """``nativeauthapi_disabled``: the application is not one for native authentication.

    The number and the wording are our own choice.
    """
    return SignInError(
        500225,
        "invalid_client",
        "The application is not enabled for native authentication.",
        suberror="nativeauthapi_disabled",
    )


def parameter_invalid(name: str) -> SignInError:
    """AADSTS90100: a parameter is not there, or cannot be what it says."""
    return SignInError(90100, "invalid_request", f"{name} parameter is empty or not valid.")


def redirect_left_out() -> SignInError:
    """AADSTS901007: the client does not say that it can go on in a browser."""
    return SignInError(
        901007,
        "invalid_request",
        "The challenge_type list parameter does not include the 'redirect' type.",
    )


def challenge_type_unknown() -> SignInError:
    """A challenge type that there is not, in the words by which MSAL knows it.

    The number is our own choice.
    """
    return SignInError(
        901006,
        "invalid_request",
        "The challenge_type list parameter contains an unsupported challenge type.",
    )


def user_unknown(tenant: str) -> SignInError:
    """``user_not_found``: nobody has such a username.

    The number is that of MSAL's tests for Android.
    """
    return SignInError(
        50034,
        "user_not_found",
        f"The user account {{EmailHidden}} does not exist in the {tenant} directory. To sign into "
        "this application, the account must be added to the directory.",
    )


def user_exists() -> SignInError:
    """AADSTS1003037: there is an account with this address already."""
    return SignInError(
        1003037,
        "user_already_exists",
        "It looks like you may already have an account with us using this email address.",
    )


def password_refused(shortcoming: str) -> SignInError:
    """``password_too_short``, ``…_long`` or ``…_weak``: not a password that may be had.

    Number and wording are those of a weak one; that the others have them too is our own choice.
    """
    return SignInError(
        399246,
        "invalid_grant",
        f"New password is too {shortcoming}.",
        suberror=f"password_too_{shortcoming}",
    )


def password_invalid(text: str) -> SignInError:
    """``password_is_invalid``: the directory does not take a password, for the reason it gave.

    The number is our own choice.
    """
    return SignInError(399246, "invalid_grant", text, suberror="password_is_invalid")


def password_wrong() -> SignInError:
    """AADSTS50126: not the user's password."""
    return SignInError(
        50126,
        "invalid_grant",
        "Error validating credentials due to invalid username or password.",
    )


def password_due() -> SignInError:
    """AADSTS50142: the password is right, and has to be changed first. The wording is our own."""
    return SignInError(50142, "invalid_request", "Password change is required.")


def no_password() -> SignInError:
    """AADSTS500222: the user has no password that could be reset."""
    return SignInError(
        500222,
        "invalid_request",
        "The tenant or user does not support native credential recovery.",
    )


def code_wrong() -> SignInError:
    """AADSTS50181: not the passcode, or no longer."""
    return SignInError(
        50181, "invalid_grant", "Unable to validate the otp.", suberror="invalid_oob_value"
    )


def too_many_codes() -> SignInError:
    """AADSTS701014: no further passcodes for now. The OAuth error is our own choice."""
    return SignInError(701014, "invalid_request", "Cannot generate more one time passcodes.")


def locked() -> SignInError:
    """AADSTS50053: too many failures."""
    return SignInError(
        50053,
        "invalid_grant",
        "The account is locked, you've tried to sign in too many times with an incorrect user ID "
        "or password.",
    )


def token_invalid(error: str) -> SignInError:
    """AADSTS55200: no continuation token of this client, or used up.

    ``error`` is ``invalid_grant`` or ``invalid_request``, as the endpoint has it.
    """
    return SignInError(55200, error, "The continuation_token is invalid.")


def token_of_other_step() -> SignInError:
    """AADSTS55000: a continuation token for another endpoint."""
    return SignInError(
        55000, "invalid_request", "The continuation_token provided is not valid for this endpoint."
    )


def token_expired() -> SignInError:
    """AADSTS552003: a continuation token that came too late."""
    return SignInError(552003, "expired_token", "The continuation_token is expired.")


def grant_unknown(grant_type: str) -> SignInError:
    """A grant that does not go on here. Number and wording are our own choice."""
    return SignInError(
        400002, "invalid_grant", f"The grant type '{grant_type}' is not valid for this request."
    )


def credential_required(token: str) -> SignInError:
    """AADSTS55103: a passcode or a password is still to be given."""
    return SignInError(
        55103, "credential_required", "Credential required.", more={"continuation_token": token}
    )


def factor_required(demand: SignInError, token: str) -> SignInError:
    """``mfa_required``: what Conditional Access demands, with a token that leads there."""
    more = {"continuation_token": token}
    suberror = "mfa_required"
    return SignInError(demand.number, "invalid_grant", demand.text, suberror=suberror, more=more)


def attributes_required(token: str, wanted: Sequence[Json]) -> SignInError:
    """AADSTS55102: attributes are still to be given."""
    return SignInError(
        55102,
        "attributes_required",
        "Attributes Required.",
        more={"continuation_token": token, "required_attributes": list(wanted)},
    )


def attributes_invalid(reasons: dict[str, str]) -> SignInError:
    """``attribute_validation_failed``: attributes that will not do, each with its reason.

    The number is our own choice, and so are the texts.
    """
    return SignInError(
        55106,
        "invalid_grant",
        " ".join(reasons.values()),
        suberror="attribute_validation_failed",
        more={"invalid_attributes": [{"name": n, "reason": r} for n, r in reasons.items()]},
    )
