"""Which of an application's redirect URIs a request means.

Source: "Redirect URI (reply URL) restrictions and limitations". The comparison is exact, letter
case included. Only the port of a loopback address of a native application may differ: the page says
so of all platforms, reports of the real service do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from localtenant.signin.authorization import PUBLIC, SPA, WEB

if TYPE_CHECKING:
    from localtenant.odata.types import Json

_LOOPBACK = {"localhost", "127.0.0.1"}


def platform_of(application: Json, uri: str) -> str | None:
    """The platform under which an application has registered a redirect URI, or None."""
    for platform in (WEB, SPA, PUBLIC):
        if uri in application[platform]["redirectUris"]:
            return platform
    if any(_same_but_port(uri, known) for known in application[PUBLIC]["redirectUris"]):
        return PUBLIC
    return None


def first(application: Json) -> str | None:
    """The redirect URI of a request that names none."""
    registered = [u for p in (WEB, SPA, PUBLIC) for u in application[p]["redirectUris"]]
    return registered[0] if registered else None


def _same_but_port(uri: str, known: str) -> bool:
    try:
        found, wanted = _parts(uri), _parts(known)
    except ValueError:
        return False
    return (
        wanted.scheme == "http" and wanted.hostname in _LOOPBACK and _rest(found) == _rest(wanted)
    )


def _parts(uri: str) -> SplitResult:
    """A URI's parts. Raises ValueError, also for a port that is none, and for white space.

    Python leaves line breaks out of the parts that a browser would be sent.
    """
    if not uri.isprintable() or " " in uri:
        raise ValueError
    parts = urlsplit(uri)
    _ = parts.port
    return parts


def _rest(parts: SplitResult) -> tuple[object, ...]:
    return (
        parts.scheme, parts.username, parts.password, parts.hostname, parts.path, parts.query,
        parts.fragment,
    )  # fmt: skip
