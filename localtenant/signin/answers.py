"""Answers to an application at its redirect URI: in the query, the fragment, or a posted form.

Source: the OAuth 2.0 response modes ``query``, ``fragment`` and ``form_post``, and captures of the
page with which the real service posts a form.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from starlette.responses import HTMLResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.signin.authorization import AuthorizationRequest
    from localtenant.signin.errors import SignInError

NOT_KEPT = {
    "Cache-Control": "no-store, no-cache",
    "Pragma": "no-cache",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}
_SCRIPT = "document.forms[0].submit();"


def hashed(script: str) -> str:
    """A script as a source of a Content-Security-Policy, which then lets no other run."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def answered(request: AuthorizationRequest, fields: Mapping[str, str]) -> Response:
    """The answer that takes ``fields``, and the request's ``state``, to the application."""
    told = dict(fields)
    if request.state is not None:
        told["state"] = request.state
    if request.response_mode == "form_post":
        return _form(request, told)
    return RedirectResponse(_address(request, urlencode(told)), 302, NOT_KEPT)


def refused(request: AuthorizationRequest, error: SignInError) -> Response:
    """The answer that tells the application of an error."""
    body = error.body(str(uuid4()), request.correlation_id or str(uuid4()))
    return answered(request, {n: body[n] for n in ("error", "error_description", "error_uri")})


def _address(request: AuthorizationRequest, encoded: str) -> str:
    """The redirect URI with the answer; one without a path gets the path "/"."""
    uri = request.redirect_uri
    parts = urlsplit(uri)
    if parts.netloc and not parts.path:
        uri = parts._replace(path="/").geturl()
    if request.response_mode == "fragment":
        return f"{uri}#{encoded}"
    return f"{uri}{'&' if parts.query else '?'}{encoded}"


def _form(request: AuthorizationRequest, fields: Mapping[str, str]) -> Response:
    inputs = "".join(
        f'<input type="hidden" name="{escape(n)}" value="{escape(v)}" />' for n, v in fields.items()
    )
    page = (
        '<!DOCTYPE html><html lang="en"><head><title>Working...</title></head><body>'
        f'<form method="POST" name="hiddenform" action="{escape(request.redirect_uri)}">{inputs}'
        "<noscript><p>Script is disabled. Click Submit to continue.</p>"
        '<input type="submit" value="Submit" /></noscript></form>'
        f"<script>{_SCRIPT}</script></body></html>"
    )
    policy = (
        f"default-src 'none'; script-src {hashed(_SCRIPT)}; form-action {request.target}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    return HTMLResponse(page, headers={**NOT_KEPT, "Content-Security-Policy": policy})
