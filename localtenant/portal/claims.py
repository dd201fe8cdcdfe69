"""What the claims of a token mean, in a line each.

Source: Microsoft identity platform, "access token claims reference", "ID token claims reference"
and "optional claims reference".
"""

from __future__ import annotations

_MEANINGS = {
    "acct": "0 for a member of the tenant, 1 for a guest",
    "acr": "1: the user has signed in",
    "acrs": "Authentication contexts that the sign-in fulfilled",
    "aio": "Internal to the service",
    "amr": "How the user signed in: pwd by password, otp by passcode, mfa by two factors",
    "app_displayname": "Name of the application that got the token",
    "appid": "Client ID of the application that got the token",
    "appidacr": "How that application proved itself: 0 not, 1 by a secret, 2 by an assertion",
    "at_hash": "Ties the access token to this one",
    "aud": "Whom the token is for; an API takes no other",
    "auth_time": "When the user signed in",
    "azp": "Client ID of the application that got the token",
    "azpacr": "How that application proved itself: 0 not, 1 by a secret, 2 by an assertion",
    "c_hash": "Ties the code to this token",
    "ctry": "The user's country",
    "email": "The user's email address; not to be used as a key",
    "exp": "When it ends",
    "family_name": "The user's surname",
    "given_name": "The user's first name",
    "groups": "Object IDs of the user's groups",
    "iat": "When it was issued",
    "idp": "Who authenticated the subject",
    "idtyp": "app for an application by itself, user for a user",
    "iss": "Who issued it; an API compares it exactly",
    "login_hint": "What to send as login_hint the next time",
    "name": "The user's display name, for people",
    "nbf": "From when on it is valid",
    "nonce": "What the client sent, so that the token is of this very sign-in",
    "oid": "Object ID of the user or the service principal: the same in all applications",
    "preferred_username": "What the user calls himself; it may change",
    "rh": "Internal to the service",
    "roles": "App roles that the subject holds of the API, or of the client",
    "scp": "Delegated scopes: what the client may do in the user's name",
    "sid": "The session, for signing out",
    "sub": "The subject; for a user another one for each application",
    "tenant_region_scope": "Region of the tenant",
    "tid": "The tenant",
    "unique_name": "The user's principal name, for people",
    "upn": "The user's principal name",
    "uti": "Names this token",
    "ver": "Version of the token's form",
    "verified_primary_email": "The user's addresses that were verified",
}


def meaning(name: str) -> str:
    """What a claim means; empty for one that is not known."""
    if name.startswith("extn."):
        return "A value of a directory extension"
    return _MEANINGS.get(name, "")
