"""Which redirect URIs a platform takes.

Only what Entra or the azuread plugin surely refuses is refused here.
Source: https://learn.microsoft.com/entra/identity-platform/reply-url
"""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator

_MAX_LENGTH: Final = 256
_LOOPBACK: Final = ("localhost", "127.0.0.1")
_WEB_SCHEMES: Final = ("https", "http", "urn", "ms-appx-web")
_UNSUPPORTED: Final = "!$'(),;"


def _web_redirect_uri(value: str) -> str:
    """A redirect URI of the platform Web; ValueError for what it refuses."""
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
    if uri.scheme not in _WEB_SCHEMES or (uri.scheme.startswith("http") and not uri.hostname):
        raise ValueError("an absolute URI that begins with https://, or http:// on localhost")
    if uri.scheme == "http" and uri.hostname not in _LOOPBACK:
        raise ValueError("https://; http:// is for localhost and 127.0.0.1 only")
    if uri.fragment or value.endswith("#"):
        raise ValueError("a URI without a fragment (#...)")
    return value


WebRedirectUri = Annotated[str, AfterValidator(_web_redirect_uri)]
"""A redirect URI of the platform Web. Graph: `web.redirectUris`."""
