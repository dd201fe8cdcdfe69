"""What a refused sign-in says, and what to do about it.

Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
"""

from __future__ import annotations

import re
from collections.abc import Mapping


class RefusedSignInError(Exception):
    """The login endpoint refuses; the text is its own.

    ``nothing_signs_in`` where there is nothing to sign in with on this machine.
    """

    def __init__(self, said: str, *, nothing_signs_in: bool = False) -> None:
        """Tell what it said."""
        super().__init__(said)
        self.nothing_signs_in = nothing_signs_in


class UnansweredSignInError(Exception):
    """The login endpoint does not answer, or not with a token; the text is one line."""


_FAILED = "Signing in to Microsoft Graph failed"
_SAID = re.compile(
    r"(?P<code>AADSTS\d+): (?P<text>.*?)"
    r"(?: Trace ID: (?P<trace>\S+))?(?: Correlation ID: (?P<correlation>\S+))?"
    r"(?: Timestamp: .*)?$"
)

_NO_TENANT = re.compile(
    r"authority configuration for (?P<login>https://[^/]+)/(?P<tenant>[^/ ]+?)\.? "
)
"""MSAL's words for a tenant without a discovery document: a paragraph about its own use."""

HOW = (
    "Set azuread:clientId and azuread:clientSecret (or ARM_CLIENT_ID and ARM_CLIENT_SECRET), a "
    "certificate, azuread:useOidc, azuread:useMsi, or sign in with 'az login' (README, 'Sign in')."
)
"""What to do where nothing signs in."""

_THEN = "then run 'pulumi up' before refresh or destroy, which sign in as the last up did."
_ADVICE: Mapping[str, str] = {
    "AADSTS7000215": (
        "Set azuread:clientSecret (ARM_CLIENT_SECRET) to the secret's value, not its ID; " + _THEN
    ),
    "AADSTS7000222": (
        "Add a new secret to the deployer's application and set azuread:clientSecret "
        "(ARM_CLIENT_SECRET) to it; " + _THEN
    ),
    "AADSTS700016": (
        "Let azuread:clientId (ARM_CLIENT_ID), its credential and azuread:tenantId "
        "(ARM_TENANT_ID) be those of one tenant."
    ),
    "AADSTS90002": "azuread:tenantId (ARM_TENANT_ID) names no tenant.",
}
_ADVICE_OTHERWISE = (
    "Check azuread:tenantId, azuread:clientId and the credential (README, 'Sign in')."
)


def refusal(error: RefusedSignInError) -> str:
    """Say in one line why signing in failed: Entra's code, text, trace and correlation IDs, advice.

    Of a text whose code has an advice here only the first sentence is told: the rest of it is
    Entra's own advice. Other credentials' errors are told as they are.
    """
    said = " ".join(str(error).split())
    if unknown := _NO_TENANT.search(said):
        return (
            f"{_FAILED}: {unknown['login']} knows no tenant '{unknown['tenant']}'. Check "
            "azuread:tenantId (ARM_TENANT_ID), and azuread:metadataHost or azuread:environment."
        )
    found = _SAID.search(said)
    if found is None:
        advice = HOW if error.nothing_signs_in else _ADVICE_OTHERWISE
        return f"{_FAILED}: {_sentence(said)} {advice}"
    code, text = found["code"], found["text"].rstrip(".")
    if code in _ADVICE:
        text = text.partition(". ")[0]
    ids = [
        f"{name} {found[group]}"
        for name, group in (("Trace ID", "trace"), ("Correlation ID", "correlation"))
        if found[group]
    ]
    told = f" ({', '.join(ids)})" if ids else ""
    advice = _ADVICE.get(code, _ADVICE_OTHERWISE)
    return f"{_FAILED}: {code}: {text}{told}. {advice}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
