"""Pages that no form is on: an error, signed out, and how every page looks.

Source: the error page of the real service: "Sorry, but we're having trouble signing you in", the
AADSTS text, request ID, correlation ID and timestamp.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from localtenant.pages import languages
from localtenant.pages.branding import NEUTRAL, Branding, branding_of
from localtenant.pages.branding_files import stylesheet_url
from localtenant.pages.passcodes import tenant_name
from localtenant.pages.rendering import page

if TYPE_CHECKING:
    from starlette.responses import Response

    from localtenant.signin.errors import SignInError
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction


def look(tenant: Tenant, tx: Transaction, branding: Branding = NEUTRAL) -> dict[str, Any]:
    """What every page shows: the tenant's name, its branding, and where its mailbox is.

    Pages that customers see have the tenant's branding, those of the local tenant itself have none.
    """
    return {
        "tenant_name": tenant_name(tenant, tx),
        "mailbox": f"{tenant.addresses.url}/-/mailbox",
        "branding": branding,
        "colors": stylesheet_url(branding),
    }


def look_in(tenant: Tenant, tx: Transaction, accepts: str) -> dict[str, Any]:
    """What a page shows to a browser that accepts these languages, an ``Accept-Language``."""
    return look(tenant, tx, branding_of(tx, languages.wanted(None, accepts)))


def error_page(
    tenant: Tenant,
    tx: Transaction,
    error: SignInError,
    correlation_id: str = "",
    *,
    accepts: str = "",
) -> Response:
    """The page of an error that no application can be told of; ``accepts`` are languages."""
    return page(
        "error",
        error.status,
        **look_in(tenant, tx, accepts),
        message=f"AADSTS{error.number}: {error.text}",
        details=details(correlation_id),
    )


def details(correlation_id: str = "") -> list[tuple[str, str]]:
    """What the real service tells beside an error, for whoever is asked for help."""
    return [
        ("Request Id", str(uuid4())),
        ("Correlation Id", correlation_id or str(uuid4())),
        ("Timestamp", datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")),
    ]


def over_page(tenant: Tenant, tx: Transaction, accepts: str = "") -> Response:
    """The page of a sign-in that is over, or is not this browser's; the text is our own choice."""
    return page("over", 400, **look_in(tenant, tx, accepts), details=details())


def working_page(tenant: Tenant, tx: Transaction, place: str, accepts: str = "") -> Response:
    """The page that leads on to a place of the tenant by itself."""
    return page("working", **look_in(tenant, tx, accepts), onward=place)


def signed_out_page(tenant: Tenant, tx: Transaction, accepts: str = "") -> Response:
    """The page that says that nobody is signed in any more."""
    return page("signed_out", **look_in(tenant, tx, accepts))
