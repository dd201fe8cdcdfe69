"""What branding brings along as files: its images and style sheets, served by the tenant itself.

They are where Graph says that they are (``cdnList`` and ``…RelativeUrl``). An image is served as
what its first bytes say, whatever it was called when it was sent, and nothing else is. A style
sheet of the tenant's own can restyle the pages and no more: by their policy it loads nothing from
elsewhere.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from localtenant.entities.branding.branding_type import (
    CUSTOM_CSS,
    DEFAULT_ID,
    LOCALIZATION,
    STREAMS,
)
from localtenant.pages.branding import Branding
from localtenant.pages.rendering import LASTING

if TYPE_CHECKING:
    from starlette.requests import Request

    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_BEGINNINGS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x00\x00\x01\x00": "image/x-icon",
}
_STREAMS = {s.name.lower(): s for s in STREAMS}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def stylesheet_url(branding: Branding) -> str:
    """Where the colors of a branding are served; empty if it has none."""
    digest = hashlib.sha256(branding.styles.encode()).hexdigest()[:12]
    return f"/-/branding/{branding.locale}.css?v={digest}" if branding.styles else ""


async def stylesheet(request: Request) -> Response:
    """The colors of a branding and its background."""
    tenant: Tenant = request.app.state.tenant
    with tenant.store.read() as tx:
        default = tx.get(LOCALIZATION.filed_as, DEFAULT_ID) or {}
        own = _own(tx, request.path_params["locale"])
    branding = Branding(default, own)
    wanted = f"{request.url.path}?{request.url.query}"
    return _file(branding.styles.encode(), "text/css", lasts=wanted == stylesheet_url(branding))


async def image(request: Request) -> Response:
    """An image, or the tenant's own style sheet."""
    tenant: Tenant = request.app.state.tenant
    locale, name = request.path_params["locale"], request.path_params["name"]
    stream = _STREAMS.get(name.lower())
    if stream is None:
        return _missing()
    with tenant.store.read() as tx:
        doc = tx.get(LOCALIZATION.filed_as, locale)
        kept = tx.stream(locale, stream.name)
    url = str((doc or {}).get(f"{stream.name}RelativeUrl") or "")
    place = request.url.path.removeprefix("/")
    if not kept or place != url.partition("?")[0]:
        return _missing()
    content = kept[1]
    kind = "text/css" if stream is CUSTOM_CSS else _kind(content)
    return _file(content, kind, lasts=f"{place}?{request.url.query}" == url) if kind else _missing()


def _own(tx: Transaction, locale: str) -> dict[str, object]:
    found = tx.get(LOCALIZATION.filed_as, locale) if locale != DEFAULT_ID else None
    return found or {}


def _kind(content: bytes) -> str:
    return next((kind for begin, kind in _BEGINNINGS.items() if content.startswith(begin)), "")


def _file(content: bytes, kind: str, *, lasts: bool) -> Response:
    cached = LASTING if lasts else "no-cache"
    return Response(content, 200, {**_HEADERS, "Cache-Control": cached}, kind)


def _missing() -> Response:
    return Response(b"", 404, {**_HEADERS, "Cache-Control": "no-store"})


ROUTES = [
    Route("/-/branding/{locale}.css", stylesheet),
    Route("/{folder}/logintenantbranding/{locale}/{name}", image),
]
