"""Pages as answers: templates filled in, and headers that let them do nothing but what they need.

There is no script on any page and nothing from elsewhere; a form goes to the tenant itself and,
by the redirect that ends a sign-in, to the one application that asked for it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

LASTING = "public, max-age=31536000, immutable"
"""How long a file is kept whose address changes when it does."""

FOLDER = Path(__file__).parent / "templates"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_FILES = {"pages.css": "text/css; charset=utf-8", "pages.svg": "image/svg+xml"}
_CONTENTS = {name: (FOLDER / name).read_bytes() for name in _FILES}
_VERSION = hashlib.sha256(b"".join(_CONTENTS.values())).hexdigest()[:12]

TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals["version"] = _VERSION  # pyright: ignore[reportArgumentType] - declared too narrowly


def page(
    template: str,
    status: int = 200,
    *,
    form_target: str = "",
    **values: object,
) -> Response:
    """The page that a template makes of ``values``.

    ``form_target`` is where a form's answer may redirect to beside the tenant, as a source of a
    Content-Security-Policy.
    """
    text = TEMPLATES.get_template(f"{template}.html").render(values)
    target = f" {form_target}" if form_target else ""
    policy = f"{POLICY}form-action 'self'{target}; frame-ancestors 'none'"
    return HTMLResponse(text, status, {**HEADERS, "Content-Security-Policy": policy})


async def file(request: Request) -> Response:
    """The stylesheet or the icon; their address changes when they do."""
    name = request.url.path.rpartition("/")[2]
    headers = {
        "Cache-Control": LASTING,
        "X-Content-Type-Options": "nosniff",
    }
    return Response(_CONTENTS[name], 200, headers, _FILES[name])


ROUTES = [Route(f"/-/{name}", file) for name in _FILES]
