"""What to do about an error of sign-in, for who develops the application.

The texts are our own.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"AADSTS(\d+)")
_ADVICE = {
    16000: "Several accounts are signed in: name one by login_hint, or do without prompt=none.",
    50011: "Register this very redirect URI with the application, letter case included.",
    50034: "There is no such account: sign up, or add one with `python -m localtenant users`.",
    50055: "The password has expired: sign in without prompt=none and choose a new one.",
    50057: "The account is disabled: set accountEnabled of the user to true.",
    50058: "Nobody is signed in whom prompt=none could take: sign in once without it.",
    50105: "The application wants an assignment: give the user an app role of it, or set "
    "appRoleAssignmentRequired of its service principal to false.",
    50126: "Address or password is wrong.",
    54005: "A code is redeemed once: begin again.",
    65001: "Grant the application consent to these scopes: an oauth2PermissionGrant, for everybody "
    "or for this user.",
    65004: "The user gave up.",
    70003: "The token endpoint has no such grant.",
    70005: "There is no such response type.",
    70007: "This response mode does not go with this response type.",
    70008: "The code or refresh token is too old: begin again.",
    500011: "There is no API of this name: is its service principal there, and is the scope's "
    "prefix its identifier URI or client ID?",
    500113: "The application has no redirect URI: register one, as web, single-page or public.",
    650053: "The API publishes no such scope: look at oauth2PermissionScopes of its application.",
    650057: "Add the API to the application's requiredResourceAccess.",
    700016: "There is no application with this client ID and a service principal in the tenant.",
    700051: "Allow access tokens of the implicit grant: web.implicitGrantSettings."
    "enableAccessTokenIssuance.",
    700054: "Allow ID tokens of the implicit grant: web.implicitGrantSettings."
    "enableIdTokenIssuance.",
    900144: "A parameter is missing.",
    1002012: "Client credentials take one scope: that of a resource with /.default at its end.",
    7000112: "The service principal is disabled: set its accountEnabled to true.",
    7000229: "Make a service principal for the application.",
}


def number_of(text: str) -> int:
    """The number of an error in a text, 0 if there is none."""
    found = _NUMBER.search(text)
    return int(found[1]) if found else 0


def advice(number: int) -> str:
    """What to do about an error; empty if there is nothing to say beyond its text."""
    return _ADVICE.get(number, "")
