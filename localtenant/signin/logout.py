"""``/{tenant}/oauth2/v2.0/logout``: a browser is signed out, and its applications are told.

Source: Microsoft identity platform, "OpenID Connect", and OpenID Connect Front-Channel Logout. The
browser goes on to an address only if the application that names itself has registered it, or, where
none does, one that was signed in here; otherwise it ends at the page ``/{tenant}/signedout``.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from localtenant.signin import account_names, error_page, redirect_uris, sessions, tokens
from localtenant.signin.answers import NOT_KEPT, hashed
from localtenant.signin.authorization import PageError
from localtenant.signin.endpoints import origin
from localtenant.signin.errors import tenant_not_found
from localtenant.writing import written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from localtenant.signin.sessions import Session
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_GO_ON = (
    "const go = () => location.replace(document.links[0].href); "
    "addEventListener('load', go); setTimeout(go, 5000);"
)
"""Leads on once every application has been told, or after five seconds if one does not answer."""
_FRAMED = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?]|$)")
"""What may stand in a Content-Security-Policy, and in a frame."""


async def logout(request: Request) -> Response:
    """Sign the browser's accounts out, or with ``logout_hint`` that one."""
    tenant: Tenant = request.app.state.tenant
    reached = tenant.at(origin(tenant, request))
    name = request.path_params["tenant"]
    if not tenant.is_named(name):
        return error_page.error_page(reached, PageError(tenant_not_found(name, discovery=False)))
    raw = (await request.body()).decode("utf-8", "replace")
    query = request.scope["query_string"].decode("latin-1")
    fields = dict(parse_qsl(raw if request.method == "POST" else query))
    browser = request.cookies.get(sessions.SESSION_COOKIE, "")

    def sign_out(tx: Transaction) -> Response:
        ended = _ended(tx, browser, fields)
        sessions.close_sessions(tx, browser, {s.user_id for s in ended})
        place = _place(reached, tx, fields, ended)
        return _answer(place, _told(reached, tx, ended))

    return await written(request, sign_out)


def _ended(tx: Transaction, browser: str, fields: Mapping[str, str]) -> list[Session]:
    """The sessions that end: all of the browser, or those that a hint means."""
    found = sessions.accounts(tx, {sessions.SESSION_COOKIE: browser})
    hint = fields.get("logout_hint", "")
    users = {s.user_id: tx.get("user", s.user_id) for s in found}
    hinted = [s for s in found if (u := users[s.user_id]) and account_names.is_hinted(u, hint)]
    return hinted or found


def _place(tenant: Tenant, tx: Transaction, fields: Mapping[str, str], ended: list[Session]) -> str:
    """Where the browser goes afterwards."""
    uri = fields.get("post_logout_redirect_uri", "")
    hint = tenant.key.claims(fields.get("id_token_hint", "")) or {}
    named = {str(n) for n in (fields.get("client_id"), hint.get("aud")) if n}
    if len(named) > 1:
        # The ID token is another client's (OpenID Connect RP-Initiated Logout, section 2).
        return f"/{tenant.tenant_id}/signedout"
    clients = named or {c for s in ended for c in s.clients}
    found = (tx.lookup("application", "appId", c) for c in clients)
    if uri and any(app and redirect_uris.platform_of(app, uri) for app in found):
        state = fields.get("state")
        separator = "&" if urlsplit(uri).query else "?"
        return f"{uri}{separator}{urlencode({'state': state})}" if state else uri
    return f"/{tenant.tenant_id}/signedout"


def _told(tenant: Tenant, tx: Transaction, ended: list[Session]) -> list[str]:
    """The addresses at which the applications of sessions learn of their end."""
    told: list[str] = []
    for session in ended:
        fields = urlencode({"iss": tokens.issuer(tenant, 2), "sid": session.sid})
        for client_id in session.clients:
            application = tx.lookup("application", "appId", client_id)
            uri = application["web"]["logoutUrl"] if application else None
            if uri and _FRAMED.match(uri):
                told.append(f"{uri}{'&' if urlsplit(uri).query else '?'}{fields}")
    return told


def _answer(place: str, told: list[str]) -> Response:
    if not told:
        return RedirectResponse(place, 303, NOT_KEPT)
    frames = "".join(f'<iframe hidden src="{escape(uri)}"></iframe>' for uri in told)
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Signing out</title>'
        '<meta name="viewport" content="width=device-width"></head><body><main>'
        "<h1>Signing out</h1>"
        f'<p>You are being signed out. <a href="{escape(place)}">Go on</a></p></main>{frames}'
        f"<script>{_GO_ON}</script></body></html>"
    )
    sources = sorted({f"{p.scheme}://{p.netloc}" for p in map(urlsplit, told)})
    policy = (
        f"default-src 'none'; script-src {hashed(_GO_ON)}; frame-src {' '.join(sources)}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return HTMLResponse(page, headers={**NOT_KEPT, "Content-Security-Policy": policy})


ROUTES = [Route("/{tenant}/oauth2/v2.0/logout", logout, methods=["GET", "POST"])]
