"""Redirect URIs of applications: which of them each platform takes.

Source: "Redirect URI (reply URL) restrictions and limitations" in Entra's documentation; that URNs
are for the platform Web alone is observed. No answer of the real service is captured: the text is
the one captured for another bad value of ``web``, and the choice is our own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from localtenant.odata.errors import invalid_value

if TYPE_CHECKING:
    from localtenant.odata.types import Json

_LENGTH = 256
# Neither white space nor a fragment, nor the characters that the documentation rules out.
_URI = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?P<rest>[^\s#!$'(),;]+)")
_HOSTED = re.compile(
    r"//([^/?@]*@)?(?P<host>\[[0-9A-Fa-f:.]+\]|[^/?@:\[\]]+)(:[0-9]{0,5})?([/?].*)?"
)
_LOOPBACK = {"localhost", "127.0.0.1"}
_SCHEMES = {
    "web": ("https", "http", "urn", "ms-appx-web", "brk-multihub"),
    "spa": ("https", "http", "brk-"),
    "publicClient": None,
}
"""What URIs of a platform begin with; None for anything but a URN."""


def check(doc: Json, resource: str) -> None:
    """Refuse redirect URIs of an application that their platform does not take.

    Applications for personal accounts are held to the form alone: their schemes differ.
    """
    personal = "Personal" in doc["signInAudience"]
    for platform, schemes in _SCHEMES.items():
        for uri in doc[platform]["redirectUris"]:
            if len(uri) > _LENGTH or not _fits(uri, schemes, any_scheme=personal):
                raise invalid_value(platform, resource)


def _fits(uri: str, schemes: tuple[str, ...] | None, *, any_scheme: bool) -> bool:
    found = _URI.fullmatch(uri)
    if found is None:
        return False
    scheme, rest = found["scheme"].lower(), found["rest"]
    hosted = _HOSTED.fullmatch(rest)
    if scheme == "urn":
        return any_scheme or (schemes is not None and "urn" in schemes and ":" in rest)
    if scheme in {"http", "https"}:
        if hosted is None:
            return False
        return scheme == "https" or hosted["host"].lower() in _LOOPBACK
    return any_scheme or schemes is None or scheme.startswith(schemes)
