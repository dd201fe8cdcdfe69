"""Which redirect URIs a platform takes.

Only what Entra or the azuread plugin surely refuses is refused here.
Source: https://learn.microsoft.com/entra/identity-platform/reply-url
"""

from __future__ import annotations

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator

_MAX_LENGTH: Final = 256
_LOOPBACK: Final = ("localhost", "127.0.0.1")
_WEB_SCHEMES: Final = ("https", "http", "urn", "ms-appx-web")
_UNSUPPORTED: Final = "!$'(),;"
_URN: Final = re.compile(r"urn:[^:]+:.+")


def _registrable(value: str) -> str:
    """A URI that Entra takes on the platform Web; ValueError for what it refuses."""
    if len(value) > _MAX_LENGTH:
        raise ValueError(f"a URI of at most {_MAX_LENGTH} characters (this one has {len(value)})")
    if any(character.isspace() for character in value):
        raise ValueError("a URI without white space")
    refused = [character for character in _UNSUPPORTED if character in value]
    if refused:
        raise ValueError(f"a URI without any of {' '.join(_UNSUPPORTED)}")
    try:
        uri = urlsplit(value)
        uri.port  # noqa: B018 -- reading it is what checks it
    except ValueError as error:
        raise ValueError("a URI with a valid host and port") from error
    hosted = bool(uri.hostname) if uri.scheme != "urn" else _URN.fullmatch(value)
    if uri.scheme not in _WEB_SCHEMES or not hosted:
        raise ValueError("an absolute URI that begins with https://, or http:// on localhost")
    if uri.scheme == "http" and uri.hostname not in _LOOPBACK:
        raise ValueError("https://; http:// is for localhost and 127.0.0.1 only")
    if uri.fragment or value.endswith("#"):
        raise ValueError("a URI without a fragment (#...)")
    return value


def _with_path(value: str) -> str:
    """The URI; ValueError without a path, which the azuread plugin refuses."""
    if not urlsplit(value).path:
        raise ValueError("a URI with a path, which may be / alone")
    return value


PostLogoutRedirectUri = Annotated[str, AfterValidator(_registrable)]
"""Where customers return to after signing out."""

WebRedirectUri = Annotated[str, AfterValidator(_registrable), AfterValidator(_with_path)]
"""A redirect URI of the platform Web. Graph: `web.redirectUris`."""
