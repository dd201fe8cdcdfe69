"""The routes of the tenant's own pages."""

from __future__ import annotations

from localtenant.portal import home, log, mailbox, rendering, try_answers, try_pages

ROUTES = [
    *rendering.ROUTES,
    *home.ROUTES,
    *log.ROUTES,
    *mailbox.ROUTES,
    *try_answers.ROUTES,
    *try_pages.ROUTES,
]
