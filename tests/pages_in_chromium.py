"""What tests in a browser do on the pages of a sign-in, and how they look at them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from accessibility import faults_of
from playwright.sync_api import expect

from engine.places import PROJECT

if TYPE_CHECKING:
    from customer_browser import App
    from playwright.sync_api import Page

    from localtenant.testing_client import Graph

NARROW, WIDE = (360, 740), (1280, 800)
"""Screens in CSS pixels: a small phone, a desktop."""


def begin(page: Page, graph: Graph, app: App, **parameters: str) -> None:
    """Go where the application sends the browser to sign in."""
    asked = {
        "client_id": app.client_id,
        "redirect_uri": app.redirect_uri,
        "response_type": "code",
        "scope": "openid",
        **parameters,
    }
    page.goto(f"{graph.url}/{graph.tenant_id}/oauth2/v2.0/authorize?{urlencode(asked)}")


def heading(page: Page, text: str | re.Pattern[str]) -> None:
    """Check that a page has come."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def enter(page: Page, label: str, text: str) -> None:
    """Fill a field and send the form with the keyboard."""
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Enter")


def press(page: Page, name: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=name, exact=True).click()


def code(graph: Graph, email: str) -> str:
    """Read the newest mail to an address."""
    return graph.http.get("/-/mails", params={"to": email}).json()["mails"][0]["code"]


def arrived(page: Page, app: App, what: str = "code") -> None:
    """Check that the application has the customer back, with a code or with an error."""
    page.wait_for_url(re.compile(f"{re.escape(app.redirect_uri)}\\?.*{what}="))


def usable(page: Page, name: str) -> None:
    """Check that a page is accessible as it stands, narrow and wide, in light and in dark.

    Two pictures of it are kept under ``name``.
    """
    faults: list[str] = []
    for width, height in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            faults += [f"{width} px, {scheme}: {fault}" for fault in faults_of(page)]
            if (width, scheme) in {(WIDE[0], "dark"), (NARROW[0], "light")}:
                picture(page, f"{name}-{width}-{scheme}")
    assert not faults, "\n".join((f"{name}:", *faults))


def picture(page: Page, name: str, *, whole: bool = True) -> Path:
    """Keep a picture of a page, or of as much of it as the screen shows; the file."""
    folder = Path(os.environ.get("PICTURES") or PROJECT / ".local" / "pictures")
    file = folder / f"{name}.png"
    page.screenshot(path=file, full_page=whole)
    return file
