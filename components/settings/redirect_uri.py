"""Which redirect URIs a platform takes.

Only what Entra or the azuread plugin surely refuses is refused here.
Source: https://learn.microsoft.com/entra/identity-platform/reply-url
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Final
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator

CLIENT_ID: Final = "{clientId}"
"""Stands for the client's own client ID, which nobody knows before it is registered."""

_MAX_LENGTH: Final = 256
_LOOPBACK: Final = ("localhost", "127.0.0.1")
_WEB_SCHEMES: Final = ("https", "http", "urn", "ms-appx-web")
_SPA_SCHEMES: Final = ("https", "http", "brk-multihub")
_UNSUPPORTED: Final = "!$'(),;"
_URN: Final = re.compile(r"urn:[^:]+:.+")
_SOME_CLIENT_ID: Final = "00000000-0000-0000-0000-000000000000"


def _registrable(*schemes: str) -> Callable[[str], str]:
    """A check for a URI that Entra takes on a platform whose URIs begin with one of `schemes`."""

    def check(value: str) -> str:
        uri = _uri(value)
        hosted = bool(uri.hostname) if uri.scheme != "urn" else _URN.fullmatch(value)
        if uri.scheme not in schemes or not hosted:
            raise ValueError("an absolute URI that begins with https://, or http:// on localhost")
        _encrypted(uri)
        return value

    return check


def _native(value: str) -> str:
    """The URI; ValueError for what Entra does not take of an application on a device."""
    uri = _uri(value.replace(CLIENT_ID, _SOME_CLIENT_ID))
    if "{" in uri.geturl() or "}" in uri.geturl():
        raise ValueError(f"a URI with {CLIENT_ID} as its only placeholder")
    if uri.scheme == "urn" or not uri.scheme or not uri.hostname:
        raise ValueError(
            "http://localhost, or an absolute URI with a scheme of the application's own and a "
            "host, such as msauth.com.contoso.app://auth"
        )
    _encrypted(uri)
    return value


def _uri(value: str) -> SplitResult:
    """The parts of a URI; ValueError for what no platform takes."""
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
    if uri.fragment or value.endswith("#"):
        raise ValueError("a URI without a fragment (#...)")
    return uri


def _encrypted(uri: SplitResult) -> None:
    if uri.scheme == "http" and uri.hostname not in _LOOPBACK:
        raise ValueError("https://; http:// is for localhost and 127.0.0.1 only")


def _with_path(value: str) -> str:
    """The URI; ValueError without a path, which the azuread plugin refuses."""
    if not urlsplit(value).path:
        raise ValueError("a URI with a path, which may be / alone")
    return value


PostLogoutRedirectUri = Annotated[str, AfterValidator(_registrable(*_WEB_SCHEMES))]
"""Where customers return to after signing out."""

WebRedirectUri = Annotated[
    str, AfterValidator(_registrable(*_WEB_SCHEMES)), AfterValidator(_with_path)
]
"""A redirect URI of the platform Web. Graph: `web.redirectUris`."""

SinglePageRedirectUri = Annotated[
    str, AfterValidator(_registrable(*_SPA_SCHEMES)), AfterValidator(_with_path)
]
"""A redirect URI of the platform single-page application. Graph: `spa.redirectUris`."""

NativeRedirectUri = Annotated[str, AfterValidator(_native)]
"""A redirect URI of the platform mobile and desktop. Graph: `publicClient.redirectUris`."""
