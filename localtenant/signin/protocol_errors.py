"""What Entra says of requests that sign users in: at the redirect URI, and at the token endpoint.

Texts and OAuth errors are those of captures and of the page "Microsoft Entra authentication and
authorization error codes". What is our own choice says so.
"""

from __future__ import annotations

from localtenant.signin.errors import SignInError


def declined() -> SignInError:
    """AADSTS65004: the user wants no more of it."""
    return SignInError(65004, "access_denied", "User declined to consent to access the app.")
