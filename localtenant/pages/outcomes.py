"""Pages that no form is on: an error, signed out, and how every page looks.

Source: the error page of the real service: "Sorry, but we're having trouble signing you in", the
AADSTS text, request ID, correlation ID and timestamp.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from localtenant.entities.branding.branding_type import DEFAULT_ID, LOCALIZATION
from localtenant.odata.types import child
from localtenant.pages.passcodes import tenant_name
from localtenant.pages.rendering import page

if TYPE_CHECKING:
    from starlette.responses import Response

    from localtenant.signin.errors import SignInError
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction


def look(tenant: Tenant, tx: Transaction) -> dict[str, Any]:
    """What every page shows: the tenant's name, its branding, and where its mailbox is."""
    branding = tx.get(LOCALIZATION.filed_as, DEFAULT_ID) or {}
    hidden = child(branding, "loginPageTextVisibilitySettings")
    links = [
        (branding.get(f"{name}Text") or words, branding.get(f"{name}Url"))
        for name, words, hides in (
            ("customTermsOfUse", "Terms of use", "hideTermsOfUse"),
            ("customPrivacyAndCookies", "Privacy and cookies", "hidePrivacyAndCookies"),
        )
        if not hidden.get(hides)
    ]
    return {
        "tenant_name": tenant_name(tenant, tx),
        "mailbox": f"{tenant.addresses.url}/-/mailbox",
        "hint": (branding.get("usernameHintText") or "").strip(),
        "words": (branding.get("signInPageText") or "").strip(),
        "offers_reset": not hidden.get("hideForgotMyPassword"),
        "links": [(text, url) for text, url in links if url and url.startswith("https://")],
    }


def error_page(
    tenant: Tenant, tx: Transaction, error: SignInError, correlation_id: str = ""
) -> Response:
    """The page of an error that no application can be told of."""
    return page(
        "error",
        error.status,
        **look(tenant, tx),
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


def over_page(tenant: Tenant, tx: Transaction) -> Response:
    """The page of a sign-in that is over, or is not this browser's; the text is our own choice."""
    return page("over", 400, **look(tenant, tx), details=details())


def signed_out_page(tenant: Tenant, tx: Transaction) -> Response:
    """The page that says that nobody is signed in any more."""
    return page("signed_out", **look(tenant, tx))
