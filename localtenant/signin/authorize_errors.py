"""What Entra says of requests to the authorize endpoint: on a page, or at the redirect URI.

Texts and OAuth errors are those of captures and of the page "Microsoft Entra authentication and
authorization error codes". What is our own choice says so.
"""

from __future__ import annotations

from localtenant.signin.errors import SignInError


def redirect_uri_mismatch(uri: str, client_id: str) -> SignInError:
    """AADSTS50011: the application has not registered the redirect URI."""
    return SignInError(
        50011,
        "invalid_request",
        f"The redirect URI '{uri}' specified in the request does not match the redirect URIs "
        f"configured for the application '{client_id}'. Make sure the redirect URI sent in the "
        "request matches one added to your application in the Azure portal. Navigate to "
        "https://aka.ms/redirectUriMismatchError to learn more about how to troubleshoot this "
        "error.",
    )


def no_redirect_uri() -> SignInError:
    """AADSTS500113: the application has registered none. The wording is our own choice."""
    return SignInError(
        500113, "invalid_request", "No reply address is registered for the application."
    )


def response_type_unsupported() -> SignInError:
    """AADSTS70005: a response type that there is not."""
    return SignInError(
        70005,
        "unsupported_response_type",
        "The provided value for the input parameter 'response_type' isn't allowed for this client. "
        "Expected value is 'code'",
    )


def response_type_disabled(name: str) -> SignInError:
    """AADSTS700054 and 700051: the application has not enabled implicit grants of a token.

    That the wording is the same for both is our own choice.
    """
    return SignInError(
        700054 if name == "id_token" else 700051,
        "unsupported_response_type",
        f"response_type '{name}' is not enabled for the application.",
    )


def response_mode_unsupported(name: str) -> SignInError:
    """AADSTS70007: a response mode that there is not, or not for this response type.

    The wording is our own choice.
    """
    return SignInError(
        70007,
        "invalid_request",
        f"'{name}' is not a supported value of 'response_mode' when requesting a token.",
    )


def parameter_invalid(name: str, value: str) -> SignInError:
    """AADSTS90023: a parameter has an unusable value. The wording is our own choice."""
    return SignInError(
        90023, "invalid_request", f"The parameter '{name}' has an unsupported value '{value}'."
    )


def code_challenge_size() -> SignInError:
    """AADSTS501491: not of 43 to 128 characters. The wording is our own choice."""
    return SignInError(
        501491, "invalid_request", "The size of the Code_Challenge parameter is invalid."
    )


def scope_unknown(application: str, scope: str, resource: str) -> SignInError:
    """AADSTS650053: the resource publishes no such scope."""
    return SignInError(
        650053,
        "invalid_client",
        f"The application '{application}' asked for scope '{scope}' that doesn't exist on the "
        f"resource '{resource}'. Contact the app vendor.",
    )


def consent_missing(client_id: str, name: str) -> SignInError:
    """AADSTS65001 at the redirect URI: no administrator has consented to a scope."""
    return SignInError(
        65001,
        "consent_required",
        "The user or administrator has not consented to use the application with ID "
        f"'{client_id}' named '{name}'. Send an interactive authorization request for this user "
        "and resource.",
    )


def not_assigned(client_id: str, name: str, user: str) -> SignInError:
    """AADSTS50105: the application is for assigned users only. The wording is our own choice."""
    return SignInError(
        50105,
        "interaction_required",
        f"The signed in user '{user}' is not assigned to a role for the application "
        f"'{client_id}'({name}).",
    )


def nobody_signed_in() -> SignInError:
    """AADSTS50058: ``prompt=none``, and no session."""
    return SignInError(
        50058, "login_required", "A silent sign-in request was sent but no user is signed in."
    )


def hint_not_signed_in() -> SignInError:
    """AADSTS50058: ``prompt=none``, and no session of the user of ``login_hint``."""
    return SignInError(
        50058,
        "login_required",
        "A silent sign-in request was sent but none of the currently signed in user(s) match the "
        "requested login hint.",
    )


def several_signed_in() -> SignInError:
    """AADSTS16000: ``prompt=none``, and several sessions.

    Nobody captured the wording: it is our own choice.
    """
    return SignInError(
        16000,
        "interaction_required",
        "Either multiple user identities are available for the current request or selected account "
        "is not supported for the scenario.",
    )


def declined() -> SignInError:
    """AADSTS65004: the user wants no more of it."""
    return SignInError(65004, "access_denied", "User declined to consent to access the app.")
