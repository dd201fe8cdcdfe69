"""The tenant's own pages as answers: the look of the other pages, wider, with one small script."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FileSystemLoader
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from localtenant.pages import rendering

if TYPE_CHECKING:
    from starlette.requests import Request

_FOLDER = Path(__file__).parent / "templates"
_FILES = {
    "portal.css": "text/css; charset=utf-8",
    "portal.js": "text/javascript; charset=utf-8",
}
_CONTENTS = {name: (_FOLDER / name).read_bytes() for name in _FILES}
# Forms tell where they come from ("no-referrer" would have browsers send "Origin: null").
_HEADERS = {
    **rendering.HEADERS,
    "Content-Security-Policy": (
        f"{rendering.POLICY}script-src 'self'; connect-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}


def _time(seconds: float, form: str = "%Y-%m-%d %H:%M:%S UTC") -> str:
    """A second as a date for people."""
    return datetime.fromtimestamp(seconds, UTC).strftime(form)


_TEMPLATES = rendering.TEMPLATES.overlay(loader=FileSystemLoader([_FOLDER, rendering.FOLDER]))
_VERSION = hashlib.sha256(b"".join(_CONTENTS.values())).hexdigest()[:12]


def page(template: str, status: int = 200, **values: object) -> Response:
    """The page that a template makes of ``values``."""
    text = _TEMPLATES.get_template(f"{template}.html").render(
        {"time": _time, "portal_version": _VERSION, **values}
    )
    return HTMLResponse(text, status, _HEADERS)


async def file(request: Request) -> Response:
    """The stylesheet or the script; their address changes when they do."""
    name = request.url.path.rpartition("/")[2]
    headers = {
        "Cache-Control": rendering.LASTING,
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(_CONTENTS[name], 200, headers, _FILES[name])


ROUTES = [Route(f"/-/{name}", file) for name in _FILES]
