"""The page that shows a browser an error for which there is no application to tell it to."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from uuid import uuid4

from starlette.responses import HTMLResponse, Response

from localtenant.signin.answers import NOT_KEPT

if TYPE_CHECKING:
    from localtenant.signin.authorization import PageError
    from localtenant.tenant import Tenant

_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def error_page(tenant: Tenant, shown: PageError) -> Response:
    """The page for an error, with the IDs by which Entra's support would look it up."""
    del tenant
    body = shown.error.body(str(uuid4()), shown.correlation_id or str(uuid4()))
    told = "".join(
        f"<dt>{name}</dt><dd>{escape(body[key])}</dd>"
        for name, key in (
            ("Request Id", "trace_id"),
            ("Correlation Id", "correlation_id"),
            ("Timestamp", "timestamp"),
        )
    )
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Sign in</title></head>'
        "<body><main><h1>Sorry, but we're having trouble signing you in.</h1>"
        f"<p>AADSTS{shown.error.number}: {escape(shown.error.text)}</p>"
        f"<dl>{told}</dl></main></body></html>"
    )
    return HTMLResponse(page, shown.error.status, {**NOT_KEPT, "Content-Security-Policy": _POLICY})
